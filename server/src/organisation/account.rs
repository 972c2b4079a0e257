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
    let matches = is_password_of(caller, person, password, trier).await?;
    let Some(person) = person.filter(|_| matches) else {
        tracing::info!(address = ?caller.address, "a sign-in failed");
        return Err(Fault::WrongCredentials);
    };
    services.attempts.give_back(trier);
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
    if !is_password_of(caller, Some(person.id), old, trier).await? {
        return Err(Fault::WrongCredentials);
    }
    services.attempts.give_back(trier);
    let hash = services.passwords.hash(new, &person.email, &person.name).await?;
    session::change_password(caller, signed_in, &hash).await
}

/// Whether a password is that of a person, for an attempt that has begun. Where this could not be told nothing has failed.
async fn is_password_of(
    caller: &Caller,
    person: Option<PersonId>,
    password: String,
    trier: Trier,
) -> Result<bool, Fault> {
    let services = &caller.services;
    let told = async {
        let hash = match person {
            Some(person) => services.store.password(person).await?,
            None => None,
        };
        services.passwords.verify(password, hash).await
    };
    told.await.inspect_err(|_| services.attempts.give_back(trier))
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
