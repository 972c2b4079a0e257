//! The working calendar: which days are worked, and deadlines in working days and hours.
//!
//! # Rules
//!
//! The guide counts in working days (2.2: 1个工作日内) and leaves open which those are: the rules are ours.
//!
//! - **Days.** Monday to Friday, put right by the notices of the State Council (国务院办公厅): holidays off, and the
//!   weekend days that make up for them (调休) worked. [`Overrides`] come on top.
//! - **Hours.** 09:00 to 18:00. An instant at the closing is after work.
//! - **Deadlines.** So many working days are: by the same time, so many working days later. What comes outside working
//!   hours counts from the next opening. A working day is never counted as 24 hours.
//! - **Spans.** A span of days counts the working days from its first to its last, both included.
//! - **Unsettled years.** A year that no notice has settled counts Monday to Friday, and each answer that reaches into
//!   it says so; it is never taken silently for a year without holidays.
//!
//! Dates and hours are those of Asia/Shanghai. It has had no summer time since 1991, so that UTC+08:00 says the same as
//! the time zone database, which the browser then need not load.

#[cfg(test)]
mod tests;
mod typed;
mod years;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Date, Timestamp};
pub use typed::{read_day, read_time};
use years::Year;

const ZONE: Offset = Offset::constant(8);

/// The edition of the days that are shipped: raised whenever a file in `years/` is added or corrected.
const SHIPPED: u32 = 1;

/// Whether a day is worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Day {
    /// A holiday, or any other day on which nobody works.
    Off,
    /// A working day, also on a weekend (调休).
    Working,
}

/// When work begins and ends on a working day, in Asia/Shanghai. An instant at the closing is after work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Time, Time)", into = "(Time, Time)")]
pub struct Hours {
    opens: Time,
    closes: Time,
}

/// Hours that are no working day: less than a minute lies between opening and closing.
#[derive(Debug, Error)]
#[error("no working day lasts from {0} to {1}")]
pub struct NoWorkingHours(Time, Time);

impl Hours {
    /// From an opening to a closing on the same day, at least a minute apart.
    pub fn new(opens: Time, closes: Time) -> Result<Self, NoWorkingHours> {
        let hours = Self { opens, closes };
        if hours.length() < SignedDuration::from_mins(1) { Err(NoWorkingHours(opens, closes)) } else { Ok(hours) }
    }

    /// When work begins.
    pub fn opens(self) -> Time {
        self.opens
    }

    /// When it ends.
    pub fn closes(self) -> Time {
        self.closes
    }

    fn length(self) -> SignedDuration {
        self.opens.duration_until(self.closes)
    }
}

impl Default for Hours {
    /// 09:00 to 18:00 (calendar: hours).
    fn default() -> Self {
        Self { opens: Time::constant(9, 0, 0, 0), closes: Time::constant(18, 0, 0, 0) }
    }
}

impl TryFrom<(Time, Time)> for Hours {
    type Error = NoWorkingHours;

    fn try_from((opens, closes): (Time, Time)) -> Result<Self, Self::Error> {
        Self::new(opens, closes)
    }
}

impl From<Hours> for (Time, Time) {
    fn from(hours: Hours) -> Self {
        (hours.opens, hours.closes)
    }
}

/// What an admin has changed of the calendar, as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overrides {
    /// Raised with every change of the rest.
    pub revision: u32,
    /// The working hours.
    pub hours: Hours,
    /// Days off and working days, whatever the notices say.
    pub days: BTreeMap<Date, Day>,
    /// Years whose notice the admin has entered in full among `days`, before it is shipped.
    pub settled: BTreeSet<i16>,
}

/// Which calendar an answer comes from. A clock keeps it, and is computed again under a greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// The edition of the days that are shipped.
    pub shipped: u32,
    /// The revision of the admin's overrides.
    pub revision: u32,
}

/// An answer of the calendar, with the warning that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Counted<T> {
    /// The answer.
    pub value: T,
    /// The first year that it reaches into and that no notice has settled: there Monday to Friday were counted, and
    /// whoever shows the answer says so.
    pub unsettled: Option<i16>,
}

static COMPANY: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(&Overrides::default()));

/// The company's calendar.
pub fn company() -> &'static Calendar {
    &COMPANY
}

/// Which days are worked, and when. Made once for given overrides.
#[derive(Clone, Debug)]
pub struct Calendar {
    version: Version,
    hours: Hours,
    settled: BTreeSet<i16>,
    /// Only the days that differ from Monday to Friday.
    days: BTreeMap<Date, Day>,
}

impl Calendar {
    /// The days that are shipped, with an admin's overrides on top.
    pub fn new(overrides: &Overrides) -> Self {
        let mut settled = overrides.settled.clone();
        let mut days = BTreeMap::new();
        for year in Year::shipped() {
            settled.insert(year.year);
            days.extend(year.days());
        }
        days.extend(&overrides.days);
        days.retain(|date, day| (*day == Day::Working) != is_weekday(*date));
        let version = Version { shipped: SHIPPED, revision: overrides.revision };
        Self { version, hours: overrides.hours, settled, days }
    }

    /// Which calendar this is.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The working hours.
    pub fn hours(&self) -> Hours {
        self.hours
    }

