//! Waiting for a pause, in typing or in what else comes in bursts.

use std::time::Duration;

use leptos::prelude::*;

/// How long nothing was typed when it counts as a pause in typing.
const REST: Duration = Duration::from_millis(250);

/// What is to be done in the next pause; goes with the current owner.
#[derive(Clone, Copy, Debug)]
pub struct Pause {
    waiting: StoredValue<Option<TimeoutHandle>>,
    rest: Duration,
}

impl Pause {
    /// With nothing to be done, in typing.
    pub fn new() -> Self {
        Self::of(REST)
    }

    /// The same for pauses of this length, in something else than typing.
    pub fn of(rest: Duration) -> Self {
        let pause = Self { waiting: StoredValue::new(None), rest };
        on_cleanup(move || pause.forget());
        pause
    }

    /// Something has come: in the next pause this is to be done, and nothing else.
    pub fn then(self, act: impl FnOnce() + 'static) {
        self.forget();
        // Once the owner is gone, nobody would forget it.
        if !self.waiting.is_disposed() {
            self.waiting.set_value(set_timeout_with_handle(act, self.rest).ok());
        }
    }

    /// Nothing is to be done any more.
    pub fn forget(self) {
        if let Some(waiting) = self.waiting.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    }
}
