//! How alike two texts are: so that a second report of the same problem finds the first one (incident: reporting).

use std::collections::BTreeSet;

/// How much of `text` the `other` says too, from 0 to 1: shared words, and of Chinese shared pairs of characters.
pub fn similarity(text: &str, other: &str) -> f32 {
    let (ours, theirs) = (grams(text), grams(other));
    let smaller = ours.len().min(theirs.len());
    if smaller == 0 {
        return 0.0;
    }
    let shared = ours.intersection(&theirs).count();
    #[allow(clippy::cast_precision_loss)] // a title has a few dozen
    let share = shared as f32 / smaller as f32;
    share
}

/// Letters of Chinese that say how something is, but not what: "打不开" is no word in this sense.
const PARTICLES: [char; 5] = ['不', '没', '了', '的', '是'];

/// Whether two texts share a word of three Chinese characters: mostly the name of what they speak of.
pub fn share_a_word(text: &str, other: &str) -> bool {
    !words(text).is_disjoint(&words(other))
}

fn words(text: &str) -> BTreeSet<[char; 3]> {
    let chars: Vec<char> = text.chars().collect();
    let threes = chars.windows(3).filter_map(|three| <[char; 3]>::try_from(three).ok());
    threes.filter(|three| three.iter().all(|c| is_han(*c) && !PARTICLES.contains(c))).collect()
}

fn grams(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let mut grams = BTreeSet::new();
    for run in lower.split(|c: char| !c.is_alphanumeric()) {
        let chars: Vec<char> = run.chars().collect();
        let mut word = String::new();
        for (at, c) in chars.iter().enumerate() {
            if is_han(*c) {
                if let Some(next) = chars.get(at + 1).filter(|next| is_han(**next)) {
                    grams.insert([*c, *next].iter().collect());
                }
                keep(&mut grams, &mut word);
            } else {
                word.push(*c);
            }
        }
        keep(&mut grams, &mut word);
    }
    grams
}

fn keep(grams: &mut BTreeSet<String>, word: &mut String) {
    if word.chars().count() > 1 {
        grams.insert(std::mem::take(word));
    } else {
        word.clear();
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_problem_in_other_words_is_alike() {
        for (text, other, alike) in [
            ("支付页面打不开", "客户反映支付页面打不开了", true),
            ("登录失败,100名用户无法登录", "用户无法登录系统", true),
            ("Payment page is down", "The payment page returns errors", true),
            ("支付页面打不开", "会议室投影仪坏了", false),
            ("", "支付", false),
            ("Printer jam", "Payment page is down", false),
        ] {
            assert_eq!(similarity(text, other) >= 0.3, alike, "{text} / {other}: {}", similarity(text, other));
        }
    }

    #[test]
    fn a_name_in_both_is_enough_to_look_at_the_other() {
        for (text, other, shared) in [
            ("优惠券支付页面打不开", "优惠券无法叠加，客户集中投诉", true),
            ("打印机又坏了", "三楼打印机无法联网", true),
            ("会议室的门打不开", "支付页面打不开", false),
            ("优惠,券", "优惠券", false),
            ("Payment page is down", "The payment page returns errors", false),
        ] {
            assert_eq!(share_a_word(text, other), shared, "{text} / {other}");
        }
    }
}
