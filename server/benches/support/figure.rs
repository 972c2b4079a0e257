//! A figure on a line of its own, beside its budget.

use std::time::Duration;

/// What a figure should be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Budget {
    /// At most so much.
    Most(f64),
    /// At least so much.
    Least(f64),
    /// Nothing is said.
    Open,
}

/// Prints `WHAT: VALUE UNIT (budget <= VALUE: within); NOTE`, as `end2end/bench/server.mjs` reads it.
pub(crate) fn print(what: &str, value: f64, unit: &str, budget: Budget, note: &str) {
    let verdict = |kept| if kept { "within" } else { "OVER" };
    let budget = match budget {
        Budget::Most(most) => format!("budget <= {most}: {}", verdict(value <= most)),
        Budget::Least(least) => format!("budget >= {least}: {}", verdict(value >= least)),
        Budget::Open => "no budget".to_owned(),
    };
    let digits = usize::from(value < 100.0);
    let note = if note.is_empty() { String::new() } else { format!("; {note}") };
    println!("{what}: {value:.digits$} {unit} ({budget}){note}");
}

/// The smallest value that so many percent do not exceed.
pub(crate) fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// In milliseconds.
pub(crate) fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}
