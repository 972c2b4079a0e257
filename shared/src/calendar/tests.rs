//! Deadlines: cases around real holidays, and what holds for any instant.

use jiff::civil::{Time, time};
use proptest::prelude::*;

use super::{Calendar, Counted, Day, Hours, Overrides, Version};
use crate::{Date, Timestamp};

const SECOND: i64 = 1_000_000;

fn calendar() -> Calendar {
    Calendar::new(&Overrides::default())
}

/// An instant as a clock in Asia/Shanghai shows it.
fn at(local: &str) -> Timestamp {
    super::instant(local.parse().expect("a local time"))
}

fn day(date: &str) -> Date {
    date.parse().expect("a date")
}

fn settled<T>(value: T) -> Counted<T> {
    Counted { value, unsettled: None }
}

fn unsettled<T>(value: T) -> Counted<T> {
    Counted { value, unsettled: Some(2027) }
}

/// Any instant of the settled years.
fn instants() -> impl Strategy<Value = Timestamp> {
    (at("2020-01-01T00:00").micros()..at("2027-01-01T00:00").micros()).prop_map(Timestamp::from_micros)
}

fn dates() -> impl Strategy<Value = Date> {
    instants().prop_map(|at| super::local(at).date())
}

#[test]
fn one_working_day_is_by_the_same_time_on_the_next_working_day() {
    for (arrives, due) in [
        // Over a holiday to the Sunday that makes up for it, and to other days that do.
        ("2025-12-31T16:00", "2026-01-04T16:00"),
        ("2026-05-08T10:00", "2026-05-09T10:00"),
        ("2026-09-18T17:00", "2026-09-20T17:00"),
        ("2026-02-13T09:30", "2026-02-14T09:30"),
        // Over Spring Festival.
        ("2026-02-14T11:00", "2026-02-24T11:00"),
        // Before and after work, at the closing to the second, and on days off.
        ("2026-03-03T07:00", "2026-03-04T09:00"),
        ("2026-03-03T17:59:59", "2026-03-04T17:59:59"),
        ("2026-03-03T18:00", "2026-03-05T09:00"),
        ("2026-03-06T22:00", "2026-03-10T09:00"),
        ("2026-10-03T12:00", "2026-10-09T09:00"),
    ] {
        assert_eq!(calendar().add_days(at(arrives), 1), settled(at(due)), "{arrives}");
    }
}

#[test]
fn work_is_counted_within_hours() {
    for (arrives, minutes, due) in [
        ("2026-03-03T10:00", 0, "2026-03-03T10:00"),
        ("2026-03-03T10:00", 270, "2026-03-03T14:30"),
        ("2026-03-06T17:30", 60, "2026-03-09T09:30"),
        ("2026-03-07T12:00", 60, "2026-03-09T10:00"),
        ("2026-09-18T17:00", 120, "2026-09-20T10:00"),
        ("2026-03-03T09:00", 540, "2026-03-04T09:00"),
    ] {
        assert_eq!(calendar().add_minutes(at(arrives), minutes), settled(at(due)), "{arrives} + {minutes}");
    }
}

#[test]
fn days_are_counted_for_leave_and_for_lead_times() {
    let calendar = calendar();
    // The leave includes the Saturday that is worked, and not the holiday.
    assert_eq!(calendar.days_in(day("2026-02-12"), day("2026-02-25")), settled(5));
    assert_eq!(calendar.days_in(day("2026-10-01"), day("2026-10-07")), settled(0));
    assert_eq!(calendar.days_in(day("2026-03-04"), day("2026-03-03")), settled(0));
    assert_eq!(calendar.days_between(day("2025-12-31"), day("2026-01-04")), settled(1));
    assert_eq!(calendar.days_between(day("2026-03-05"), day("2026-03-03")), settled(-2));
    assert_eq!(calendar.days_between(day("2026-03-06"), day("2026-03-08")), settled(0));
}

#[test]
fn a_year_without_a_notice_counts_weekdays_and_says_so() {
    let calendar = calendar();
    assert_eq!(calendar.is_working_day(day("2027-01-01")), unsettled(true));
    assert_eq!(calendar.is_working_day(day("2027-01-02")), unsettled(false));
    assert_eq!(calendar.add_days(at("2026-12-31T16:00"), 1), unsettled(at("2027-01-01T16:00")));
    assert_eq!(calendar.next_opening(at("2026-12-31T16:00")), settled(at("2026-12-31T16:00")));
    assert_eq!(calendar.next_opening(at("2026-12-31T18:00")), unsettled(at("2027-01-01T09:00")));
    assert_eq!(calendar.days_between(day("2027-01-04"), day("2026-12-31")).unsettled, Some(2027));
    assert_eq!(calendar.is_working_day(day("2019-12-31")).unsettled, Some(2019));
}

