//! The house rules that no compiler knows. `make check` compiles this file by itself: plain `std` only.

use std::{
    fmt::Write as _,
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

#[path = "tidy/packages.rs"]
mod packages;
#[path = "../../app/translations.rs"]
mod translations;
#[path = "tidy/wire.rs"]
mod wire;

use translations::{check, files, lex, line};

const LONGEST: usize = 500;
const ATTRIBUTES: [&str; 5] = ["alt=", "aria-description=", "aria-label=", "placeholder=", "title="];
const COLOURS: [&str; 8] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "color("];
const IMPURE: [&str; 13] = [
    "getrandom",
    "Instant::",
    "js_sys",
    "println!",
    "rand::",
    "SystemTime",
    "Timestamp::now",
    "tokio",
    "Uuid::new_v4",
    "Uuid::now_v7",
    "wasm_bindgen",
    "web_sys",
    "Zoned::now",
];
const IMPURE_STD: [&str; 6] = ["env", "fs", "io", "net", "process", "thread"];

/// How the files and folders of a crate stand to each other. A folder that is not named here is an area: it imports other
/// areas by what their `mod.rs` shows, and by nothing inside.
struct House {
    /// Where they are.
    sources: &'static str,
    /// What every area stands on: imports no area.
    layers: &'static [&'static str],
    /// Folders that stand on the areas.
    roofs: &'static [&'static str],
}

impl House {
    fn areas(&self) -> Vec<String> {
        let entries = fs::read_dir(root().join(self.sources)).into_iter().flatten().flatten();
        let folders =
            entries.filter(|entry| entry.path().is_dir()).filter_map(|entry| entry.file_name().into_string().ok());
        folders.filter(|name| !self.layers.contains(&name.as_str()) && !self.roofs.contains(&name.as_str())).collect()
    }
}

const HOUSES: [House; 2] = [
    House {
        sources: "app/src",
        layers: &[
            "area", "format", "kept", "language", "later", "part", "reactive", "session", "sync", "texts", "ui",
            "words",
        ],
        roofs: &["shell"],
    },
    House {
        sources: "server/src",
        layers: &["clock", "fault", "metrics", "sign_in", "store", "sync"],
        roofs: &["cli", "demo", "timers", "web"],
    },
];

/// Collects what breaks a rule, and fails with all of it at once.
#[derive(Default)]
struct Broken(String);

impl Broken {
    fn add(&mut self, path: &Path, line: usize, what: &str) {
        let path = path.strip_prefix(root()).unwrap_or(path).display();
        let _ = writeln!(self.0, "{path}:{line}: {what}");
    }
}

