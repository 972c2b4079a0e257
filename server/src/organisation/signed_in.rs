//! Who a request comes from: the session cookie, turned into a person.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use shared::id::PersonId;

use super::functions::SessionId;
use super::session::COOKIE;
use crate::Fault;
use crate::web::Services;

/// The person behind a request, by the session cookie alone: never by what the request says (rejection: bad input).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who it is; an active person.
    pub person: PersonId,
    /// The sign-in that the cookie belongs to: what is closed when it ends.
    pub session: SessionId,
}

impl SignedIn {
    /// Whether the sign-in has not ended since. What a socket asks once it can be closed: between the request and
    /// that moment nobody could have told it.
    pub async fn holds(&self, services: &Services) -> Result<bool, Fault> {
        Ok(!services.store.sessions_among(&[self.session]).await?.is_empty())
    }
}

impl FromRequestParts<Services> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Fault> {
        let signed_in = <Self as OptionalFromRequestParts<Services>>::from_request_parts(parts, services).await?;
        signed_in.ok_or(Fault::SignedOut)
    }
}

impl OptionalFromRequestParts<Services> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Option<Self>, Fault> {
        match CookieJar::from_headers(&parts.headers).get(COOKIE) {
            Some(cookie) => super::session::resume(services, cookie.value()).await,
            None => Ok(None),
        }
    }
}
