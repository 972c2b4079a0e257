//! What the person who looks may do with an incident.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::PersonId;
use shared::incident::Incident;
use shared::{Scope, State, Timestamp};

use crate::reactive::memo;
use crate::sync::{Replica, now};
use crate::ui::Seconds;

/// Whether somebody may do something with an incident.
pub type Rule = fn(&Incident, &State, PersonId, Timestamp) -> bool;

/// Whether the person who looks may by a rule. A turn of duty begins and ends by the clock as well.
pub fn may(replica: Replica, incident: Memo<Arc<Incident>>, rule: Rule) -> Memo<bool> {
    let (me, minute) = (replica.me(), Seconds::expect().minute());
    memo(move || {
        minute.track();
        let state = replica.read(|view| view.only(&[Scope::Company, Scope::Incidents]));
        incident.with(|incident| rule(incident, &state, me, now()))
    })
}
