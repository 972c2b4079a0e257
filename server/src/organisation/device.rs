//! Browsers in which somebody has signed in before, known by a cookie that outlives the sign-in. It opens nothing: it
//! only has wrong passwords counted apart, so that strangers who try an account do not shut its person out.

use std::time::Duration;

use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use shared::id::PersonId;

use super::caller::Caller;
use super::token::{Token, digest};
use crate::Fault;
use crate::clock::now;
use crate::sign_in::TokenDigest;

/// The cookie's name.
const COOKIE: &str = "qibu_device";
/// For how long after the last sign-in a browser is known. Browsers keep no cookie for longer.
pub(super) const KEPT: Duration = Duration::from_hours(400 * 24);

/// The secret that a browser says it was given.
pub fn device(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// The browser that asks, if this person has signed in there before.
pub(super) async fn known(caller: &Caller, person: PersonId) -> Result<Option<TokenDigest>, Fault> {
    let Some(device) = caller.device.as_deref().map(digest) else { return Ok(None) };
    let people = caller.services.store.device_people(&device).await?;
    Ok(people.contains(&person).then_some(device))
}

/// A person has signed in in the browser that asks.
pub(super) async fn remember(caller: &Caller, person: PersonId) -> Result<(), Fault> {
    let store = &caller.services.store;
    // Only a secret that came from here: nobody may slip a browser one that they know.
    let ours = match &caller.device {
        Some(secret) if !store.device_people(&digest(secret)).await?.is_empty() => Some(secret.clone()),
        _ => None,
    };
    let secret = ours.map_or_else(|| Token::draw().map(Token::into_secret), Ok)?;
    store.remember_device(&digest(&secret), person, now()).await?;
    let mut cookie = Cookie::build((COOKIE, secret))
        .http_only(true)
        .same_site(SameSite::Lax)
        .path("/api")
        .secure(caller.services.settings.is_secure())
        .build();
    cookie.set_max_age(time::Duration::try_from(KEPT).ok());
    caller.set_cookie(&cookie);
    Ok(())
}
