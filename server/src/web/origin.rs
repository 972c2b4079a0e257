//! Where the server is reached, and whether a request comes from one of its own pages.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderMap, Uri, header};
use thiserror::Error;

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
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if public.is_some_and(|public| public.to_string() == origin) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    authority.is_some() && authority == host
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
