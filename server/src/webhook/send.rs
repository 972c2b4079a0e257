//! Sending: to exactly the addresses that were looked at, without following anything, and not for long.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, retry};
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;
use tokio::net::lookup_host;
use tokio::time::timeout;
use url::{Host, Url};

use super::address::is_public;
use super::format::Outgoing;

/// How long an answer may take to begin, and the rest of it.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most that is read of an answer, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// What a target answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// Why a message did not arrive. Says nothing of the address's query, where robots have their keys.
#[derive(Debug, Error)]
pub(super) enum SendError {
    /// The address is none.
    #[error("not the address of a web hook")]
    Address(#[from] url::ParseError),
    /// Neither http nor https, or without a host.
    #[error("not the address of a web hook")]
    Scheme,
    /// There is nothing to connect to.
    #[error(transparent)]
    NotReached(#[from] NotReached),
    /// It took too long.
    #[error("no answer within 10 seconds")]
    Late,
    /// TLS is not to be had.
    #[error("TLS failed: {0}")]
    Tls(#[from] rustls::Error),
    /// The network failed, or the request or its answer broke off.
    #[error("the request failed: {}", innermost(.0))]
    Http(reqwest::Error),
    /// The product has refused it.
    #[error("{0}")]
    Refused(String),
}

/// Why a host has no address that may be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum NotReached {
    /// It is, or leads to, private addresses alone.
    #[error("the address is private, and this webhook may not reach private addresses")]
    Private,
    /// The name is not known.
    #[error("the name is not known")]
    Unknown,
}

impl From<reqwest::Error> for SendError {
    fn from(error: reqwest::Error) -> Self {
        // What our resolver has refused comes back wrapped.
        let not_reached = causes(&error).find_map(|cause| cause.downcast_ref::<NotReached>().copied());
        not_reached.map_or_else(|| Self::Http(error.without_url()), Self::NotReached)
    }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The cause of it all: what lies around it says only where it was.
fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Posts a message.
pub(super) async fn send(outgoing: Outgoing, may_be_private: bool) -> Result<Answer, SendError> {
    post(kept(may_be_private)?, outgoing, may_be_private).await
}

async fn post(client: &Client, outgoing: Outgoing, may_be_private: bool) -> Result<Answer, SendError> {
    let Outgoing { url, headers, body } = outgoing;
    check(&url, may_be_private)?;
    let mut request = client.post(url).body(body);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let mut answer = timeout(PATIENCE, request.send()).await.map_err(|_| SendError::Late)??;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    // The status has told already whether it was taken: what goes wrong from here on costs the rest of the body alone.
    let _ = timeout(PATIENCE, begin(&mut answer, &mut body)).await;
    Ok(Answer { status, body })
}

/// Reads the beginning of an answer's body.
async fn begin(answer: &mut Response, body: &mut Vec<u8>) {
    while body.len() < LARGEST_ANSWER
        && let Ok(Some(part)) = answer.chunk().await
    {
        body.extend_from_slice(&part[..part.len().min(LARGEST_ANSWER - body.len())]);
    }
}

/// Looks at an address as far as it can be without asking for its name: one that has none is asked of no resolver.
fn check(url: &Url, may_be_private: bool) -> Result<(), SendError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(SendError::Scheme);
    }
    let literal: IpAddr = match url.host().ok_or(SendError::Scheme)? {
        Host::Ipv4(v4) => v4.into(),
        Host::Ipv6(v6) => v6.into(),
        Host::Domain(_) => return Ok(()),
    };
    reachable([SocketAddr::from((literal, 0))], may_be_private)?;
    Ok(())
}

/// Those of the addresses of a host that may be connected to.
fn reachable(found: impl IntoIterator<Item = SocketAddr>, may_be_private: bool) -> Result<Vec<SocketAddr>, NotReached> {
    let mut found = found.into_iter().peekable();
    if found.peek().is_none() {
        return Err(NotReached::Unknown);
    }
    let reached: Vec<SocketAddr> = found.filter(|address| may_be_private || is_public(address.ip())).collect();
    if reached.is_empty() { Err(NotReached::Private) } else { Ok(reached) }
}

/// Looks a name up, once for each connection, and gives out only what may be reached: a name that leads elsewhere a
/// moment later leads nowhere.
struct Resolver {
    may_be_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let may_be_private = self.may_be_private;
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await.map_err(|_| NotReached::Unknown)?;
            let addresses: Addrs = Box::new(reachable(found, may_be_private)?.into_iter());
            Ok(addresses)
        })
    }
}

/// The client for targets that may be private, or the other one.
fn kept(may_be_private: bool) -> Result<&'static Client, SendError> {
    static PUBLIC: OnceLock<Client> = OnceLock::new();
    static PRIVATE: OnceLock<Client> = OnceLock::new();
    let place = if may_be_private { &PRIVATE } else { &PUBLIC };
    match place.get() {
        Some(client) => Ok(client),
        None => made(Resolver { may_be_private }).map(|client| place.get_or_init(|| client)),
    }
}

/// A client that does nothing by itself. Connections are not kept: each is to an address that was just looked at.
fn made(resolver: impl Resolve + 'static) -> Result<Client, SendError> {
    let client = Client::builder()
        .user_agent(concat!("qibu/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Arc::new(resolver))
        .tls_backend_preconfigured(tls()?)
        .redirect(Policy::none())
        .retry(retry::never())
        .no_proxy()
        .pool_max_idle_per_host(0);
    Ok(client.build()?)
}

/// Trusts whom the machine trusts, as of its first use.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config =
        ClientConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests;
