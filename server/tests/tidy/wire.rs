//! The wire types under their number: postcard says nothing of what it carries, so that a page which knows other types
//! must be told to reload, and is by `PROTOCOL` alone.

use std::path::Path;

use super::{lex, root, sources, test_modules};

const PLACE: &str = "shared/src/sync/protocol.rs";
/// Attributes that say how a type is written; all others are the compiler's business.
const KEPT_ATTRIBUTE: &str = "#[serde(";

#[test]
fn wire_types_change_with_their_number() {
    let text = std::fs::read_to_string(root().join(PLACE)).expect("the protocol");
    let number = after(&text, "pub const PROTOCOL: u32 = ").trim_end_matches(';').parse::<u32>().expect("a number");
    let noted = after(&text, "// wire ");
    let found = format!("{:016x}", hash(&wire_items(&shared())));
    if noted == format!("{number}: {found}") {
        return;
    }
    let next = number + u32::from(noted.starts_with(&format!("{number}: ")));
    let why = if next > number {
        "The wire types of shared/src have changed, and pages that are open would misread them"
    } else {
        "The number is new"
    };
    panic!("\n{PLACE}: {why}. Beneath a PROTOCOL of {next} write:\n// wire {next}: {found}");
}

/// What follows a mark, to the end of its line.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    let rest = text.split_once(mark).map_or("", |(_, rest)| rest);
    rest.lines().next().unwrap_or_default().trim()
}

/// The sources of shared/ as they are compiled, without comments and tests.
fn shared() -> Vec<String> {
    let sources = sources("shared/src", &["rs"]);
    let tests: Vec<_> = sources.iter().flat_map(|(path, text)| test_modules(path, &lex(text).code)).collect();
    let is_test = |path: &Path| tests.iter().any(|test| path.starts_with(test) || path == test.with_extension("rs"));
    sources.iter().filter(|(path, _)| !is_test(path)).map(|(_, text)| without_comments(text)).collect()
}

/// A source without comments and its inline tests. Literals stay, but for brackets in them, which would be counted.
fn without_comments(text: &str) -> String {
    let lexed = lex(text);
    let mut code = lexed.code.into_bytes();
    for (at, literal) in lexed.literals {
        let quoted = format!("\"{}\"", literal.replace(['(', ')', '[', ']', '{', '}', '#'], "."));
        code[at..at + quoted.len()].copy_from_slice(quoted.as_bytes());
    }
    let code = String::from_utf8(code).expect("whole characters were copied");
    let end = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
    code[..end].to_owned()
}

/// All that decides what travels, each in one line and in order: types that derive `Serialize`, wherever they stand; what
/// is given to macros that make such types; names for other types beside them.
fn wire_items(sources: &[String]) -> Vec<String> {
    let mut items = Vec::new();
    let makers: Vec<&str> = sources.iter().flat_map(|code| makers(code)).collect();
    for code in sources.iter().filter(|code| has_word(code, "Serialize")) {
        let derives = code.match_indices("#[derive(");
        items.extend(
            derives.filter(|(at, _)| has_word(balanced(&code[*at..]), "Serialize")).map(|(at, _)| item(&code[at..])),
        );
        items.extend(code.match_indices("\npub type ").map(|(at, _)| item(&code[at + 1..])));
    }
    for (code, maker) in sources.iter().flat_map(|code| makers.iter().map(move |maker| (code, format!("{maker}!")))) {
        let calls = code.match_indices(&maker).filter(|(at, _)| !code[..*at].ends_with(is_word));
        items.extend(calls.map(|(at, _)| format!("{maker}{}", canonical(balanced(&code[at + maker.len()..])))));
    }
    items.sort();
    items
}

/// The macros that make types which travel.
fn makers(code: &str) -> Vec<&str> {
    let rules = code.split("macro_rules! ").skip(1).filter_map(|rest| rest.split_once(' '));
    rules.filter(|(_, body)| has_word(balanced(body), "Serialize")).map(|(name, _)| name).collect()
}

/// A type from its attributes to its end.
fn item(code: &str) -> String {
    let mut rest = code;
    while rest.trim_start().starts_with('#') {
        rest = &rest.trim_start()[balanced(rest.trim_start()).len()..];
    }
    let (brace, semicolon) = (rest.find('{').unwrap_or(rest.len()), end_of_statement(rest));
    let body = if brace < semicolon { &rest[..brace + balanced(&rest[brace..]).len()] } else { &rest[..semicolon] };
    let attributes = &code[..code.len() - rest.len()];
    canonical(&format!("{attributes} {body}"))
}

