//! Texts as words. Chinese has no spaces: a dictionary cuts it, the same way for what is indexed and what is asked.
//!
//! Both are brought into one form before: compatible characters are one, as are small and capital letters, so that a word
//! is found whichever keyboard or system it comes from. A picture or sign that says something is a word of its own.

use std::sync::LazyLock;

use icu_properties::props::{ExtendedPictographic, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use jieba_rs::Jieba;
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How much of a word is kept together, in characters: a longer one, such as a key or an address without a break, is taken
/// in pieces of this length.
const LONGEST: usize = 64;

/// The dictionary takes 33 MB and a tenth of a second: only from the first Chinese text on.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The words of a text as they are compared, in their order; of a long word also the words inside it. It takes a while the
/// first time, and milliseconds for a long text.
pub(super) fn cut(text: &str) -> Vec<String> {
    let text = folded(text);
    let mut words = Vec::new();
    // Chinese apart from what stands beside it: the dictionary knows of other writing less than what is asked is cut by.
    for run in runs(&text) {
        if run.starts_with(is_han) {
            // Without guesses at words that are not in the dictionary: they would depend on what stands around them.
            let tokens = DICTIONARY.cut_for_search(run, false);
            words.extend(tokens.into_iter().map(|token| token.word.to_owned()));
        } else {
            words.extend(split(run));
        }
    }
    words
}

/// The stretches of a text that are Chinese, and those that are not.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_chinese = is_han(rest.chars().next()?);
        let end = rest.find(|c| is_han(c) != is_chinese).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// What is typed to search: its words without repetition, and whether the last one may go on.
pub(super) fn asked(query: &str) -> (Vec<String>, bool) {
    let mut words: Vec<String> = Vec::new();
    for word in cut(query) {
        // The last place counts: what is being typed stands at the end.
        words.retain(|before| *before != word);
        words.push(word);
    }
    (words, query.ends_with(char::is_alphanumeric))
}

/// A text as it is compared.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let seen: String = text.nfkc().filter(|c| !shapes_only(*c)).collect();
    UniCase::unicode(seen).to_folded_case().nfkc().collect()
}

/// The same character by character: each with which of the text's it comes from.
pub(super) fn folded_chars(text: &[char]) -> Vec<(char, usize)> {
    let mut all = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at + 1..];
        let end = at + 1 + rest.iter().take_while(|c| goes_on(**c)).count();
        let group: String = text[at..end].iter().collect();
        all.extend(folded(&group).chars().map(|c| (c, at)));
        at = end;
    }
    all
}

/// Whether a character is one with what stands before it: marks, and the vowels and finals of Korean.
pub(super) fn goes_on(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11FF}')
}

/// Whether a character only says how the one before it is drawn: as a picture or as text.
const fn shapes_only(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric() && !is_sign(c)) {
        let mut word = String::new();
        let mut length = 0;
        for c in run.chars() {
            if length == LONGEST || is_sign(c) {
                words.push(std::mem::take(&mut word));
                length = 0;
            }
            if is_sign(c) {
                words.push(c.to_string());
            } else {
                word.push(c);
                length += 1;
            }
        }
        words.push(word);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a character is a picture or a sign that somebody may look for, such as an emoji.
fn is_sign(c: char) -> bool {
    !c.is_ascii()
        && !c.is_alphanumeric()
        && (CodePointSetData::new::<ExtendedPictographic>().contains(c)
            || CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::OtherSymbol)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_inside_sentences() {
        let words = cut("用户反映支付页面打不开了,订单无法提交");
        for word in ["用户", "支付", "页面", "打不开", "订单", "提交"] {
            assert!(words.contains(&word.to_owned()), "{word} in {words:?}");
        }
        assert!(cut("在会议室开会").contains(&"会议".to_owned()), "a word inside a longer one");
    }

    #[test]
    fn other_writing_is_split_at_what_is_no_letter() {
        assert_eq!(cut("Node.js 22: I-2026-001"), ["node", "js", "22", "i", "2026", "001"]);
        assert_eq!(cut("ABC 支付Café第3版"), ["abc", "支付", "café", "第", "3", "版"]);
        assert!(cut(" ,。—+<'\"*").is_empty());
    }

    #[test]
    fn pictures_and_signs_are_words() {
        assert_eq!(cut("上线🚀🚀 done✓"), ["上线", "🚀", "🚀", "done", "✓"]);
        assert_eq!(cut("👩\u{200D}💻"), ["👩", "💻"]);
        assert_eq!(cut("🇨🇳"), ["🇨", "🇳"]);
        assert_eq!(cut("❤\u{FE0F}"), cut("❤"));
        assert_eq!(cut("👍🏽"), ["👍"]);
    }

    #[test]
    fn a_long_word_is_taken_in_pieces() {
        let piece = "a".repeat(64);
        assert_eq!(cut(&"a".repeat(130)), [&piece, &piece, "aa"]);
    }

    #[test]
    fn forms_of_the_same_are_one() {
        for (one, other) in [
            ("café", "cafe\u{301}"),
            ("ＡＢＣ１２３", "abc123"),
            ("ｶﾞｿﾘﾝ", "ガソリン"),
            ("한글", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("ﬁle ①", "file 1"),
        ] {
            assert_eq!(cut(one), cut(other));
            let chars: Vec<char> = other.chars().collect();
            let by_char: String = folded_chars(&chars).into_iter().map(|(c, _)| c).collect();
            assert_eq!(by_char, folded(one));
        }
        assert_eq!(folded_chars(&['x', 'e', '\u{301}', 'ß']), [('x', 0), ('é', 1), ('s', 3), ('s', 3)]);
    }

    #[test]
    fn the_last_word_of_a_query_may_go_on() {
        assert_eq!(asked("Pay pag"), (vec!["pay".to_owned(), "pag".to_owned()], true));
        assert!(!asked("pay page ").1);
        assert_eq!(asked("支付 支付").0, ["支付"]);
    }
}
