//! What one revision says that another does not: by lines first, and within changed lines by words, of which each
//! Chinese character is one.

use diffy::{DiffOptions, Line};

/// More words than this in changed lines are not compared one by one: it would take too long, and show nothing.
const MOST_WORDS: usize = 4_000;
/// What stands for a line's end while words are compared as lines. No text has it: control characters are refused.
const LINE_END: &str = "\u{1}";
/// More lines than any text has: what has not changed is there too.
const ALL: usize = 100_000;

/// A part of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// In both.
    Same(String),
    /// In the older one alone.
    Removed(String),
    /// In the newer one alone.
    Added(String),
}

impl Passage {
    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// What becomes of the older text in the newer one: in order, what was removed before what came in its place. Without
/// the additions it is the older text, without the removals the newer one.
pub fn difference(older: &str, newer: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    for passage in by_lines(&ended(older), &ended(newer)) {
        match passage {
            Passage::Removed(text) => removed.push_str(&text),
            Passage::Added(text) => added.push_str(&text),
            Passage::Same(text) => {
                changed(&mut passages, &mut removed, &mut added);
                put(&mut passages, Passage::Same(text));
            }
        }
    }
    changed(&mut passages, &mut removed, &mut added);
    passages
}

/// A block of changed lines, word by word.
fn changed(passages: &mut Vec<Passage>, removed: &mut String, added: &mut String) {
    let (older, newer) = (words(removed), words(added));
    if older.is_empty() || newer.is_empty() || older.len() + newer.len() > MOST_WORDS {
        put(passages, Passage::Removed(std::mem::take(removed)));
        put(passages, Passage::Added(std::mem::take(added)));
        return;
    }
    for passage in by_lines(&as_lines(&older), &as_lines(&newer)) {
        let text = passage.text().replace('\n', "").replace(LINE_END, "\n");
        put(
            passages,
            match passage {
                Passage::Same(_) => Passage::Same(text),
                Passage::Removed(_) => Passage::Removed(text),
                Passage::Added(_) => Passage::Added(text),
            },
        );
    }
    removed.clear();
    added.clear();
}

fn by_lines(older: &str, newer: &str) -> Vec<Passage> {
    if older == newer {
        return vec![Passage::Same(older.to_owned())];
    }
    let mut options = DiffOptions::new();
    options.set_context_len(ALL);
    let patch = options.create_patch(older, newer);
    let lines = patch.hunks().iter().flat_map(diffy::Hunk::lines);
    let passage = |line: &Line<'_, str>| match line {
        Line::Context(text) => Passage::Same((*text).to_owned()),
        Line::Delete(text) => Passage::Removed((*text).to_owned()),
        Line::Insert(text) => Passage::Added((*text).to_owned()),
    };
    lines.map(passage).collect()
}

/// Adds a passage, to the one before it if that is of its sort.
fn put(passages: &mut Vec<Passage>, passage: Passage) {
    match (passages.last_mut(), passage) {
        (_, passage) if passage.text().is_empty() => {}
        (Some(Passage::Same(last)), Passage::Same(text))
        | (Some(Passage::Removed(last)), Passage::Removed(text))
        | (Some(Passage::Added(last)), Passage::Added(text)) => last.push_str(&text),
        (_, passage) => passages.push(passage),
    }
}

/// A text whose last line ends, so that it is the same line with others after it.
fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

/// The words of a text with all that stands between them: runs of letters and digits, and each other character.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(if run == 0 { first.len_utf8() } else { run });
        words.push(word);
        rest = after;
    }
    words
}

fn as_lines(words: &[&str]) -> String {
    words.iter().flat_map(|word| [if *word == "\n" { LINE_END } else { word }, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(older: &str, newer: &str) -> String {
        let passage = |passage: &Passage| match passage {
            Passage::Same(text) => text.clone(),
            Passage::Removed(text) => format!("[-{text}-]"),
            Passage::Added(text) => format!("[+{text}+]"),
        };
        difference(older, newer).iter().map(passage).collect()
    }

    #[test]
    fn a_changed_line_shows_its_changed_words() {
        assert_eq!(shown("先看监控。\n再回滚。", "先看监控。\n再降级。"), "先看监控。\n再[-回滚-][+降级+]。\n");
        assert_eq!(shown("the old way", "the new way"), "the [-old-][+new+] way\n");
        assert_eq!(shown("甲", "甲\n乙"), "甲\n[+乙\n+]");
        assert_eq!(shown("甲\n乙", "甲"), "甲\n[-乙\n-]");
        assert_eq!(shown("", "甲"), "[+甲\n+]");
        assert_eq!(shown("甲", "甲"), "甲\n");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn long_texts_that_share_nothing_are_not_compared_word_by_word() {
        let passages = difference(&"甲".repeat(20_000), &"乙".repeat(20_000));
        assert_eq!(passages.len(), 2);
    }

    proptest! {
        #[test]
        fn each_text_can_be_read_in_the_difference(older in "[甲乙ab \n]{0,40}", newer in "[甲乙ab \n]{0,40}") {
            let passages = difference(&older, &newer);
            let without = |left_out: fn(&Passage) -> bool| -> String {
                passages.iter().filter(|passage| !left_out(passage)).map(Passage::text).collect()
            };
            prop_assert_eq!(without(|passage| matches!(passage, Passage::Added(_))), ended(&older));
            prop_assert_eq!(without(|passage| matches!(passage, Passage::Removed(_))), ended(&newer));
        }
    }
}
