//! Days and times as people type them, in Chinese and in English, whatever the language of the page.
//!
//! A day without a year is the nearest one. Where month and day could be either, the month comes first, as both
//! languages of the app write it; points between the numbers put the day first.

use jiff::civil::Weekday;

use crate::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [(&str, char); 7] =
    [("mon", '一'), ("tue", '二'), ("wed", '三'), ("thu", '四'), ("fri", '五'), ("sat", '六'), ("sun", '日')];
/// Days by a word, as how many after today.
const WORDS: [(&str, i64); 10] = [
    ("today", 0),
    ("今天", 0),
    ("今日", 0),
    ("tomorrow", 1),
    ("明天", 1),
    ("明日", 1),
    ("后天", 2),
    ("大后天", 3),
    ("yesterday", -1),
    ("昨天", -1),
];

/// The day that somebody means: `2026-11-24`, `11/24`, `24 Nov`, `11月24日`, `tomorrow`, `下周一`, `+3`.
pub fn read_day(text: &str, today: Date) -> Option<Date> {
    let text: String = text.trim().chars().map(half_width).flat_map(char::to_lowercase).collect();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let word = WORDS.iter().find(|(word, _)| *word == text).map(|(_, days)| *days);
    let ahead = text.strip_prefix('+').and_then(|days| days.parse::<u16>().ok()).map(i64::from);
    if let Some(days) = word.or(ahead) {
        return today.checked_add(jiff::Span::new().days(days)).ok();
    }
    weekday(&text, today).or_else(|| day_of_numbers(&text, today))
}

/// The time of the clock that somebody means, hours and minutes: `18:02`, `1802`, `9`.
pub fn read_time(text: &str) -> Option<(i8, i8)> {
    let text: String = text.trim().chars().map(half_width).collect();
    let (hours, minutes) = match text.split_once([':', '.', '点', '时']) {
        Some((hours, minutes)) => (hours, minutes.trim_end_matches('分')),
        None if text.len() > 2 && text.is_ascii() => text.split_at(text.len() - 2),
        None => (text.as_str(), ""),
    };
    let number =
        |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse::<i8>().ok())?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
    number(hours).filter(|hours| *hours < 24 && minutes < 60).map(|hours| (hours, minutes))
}

/// Input methods leave digits and marks as wide as Chinese characters.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// `monday` and `周一` are the next such day, `next monday` and `下周一` that of the week after this one.
fn weekday(text: &str, today: Date) -> Option<Date> {
    let english = |text: &str| WEEKDAYS.iter().position(|(day, _)| text.len() >= 3 && text.starts_with(day));
    let chinese = |text: &str| {
        let day = ["周", "星期", "礼拜"].iter().find_map(|week| text.strip_prefix(week))?;
        let mut rest = day.chars();
        let day = rest.next().filter(|_| rest.next().is_none())?;
        WEEKDAYS.iter().position(|(_, name)| *name == if day == '天' { '日' } else { day })
    };
    let spelt = |text: &str| text.bytes().all(|letter| letter.is_ascii_lowercase()) && is_spelt(text);
    let (is_next, text) = match text.strip_prefix("next ").or_else(|| text.strip_prefix('下')) {
        Some(rest) => (true, rest.trim_start().trim_start_matches('个')),
        None => (false, text),
    };
    let day = chinese(text).or_else(|| english(text).filter(|_| spelt(text)))?;
    let day = Weekday::from_monday_zero_offset(i8::try_from(day).ok()?).ok()?;
    if is_next {
        let since_monday = i64::from(today.weekday().to_monday_zero_offset());
        let days = 7 - since_monday + i64::from(day.to_monday_zero_offset());
        return today.checked_add(jiff::Span::new().days(days)).ok();
    }
    today.nth_weekday(1, day).ok()
}

/// Whether a word that begins as a weekday is one, in full or short.
fn is_spelt(text: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|day| day.starts_with(text))
}

