//! Checks the translations: `build.rs` refuses a build that lacks one, and the tidy test asks for the rest.
//!
//! Plain `std`, so that it compiles at once in both places; and a parser of our own sees a key written twice, where
//! others keep the last without a word.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A language's texts by key, groups flattened with dots, each with its line.
type Texts = BTreeMap<String, (usize, String)>;

/// What is wrong with the translations of a part of the workspace.
#[derive(Default)]
pub(crate) struct Findings {
    /// A person would see a key, a gap or nothing.
    pub(crate) errors: Vec<String>,
    /// Nobody would see these.
    pub(crate) unused: Vec<String>,
    /// All texts in the order of their keys, as Rust.
    pub(crate) table: String,
}

/// All texts of a language: one file per area, `locales/AREA.LANGUAGE.json`.
fn texts(folder: &Path, language: &str, errors: &mut Vec<String>) -> Texts {
    let part = name(folder);
    let mut all = Texts::new();
    let ending = format!(".{language}.json");
    for path in files(&folder.join("locales")) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if !name.ends_with(&ending) {
            continue;
        }
        match parse(&fs::read_to_string(&path).unwrap_or_default()) {
            Ok(texts) => {
                for (key, text) in texts {
                    if all.insert(key.clone(), text).is_some() {
                        errors.push(format!("{part}/locales/{name}: \"{key}\" stands in another file too"));
                    }
                }
            }
            Err((line, problem)) => errors.push(format!("{part}/locales/{name}:{line}: {problem}")),
        }
    }
    all
}

/// Checks the part in a folder, such as `app`: its `locales`, and the keys in its `src`.
pub(crate) fn check(folder: &Path) -> Findings {
    let part = name(folder);
    let mut found = Findings::default();
    let [en, zh] = ["en", "zh"].map(|language| texts(folder, language, &mut found.errors));
    for (one, name, other, other_name) in [(&en, "en", &zh, "zh"), (&zh, "zh", &en, "en")] {
        for (key, (line, text)) in one {
            let place = format!("{part}/locales/*.{name}.json:{line}: \"{key}\"");
            if text.trim().is_empty() {
                found.errors.push(format!("{place} is empty"));
            }
            match other.get(key) {
                None => found.errors.push(format!("{place} is missing in {other_name}")),
                Some((_, translated)) if placeholders(text) != placeholders(translated) => {
                    found.errors.push(format!("{place} has other placeholders than in {other_name}"));
                }
                Some(_) => {}
            }
        }
    }

    let mut mentioned = BTreeSet::new();
    for path in files(&folder.join("src")).iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let source = fs::read_to_string(path).unwrap_or_default();
        let Lexed { code, literals } = lex(&source);
        for (at, literal) in literals {
            if !en.contains_key(literal) && is_lookup(&code[..at]) {
                let place = path.strip_prefix(folder).unwrap_or(path).display();
                found.errors.push(format!("{part}/{place}:{}: no translation \"{literal}\"", line(&source, at)));
            }
            mentioned.insert(literal.to_owned());
        }
    }
    for (key, (line, _)) in en.iter().filter(|(key, _)| !mentioned.contains(*key)) {
        found.unused.push(format!("{part}/locales/*.en.json:{line}: \"{key}\" is nowhere in {part}/src"));
    }
    found.table = table(&en, &zh);
    found
}

fn table(en: &Texts, zh: &Texts) -> String {
    let both = en.iter().filter_map(|(key, (_, en))| Some((key, en, &zh.get(key)?.1)));
    let lines = both.map(|(key, en, zh)| format!("    ({key:?}, Text {{ en: {en:?}, zh: {zh:?} }}),\n"));
    format!("const TEXTS: &[(&str, Text)] = &[\n{}];\n", lines.collect::<String>())
}

fn name(folder: &Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Whether code that ends here is about to name a key: `t!(`, `tr!(` or `tr(`.
fn is_lookup(code: &str) -> bool {
    ["t!(", "tr!(", "tr("].iter().any(|call| {
        code.trim_end()
            .strip_suffix(call)
            .is_some_and(|before| !before.ends_with(|last: char| last.is_alphanumeric() || last == '_'))
    })
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("%{").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The line on which an offset lies, from 1.
pub(crate) fn line(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// All files below a folder but those that a tool has made.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    const MADE: [&str; 5] = [".git", "node_modules", "playwright-report", "target", "test-results"];
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.push(path);
        } else if !MADE.iter().any(|name| path.ends_with(name)) {
            found.extend(files(&path));
        }
    }
    found.sort();
    found
}

