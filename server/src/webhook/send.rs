//! Sending: to exactly the address that was looked at, without following anything, and not for long.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{InvalidDnsNameError, ServerName};
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use url::{Host, Url};

use super::address::is_public;
use super::format::Outgoing;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most that is read of an answer, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// What a target answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Bytes,
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
    /// The name leads nowhere, or only to private addresses.
    #[error("the address is private, and this webhook may not reach private addresses")]
    Private,
    /// The name is not known.
    #[error("the name is not known")]
    Unknown,
    /// It took too long.
    #[error("no answer within 10 seconds")]
    Late,
    /// The network failed.
    #[error("the connection failed: {0}")]
    Network(#[from] std::io::Error),
    /// The name cannot be in a certificate.
    #[error("the name cannot be in a certificate")]
    Name(#[from] InvalidDnsNameError),
    /// TLS is not to be had.
    #[error("TLS failed: {0}")]
    Tls(#[from] rustls::Error),
    /// The request or its answer broke off.
    #[error("the request failed: {0}")]
    Http(#[from] hyper::Error),
    /// The request could not be made.
    #[error("the request could not be made")]
    Request(#[from] hyper::http::Error),
    /// The answer is too large, or broke off.
    #[error("the answer could not be read")]
    Answer,
    /// The product has refused it.
    #[error("{0}")]
    Refused(String),
}

/// Posts a message.
pub(super) async fn send(outgoing: Outgoing, may_be_private: bool) -> Result<Answer, SendError> {
    let work = async {
        let address = resolved(&outgoing.url, may_be_private).await?;
        let stream = TcpStream::connect(address).await?;
        match outgoing.url.scheme() {
            "https" => {
                let host = outgoing.url.host_str().unwrap_or_default();
                let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())?;
                post(connector()?.connect(name, stream).await?, outgoing).await
            }
            _ => post(stream, outgoing).await,
        }
    };
    tokio::time::timeout(PATIENCE, work).await.map_err(|_| SendError::Late)?
}

/// The address that is connected to: looked up once, so that it cannot become another one after it was looked at.
async fn resolved(url: &Url, may_be_private: bool) -> Result<SocketAddr, SendError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(SendError::Scheme);
    }
    let (host, port) = (url.host().ok_or(SendError::Scheme)?, url.port_or_known_default().unwrap_or(443));
    let addresses: Vec<SocketAddr> = match host {
        Host::Ipv4(v4) => vec![(v4, port).into()],
        Host::Ipv6(v6) => vec![(v6, port).into()],
        Host::Domain(name) => lookup_host((name, port)).await.map_err(|_| SendError::Unknown)?.collect(),
    };
    if addresses.is_empty() {
        return Err(SendError::Unknown);
    }
    addresses.into_iter().find(|address| may_be_private || is_public(address.ip())).ok_or(SendError::Private)
}

/// Trusts whom the machine trusts, as of its first use.
fn connector() -> Result<TlsConnector, SendError> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(TlsConnector::from(config.clone()));
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config =
        ClientConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions()?;
    let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    Ok(TlsConnector::from(CONFIG.get_or_init(|| config).clone()))
}

async fn post(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    outgoing: Outgoing,
) -> Result<Answer, SendError> {
    let Outgoing { url, headers, body } = outgoing;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let host = match url.port() {
        Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
        None => url.host_str().unwrap_or_default().to_owned(),
    };
    let mut request = Request::builder().method(Method::POST).uri(path).header("host", host);
    request = request.header("user-agent", concat!("qibu/", env!("CARGO_PKG_VERSION")));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let response = sender.send_request(request.body(Full::new(Bytes::from(body)))?).await?;
    let status = response.status().as_u16();
    let answer = Limited::new(response.into_body(), LARGEST_ANSWER).collect().await.map_err(|_| SendError::Answer)?;
    connection.abort();
    Ok(Answer { status, body: answer.to_bytes() })
}
