//! Sign-ins: a random token in a cookie, its digest in the store, two timeouts, and an end that closes sockets.

use std::sync::Arc;
use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, SameSite};
use shared::id::PersonId;
use shared::organisation::Company;
use shared::{Scope, Timestamp};
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
/// How long changes are gathered before it is looked who has left.
const REST: Duration = Duration::from_millis(200);

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
    services.store.end_sessions(person).await?;
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

/// Ends what lets people in as soon as they have left: it must not come back with a person who does.
pub async fn follow_leavers(services: Services) {
    let mut progress = services.engine.progress();
    let mut known: Option<Arc<Company>> = None;
    loop {
        progress.borrow_and_update();
        match forget_leavers(&services, known.as_deref()).await {
            Ok(company) => known = Some(company),
            Err(error) => tracing::warn!(%error, "the sign-ins of who has left go on for a while"),
        }
        tokio::time::sleep(REST).await;
        if progress.changed().await.is_err() {
            return;
        }
    }
}

/// Forgets whoever has left since the company was so.
async fn forget_leavers(services: &Services, before: Option<&Company>) -> Result<Arc<Company>, Fault> {
    let (_, state) = services.engine.read(&[Scope::Company]).await?;
    let company = state.company;
    if before.is_none_or(|before| !std::ptr::eq(before, &raw const *company)) {
        let was_here = |id| before.and_then(|before| before.people.get(&id)).is_none_or(|person| person.active);
        let left = company.people.values().filter(|person| !person.active && was_here(person.id));
        let left: Vec<PersonId> = left.map(|person| person.id).collect();
        services.store.forget_people(&left, now()).await?;
    }
    Ok(company)
}

/// Sweeps away the sign-ins that are over, and the browsers that were not used for long.
pub async fn sweep(services: &Services) -> Result<(), Fault> {
    let now = now();
    for session in services.store.sweep_accounts(before(now, IDLE), before(now, ABSOLUTE), now).await? {
        services.engine.hub().close_session(session);
    }
    Ok(services.store.sweep_devices(before(now, device::KEPT)).await?)
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
