//! How many incidents each month had, as columns; the table beside it says the same in words.

use leptos::prelude::*;
use qibu::incident::MonthTally;
use shared::incident::Severity;

use crate::format;
use crate::incident::words;

/// The height of the tallest column, in pixels.
const TALLEST: usize = 90;

/// A column for each month, the earliest first; the gravest stand on the ground.
pub fn columns(months: &[MonthTally]) -> AnyView {
    let most = months.iter().map(|month| month.figures.count).max().unwrap_or_default().max(1);
    let column = |month: &MonthTally| {
        let bar = |(severity, count): (Severity, usize)| {
            let height = count * TALLEST / most;
            view! { <span class="figures-bar" data-severity=words::severity_key(severity) style:--share=height.to_string()></span> }
        };
        let bars = Severity::ALL.into_iter().zip(month.by_severity).rev().map(bar).collect_view();
        view! {
            <div class="figures-month">
                <span class="figures-count">{month.figures.count}</span>
                {bars}
                <span class="figures-name">{format::name_of_month(month.month)}</span>
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
