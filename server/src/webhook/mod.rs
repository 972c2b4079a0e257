//! Outgoing webhooks: the company's chat groups, and programs, are told of incidents.
//!
//! The way of a message: [`feed`] follows the journal and plans deliveries → each is a durable timer → [`deliver`]
//! writes it in the target's [`format`] and [`send`]s it, and again with back-off until it is taken.

pub mod functions;

#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
pub(crate) mod admin;
#[cfg(feature = "ssr")]
mod deliver;
#[cfg(feature = "ssr")]
mod feed;
#[cfg(feature = "ssr")]
mod format;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
mod news;
#[cfg(feature = "ssr")]
mod send;
mod wire;

pub use self::wire::{Delivery, DeliveryState, Format, Message, Settings, Webhook};
#[cfg(feature = "ssr")]
pub(crate) use self::{deliver::deliver, feed::feed};
