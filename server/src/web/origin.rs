//! Where the server is reached, and whether a request comes from one of its own pages.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderMap, Uri, header};
use thiserror::Error;
use url::Url;

/// The address under which people reach the server, where that is not the one that it listens on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    authority: Authority,
}

/// Why a text is no public URL.
#[derive(Debug, Error)]
#[error("expected https://HOST or http://HOST, without a path")]
pub struct PublicUrlError;

impl PublicUrl {
    /// Whether a browser may be given what travels only over an encrypted connection.
    pub fn is_secure(&self) -> bool {
        self.https || !is_loopback(self.authority.host())
    }
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.parse::<Uri>().map_err(|_| PublicUrlError)?.into_parts();
        let https = match parts.scheme {
            Some(scheme) if scheme == Scheme::HTTPS => true,
            Some(scheme) if scheme == Scheme::HTTP => false,
            _ => return Err(PublicUrlError),
        };
        let bare = parts.path_and_query.is_none_or(|path| path.as_str() == "/");
        match parts.authority {
            Some(authority) if bare && !authority.as_str().contains('@') => Ok(Self { https, authority }),
            _ => Err(PublicUrlError),
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a request comes from one of our own pages, or from no page at all: a browser always says where a page
/// that opens a WebSocket or posts something is from.
pub(super) fn is_own(headers: &HeaderMap, public: Option<&PublicUrl>) -> bool {
    let Some(said) = headers.get(header::ORIGIN) else { return true };
    let own = said.to_str().is_ok_and(|said| is_own_address(said, headers, public));
    if !own {
        let host = headers.get(header::HOST);
        tracing::warn!(origin = ?said, ?host, "refused a page of another address; if it is ours, --public-url has to name it");
    }
    own
}

/// Whether pages of an address are ours, as far as a request tells that came to us from one.
pub(super) fn is_own_address(said: &str, headers: &HeaderMap, public: Option<&PublicUrl>) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    Place::of(said).is_some_and(|origin| {
        let public = public.and_then(|public| Place::of(&public.to_string()));
        // What was asked for has no scheme of its own: a proxy may have taken the encryption off.
        let asked = || Place::of(&format!("{}://{}", origin.scheme, host?));
        public.is_some_and(|public| public == origin) || asked().is_some_and(|asked| asked == origin)
    })
}

/// A scheme, host and port as the standard compares them: an address in capitals, with a final dot, or with the port
/// that goes without saying is the same.
#[derive(PartialEq, Eq)]
struct Place {
    scheme: String,
    host: String,
    port: u16,
}

impl Place {
    fn of(text: &str) -> Option<Self> {
        let url: Url = text.parse().ok()?;
        let scheme = Some(url.scheme()).filter(|scheme| matches!(*scheme, "http" | "https"))?;
        let host = url.host_str()?.trim_end_matches('.');
        Some(Self { scheme: scheme.to_owned(), host: host.to_owned(), port: url.port_or_known_default()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: &str) -> HeaderMap {
        [(header::HOST, "127.0.0.1:3000"), (header::ORIGIN, origin)]
            .into_iter()
            .map(|(name, value)| (name, value.parse().expect("a header's value")))
            .collect()
    }

    #[test]
    fn only_own_pages_are_own() {
        assert!(is_own(&headers("http://127.0.0.1:3000"), None));
        assert!(!is_own(&headers("http://127.0.0.1:3001"), None));
        assert!(!is_own(&headers("https://evil.example"), None));
        assert!(!is_own(&headers("null"), None));
        assert!(is_own(&HeaderMap::new(), None), "not a browser");
        let public = "https://qibu.example/".parse::<PublicUrl>().expect("a URL");
        assert!(is_own(&headers("https://qibu.example"), Some(&public)));
        assert!(!is_own(&headers("http://qibu.example"), Some(&public)));
    }

    #[test]
    fn one_address_is_the_same_however_it_is_written() {
        let asked_of = |host: &str, origin: &str, public: Option<&str>| {
            let mut headers = headers(origin);
            headers.insert(header::HOST, host.parse().expect("a header's value"));
            let public = public.map(|public| public.parse::<PublicUrl>().expect("a URL"));
            is_own(&headers, public.as_ref())
        };
        assert!(asked_of("Qibu.Example", "https://qibu.example", None));
        assert!(asked_of("qibu.example:443", "https://qibu.example", None));
        assert!(asked_of("qibu.example", "https://qibu.example:443", None));
        assert!(asked_of("qibu.example.", "https://qibu.example", None));
        assert!(asked_of("inner:3000", "https://qibu.example", Some("https://QIBU.example:443")));
        assert!(!asked_of("qibu.example:80", "https://qibu.example", None));
        assert!(!asked_of("qibu.example", "https://qibu.example.evil.example", None));
        assert!(!asked_of("qibu.example", "https://qibu.example@evil.example", None));
        assert!(!asked_of("", "https://qibu.example", None));
    }

    #[test]
    fn only_plain_loopback_is_not_secure() {
        let secure = |text: &str| text.parse::<PublicUrl>().expect("a URL").is_secure();
        assert!(secure("https://localhost"));
        assert!(secure("http://qibu.example"));
        assert!(!secure("http://localhost:3000"));
        assert!(!secure("http://[::1]:3000"));
        for text in ["qibu.example", "ftp://qibu.example", "https://qibu.example/app", "https://a@qibu.example", ""] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }
}