impl Drop for Broken {
    fn drop(&mut self) {
        assert!(self.0.is_empty() || std::thread::panicking(), "\n{}", self.0);
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server's folder is in the workspace")
}

/// The sources below a folder of the workspace that end in one of these ways, with their text.
fn sources(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let wanted = |path: &PathBuf| path.extension().is_some_and(|end| endings.iter().any(|ending| end == *ending));
    let read = |path: PathBuf| fs::read_to_string(&path).ok().map(|text| (path, text));
    files(&root().join(folder)).into_iter().filter(wanted).filter_map(read).collect()
}

#[test]
fn rust_files_say_what_they_are_for() {
    let mut broken = Broken::default();
    for (path, text) in sources("", &["rs"]) {
        if !text.starts_with("//!") {
            broken.add(&path, 1, "opens without //!");
        }
    }
}

#[test]
fn files_are_short() {
    let mut broken = Broken::default();
    for (path, text) in sources("", &["rs", "css", "ts", "mjs", "js"]) {
        let lines = text.lines().count();
        if lines > LONGEST {
            broken.add(&path, lines, &format!("longer than {LONGEST} lines"));
        }
    }
}

#[test]
fn names_say_something() {
    let mut broken = Broken::default();
    for path in files(root()) {
        let inside = path.strip_prefix(root()).unwrap_or(&path).with_extension("");
        for name in ["util", "utils", "common", "helper", "helpers", "manager"] {
            if inside.iter().any(|part| part == name) {
                broken.add(&path, 1, &format!("\"{name}\" says nothing about what is in it"));
            }
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    let mut broken = Broken::default();
    // Cut in two, so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("dbg", "!(")];
    for (path, text) in sources("", &["rs", "css", "ts", "mjs", "js", "html", "sql"]) {
        for mark in marks {
            for (at, _) in text.match_indices(mark) {
                broken.add(&path, line(&text, at), mark);
            }
        }
    }
}

#[test]
fn areas_keep_apart() {
    let mut broken = Broken::default();
    for house in HOUSES {
        let (folder, areas) = (house.sources, house.areas());
        for (path, text) in sources(folder, &["rs"]) {
            let inside = path.strip_prefix(root().join(folder)).unwrap_or(&path).with_extension("");
            let own = inside.iter().next().and_then(|first| first.to_str()).unwrap_or_default();
            let code = lex(&text).code;
            let imports = code.match_indices("crate::").map(|(at, root)| (at, &code[at + root.len()..]));
            for (at, import) in imports.flat_map(|(at, import)| paths(import).into_iter().map(move |path| (at, path))) {
                let Some(area) = areas.iter().find(|area| import.split(is_no_name).next() == Some(area.as_str()))
                else {
                    continue;
                };
                if house.layers.contains(&own) {
                    broken.add(&path, line(&code, at), &format!("what all areas stand on imports {area}"));
                } else if own != *area && reaches_inside(&import[area.len()..]) {
                    broken.add(&path, line(&code, at), &format!("reaches inside {area}: its mod.rs is its front"));
                }
            }
        }
    }
}

/// The paths that go on from a `crate::`: one, or those of a group.
fn paths(import: &str) -> Vec<&str> {
    let Some(group) = import.strip_prefix('{') else { return vec![import] };
    let (mut paths, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, sign) in group.match_indices(['{', ',', '}']) {
        if depth == 0 && sign != "{" {
            paths.push(group[begin..at].trim());
            begin = at + 1;
        }
        match sign {
            "{" => depth += 1,
            "}" if depth == 0 => break,
            "}" => depth -= 1,
            _ => {}
        }
    }
    paths
}

fn is_no_name(character: char) -> bool {
    !character.is_alphanumeric() && character != '_'
}

/// Whether a path goes on into a module of the area that it has named.
fn reaches_inside(path: &str) -> bool {
    let path = path.trim_start_matches("::");
    if let Some(group) = path.strip_prefix('{') {
        return group.split('}').next().is_some_and(|names| names.contains("::"));
    }
    let rest = path.trim_start_matches(|character| !is_no_name(character));
    path.starts_with(char::is_lowercase) && rest.starts_with("::")
}

#[test]
fn pages_begin_with_what_they_show() {
    let mut broken = Broken::default();
    let path = root().join("app/first.js");
    let script = fs::read_to_string(&path).expect("the start script is there");
    let begin = script.find("LOOKING = {").expect("the table of routes");
    let end = begin + script[begin..].find("};").expect("its end");
    assert!(script[begin..end].contains("/:"), "no page begins with what it shows");
    let areas: String = sources("app/src", &["rs"]).into_iter().map(|(_, text)| text).collect();
    for (at, _) in script[begin..end].match_indices("/:") {
        let before = &script[..begin + at];
        let route = &script[before.rfind('\'').map_or(0, |quote| quote + 1)..];
        let route = route.split('\'').next().unwrap_or_default();
        if !areas.contains(&format!("path!(\"{route}\")")) {
            broken.add(&path, line(&script, begin + at), &format!("\"{route}\" is no route of the app"));
        }
    }
}

#[test]
fn comments_cite_what_is_here() {
    let mut broken = Broken::default();
    // Cut in two, so that this file does not find itself.
    let pages = [concat!("SP", "EC"), concat!("ARCHI", "TECTURE"), concat!("LOOK", ".md")];
    let in_a_word = |c: char| c.is_alphanumeric() || c == '_';
    for (path, text) in sources("", &["rs", "css", "ts", "mjs", "js", "html", "sql", "md", "toml"]) {
        for (at, page) in pages.iter().flat_map(|page| text.match_indices(page)) {
            if !text[..at].ends_with(in_a_word) && !text[at + page.len()..].starts_with(in_a_word) {
                broken.add(&path, line(&text, at), &format!("{page} is not in this repository: cite an area's page"));
            }
        }
    }
}

#[test]
fn shared_is_pure() {
    let mut broken = Broken::default();
    let sources = sources("shared/src", &["rs"]);
    let tests: Vec<PathBuf> = sources.iter().flat_map(|(path, text)| test_modules(path, &lex(text).code)).collect();
    for (path, text) in &sources {
        if tests.iter().any(|test| path.starts_with(test) || *path == test.with_extension("rs")) {
            continue;
        }
        let code = lex(text).code;
        let end = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
        for (at, word) in IMPURE.iter().flat_map(|word| code[..end].match_indices(word)) {
            if !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
                broken.add(path, line(text, at), &format!("\"{word}\" is I/O, a clock or chance"));
            }
        }
        for (at, _) in code[..end].match_indices("std::") {
            let used = code[at + 5..end].split([';', '(', '<']).next().unwrap_or_default();
            let first = |part: &&str| used.trim_start_matches('{').trim_start().split(':').next() == Some(part);
            let grouped =
                |part: &&str| used.starts_with('{') && used.split(|c: char| !c.is_alphanumeric()).any(|w| w == *part);
            if let Some(part) = IMPURE_STD.iter().find(|part| first(part) || grouped(part)) {
                broken.add(path, line(text, at), &format!("std::{part} is I/O"));
            }
        }
    }
}

/// The places of modules that exist in tests alone.
fn test_modules(path: &Path, code: &str) -> Vec<PathBuf> {
    let stem = path.with_extension("");
    let folder = if ["lib", "main", "mod"].iter().any(|name| stem.ends_with(name)) {
        path.parent().map(Path::to_path_buf).unwrap_or_default()
    } else {
        stem
    };
    let declared = code.split("#[cfg(test)]").skip(1).filter_map(|after| after.trim_start().split_once(';'));
    declared.filter_map(|(module, _)| module.strip_prefix("mod ")).map(|name| folder.join(name)).collect()
}

#[test]
fn colours_are_tokens() {
    let mut broken = Broken::default();
    for (path, text) in sources("style", &["css"]) {
        if path.ends_with("tokens.css") {
            continue;
        }
        let mut css = String::new();
        for (index, part) in text.split("/*").enumerate() {
            let (comment, kept) = if index == 0 { ("", part) } else { part.split_once("*/").unwrap_or((part, "")) };
            css.extend(comment.chars().filter(|character| *character == '\n'));
            css.push_str(kept);
        }
        for (at, _) in css.match_indices('#') {
            let name: String = css[at + 1..].chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
            if [3, 4, 6, 8].contains(&name.len()) && name.chars().all(|digit| digit.is_ascii_hexdigit()) {
                broken.add(&path, line(&css, at), &format!("#{name} belongs in tokens.css"));
            }
        }
        for (at, colour) in COLOURS.iter().flat_map(|colour| css.match_indices(colour)) {
            // "lab(" and "lch(" are found in "oklab(" and "oklch(" too; "color(" is no part of another function's name.
            if !css[..at].ends_with(['-', '_']) {
                broken.add(&path, line(&css, at), &format!("{colour}…) belongs in tokens.css"));
            }
        }
    }
}

#[test]
fn pages_speak_through_translations() {
    let mut broken = Broken::default();
    for (path, text) in sources("app/src", &["rs"]) {
        // The readings of characters are said to nobody.
        let chinese = text.match_indices(is_chinese).filter(|_| !path.ends_with("ui/pinyin.rs"));
        for (at, _) in chinese {
            broken.add(&path, line(&text, at), "Chinese belongs in app/locales");
        }
        let lexed = lex(&text);
        let views = views(&lexed.code);
        for (at, literal) in lexed.literals {
            let before = &lexed.code[..at];
            let attribute = ATTRIBUTES
                .iter()
                .any(|name| before.strip_suffix(name).is_some_and(|rest| rest.ends_with([' ', '\n', ':'])));
            let node = views.iter().any(|view| view.contains(&at)) && is_text_node(before, &text[at..]);
            if literal.contains(char::is_alphabetic) && (attribute || node) {
                broken.add(&path, line(&text, at), &format!("\"{literal}\" belongs in app/locales"));
            }
        }
    }
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}

/// Where the code is inside a `view!`.
fn views(code: &str) -> Vec<Range<usize>> {
    let view = |(at, _): (usize, &str)| {
        let mut depth = 0_usize;
        for (offset, sign) in code[at..].match_indices(['{', '}']) {
            depth = if sign == "{" { depth + 1 } else { depth.saturating_sub(1) };
            if depth == 0 {
                return at..at + offset;
            }
        }
        at..code.len()
    };
    code.match_indices("view!").map(view).collect()
}

/// Whether a literal is shown as it stands: after a tag, alone on its line after an expression, or alone in braces.
fn is_text_node(before: &str, from: &str) -> bool {
    let after_tag = |code: &str| code.ends_with('>') && !code.ends_with("=>") && !code.ends_with("->");
    let before_trimmed = before.trim_end();
    let opened_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
    let closes_line = from.lines().next().is_some_and(|rest| rest.trim_end().ends_with('"'));
    after_tag(before_trimmed)
        || before_trimmed.strip_suffix('{').is_some_and(|code| after_tag(code.trim_end()))
        || (before_trimmed.ends_with('}') && opened_line && closes_line)
}

#[test]
fn the_server_speaks_through_translations() {
    let mut broken = Broken::default();
    // The demo company speaks Chinese because its people do.
    let demo = root().join("server/src/demo");
    for (path, text) in sources("server/src", &["rs"]).iter().filter(|(path, _)| !path.starts_with(&demo)) {
        let lexed = lex(text);
        let end = lexed.code.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
        for (at, literal) in lexed.literals.iter().filter(|(at, _)| *at < end) {
            if literal.contains(is_chinese) {
                broken.add(path, line(text, *at), &format!("\"{literal}\" belongs in server/locales"));
            }
        }
    }
}

#[test]
fn translations_are_whole() {
    let errors: Vec<String> = ["app", "server"].iter().flat_map(|part| check(&root().join(part)).errors).collect();
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

#[test]
fn translations_are_used() {
    let unused: Vec<String> = ["app", "server"].iter().flat_map(|part| check(&root().join(part)).unused).collect();
    assert!(unused.is_empty(), "\n{}", unused.join("\n"));
}

/// Types that others need are in `wire.rs` of their area: server functions import everything, and must not be imported.
#[test]
fn server_functions_are_for_the_app() {
    let mut broken = Broken::default();
    for (path, text) in sources("server/src", &["rs"]) {
        for (at, _) in lex(&text).code.match_indices("functions::") {
            broken.add(&path, line(&text, at), "server functions are called by the app alone");
        }
    }
}