/// Where a semicolon stands that is in no brackets.
fn end_of_statement(code: &str) -> usize {
    let mut depth = 0_i32;
    let found = code.char_indices().find(|(_, sign)| {
        depth += i32::from(matches!(sign, '(' | '[')) - i32::from(matches!(sign, ')' | ']'));
        *sign == ';' && depth == 0
    });
    found.map_or(code.len(), |(at, _)| at)
}

/// From the start to where the first bracket closes.
fn balanced(code: &str) -> &str {
    let mut depth = 0_i32;
    let closes = code.char_indices().find(|(_, sign)| {
        depth += i32::from(matches!(sign, '(' | '[' | '{')) - i32::from(matches!(sign, ')' | ']' | '}'));
        depth == 0 && matches!(sign, ')' | ']' | '}')
    });
    closes.map_or(code, |(at, _)| &code[..=at])
}

/// Code in one line, without what changes nothing on the wire: layout, who may see it, and attributes but serde's.
fn canonical(code: &str) -> String {
    let mut rest = code;
    let mut kept = String::new();
    while let Some(at) = rest.find("#[") {
        let attribute = balanced(&rest[at..]);
        kept.push_str(&rest[..at]);
        kept.push_str(if attribute.starts_with(KEPT_ATTRIBUTE) { attribute } else { "" });
        rest = &rest[at + attribute.len()..];
    }
    kept.push_str(rest);
    let mut line = String::new();
    for word in words(&kept).into_iter().filter(|word| *word != "pub") {
        if matches!(word, ")" | "]" | "}" | ">") && line.ends_with(',') {
            line.pop();
        }
        if word.starts_with(is_word) && line.ends_with(is_word) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.replace("(crate)", "").replace("(super)", "")
}

fn words(code: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_word(first) { rest.find(|sign| !is_word(sign)) } else { Some(first.len_utf8()) };
        let (word, after) = rest.split_at(length.unwrap_or(rest.len()));
        words.push(word);
        rest = after.trim_start();
    }
    words
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn has_word(code: &str, word: &str) -> bool {
    words(code).contains(&word)
}

/// FNV-1a: stable over compilers, which the one of `std` is not.
fn hash(items: &[String]) -> u64 {
    items
        .join("\n")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "
        /// What is wrong.
        #[derive(Clone, Serialize, Deserialize)]
        pub enum Reason { Gone, TooLong { max: usize } }
        #[derive(Clone)]
        struct Inside { name: String }
        macro_rules! ids {
            ($($name:ident),*) => {$(#[derive(Serialize)] pub struct $name(Uuid); impl $name { fn new() {} })*};
        }
        ids! { A, B }
        impl Reason { fn is_final(self) -> bool { true } }
    ";

    fn of(change: impl Fn(&str) -> String) -> u64 {
        hash(&wire_items(&[without_comments(&change(BEFORE))]))
    }

    #[test]
    fn what_travels_counts_and_what_does_not_does_not() {
        let before = of(str::to_owned);
        for (from, to) in [
            ("Gone,", "Gone, NotSent,"),
            ("Gone, TooLong { max: usize }", "TooLong { max: usize }, Gone"),
            ("max: usize", "max: u8"),
            ("pub enum", "#[serde(untagged)] pub enum"),
            ("A, B }", "A, B, C }"),
            ("$name(Uuid)", "$name(u64)"),
        ] {
            assert_ne!(of(|text| text.replacen(from, to, 1)), before, "{from} → {to}");
        }
        for (from, to) in [
            ("What is wrong.", "What somebody did wrong."),
            ("usize } }", "usize, }, }"),
            ("Gone,", "\n/// Away.\n Gone,\n"),
            ("#[derive(Clone, Serialize", "#[derive(Clone, Copy, Serialize"),
            ("pub enum", "#[must_use] pub(crate) enum"),
            ("name: String", "name: &'static str"),
            ("fn new() {}", "fn new() -> Self { todo() }"),
            ("{ true }", "{ false }"),
        ] {
            assert_eq!(of(|text| text.replacen(from, to, 1)), before, "{from} → {to}");
        }
    }
}
