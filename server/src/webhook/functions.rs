//! The server functions of webhooks, for admins: the targets, and the log of what was told to them.

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use uuid::Uuid;

#[cfg(feature = "ssr")]
use super::admin;
use super::wire::{Delivery, Settings, Webhook};
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;

/// All targets. Admins.
#[server(name = ListWebhooks, prefix = "/api", endpoint = "webhooks", input = Json, output = Json)]
pub async fn webhooks() -> Result<Vec<Webhook>, Fault> {
    let caller = Caller::current()?;
    caller.answer(admin::list(&caller)).await
}

/// A new target, or a changed one; without a secret the one that is there stays. Answers the secret that was made for
/// it, if one was: it is shown this once. Admins.
#[server(name = PutWebhook, prefix = "/api", endpoint = "put_webhook", input = Json, output = Json)]
pub async fn put_webhook(id: Uuid, settings: Settings, secret: Option<String>) -> Result<Option<String>, Fault> {
    let caller = Caller::current()?;
    caller.answer(Box::pin(admin::put(&caller, id, settings, secret))).await
}

/// A target less. Admins.
#[server(name = RemoveWebhook, prefix = "/api", endpoint = "remove_webhook", input = Json, output = Json)]
pub async fn remove_webhook(id: Uuid) -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(Box::pin(admin::remove(&caller, id))).await
}

/// Sends a test message. Admins.
#[server(name = TestWebhook, prefix = "/api", endpoint = "test_webhook", input = Json, output = Json)]
pub async fn test_webhook(id: Uuid) -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(Box::pin(admin::test(&caller, id))).await
}

/// The latest deliveries. Admins.
#[server(name = ReadDeliveries, prefix = "/api", endpoint = "deliveries", input = Json, output = Json)]
pub async fn deliveries() -> Result<Vec<Delivery>, Fault> {
    let caller = Caller::current()?;
    caller.answer(admin::log(&caller)).await
}

/// Tries a delivery again that was not taken. Admins.
#[server(name = SendAgain, prefix = "/api", endpoint = "send_again", input = Json, output = Json)]
pub async fn send_again(id: Uuid) -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(Box::pin(admin::again(&caller, id))).await
}
