//! The server as a browser meets it: over HTTP, on a port of its own, with a database of its own.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod demo;
mod files;
mod invitations;
mod invitations_many;
mod lists;
mod program;
mod resets;
mod safety;
mod site;
mod slow;
mod trouble;
mod webhooks;
