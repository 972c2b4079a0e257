//! What every request handler may use.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use tokio_util::sync::CancellationToken;

use super::health::Health;
use super::server::Settings;
use super::{origin, proxies};
use crate::organisation::{Attempts, ClientAddress, Passwords};
use crate::store::Store;
use crate::sync::{Engine, Pace};

/// The server's parts. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Where everything is kept.
    pub store: Store,
    /// What runs commands and tells browsers of them.
    pub engine: Engine,
    /// Cancelled when the server stops: sockets close, nothing new begins.
    pub shutdown: CancellationToken,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Counts failed sign-ins.
    pub attempts: Arc<Attempts>,
    /// How fast each person may send commands.
    pub pace: Arc<Pace>,
    /// Whether it can do its work.
    pub health: Arc<Health>,
    /// How it is reached.
    pub settings: Arc<Settings>,
}

impl Services {
    /// Puts the parts together.
    pub(super) fn new(store: Store, engine: Engine, settings: Settings) -> Self {
        Self {
            store,
            engine,
            shutdown: CancellationToken::new(),
            passwords: Passwords::default(),
            attempts: Arc::default(),
            pace: Arc::new(Pace::new(settings.commands_per_second)),
            health: Arc::default(),
            settings: Arc::new(settings),
        }
    }

    /// Whether a request comes from one of our own pages, or from no page at all. What a WebSocket's handshake must
    /// ask for itself: it is a GET, which the layer against cross-site requests lets pass.
    pub fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        origin::is_own(headers, self.settings.public_url.as_ref())
    }

    /// The same of a page that says where it is from: a browser does so by itself only where it opens a WebSocket or posts
    /// something, and tells nobody why that was refused.
    pub fn is_own_address(&self, address: &str, headers: &HeaderMap) -> bool {
        origin::is_own_address(address, headers, self.settings.public_url.as_ref())
    }

    /// The address of who asks; where proxies that are trusted stand between, the one that they name.
    pub fn client_address(&self, peer: SocketAddr, headers: &HeaderMap) -> ClientAddress {
        proxies::client(&self.settings, peer.ip(), headers).into()
    }
}