/// A day of two or three numbers, one of which may be the name of a month.
fn day_of_numbers(text: &str, today: Date) -> Option<Date> {
    let mut numbers = Vec::new();
    let mut named = None;
    for part in parts(text) {
        if let Ok(number) = part.parse::<i16>() {
            numbers.push(number);
        } else if let Some(month) = MONTHS.iter().position(|month| part.starts_with(month)) {
            named = Some((numbers.len(), i16::try_from(month + 1).ok()?)).filter(|_| named.is_none());
            named?;
        } else if !["年", "月", "日", "号", "st", "nd", "rd", "th", "of"].contains(&part) {
            return None;
        }
    }
    let (year, month, day) = match (numbers.as_slice(), named) {
        (&[day], Some((_, month))) => (None, month, day),
        (&[year, day], Some((1, month))) if year > 31 => (Some(year), month, day),
        (&[day, year], Some((_, month))) => (Some(year), month, day),
        (&[first, second], None) => in_order(text, None, first, second),
        (&[year, month, day], None) if year > 31 => (Some(year), month, day),
        (&[first, second, year], None) => in_order(text, Some(year), first, second),
        _ => return None,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match year {
        Some(year) => Date::new(if year < 100 { year + 2000 } else { year }, month, day).ok(),
        None => nearest(month, day, today),
    }
}

/// Which of two numbers is the month.
fn in_order(text: &str, year: Option<i16>, first: i16, second: i16) -> (Option<i16>, i16, i16) {
    if text.contains('.') || first > 12 { (year, second, first) } else { (year, first, second) }
}

/// Runs of digits and of letters.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', '.', '/', '-', '\u{3001}']).flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let digits = rest.starts_with(|c: char| c.is_ascii_digit());
            let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            rest = after;
            (!part.is_empty()).then_some(part)
        })
    })
}

/// The day of that month which is nearest to today.
fn nearest(month: i8, day: i8, today: Date) -> Option<Date> {
    let year = today.year();
    let days = [year, year + 1, year - 1].into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|date| date.duration_since(today).as_hours().abs())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{read_day, read_time};
    use crate::Date;

    /// A Tuesday.
    fn today() -> Date {
        day("2026-11-24")
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn a_day_is_read_in_the_ways_in_which_it_is_written() {
        let ways = [
            "2026-12-01",
            "2026/12/1",
            "2026.12.1",
            "2026年12月1日",
            "12月1日",
            "12月1号",
            "12/1",
            "12-1",
            "1.12.",
            "1.12.2026",
            "Dec 1",
            "1 Dec",
            "1 December 2026",
            "Dec 1, 2026",
            "2026 Dec 1",
            "1st of December",
            "DEC 1ST",
            "１２／１",
            "+7",
            "tue",
            "Tuesday",
            "next tuesday",
            "下周二",
            "下星期二",
            "周二",
            "12/1/26",
        ];
        for way in ways {
            assert_eq!(read_day(way, today()), Some(day("2026-12-01")), "{way}");
        }
    }

    #[test]
    fn words_count_from_today() {
        let words =
            [("today", 24), ("今天", 24), ("Tomorrow", 25), ("明天", 25), ("后天", 26), ("昨天", 23), ("周五", 27)];
        for (word, of_month) in words {
            assert_eq!(read_day(word, today()).map(Date::day), Some(of_month), "{word}");
        }
        assert_eq!(read_day("next monday", today()), Some(day("2026-11-30")));
        assert_eq!(read_day("下周一", day("2026-11-30")), Some(day("2026-12-07")), "today is no day of next week");
        assert_eq!(read_day("monday", day("2026-11-30")), Some(day("2026-12-07")), "whoever means today says so");
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest() {
        assert_eq!(read_day("1月5日", day("2026-12-20")), Some(day("2027-01-05")));
        assert_eq!(read_day("Dec 30", day("2027-01-03")), Some(day("2026-12-30")));
        assert_eq!(read_day("2/29", day("2027-06-01")), Some(day("2028-02-29")));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "soon",
            "13",
            "32/1",
            "2/30",
            "2026-13-01",
            "Dec",
            "1 2 3 4",
            "monkey",
            "Jan Feb 1",
            "周八",
            "下周",
            "+",
        ] {
            assert_eq!(read_day(text, today()), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_hours_and_minutes() {
        let times = [
            ("18:02", 18, 2),
            ("1802", 18, 2),
            ("9", 9, 0),
            ("9:05", 9, 5),
            ("18：02", 18, 2),
            ("9点", 9, 0),
            ("905", 9, 5),
        ];
        for (text, hours, minutes) in times {
            assert_eq!(read_time(text), Some((hours, minutes)), "{text}");
        }
        for text in ["", "24:00", "9:60", "-1", "1:-2", "noon", "12345"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_is_too_much(text in "[0-9月日年/. a-z下周一+-]{0,12}") {
            let _ = (read_day(&text, today()), read_time(&text));
        }

        #[test]
        fn a_day_with_its_year_is_that_day(year in 1900_i16..2200, month in 1_i8..=12, of_month in 1_i8..=28) {
            let date = Date::new(year, month, of_month).expect("a date");
            prop_assert_eq!(read_day(&format!("{year}年{month}月{of_month}日"), today()), Some(date));
            prop_assert_eq!(read_day(&format!("{year}/{month}/{of_month}"), today()), Some(date));
        }
    }
}
