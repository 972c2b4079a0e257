//! Another password for who has forgotten theirs: a link that is good once, for a day (organisation: a forgotten
//! password).

use std::time::Duration;

use shared::id::PersonId;
use shared::organisation::{Company, Person};

use super::caller::Caller;
use super::directory::company;
use super::session;
use super::token::{Token, digest};
use super::wire::{ResetInfo, ResetLink, ResetMade};
use crate::Fault;
use crate::clock::{later, now};
use crate::store::{Store, StoredReset};

const HOLDS: Duration = Duration::from_hours(24);

/// See [`super::functions::make_reset`].
pub(super) async fn make(caller: &Caller, person: PersonId) -> Result<ResetLink, Fault> {
    let made_by = may_make(caller, person).await?;
    reset_link(&caller.services.store, person, Some(made_by)).await
}

/// Makes a link, and ends an earlier one of the same person. In nobody's name: by whoever has the command line.
pub async fn reset_link(store: &Store, person: PersonId, made_by: Option<PersonId>) -> Result<ResetLink, Fault> {
    let token = Token::draw()?;
    let created = now();
    let reset = StoredReset { person, made_by, created, expires: later(created, HOLDS), used: None };
    store.add_reset(&reset, &token.digest()).await?;
    tracing::info!(%person, made_by = made_by.map(tracing::field::display), "a link for a new password was made");
    Ok(ResetLink { link_token: token.into_secret(), expires: reset.expires })
}

/// See [`super::functions::resets`].
pub(super) async fn list(caller: &Caller, person: PersonId) -> Result<Vec<ResetMade>, Fault> {
    may_make(caller, person).await?;
    let made = caller.services.store.resets(person).await?;
    Ok(made.into_iter().map(shown).collect())
}

/// See [`super::functions::reset`].
pub(super) async fn info(caller: &Caller, token: &str) -> Result<ResetInfo, Fault> {
    let (_, person) = valid(caller, token).await?;
    Ok(ResetInfo { name: person.name, email: person.email })
}

/// See [`super::functions::reset_password`].
pub(super) async fn set(caller: &Caller, token: &str, password: String) -> Result<PersonId, Fault> {
    let services = &caller.services;
    let (reset, person) = valid(caller, token).await?;
    let hash = services.passwords.hash(password, &person.email, &person.name).await?;
    if !services.store.use_reset(&digest(token), &hash, now()).await? {
        return Err(Fault::ResetNotValid);
    }
    session::end_all(services, person.id).await?;
    session::begin(caller, person.id).await?;
    let made_by = reset.made_by.map(tracing::field::display);
    tracing::info!(person = %person.id, made_by, "a person has set a new password by a link");
    Ok(person.id)
}

async fn may_make(caller: &Caller, person: PersonId) -> Result<PersonId, Fault> {
    let made_by = caller.signed_in()?.person;
    let company = company(&caller.services).await?;
    if company.may_reset_password(made_by, person) { Ok(made_by) } else { Err(Fault::NotAllowed) }
}

/// The link of a token and its person, if it still holds: not used, in time, its maker still allowed to make it.
async fn valid(caller: &Caller, token: &str) -> Result<(StoredReset, Person), Fault> {
    let found = caller.services.store.reset(&digest(token), now()).await?;
    let reset = found.ok_or(Fault::ResetNotValid)?;
    let company = company(&caller.services).await?;
    let person = company.people.get(&reset.person).filter(|person| holds(&company, &reset, person));
    Ok((reset, person.cloned().ok_or(Fault::ResetNotValid)?))
}

fn holds(company: &Company, reset: &StoredReset, person: &Person) -> bool {
    person.active && reset.made_by.is_none_or(|made_by| company.may_reset_password(made_by, person.id))
}

/// A link as it may be seen: the store's own form is none that the app is bound to.
const fn shown(reset: StoredReset) -> ResetMade {
    let StoredReset { made_by, created, expires, used, .. } = reset;
    ResetMade { made_by, created, expires, used }
}
