//! The live sync as browsers meet it: over WebSocket and HTTP, against a server with a database of its own.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod alarms;
mod built;
mod catch_up;
mod clocks;
mod compacted;
mod converge;
mod dice;
mod killed;
mod lagging;
mod leaving;
mod limits;
mod nodes;
mod plans;
#[path = "../support/postgres.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod postgres;
mod program;
mod ready;
mod resend;
mod scopes;
mod sign_in;
mod tab;
mod timers;
mod wire;
