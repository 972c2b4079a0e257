//! The door to the outside: routes, headers, the embedded app, start and shutdown.

mod api;
mod assets;
mod body;
mod door;
mod fault;
mod headers;
mod health;
mod origin;
mod proxies;
mod router;
mod server;
mod services;

pub(crate) use assets::shell_instead;
pub(crate) use body::was_slow;
pub(crate) use door::serve;
pub(crate) use health::readiness;
pub use origin::{PublicUrl, PublicUrlError};
pub use server::{ServeError, Server, Settings};
pub use services::Services;
