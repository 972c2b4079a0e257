//! A clock that runs out: ticks in the same second in every browser, and says in words and colour how near it is.

use leptos::prelude::*;
use shared::Timestamp;
use shared::incident::Deadline;

use super::seconds::Seconds;
use crate::format;
use crate::reactive::memo;

const SECOND: i64 = 1_000_000;
/// What is nearer than this is about to run out, in microseconds: 5 minutes.
const LAST: i64 = 300 * SECOND;
/// So many hours are shown as a clock; more are counted in days.
const CLOCK_HOURS: u64 = 24;

/// How near a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// There is time.
    Calm,
    /// Two thirds of the time are gone.
    Soon,
    /// It is about to run out.
    Last,
    /// It has run out.
    Late,
}

impl Nearness {
    /// Of a deadline at a time.
    pub fn of(deadline: Deadline, now: Timestamp) -> Self {
        let rest = deadline.due.micros_since(now);
        let span = deadline.due.micros_since(deadline.from);
        match rest {
            ..=0 => Self::Late,
            _ if rest <= LAST.min(span / 3) || rest <= span / 12 => Self::Last,
            _ if rest <= span / 3 => Self::Soon,
            _ => Self::Calm,
        }
    }

    /// As the style sheets name it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Last => "last",
            Self::Late => "late",
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Calm | Self::Soon => t!("countdown.left"),
            Self::Last => t!("countdown.last"),
            Self::Late => t!("countdown.late"),
        }
        .into_owned()
    }
}

/// The time that is left until a deadline, or by how much it is past. Silent to screen readers, which would otherwise read
/// every tick; they read it when they come to it.
#[component]
pub fn Countdown(
    /// Which; nothing is shown where there is none.
    #[prop(into)]
    deadline: Signal<Option<Deadline>>,
    /// The accessible name: what runs out.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let seconds = Seconds::expect();
    move || {
        deadline.get().map(|deadline| {
            let near = memo(move || Nearness::of(deadline, seconds.get()));
            let rest = move || in_words(deadline.due.micros_since(seconds.get()));
            view! {
                <time
                    class="countdown"
                    role="timer"
                    aria-live="off"
                    aria-label=move || format!("{} {} {}", label.get(), near.get().words(), rest())
                    data-near=move || near.get().key()
                    title=format::instant(deadline.due)
                >
                    <span class="countdown-words">{move || near.get().words()}</span>
                    " "
                    <span class="countdown-rest">{rest}</span>
                </time>
            }
        })
    }
}

/// A stretch of time as a clock shows it, or in days and hours where seconds say nothing.
fn in_words(micros: i64) -> String {
    let hours = micros.unsigned_abs() / 3_600_000_000;
    if hours < CLOCK_HOURS { clock(micros) } else { days(hours) }
}

/// So many hours in days, and the hours that are left of them.
pub fn days(hours: u64) -> String {
    match (hours / 24, hours % 24) {
        (days, 0) => t!("countdown.whole_days", days = days),
        (days, hours) => t!("countdown.days", days = days, hours = hours),
    }
    .into_owned()
}

/// A stretch of time as a clock shows it, `4:59` or `1:02:03`; whole seconds, rounded up while it runs down.
fn clock(micros: i64) -> String {
    let seconds =
        if micros > 0 { micros.div_euclid(SECOND) + i64::from(micros % SECOND != 0) } else { -micros / SECOND };
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