/// Rust source in two parts.
pub(crate) struct Lexed<'a> {
    /// The source with literals and comments blanked out, every byte in its place.
    pub(crate) code: String,
    /// The texts of string literals, each with the offset of its opening quote.
    pub(crate) literals: Vec<(usize, &'a str)>,
}

pub(crate) fn lex(source: &str) -> Lexed<'_> {
    let mut code = String::with_capacity(source.len());
    let mut literals = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let until =
            |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |found| from + found + end.len());
        let raw = rest.strip_prefix('r').map(|quoted| quoted.len() - quoted.trim_start_matches('#').len());
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            until("*/", 2)
        } else if first == '"' {
            let length = closing_quote(rest);
            literals.push((at, rest.get(1..length - 1).unwrap_or_default()));
            length
        } else if let Some(hashes) = raw.filter(|hashes| rest[1 + hashes..].starts_with('"') && !in_word(&code)) {
            let length = until(&format!("\"{}", "#".repeat(hashes)), hashes + 2);
            literals.push((at, rest.get(hashes + 2..length - hashes - 1).unwrap_or_default()));
            length
        } else if rest.starts_with("'\\") {
            until("'", 3)
        } else if first == '\'' && rest.chars().nth(2) == Some('\'') {
            rest.char_indices().nth(3).map_or(rest.len(), |(end, _)| end)
        } else {
            code.push(first);
            at += first.len_utf8();
            continue;
        };
        code.extend(rest[..length].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        at += length;
    }
    Lexed { code, literals }
}

fn in_word(code: &str) -> bool {
    code.ends_with(|last: char| last.is_alphanumeric() || last == '_')
}

/// The length of the literal at the start of a text, quotes included.
fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// Reads a JSON object of texts and groups of texts.
fn parse(text: &str) -> Result<Texts, (usize, String)> {
    let mut texts = Texts::new();
    let mut at = text.len() - text.trim_start().len();
    let result = group(text, &mut at, "", &mut texts);
    result.map(|()| texts).map_err(|problem| (line(text, at.min(text.len())), problem))
}

fn group(text: &str, at: &mut usize, prefix: &str, texts: &mut Texts) -> Result<(), String> {
    expect(text, at, "{")?;
    if expect(text, at, "}").is_ok() {
        return Ok(());
    }
    loop {
        let start = *at;
        let key = format!("{prefix}{}", string(text, at)?);
        expect(text, at, ":")?;
        if text[*at..].starts_with('{') {
            group(text, at, &format!("{key}."), texts)?;
        } else if key == "_version" {
            *at += text[*at..].find([',', '}']).unwrap_or(0);
        } else {
            let value = string(text, at)?;
            if texts.insert(key.clone(), (line(text, start), value)).is_some() {
                return Err(format!("\"{key}\" is written twice"));
            }
        }
        if expect(text, at, ",").is_err() {
            return expect(text, at, "}");
        }
    }
}

fn expect(text: &str, at: &mut usize, sign: &str) -> Result<(), String> {
    let rest = text[*at..].strip_prefix(sign).ok_or_else(|| format!("expected {sign}"))?;
    *at = text.len() - rest.trim_start().len();
    Ok(())
}

fn string(text: &str, at: &mut usize) -> Result<String, String> {
    let rest = &text[*at..];
    if !rest.starts_with('"') {
        return Err("expected a text in quotes".into());
    }
    let length = closing_quote(rest);
    *at += length;
    expect(text, at, "")?;
    let mut value = String::new();
    let mut characters = rest.get(1..length - 1).unwrap_or_default().chars();
    while let Some(character) = characters.next() {
        value.push(match character {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some(plain @ ('"' | '\\' | '/')) => plain,
                _ => return Err("of the escapes only \\n, \\\", \\\\ and \\/ are used here".into()),
            },
            '\n' => return Err("a text is not closed".into()),
            plain => plain,
        });
    }
    Ok(value)
}