    /// Whether a day is worked.
    pub fn is_working_day(&self, date: Date) -> Counted<bool> {
        self.counted(self.works(date), date, date)
    }

    /// The first working day after a date.
    pub fn working_day_after(&self, date: Date) -> Date {
        self.after(date, 1)
    }

    /// The day of an instant.
    pub fn date_of(&self, at: Timestamp) -> Date {
        local(at).date()
    }

    /// When a day is over.
    pub fn end_of(&self, date: Date) -> Timestamp {
        instant(date.tomorrow().unwrap_or(date).to_datetime(Time::midnight()))
    }

    /// The instant itself within working hours, otherwise when work begins next. What arrives outside working hours
    /// counts from there (calendar: deadlines).
    pub fn next_opening(&self, at: Timestamp) -> Counted<Timestamp> {
        self.later(at, |open| open)
    }

    /// By the same time so many working days later; what lies outside working hours counts from the next opening
    /// (calendar: deadlines).
    pub fn add_days(&self, at: Timestamp, days: u32) -> Counted<Timestamp> {
        self.later(at, |open| self.after(open.date(), days).to_datetime(open.time()))
    }

    /// So many minutes of working time later. What would end at a closing ends at the next opening, so that a whole day
    /// of work is the same as one working day.
    pub fn add_minutes(&self, at: Timestamp, minutes: u32) -> Counted<Timestamp> {
        self.later(at, |open| {
            let since_opening = self.hours.opens.duration_until(open.time());
            let work = (since_opening + SignedDuration::from_mins(minutes.into())).as_micros();
            let day = self.hours.length().as_micros();
            let days = u32::try_from(work / day).unwrap_or(u32::MAX);
            let rest = SignedDuration::from_micros(i64::try_from(work % day).unwrap_or_default());
            self.after(open.date(), days).to_datetime(self.hours.opens.saturating_add(rest))
        })
    }

    /// How many working days there are from the first to the last day, both included (calendar: spans).
    pub fn days_in(&self, first: Date, last: Date) -> Counted<u32> {
        self.counted(self.count(first, last), first, last)
    }

    /// How many working days after `from` the day `to` is; negative if it is before: from a working day to the next one
    /// is 1, over however long a holiday.
    pub fn days_between(&self, from: Date, to: Date) -> Counted<i32> {
        let (earlier, later) = (from.min(to), from.max(to));
        let days = earlier.tomorrow().map_or(0, |first| self.count(first, later));
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        self.counted(if from <= to { days } else { -days }, earlier, later)
    }

    fn counted<T>(&self, value: T, first: Date, last: Date) -> Counted<T> {
        let unsettled = (first.year()..=last.year()).find(|year| !self.settled.contains(year));
        Counted { value, unsettled }
    }

    fn works(&self, date: Date) -> bool {
        self.days.get(&date).map_or_else(|| is_weekday(date), |day| *day == Day::Working)
    }

    /// Working days from the first to the last, both included: all weekdays, put right by the days that differ. A date far
    /// off, which anybody may type, costs no more than a near one.
    fn count(&self, first: Date, last: Date) -> u32 {
        if first > last {
            return 0;
        }
        let differ: i64 = self.days.range(first..=last).map(|(_, day)| if *day == Day::Working { 1 } else { -1 }).sum();
        u32::try_from(weekdays(first, last) + differ).unwrap_or_default()
    }

    /// The working day that is so many after a date; the date itself for none. Ends with the last date that there is.
    fn after(&self, mut date: Date, mut days: u32) -> Date {
        while days > 0
            && let Ok(first) = date.tomorrow()
        {
            // So many dates hold no more working days than that, and as many only if the last is one of them.
            let last = date.saturating_add(SignedDuration::from_hours(24 * i64::from(days)));
            days = days.saturating_sub(self.count(first, last));
            date = last;
        }
        date
    }

    fn later(&self, at: Timestamp, step: impl FnOnce(DateTime) -> DateTime) -> Counted<Timestamp> {
        let arrived = local(at);
        let end = step(self.open(arrived));
        self.counted(instant(end), arrived.date(), end.date())
    }

    fn open(&self, at: DateTime) -> DateTime {
        let Hours { opens, closes } = self.hours;
        if self.works(at.date()) && at.time() < closes {
            at.date().to_datetime(at.time().max(opens))
        } else {
            self.after(at.date(), 1).to_datetime(opens)
        }
    }
}

fn is_weekday(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() < 5
}

/// How many of these dates are from Monday to Friday.
fn weekdays(first: Date, last: Date) -> i64 {
    let dates = first.duration_until(last).as_hours() / 24 + 1;
    let monday = i64::from(first.weekday().to_monday_zero_offset());
    let rest = (monday..monday + dates % 7).map(|day| i64::from(day % 7 < 5));
    dates / 7 * 5 + rest.sum::<i64>()
}

fn local(at: Timestamp) -> DateTime {
    let end = if at.micros() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    ZONE.to_datetime(jiff::Timestamp::from_microsecond(at.micros()).unwrap_or(end))
}

fn instant(local: DateTime) -> Timestamp {
    // Only the last hours of the year 9999 are no instant.
    Timestamp::from_micros(ZONE.to_timestamp(local).unwrap_or(jiff::Timestamp::MAX).as_microsecond())
}
