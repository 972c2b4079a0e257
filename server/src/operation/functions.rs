//! The server function of how the server stands.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::look;
use super::wire::Condition;
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;

/// How the node that answers stands, as of now. Admins.
#[server(name = ReadCondition, prefix = "/api", endpoint = "condition", input = Json, output = Json)]
pub async fn condition() -> Result<Condition, Fault> {
    let caller = Caller::current()?;
    caller.answer(look::look(&caller)).await
}
