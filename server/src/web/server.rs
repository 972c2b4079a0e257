//! Start, serving and shutdown.

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use thiserror::Error;
use tokio::net::TcpListener;

use super::router::router;
use super::{PublicUrl, Services, door, health};
use crate::store::Store;
use crate::sync::{Engine, EngineError};
use crate::{knowledge, organisation, timers};

/// How long requests that run may take to end once the server stops.
const FAREWELL: Duration = Duration::from_secs(3);

/// How the server is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where people reach it, if elsewhere.
    pub public_url: Option<PublicUrl>,
    /// Whether a proxy of ours stands before it and names the client in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Proxies that are believed as well, by address or network: who asked them is in `X-Forwarded-For`.
    pub trusted_proxies: Vec<IpNet>,
    /// How many commands a second one person may go on sending.
    pub commands_per_second: NonZeroU32,
    /// How many sockets one person may have open.
    pub sockets_per_person: usize,
    /// How many connections it has open at once.
    pub connections: usize,
    /// Where uploads are while they come.
    pub data: PathBuf,
    /// For how many days the journal keeps what people wrote; `None`: for good.
    pub keep_journal_days: Option<u32>,
}

impl Settings {
    /// How many of the connections may be sockets, which last: requests always have some left.
    pub fn most_sockets(&self) -> usize {
        self.connections - self.connections.div_ceil(8)
    }

    /// Whether people come over TLS. Only plain loopback is taken to do without: cookies travel encrypted or not
    /// at all.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().map_or(!self.listen.ip().is_loopback(), PublicUrl::is_secure)
    }
}

/// Why the server could not start or go on.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address is taken, or not ours.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The public URL cannot be an origin.
    #[error(transparent)]
    Origin(#[from] tower_http::csrf::ConfigError),
    /// The network failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What is stored could not be read.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// A server that holds its port already: whoever knows its address can connect.
pub struct Server {
    listener: TcpListener,
    services: Services,
}

impl Server {
    /// Reads the store, takes the port and starts the engine.
    pub async fn bind(store: Store, settings: Settings) -> Result<Self, ServeError> {
        let listener =
            TcpListener::bind(settings.listen).await.map_err(|error| ServeError::Listen(settings.listen, error))?;
        let engine = Engine::start(store.clone()).await?;
        Ok(Self { listener, services: Services::new(store, engine, settings) })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Its parts.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Serves until the shutdown token is cancelled; then tells the sockets, lets requests end, and leaves nothing
    /// that was accepted unwritten.
    pub async fn run(self) -> Result<(), ServeError> {
        let Self { listener, services } = self;
        let app = router(services.clone())?;
        timers::plan(&services).await.map_err(EngineError::from)?;
        let timers = tokio::spawn(timers::run(services.clone()));
        let indexing = tokio::spawn(knowledge::run(services.clone()));
        let leavers = tokio::spawn(organisation::follow_leavers(services.clone()));
        let watching = tokio::spawn(health::watch_file(services.clone()));
        let stop = services.shutdown.clone();
        let serving = door::serve(listener, app, services.settings.connections, stop.clone());
        let in_time = async {
            stop.cancelled().await;
            tokio::time::sleep(FAREWELL).await;
        };
        tokio::select! {
            () = serving => {}
            () = in_time => {}
        }
        stop.cancel();
        services.engine.shutdown().await;
        timers.abort();
        indexing.abort();
        leavers.abort();
        watching.abort();
        Ok(())
    }
}
