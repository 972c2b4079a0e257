//! Texts as words. Chinese has no spaces: a dictionary cuts it, the same way for what is indexed and what is asked.

use std::sync::LazyLock;

use jieba_rs::Jieba;

/// The longest word, in characters: what is longer is none.
const LONGEST: usize = 64;

/// The dictionary takes 33 MB and a tenth of a second: only from the first Chinese text on.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// The words of a text in lower case, in their order; of a long word also the words inside it. It takes a while the first
/// time, and milliseconds for a long text.
pub(super) fn cut(text: &str) -> Vec<String> {
    let text: String = text.chars().map(fold).collect();
    if !text.chars().any(is_han) {
        return split(&text).collect();
    }
    // Without guesses at words that are not in the dictionary: they would depend on what stands around them.
    let tokens = DICTIONARY.cut_for_search(&text, false);
    tokens.into_iter().flat_map(|token| split(token.word).collect::<Vec<_>>()).collect()
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

/// A character as it is compared: small, and not of the full width that Chinese keyboards give to letters and digits.
pub(super) fn fold(c: char) -> char {
    let c = match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => c,
    }
}

fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.chars().nth(LONGEST).is_none())
        .map(str::to_owned)
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
        assert_eq!(cut("ABC 支付"), ["abc", "支付"]);
        assert!(cut(" ,。—🙂'\"*").is_empty());
        assert!(cut(&"a".repeat(65)).is_empty());
    }

    #[test]
    fn the_last_word_of_a_query_may_go_on() {
        assert_eq!(asked("Pay pag"), (vec!["pay".to_owned(), "pag".to_owned()], true));
        assert!(!asked("pay page ").1);
        assert_eq!(asked("支付 支付").0, ["支付"]);
    }
}
