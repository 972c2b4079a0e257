//! The door to the outside: routes, headers, the embedded app, start and shutdown.

mod api;
mod assets;
mod fault;
mod headers;
mod health;
mod origin;
mod proxies;
mod router;
mod server;
mod services;

pub use origin::{PublicUrl, PublicUrlError};
pub use server::{ServeError, Server, Settings};
pub use services::Services;
