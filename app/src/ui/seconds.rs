//! The seconds of the server's clock: one beat for all countdowns of a page, so that they tick together.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::{Date, Timestamp};

use crate::format::day_of;
use crate::reactive::memo;
use crate::sync::now;

const SECOND: i64 = 1_000_000;

/// The running second.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(RwSignal<i64>);

impl Seconds {
    /// Begins to tick, until the current owner is gone.
    pub fn provide() {
        let seconds = Self(RwSignal::new(now().micros() / SECOND));
        let waiting = Rc::new(RefCell::new(None));
        tick(seconds, &waiting);
        // A page that was hidden catches up at once.
        let shown = window_event_listener(leptos::ev::focus, move |_| seconds.look());
        on_cleanup(move || shown.remove());
        let waiting = StoredValue::new_local(waiting);
        on_cleanup(move || drop(waiting.get_value().take()));
        provide_context(seconds);
    }

    /// Those around here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The time at the beginning of the running second; tracked.
    pub fn get(self) -> Timestamp {
        Timestamp::from_micros(self.0.get() * SECOND)
    }

    /// The time at the beginning of the running minute.
    pub fn minute(self) -> Memo<Timestamp> {
        memo(move || Timestamp::from_micros(self.0.get().div_euclid(60) * 60 * SECOND))
    }

    /// The day that it is: a page that stays open over midnight goes on with the next.
    pub fn day(self) -> Memo<Date> {
        let minute = self.minute();
        memo(move || day_of(minute.get()))
    }

    fn look(self) {
        let second = now().micros().div_euclid(SECOND);
        if self.0.get_untracked() != second {
            self.0.set(second);
        }
    }
}

/// Looks again when the next second of the server begins.
fn tick(seconds: Seconds, waiting: &Rc<RefCell<Option<Timeout>>>) {
    seconds.look();
    let rest = (SECOND - now().micros().rem_euclid(SECOND)) / 1_000;
    let next = waiting.clone();
    let timeout = Timeout::new(u32::try_from(rest + 1).unwrap_or(1_000), move || tick(seconds, &next));
    waiting.replace(Some(timeout));
}
