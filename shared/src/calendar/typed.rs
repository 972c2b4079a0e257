//! Days and times as people type them, in Chinese and in English, whatever the language of the page.
//!
//! A day without a year is the nearest one. Where month and day could be either, the month comes first, as both
//! languages of the app write it; with points it is the day if a year or a point comes last, as in `24.11.`.

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

/// The last day of a month by a word, as how many months after this one.
const ENDS: [(&str, i32); 9] = [
    ("月底", 0),
    ("本月底", 0),
    ("这个月底", 0),
    ("下月底", 1),
    ("下个月底", 1),
    ("end of month", 0),
    ("end of the month", 0),
    ("eom", 0),
    ("end of next month", 1),
];
/// Counts by a word.
const COUNTS: [(&str, u16); 16] = [
    ("a", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("一", 1),
    ("二", 2),
    ("两", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("十", 10),
];

/// The day that somebody means: `2026-11-24`, `11/24`, `1124`, `24 Nov`, `11月24日`, `tomorrow`, `下周一`, `+3`, `两周后`,
/// `end of month`.
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
    let end = ENDS.iter().find(|(word, _)| *word == text).map(|(_, months)| *months);
    if let Some(months) = end {
        return today.checked_add(jiff::Span::new().months(months)).ok().map(Date::last_of_month);
    }
    let read = [later, weekday, month_and_day, day_of_numbers];
    read.iter().find_map(|read| read(&text, today))
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

/// `in 3 days`, `3天后`, `两周后`, `in a month`.
fn later(text: &str, today: Date) -> Option<Date> {
    let chinese = || ["以后", "之后", "后"].iter().find_map(|after| text.strip_suffix(after));
    let span = text.strip_prefix("in ").or_else(chinese)?;
    let units = [("天", 1), ("日", 1), ("周", 7), ("星期", 7), ("礼拜", 7), ("day", 1), ("week", 7)];
    let count = |count: &str| {
        let count = count.trim().trim_end_matches('个').trim_end();
        let word = COUNTS.iter().find(|(word, _)| *word == count).map(|(_, number)| *number);
        word.or_else(|| count.parse().ok())
    };
    let span = span.trim_end_matches('s');
    let months = ["个月", "month"].iter().find_map(|unit| count(span.strip_suffix(unit)?));
    let days = || units.iter().find_map(|(unit, days)| Some(i64::from(count(span.strip_suffix(unit)?)?) * days));
    let span = match months {
        Some(months) => jiff::Span::new().months(months),
        None => jiff::Span::new().days(days()?),
    };
    today.checked_add(span).ok()
}

/// `1124`.
fn month_and_day(text: &str, today: Date) -> Option<Date> {
    if text.len() != 4 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (month, day) = text.split_at(2);
    nearest(month.parse().ok()?, day.parse().ok()?, today)
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
    let is_pointed = text.contains('.') && (year.is_some() || text.ends_with('.'));
    if is_pointed || first > 12 { (year, second, first) } else { (year, first, second) }
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
            "12.1",
            "1201",
            "7天后",
            "七天以后",
            "一周后",
            "1 个星期后",
            "in 7 days",
            "In a week",
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
    fn weeks_and_months_count_from_today() {
        let words = [
            ("月底", "2026-11-30"),
            ("下个月底", "2026-12-31"),
            ("end of month", "2026-11-30"),
            ("End of next month", "2026-12-31"),
            ("两周后", "2026-12-08"),
            ("in 2 weeks", "2026-12-08"),
            ("3天后", "2026-11-27"),
            ("in 3 days", "2026-11-27"),
            ("两个月后", "2027-01-24"),
            ("in a month", "2026-12-24"),
            ("12.15", "2026-12-15"),
            ("1225", "2026-12-25"),
        ];
        for (word, date) in words {
            assert_eq!(read_day(word, today()), Some(day(date)), "{word}");
        }
        assert_eq!(read_day("下月底", day("2027-01-31")), Some(day("2027-02-28")));
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
            "1332",
            "in days",
            "in 3 hours",
            "天后",
            "99999天后",
            "月",
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
        fn nothing_that_is_typed_is_too_much(text in "[0-9月日年/. a-z下周一+天后个-]{0,12}") {
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
