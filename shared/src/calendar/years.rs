//! The days that the notices of the State Council (国务院办公厅) set apart, one file a year, as each notice lists them.

use serde::Deserialize;

use super::Day;
use crate::Date;

const YEARS: [&str; 7] = [
    include_str!("years/2020.json"),
    include_str!("years/2021.json"),
    include_str!("years/2022.json"),
    include_str!("years/2023.json"),
    include_str!("years/2024.json"),
    include_str!("years/2025.json"),
    include_str!("years/2026.json"),
];

/// One notice.
#[derive(Debug, Deserialize)]
pub(super) struct Year {
    /// The year that it settles.
    pub(super) year: i16,
    holidays: Vec<Holiday>,
}

#[derive(Debug, Deserialize)]
struct Holiday {
    from: Date,
    to: Date,
    /// The weekend days on which it is made up for (调休).
    working: Vec<Date>,
}

impl Year {
    /// Every year that is shipped. One that cannot be read would be left out, and then be said to be unsettled.
    pub(super) fn shipped() -> impl Iterator<Item = Self> {
        YEARS.iter().filter_map(|text| serde_json::from_str(text).ok())
    }

    /// The days that it names, weekends inside a holiday included.
    pub(super) fn days(&self) -> impl Iterator<Item = (Date, Day)> {
        self.holidays.iter().flat_map(|holiday| {
            let off = holiday.from.series(jiff::Span::new().days(1)).take_while(|date| *date <= holiday.to);
            off.map(|date| (date, Day::Off)).chain(holiday.working.iter().map(|date| (*date, Day::Working)))
        })
    }
}
