//! How many incidents each month had, as columns; the table beside it says the same in words.

use leptos::prelude::*;
use rust_i18n::t;
use shared::Date;
use shared::incident::{Lap, Severity};

use crate::incident::words;

/// The height of the tallest column, in pixels.
const TALLEST: usize = 90;

/// A column for each month, the earliest first; the gravest stand on the ground.
pub fn columns(months: &[Date], laps: &[Lap]) -> AnyView {
    let count = |month: Date| laps.iter().filter(|lap| lap.month == month).count();
    let most = months.iter().map(|month| count(*month)).max().unwrap_or_default().max(1);
    let column = |month: &Date| {
        let bars = [Severity::Normal, Severity::Severe, Severity::Urgent].map(|severity| {
            let of = laps.iter().filter(|lap| lap.month == *month && lap.severity == severity).count();
            let height = of * TALLEST / most;
            view! { <span class="figures-bar" data-severity=words::severity_key(severity) style:--share=height.to_string()></span> }
        });
        view! {
            <div class="figures-month">
                <span class="figures-count">{count(*month)}</span>
                {bars}
                <span class="figures-name">{t!("figures.month_short", month = month.month())}</span>
            </div>
        }
    };
    let columns = months.iter().map(column).collect_view();
    let key = Severity::ALL.map(|severity| {
        view! {
            <li>
                <span class="figures-bar" data-severity=words::severity_key(severity)></span>
                {words::severity(severity)}
            </li>
        }
    });
    view! {
        <div aria-hidden="true">
            <div class="figures-chart">{columns}</div>
            <ul class="figures-key">{key}</ul>
        </div>
    }
    .into_any()
}
