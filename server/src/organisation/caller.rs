//! The request behind a server function: who asks, from where, and what goes back beside the answer.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderValue, StatusCode, header};
use axum_extra::extract::cookie::Cookie;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::Fault;
use crate::sign_in::SignedIn;
use crate::web::Services;

/// When to try again where too many signed in at once, in seconds.
const BUSY_FOR: u64 = 5;

/// Who calls a server function. Provided as a context by the router.
#[derive(Clone)]
pub struct Caller {
    /// The server's parts.
    pub services: Services,
    /// Who is signed in, if anybody.
    pub signed_in: Option<SignedIn>,
    /// Where the request comes from.
    pub address: ClientAddress,
    /// The secret of a browser in which somebody has signed in before, if it says one.
    pub device: Option<String>,
    /// What the browser calls itself.
    pub agent: String,
    /// Where cookies and the status are put.
    pub response: ResponseOptions,
}

/// The address that failures are counted by: an IPv4 address, or the /64 that one household has in IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

impl ClientAddress {
    /// The /48 of an IPv6 address, which one customer of a provider may have.
    pub(super) fn site(self) -> Option<Self> {
        let IpAddr::V6(v6) = self.0 else { return None };
        let [a, b, c, ..] = v6.segments();
        Some(Self(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into()))
    }
}

impl Caller {
    /// Who calls the server function that runs now.
    pub fn current() -> Result<Self, Fault> {
        // Missing only if a server function is called outside the router, which is a mistake of ours.
        use_context().ok_or(Fault::Unavailable)
    }

    /// Who is signed in; a fault if nobody is.
    pub fn signed_in(&self) -> Result<SignedIn, Fault> {
        self.signed_in.ok_or(Fault::SignedOut)
    }

    /// Runs `work` and gives the response the status that belongs to its fault.
    pub async fn answer<T>(&self, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
        work.await.inspect_err(|fault| {
            self.response.set_status(fault.status());
            let seconds = match fault {
                Fault::TooManyAttempts(seconds) => Some(*seconds),
                Fault::Busy => Some(BUSY_FOR),
                _ => None,
            };
            if let Some(seconds) = seconds {
                self.response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
        })
    }

    /// Sends a cookie along with the answer.
    pub(super) fn set_cookie(&self, cookie: &Cookie<'_>) {
        if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
            self.response.append_header(header::SET_COOKIE, value);
        }
    }
}

impl Fault {
    /// The HTTP status that says the same.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SignedOut | Self::WrongCredentials => StatusCode::UNAUTHORIZED,
            Self::TooManyAttempts(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::InvitationNotValid | Self::ResetNotValid => StatusCode::NOT_FOUND,
            Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::AnotherAddress => StatusCode::MISDIRECTED_REQUEST,
            Self::Unavailable | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_household_count_as_one() {
        let of = |text: &str| ClientAddress::from(text.parse::<IpAddr>().expect("an address"));
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8:1:2::1").site(), of("2001:db8:1:3::1").site());
        assert_ne!(of("2001:db8:1:2::1").site(), of("2001:db8:2:2::1").site());
        assert_eq!(of("192.0.2.1").site(), None);
    }
}
