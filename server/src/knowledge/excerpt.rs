//! A few words around what was looked for, marked.

use super::wire::Fragment;
use super::words::{folded_chars, goes_on};

/// How much of a text is shown, in characters.
const LENGTH: usize = 120;
/// How much of that stands before the first mark.
const BEFORE: usize = 24;

/// The whole text, with the words marked.
pub(super) fn marked(text: &str, words: &[String]) -> Vec<Fragment> {
    let chars: Vec<char> = text.chars().collect();
    fragments(&chars, &marks(&chars, words))
}

/// The part of a text in which the most different words are, on one line; its beginning if there are none.
pub(super) fn excerpt(text: &str, words: &[String]) -> Vec<Fragment> {
    let chars = on_one_line(text);
    let marks = marks(&chars, words);
    let from = best(&marks).map_or(0, |at| at.saturating_sub(BEFORE));
    let from = if from < BEFORE { 0 } else { from };
    let to = chars.len().min(from + LENGTH);
    let inside: Vec<Mark> = marks
        .into_iter()
        .filter(|mark| mark.from >= from && mark.to <= to)
        .map(|mark| Mark { from: mark.from - from, to: mark.to - from, ..mark })
        .collect();
    let mut fragments = fragments(&chars[from..to], &inside);
    if from > 0 {
        fragments.insert(0, plain("…".to_owned()));
    }
    if to < chars.len() {
        fragments.push(plain("…".to_owned()));
    }
    fragments
}

/// A line that ends without a mark of its own, such as a heading, is set apart from the next.
fn on_one_line(text: &str) -> Vec<char> {
    let mut all = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match all.chars().next_back() {
            None => {}
            Some(end) if end.is_alphanumeric() => all.push_str(" · "),
            Some(_) => all.push(' '),
        }
        all.push_str(line);
    }
    all.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

#[derive(Clone, Copy)]
struct Mark {
    from: usize,
    to: usize,
    word: usize,
}

/// Where the words are: the longest at each place, none inside another.
fn marks(chars: &[char], words: &[String]) -> Vec<Mark> {
    let (folded, from): (Vec<char>, Vec<usize>) = folded_chars(chars).into_iter().unzip();
    let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let here = words.iter().enumerate().filter(|(_, word)| stands(&folded, at, word));
        match here.max_by_key(|(_, word)| word.len()) {
            Some((index, word)) => {
                at += word.len();
                // A character that is several as they are compared is marked whole, and once.
                let end = from[at - 1] + 1 + chars[from[at - 1] + 1..].iter().take_while(|c| goes_on(**c)).count();
                let begin = marks.last().map_or(0, |last| last.to).max(from[at - word.len()]);
                marks.push(Mark { from: begin, to: end.max(begin), word: index });
            }
            None => at += 1,
        }
    }
    marks
}

/// Whether a word begins at a place. Not within another word, where words are written apart.
fn stands(folded: &[char], at: usize, word: &[char]) -> bool {
    let is_letter = |c: &char| c.is_ascii_alphanumeric();
    let inside = at > 0 && is_letter(&folded[at - 1]) && word.first().is_some_and(is_letter);
    !word.is_empty() && !inside && folded[at..].starts_with(word)
}

/// Where the part begins that has the most different words.
fn best(marks: &[Mark]) -> Option<usize> {
    let words_from = |first: usize| {
        let near = marks[first..].iter().take_while(|mark| mark.to < marks[first].from + LENGTH - BEFORE);
        let mut words: Vec<usize> = near.map(|mark| mark.word).collect();
        words.sort_unstable();
        words.dedup();
        words.len()
    };
    // The first of those that are as good.
    let best = (0..marks.len()).rev().max_by_key(|first| words_from(*first))?;
    Some(marks[best].from)
}

fn fragments(chars: &[char], marks: &[Mark]) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut put = |text: &[char], marked: bool| match fragments.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.marked == marked => last.text.extend(text),
        _ => fragments.push(Fragment { text: text.iter().collect(), marked }),
    };
    let mut at = 0;
    for mark in marks {
        put(&chars[at..mark.from], false);
        put(&chars[mark.from..mark.to], true);
        at = mark.to;
    }
    put(&chars[at..], false);
    fragments
}

fn plain(text: String) -> Fragment {
    Fragment { text, marked: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(fragments: &[Fragment]) -> String {
        fragments.iter().map(|f| if f.marked { format!("[{}]", f.text) } else { f.text.clone() }).collect()
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        assert_eq!(shown(&marked("支付页面打不开", &words(&["支付", "打不开"]))), "[支付]页面[打不开]");
        assert_eq!(shown(&marked("支付支付", &words(&["支付"]))), "[支付支付]");
        assert_eq!(shown(&marked("PAY the payment, repay", &words(&["pay"]))), "[PAY] the [pay]ment, repay");
        assert_eq!(shown(&marked("ABC", &words(&["abc"]))), "[ABC]");
        assert_eq!(shown(&marked("İstanbul", &words(&["stan"]))), "İ[stan]bul");
        assert_eq!(shown(&marked("Cafe\u{301}s, 上线🚀", &words(&["café", "🚀"]))), "[Cafe\u{301}]s, 上线[🚀]");
        assert_eq!(shown(&marked("Straße", &words(&["strass"]))), "[Straß]e");
        assert_eq!(shown(&marked("", &words(&["a"]))), "");
    }

    #[test]
    fn an_excerpt_shows_where_the_most_words_are() {
        let text = format!("支付。{}订单\n支付{}", "字".repeat(300), "尾".repeat(300));
        let shown = shown(&excerpt(&text, &words(&["支付", "订单"])));
        assert!(shown.starts_with("…字") && shown.contains("[订单] · [支付]") && shown.ends_with("尾…"), "{shown}");
        assert_eq!(self::shown(&excerpt("何时回滚\n\n发布后。\n再看", &[])), "何时回滚 · 发布后。 再看");
        let short = excerpt("支付页面", &[]);
        assert_eq!(short, [plain("支付页面".to_owned())]);
    }
}
