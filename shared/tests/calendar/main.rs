//! The days of the working calendar against the same facts from another source: see the head of the file beside this.

use std::collections::BTreeMap;

use shared::Date;
use shared::calendar::{Calendar, Counted, Overrides};

const OTHERS: &str = include_str!("chinesecalendar.txt");

#[test]
fn every_day_from_2020_to_2026_is_as_others_have_it() {
    let lines = OTHERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let differ: BTreeMap<Date, bool> = lines
        .map(|line| match line.split_once(' ') {
            Some((date, day @ ("off" | "working"))) => (date.parse().expect("a date"), day == "working"),
            _ => panic!("{line:?} is no day"),
        })
        .collect();
    assert_eq!(differ.len(), 175);
    let calendar = Calendar::new(&Overrides::default());
    let days = Date::constant(2020, 1, 1).series(jiff::Span::new().days(1));
    for date in days.take_while(|date| date.year() < 2027) {
        let weekday = date.weekday().to_monday_zero_offset() < 5;
        let value = differ.get(&date).copied().unwrap_or(weekday);
        assert_eq!(calendar.is_working_day(date), Counted { value, unsettled: None }, "{date}");
    }
}
