//! The server functions of webhooks, for admins: the targets, and the log of what was told to them.

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::id::IncidentId;
use shared::organisation::Locale;
use uuid::Uuid;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;
#[cfg(feature = "ssr")]
use crate::webhook::admin;

/// The format that a target takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A robot of a group of Feishu (飞书).
    Feishu,
    /// A robot of a group of 钉钉.
    DingTalk,
    /// A robot of a group of 企业微信.
    WeCom,
    /// Any program, by the Standard Webhooks specification.
    Standard,
}

impl Format {
    /// All of them, as forms list them.
    pub const ALL: [Self; 4] = [Self::Feishu, Self::DingTalk, Self::WeCom, Self::Standard];
}

/// What an admin sets of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What people call it.
    pub name: String,
    /// The format that it takes.
    pub format: Format,
    /// Its address.
    pub url: String,
    /// The language of the texts.
    pub locale: Locale,
    /// Whether it is told anything.
    pub active: bool,
    /// Whether its address may be a private one.
    pub may_be_private: bool,
}

/// A target as admins see it: its secret is never shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its id.
    pub id: Uuid,
    /// What an admin has set.
    pub settings: Settings,
    /// Whether its messages are signed.
    pub has_secret: bool,
}

/// Something that a target is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What has happened, such as `incident.reported`.
    pub event: String,
    /// To which incident; none in a test.
    pub incident: Option<IncidentId>,
    /// A line that says it all.
    pub title: String,
    /// The lines beneath, in Markdown.
    pub text: String,
    /// Where it is to be seen; none where the server does not know its own address.
    pub link: Option<String>,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliveryState {
    /// It is tried, or tried again.
    Waiting,
    /// It was taken.
    Sent,
    /// It was tried as often as it is.
    GivenUp,
    /// The target is gone or switched off.
    Ended,
}

impl DeliveryState {
    /// Its name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
            Self::Ended => "ended",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Sent, Self::GivenUp, Self::Ended].into_iter().find(|state| state.name() == name)
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its id.
    pub id: Uuid,
    /// The target's name.
    pub webhook: String,
    /// When it happened.
    pub at: Timestamp,
    /// What.
    pub message: Message,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// What HTTP last answered.
    pub status: Option<u16>,
    /// What was wrong last, in English as the network says it.
    pub failure: Option<String>,
    /// When it is tried next.
    pub next: Option<Timestamp>,
}

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
