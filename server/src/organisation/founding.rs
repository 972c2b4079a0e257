//! The company's beginning, and accounts made without an invitation.

use shared::id::{CommandId, PersonId};
use shared::organisation::{CompanyRole, Locale, NewPerson, OrganisationCommand, Profile, checked_email};
use shared::text::{NAME, required_line};
use shared::{Command, Field, Reason, Rejection};
use uuid::Uuid;

use super::caller::Caller;
use super::wire::FoundForm;
use super::{Passwords, directory, session};
use crate::Fault;
use crate::clock::now;
use crate::store::Store;
use crate::sync::Engine;

/// See [`super::functions::found`].
pub(super) async fn found(caller: &Caller, form: FoundForm) -> Result<PersonId, Fault> {
    let services = &caller.services;
    // Asked first, so that a founded company does not hash for strangers.
    if !directory::company(services).await?.people.is_empty() {
        return Err(Rejection::from(Reason::Exists).into());
    }
    let person = PersonId::new(Uuid::now_v7());
    let admin = new_person(person, form.name, form.email, form.locale);
    let company = form.company;
    required_line(Field::CompanyName, &company, NAME)?;
    let command = OrganisationCommand::Found { name: company, admin: admin.clone() };
    add_account(&services.store, &services.engine, &services.passwords, person, command, &admin, form.password).await?;
    session::begin(caller, person).await?;
    tracing::info!(%person, "the company is founded");
    Ok(person)
}

/// Makes a person by a command of `actor`, and the password that they sign in with. The password goes first: a crash
/// between the two leaves one that nobody has, never a person who cannot get in.
pub async fn add_account(
    store: &Store,
    engine: &Engine,
    passwords: &Passwords,
    actor: PersonId,
    command: OrganisationCommand,
    person: &NewPerson,
    password: String,
) -> Result<(), Fault> {
    required_line(Field::Name, &person.profile.name, NAME)?;
    let email = checked_email(&person.email)?;
    let hash = passwords.hash(password, &email, &person.profile.name).await?;
    store.put_password(person.id, &hash, now()).await?;
    let id = CommandId::new(Uuid::now_v7());
    let acted = engine.act(actor, id, Command::Organisation(command)).await;
    if acted.is_err() {
        store.remove_password(person.id).await?;
    }
    acted.map(drop).map_err(Fault::from)
}

/// A member without a department, with a hue of their own.
pub(super) fn new_person(id: PersonId, name: String, email: String, locale: Locale) -> NewPerson {
    let profile = Profile { name, locale, hue: hue(id), ..Profile::default() };
    NewPerson { id, profile, email, department: None, role: CompanyRole::Member }
}

/// A hue for an avatar, in degrees: the golden angle spreads what the id's last bytes count.
fn hue(person: PersonId) -> u16 {
    let [.., high, low] = *person.uuid().as_bytes();
    u16::try_from(u32::from(u16::from_be_bytes([high, low])) * 137 % 360).unwrap_or_default()
}
