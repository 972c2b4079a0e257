//! Who is here, signing in, and another password.

use shared::id::PersonId;
use shared::text::{LINE, required_line};
use shared::{Field, Reason, Rejection};

use super::attempts::Trier;
use super::caller::Caller;
use super::device;
use super::directory::company;
use super::session;
use super::wire::Whoami;
use crate::Fault;
use crate::clock::now;

/// See [`super::functions::whoami`].
pub(super) async fn whoami(caller: &Caller) -> Result<Whoami, Fault> {
    if let Some(signed_in) = caller.signed_in {
        return Ok(Whoami::SignedIn(signed_in.person));
    }
    let is_empty = company(&caller.services).await?.people.is_empty();
    Ok(if is_empty { Whoami::Empty } else { Whoami::SignedOut })
}

/// See [`super::functions::sign_in`]. An unknown address, a person who has left and a wrong password are told alike,
/// and take alike long.
pub(super) async fn sign_in(caller: &Caller, email: &str, password: String) -> Result<PersonId, Fault> {
    // The length first: what strangers write here is not kept, nor looked at for long.
    let email = required_line(Field::Email, email, LINE)?.to_lowercase();
    required(Field::Password, &password)?;
    let services = &caller.services;
    let trier = trier(caller, &email).await?;
    services.attempts.begin(trier)?;
    let person = company(services).await?.person_by_email(&email).map(|person| person.id);
    let hash = match person {
        Some(person) => services.store.password(person).await?,
        None => None,
    };
    let matches = services.passwords.verify(password, hash).await?;
    let Some(person) = person.filter(|_| matches) else {
        tracing::info!(address = ?caller.address, "a sign-in failed");
        return Err(Fault::WrongCredentials);
    };
    services.attempts.succeeded(trier);
    session::begin(caller, person).await?;
    Ok(person)
}

/// See [`super::functions::change_password`].
pub(super) async fn change_password(caller: &Caller, old: String, new: String) -> Result<(), Fault> {
    let signed_in = caller.signed_in()?;
    let services = &caller.services;
    required(Field::Password, &new)?;
    let company = company(services).await?;
    let person = company.people.get(&signed_in.person).ok_or(Fault::SignedOut)?;
    // By the sign-in: strangers who try the account keep nobody from it who is in.
    let trier = Trier::known(&[signed_in.session.0.as_bytes()]);
    services.attempts.begin(trier)?;
    let hash = services.store.password(person.id).await?;
    if !services.passwords.verify(old, hash).await? {
        return Err(Fault::WrongCredentials);
    }
    services.attempts.succeeded(trier);
    let hash = services.passwords.hash(new, &person.email, &person.name).await?;
    services.store.put_password(person.id, &hash, now()).await?;
    services.store.end_resets(person.id, now()).await?;
    session::end_others(services, signed_in).await?;
    // This one too: whoever had copied its cookie is out as well.
    session::renew(caller, signed_in).await
}

/// By what the failures of who asks are counted.
async fn trier(caller: &Caller, email: &str) -> Result<Trier, Fault> {
    if caller.device.is_some()
        && let Some(person) = company(&caller.services).await?.person_by_email(email)
        && let Some(device) = device::known(caller, person.id).await?
    {
        return Ok(Trier::known(&[&device, person.id.uuid().as_bytes()]));
    }
    Ok(Trier::stranger(email, caller.address))
}

fn required(field: Field, text: &str) -> Result<(), Fault> {
    if text.is_empty() { Err(Rejection::of(field, Reason::Required).into()) } else { Ok(()) }
}
