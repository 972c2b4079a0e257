//! Finding names by what is typed: by a part of them, or by the first letters of their syllables, as `lx` for 林晓 and
//! `dc` for Daniel Chen. The browser's own collation knows the order of pinyin, so that no table of it is shipped.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::words::by_pinyin;

/// The first character of each letter by pinyin, in order; no syllable begins with `i`, `u` or `v`.
const FIRST: [(char, &str); 23] = [
    ('a', "阿"),
    ('b', "八"),
    ('c', "嚓"),
    ('d', "哒"),
    ('e', "妸"),
    ('f', "发"),
    ('g', "旮"),
    ('h', "哈"),
    ('j', "讥"),
    ('k', "咔"),
    ('l', "垃"),
    ('m', "妈"),
    ('n', "拏"),
    ('o', "噢"),
    ('p', "妑"),
    ('q', "七"),
    ('r', "呥"),
    ('s', "仨"),
    ('t', "他"),
    ('w', "屲"),
    ('x', "夕"),
    ('y', "丫"),
    ('z', "帀"),
];
/// Surnames that are read in another way than the character is elsewhere.
const SURNAMES: [(char, char); 10] = [
    ('曾', 'z'),
    ('单', 's'),
    ('解', 'x'),
    ('翟', 'z'),
    ('仇', 'q'),
    ('区', 'o'),
    ('朴', 'p'),
    ('查', 'z'),
    ('尉', 'y'),
    ('覃', 'q'),
];

thread_local! {
    static LETTERS: RefCell<HashMap<char, Option<char>>> = RefCell::new(HashMap::new());
}

/// Whether a name is meant by what is typed, which is trimmed and in lower case.
pub fn is_meant(name: &str, typed: &str) -> bool {
    if typed.is_empty() || name.to_lowercase().contains(typed) {
        return true;
    }
    typed.bytes().all(|letter| letter.is_ascii_lowercase())
        && name.split(['/', '\u{b7}']).map(str::trim).any(|part| begins(part, typed))
}

/// Whether a name begins with what is typed, by its characters or its first letters.
pub fn begins(name: &str, typed: &str) -> bool {
    name.to_lowercase().starts_with(typed) || {
        let letters = initials(name);
        let surname = name.chars().next().and_then(|first| SURNAMES.iter().find(|(of, _)| *of == first));
        letters.starts_with(typed)
            || surname.is_some_and(|(_, read)| {
                typed
                    .strip_prefix(*read)
                    .is_some_and(|rest| letters.get(1..).is_some_and(|after| after.starts_with(rest)))
            })
    }
}

/// The first letters of the syllables and words of a name.
fn initials(name: &str) -> String {
    let mut letters = String::new();
    let mut is_within = false;
    for c in name.chars() {
        if let Some(letter) = letter_of(c) {
            letters.push(letter);
        } else if c.is_alphanumeric() && !is_within {
            letters.extend(c.to_lowercase());
        }
        is_within = c.is_alphanumeric() && !is_han(c);
    }
    letters
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

fn letter_of(c: char) -> Option<char> {
    if !is_han(c) {
        return None;
    }
    if let Some(known) = LETTERS.with_borrow(|letters| letters.get(&c).copied()) {
        return known;
    }
    let compare = by_pinyin();
    let name = JsValue::from_str(c.encode_utf8(&mut [0; 4]));
    let place = FIRST.partition_point(|(_, first)| order(&compare, &JsValue::from_str(first), &name) <= 0.0);
    let letter = place.checked_sub(1).and_then(|at| FIRST.get(at)).map(|(letter, _)| *letter);
    LETTERS.with_borrow_mut(|letters| letters.insert(c, letter));
    letter
}

fn order(compare: &Function, one: &JsValue, other: &JsValue) -> f64 {
    compare.call2(&JsValue::UNDEFINED, one, other).ok().and_then(|order| order.as_f64()).unwrap_or_default()
}
