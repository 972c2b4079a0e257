//! Sound and notifications for those who are called, also while they look elsewhere (incident: calls, alarms).

mod settings;
mod signal;

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::Timestamp;
use shared::inbox::{Ask, AskKind};
use shared::sync::Link;

pub use settings::CallSettings;

use self::settings::{notifies, sounds};
use self::signal::{notify, ring};
use super::asks::Asks;
use super::words::{About, sentence};
use crate::kept::{keep, kept};
use crate::reactive::memo;
use crate::sync::{Replica, now};
use crate::ui::Toasts;

/// What was called last in any tab, so that one of them alone is heard.
const CALLED: &str = "qibu.called";
/// How long a tab that nobody looks at leaves the call to one that somebody does.
const PATIENCE: Duration = Duration::from_millis(600);
/// How long before the next update is due its leader is called, in microseconds: 5 minutes.
const UPDATE_SOON: i64 = 300_000_000;

/// One call: an ask, and whether it presses. What begins to press calls again.
type Call = (String, bool);

/// Listens for calls, behind every page. What was there when the page came is no call.
#[component]
pub fn Calls() -> impl IntoView {
    let replica = Replica::expect();
    let asks = Asks::expect();
    let toasts = Toasts::expect();
    let navigate = use_navigate();
    let is_live = memo(move || replica.link() == Link::Live);
    let calling = memo(move || {
        asks.track_minute();
        let now = now();
        asks.open().into_iter().filter(|ask| calls(ask, now)).collect::<Vec<_>>()
    });
    Effect::new(move |known: Option<Option<BTreeSet<Call>>>| {
        let calling = calling.get();
        let call = |ask: &Ask| (ask.key.clone(), ask.presses);
        let Some(mut known) = known.flatten() else {
            return is_live.get().then(|| calling.iter().map(call).collect());
        };
        let new: Vec<Ask> = calling.iter().filter(|ask| !known.contains(&call(ask))).cloned().collect();
        known.extend(calling.iter().map(call));
        if let Some(first) = new.into_iter().next() {
            announce(asks, toasts, navigate.clone(), first);
        }
        Some(known)
    });
}

/// Whether an ask is to be heard: it presses, somebody calls me, or the next update is about to be due.
fn calls(ask: &Ask, now: Timestamp) -> bool {
    let is_near = ask.due.is_some_and(|due| due.micros_since(now) <= UPDATE_SOON);
    ask.presses || matches!(ask.kind, AskKind::Take | AskKind::Respond) || (ask.kind == AskKind::Update && is_near)
}

/// Says it here, unless another tab has. A notification may be pressed when the pages that it came from are long gone.
fn announce(asks: Asks, toasts: Toasts, navigate: impl Fn(&str, NavigateOptions) + 'static, ask: Ask) {
    let About { number, name, .. } = untrack(|| asks.about(&ask));
    let title = format!("{} {number}", sentence(ask.kind));
    let id = format!("{} {}", ask.key, ask.presses);
    let seen = document().visibility_state() == web_sys::VisibilityState::Visible;
    if seen {
        toasts.say(format!("{title} {name}"));
    }
    let say = move || {
        if kept(CALLED).as_deref() == Some(&id) {
            return;
        }
        keep(CALLED, Some(&id));
        if sounds() {
            ring();
        }
        if notifies() && !document().has_focus().unwrap_or_default() {
            let address = asks.address(&ask);
            notify(&title, &name, &id, move || navigate(&address, NavigateOptions::default()));
        }
    };
    if seen { say() } else { set_timeout(say, PATIENCE) }
}
