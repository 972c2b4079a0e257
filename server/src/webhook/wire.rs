//! What the server functions of webhooks ask for and answer; targets and deliveries are stored as these say.

use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::id::IncidentId;
use shared::organisation::Locale;
use uuid::Uuid;

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
    /// The lines beneath, as people typed them.
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
