//! The server functions of incidents: those that are over, and the figures of the response.

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::Date;

use super::wire::{OverFilter, OverPage, OverPlace, Tally};
#[cfg(feature = "ssr")]
use super::{figures, over as list};
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;

/// The incidents that are over and fit, the last reported first, at most 50 at a time: those after the place at which the
/// page before ended. A page may have fewer, and even none, and the list go on.
#[server(name = ListOver, prefix = "/api", endpoint = "incidents-over", input = Json, output = Json)]
pub async fn over(filter: OverFilter, after: Option<OverPlace>) -> Result<OverPage, Fault> {
    let caller = Caller::current()?;
    caller.answer(list::list_for(&caller, &filter, after)).await
}

/// How the response did with all incidents that were reported from the first day of a month on.
#[server(name = TallyIncidents, prefix = "/api", endpoint = "incident-figures", input = Json, output = Json)]
pub async fn tally(since: Date) -> Result<Tally, Fault> {
    let caller = Caller::current()?;
    caller.answer(figures::tally_for(&caller, since)).await
}
