//! Sign-ins: a random token in a cookie, its digest in the store, two timeouts, and an end that closes sockets.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, SameSite};
use shared::Timestamp;
use shared::id::PersonId;
use uuid::Uuid;

use super::caller::Caller;
use super::device;
use super::directory::company;
use super::token::{Token, digest};
use super::wire::SessionInfo;
use crate::Fault;
use crate::clock::now;
use crate::sign_in::{SessionId, SignedIn};
use crate::store::Session;
use crate::web::Services;

/// The cookie's name.
pub(super) const COOKIE: &str = "qibu_session";

/// A sign-in that is not used for so long is over.
const IDLE: Duration = Duration::from_hours(14 * 24);
/// So long after its beginning it is over, used or not.
const ABSOLUTE: Duration = Duration::from_hours(60 * 24);
/// Its last use is written down to within this.
const TOUCHED_EVERY: Duration = Duration::from_mins(5);

/// Begins a sign-in with a token of its own and gives the browser its cookie. One that the browser still holds ends:
/// nobody may slip a person a token that they know.
pub(super) async fn begin(caller: &Caller, person: PersonId) -> Result<(), Fault> {
    let services = &caller.services;
    if let Some(before) = caller.signed_in {
        end_one(services, before).await?;
    }
    let token = Token::draw()?;
    let now = now();
    let session =
        Session { id: SessionId(Uuid::now_v7()), person, created: now, seen: now, agent: caller.agent.clone() };
    services.store.add_session(&session, &token.digest()).await?;
    caller.set_cookie(&cookie(services, token.into_secret()));
    device::remember(caller, person).await
}

/// Gives a person another password. Their sign-in goes on with another cookie, so that whoever had copied the old one is
/// out as well; the others end, and their sockets close.
pub(super) async fn change_password(caller: &Caller, signed_in: SignedIn, hash: &str) -> Result<(), Fault> {
    let services = &caller.services;
    let SignedIn { person, session } = signed_in;
    let token = Token::draw()?;
    let ended = services.store.change_password(person, hash, (session, &token.digest()), now()).await?;
    caller.set_cookie(&cookie(services, token.into_secret()));
    for session in ended {
        services.engine.hub().close_session(session);
    }
    services.engine.tell_of_sign_ins().await;
    Ok(())
}

/// The person behind a cookie, while the sign-in holds and the person is active.
pub(super) async fn resume(services: &Services, token: &str) -> Result<Option<SignedIn>, Fault> {
    let now = now();
    let Some(session) = services.store.session(&digest(token)).await? else { return Ok(None) };
    if session.seen < before(now, IDLE) || session.created < before(now, ABSOLUTE) {
        return Ok(None);
    }
    if !company(services).await?.people.get(&session.person).is_some_and(|person| person.active) {
        end_all(services, session.person).await?;
        return Ok(None);
    }
    if session.seen < before(now, TOUCHED_EVERY)
        && let Err(error) = services.store.touch_session(session.id, now).await
    {
        // Whoever only reads is let in while nothing can be written.
        tracing::warn!(%error, "the use of a sign-in could not be written down");
    }
    Ok(Some(SignedIn { person: session.person, session: session.id }))
}

/// See [`super::functions::sign_out`].
pub(super) async fn sign_out(caller: &Caller) -> Result<(), Fault> {
    if let Some(signed_in) = caller.signed_in {
        end_one(&caller.services, signed_in).await?;
    }
    let mut gone = cookie(&caller.services, String::new());
    gone.make_removal();
    caller.set_cookie(&gone);
    Ok(())
}

/// See [`super::functions::sessions`].
pub(super) async fn list(caller: &Caller) -> Result<Vec<SessionInfo>, Fault> {
    let signed_in = caller.signed_in()?;
    let now = now();
    let mut sessions = caller.services.store.sessions(signed_in.person).await?;
    sessions.retain(|session| session.seen >= before(now, IDLE) && session.created >= before(now, ABSOLUTE));
    sessions.sort_by_key(|session| std::cmp::Reverse((session.seen, session.id)));
    let infos = sessions.into_iter().map(|session| SessionInfo {
        id: session.id,
        current: session.id == signed_in.session,
        created: session.created,
        seen: session.seen,
        agent: session.agent,
    });
    Ok(infos.collect())
}

/// See [`super::functions::end_session`].
pub(super) async fn end(caller: &Caller, session: SessionId) -> Result<(), Fault> {
    let person = caller.signed_in()?.person;
    end_one(&caller.services, SignedIn { person, session }).await
}

/// Ends all sign-ins of a person and closes their sockets.
pub(super) async fn end_all(services: &Services, person: PersonId) -> Result<(), Fault> {
    services.store.end_sessions(&[person]).await?;
    services.engine.hub().close_person(person);
    services.engine.tell_of_sign_ins().await;
    Ok(())
}

async fn end_one(services: &Services, signed_in: SignedIn) -> Result<(), Fault> {
    // The person is named too: nobody ends another's sign-in by its id.
    if services.store.end_session(signed_in.person, signed_in.session).await? {
        services.engine.hub().close_session(signed_in.session);
        services.engine.tell_of_sign_ins().await;
    }
    Ok(())
}

/// Sweeps away the sign-ins that are over and those of people who have left: they must not come back with a person who
/// does.
pub async fn sweep(services: &Services) -> Result<(), Fault> {
    let now = now();
    for session in services.store.sweep_accounts(before(now, IDLE), before(now, ABSOLUTE), now).await? {
        services.engine.hub().close_session(session);
    }
    services.store.sweep_devices(before(now, device::KEPT)).await?;
    let company = company(services).await?;
    let left: Vec<PersonId> = company.people.values().filter(|person| !person.active).map(|person| person.id).collect();
    Ok(services.store.end_sessions(&left).await?)
}

fn cookie(services: &Services, token: String) -> Cookie<'static> {
    let mut cookie = Cookie::build((COOKIE, token))
        .http_only(true)
        .same_site(SameSite::Lax)
        .path("/")
        .secure(services.settings.is_secure())
        .build();
    cookie.set_max_age(time::Duration::try_from(ABSOLUTE).ok());
    cookie
}

fn before(now: Timestamp, by: Duration) -> Timestamp {
    Timestamp::from_micros(now.micros().saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
}
