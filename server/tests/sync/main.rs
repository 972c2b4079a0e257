//! The live sync as browsers meet it: over WebSocket and HTTP, against a server with a database of its own.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod built;
mod catch_up;
mod converge;
mod killed;
mod lagging;
mod resend;
mod sign_in;
mod tab;
mod wire;