#[test]
fn an_admin_overrides_days_hours_and_years() {
    let overrides = Overrides {
        revision: 3,
        hours: Hours::new(time(8, 30, 0, 0), time(12, 0, 0, 0)).expect("a morning"),
        days: [
            ("2026-03-04", Day::Off),
            ("2026-05-09", Day::Off),
            ("2026-10-05", Day::Working),
            ("2027-01-01", Day::Off),
        ]
        .map(|(date, is)| (day(date), is))
        .into(),
        settled: [2027].into(),
    };
    let calendar = Calendar::new(&overrides);
    assert!(calendar.version() > self::calendar().version());
    assert_eq!(calendar.version(), Version { shipped: super::SHIPPED, revision: 3 });
    assert_eq!(calendar.add_days(at("2026-03-03T08:30"), 1), settled(at("2026-03-05T08:30")));
    assert_eq!(calendar.add_days(at("2026-03-03T12:00"), 1), settled(at("2026-03-06T08:30")));
    assert_eq!(calendar.is_working_day(day("2026-05-09")), settled(false));
    assert_eq!(calendar.is_working_day(day("2026-10-05")), settled(true));
    assert_eq!(calendar.is_working_day(day("2027-01-01")), settled(false));
    let stored = serde_json::to_string(&overrides).expect("written");
    assert_eq!(serde_json::from_str::<Overrides>(&stored).expect("read"), overrides);
}

#[test]
fn hours_open_before_they_close() {
    for (opens, closes) in [(time(9, 0, 0, 0), time(9, 0, 59, 0)), (time(22, 0, 0, 0), time(6, 0, 0, 0))] {
        assert!(Hours::new(opens, closes).is_err());
        let stored = serde_json::to_string(&(opens, closes)).expect("written");
        assert!(serde_json::from_str::<Hours>(&stored).is_err());
    }
    assert!(Hours::new(Time::midnight(), Time::MAX).is_ok());
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    let calendar = calendar();
    for at in [i64::MIN, -1, 0, i64::MAX].map(Timestamp::from_micros) {
        let open = calendar.next_opening(at).value;
        assert!(calendar.add_days(at, u32::MAX).value >= open);
        assert!(calendar.add_minutes(at, u32::MAX).value >= open);
    }
    assert!(calendar.days_between(Date::MIN, Date::MAX).value > 5_000_000);
    assert_eq!(calendar.days_between(Date::MAX, Date::MAX).value, 0);
    assert_eq!(calendar.days_in(Date::MAX, Date::MAX).value, 1);
}

proptest! {
    #[test]
    fn later_arrival_is_never_due_earlier(mut two in [instants(), instants()], days in 0_u32..60, minutes in 0_u32..30_000) {
        let calendar = calendar();
        two.sort();
        let [earlier, later] = two;
        prop_assert!(calendar.next_opening(earlier).value <= calendar.next_opening(later).value);
        prop_assert!(calendar.add_days(earlier, days).value <= calendar.add_days(later, days).value);
        prop_assert!(calendar.add_minutes(earlier, minutes).value <= calendar.add_minutes(later, minutes).value);
        prop_assert!(calendar.add_days(later, days).value < calendar.add_days(later, days + 1).value);
        prop_assert!(calendar.add_minutes(later, minutes).value < calendar.add_minutes(later, minutes + 1).value);
    }

    /// What arrives outside working hours counts as if it had arrived at the next opening; each due time is within hours.
    #[test]
    fn all_is_clamped_to_working_hours(at in instants(), days in 0_u32..60, minutes in 0_u32..30_000) {
        let calendar = calendar();
        let open = calendar.next_opening(at).value;
        prop_assert!(open >= at);
        prop_assert_eq!(calendar.add_days(at, days), calendar.add_days(open, days));
        prop_assert_eq!(calendar.add_minutes(at, minutes).value, calendar.add_minutes(open, minutes).value);
        for due in [open, calendar.add_days(at, days).value, calendar.add_minutes(at, minutes).value] {
            prop_assert_eq!(calendar.next_opening(due).value, due);
            let due = super::local(due);
            prop_assert!(calendar.is_working_day(due.date()).value);
            prop_assert!((time(9, 0, 0, 0)..time(18, 0, 0, 0)).contains(&due.time()));
        }
    }

    #[test]
    fn counting_undoes_adding(at in instants(), days in 0_u32..60, more in 0_u32..60) {
        let calendar = calendar();
        let open = calendar.next_opening(at).value;
        let due = calendar.add_days(open, days).value;
        let counted = calendar.days_between(super::local(open).date(), super::local(due).date());
        prop_assert_eq!(i64::from(counted.value), i64::from(days));
        prop_assert_eq!(calendar.add_days(due, more).value, calendar.add_days(open, days + more).value);
        prop_assert_eq!((due.micros_since(open)) % (24 * 3_600 * SECOND), 0, "by the same time");
    }

    #[test]
    fn minutes_add_up_to_days(at in instants(), minutes in 0_u32..9_000, more in 0_u32..9_000, days in 0_u32..40) {
        let calendar = calendar();
        let parts = calendar.add_minutes(calendar.add_minutes(at, minutes).value, more).value;
        prop_assert_eq!(parts, calendar.add_minutes(at, minutes + more).value);
        prop_assert_eq!(calendar.add_minutes(at, days * 540).value, calendar.add_days(at, days).value);
    }

    /// Day by day, as a person counts on the wall.
    #[test]
    fn counting_far_is_counting_each_day(first in dates(), length in 0_i32..900) {
        let calendar = calendar();
        let last = first.saturating_add(jiff::Span::new().days(length)).min(day("2026-12-31"));
        let each = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last);
        let worked = each.filter(|date| calendar.is_working_day(*date).value).count();
        prop_assert_eq!(usize::try_from(calendar.days_in(first, last).value).expect("few"), worked);
        let forth = calendar.days_between(first, last);
        prop_assert_eq!(forth.value, -calendar.days_between(last, first).value);
    }
}
