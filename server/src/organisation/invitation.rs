//! Invitations: a link that is good once, for seven days (organisation: invitations).
//!
//! An invitation is named by the id that its person will have, which is also the id of the command that makes them:
//! a joining that was cut short and is tried again makes nobody twice.

use std::time::Duration;

use shared::id::{CommandId, DepartmentId, PersonId};
use shared::organisation::{Company, CompanyRole, NewPerson, OrganisationCommand, checked_email};
use shared::text::{NAME, required_line};
use shared::{Command, Field, Reason, Rejection};
use uuid::Uuid;

use super::caller::Caller;
use super::directory::company;
use super::founding::new_person;
use super::session;
use super::token::{Token, digest};
use super::wire::{Invitation, InvitationInfo, JoinForm, OpenInvitation};
use crate::Fault;
use crate::clock::{later, now};
use crate::store::StoredInvitation;

const HOLDS: Duration = Duration::from_hours(7 * 24);

/// See [`super::functions::invite`].
pub(super) async fn invite(
    caller: &Caller,
    department: Option<DepartmentId>,
    role: CompanyRole,
) -> Result<Invitation, Fault> {
    let made_by = caller.signed_in()?.person;
    let company = company(&caller.services).await?;
    if !company.may_add_person(made_by, department, role) {
        return Err(Fault::NotAllowed);
    }
    if department.is_some_and(|department| !company.departments.contains_key(&department)) {
        return Err(Rejection::of(Field::Department, Reason::Gone).into());
    }
    let token = Token::draw()?;
    let now = now();
    let expires = later(now, HOLDS);
    let person = PersonId::new(Uuid::now_v7());
    let open = StoredInvitation { person, department, role, made_by, expires };
    caller.services.store.add_invitation(&open, &token.digest(), now).await?;
    Ok(Invitation { link_token: token.into_secret(), expires })
}

/// See [`super::functions::invitations`].
pub(super) async fn open(caller: &Caller) -> Result<Vec<OpenInvitation>, Fault> {
    let person = caller.signed_in()?.person;
    let company = company(&caller.services).await?;
    let mut open = caller.services.store.open_invitations(now()).await?;
    open.retain(|invitation| company.may_add_person(person, invitation.department, invitation.role));
    Ok(open.into_iter().map(shown).collect())
}

/// See [`super::functions::revoke_invitation`].
pub(super) async fn revoke(caller: &Caller, person: PersonId) -> Result<(), Fault> {
    // Only what may be seen may be revoked.
    if !open(caller).await?.iter().any(|invitation| invitation.person == person) {
        return Err(Fault::InvitationNotValid);
    }
    caller.services.store.remove_invitation(person).await?;
    Ok(())
}

/// See [`super::functions::invitation`].
pub(super) async fn info(caller: &Caller, token: &str) -> Result<InvitationInfo, Fault> {
    let (open, company) = valid(caller, token).await?;
    let department = open.department.and_then(|id| company.departments.get(&id)).map(|found| found.name.clone());
    Ok(InvitationInfo { company: company.info.name.clone(), department })
}

/// See [`super::functions::join`].
pub(super) async fn join(caller: &Caller, form: JoinForm) -> Result<PersonId, Fault> {
    let services = &caller.services;
    let (open, company) = valid(caller, &form.token).await?;
    let email = checked_email(&form.email)?;
    let name = required_line(Field::Name, &form.name, NAME)?;
    if company.people.values().any(|person| person.email == email && person.id != open.person) {
        return Err(Rejection::of(Field::Email, Reason::EmailTaken).into());
    }
    let hash = services.passwords.hash(form.password, &email, &name).await?;

    let person =
        NewPerson { department: open.department, role: open.role, ..new_person(open.person, name, email, form.locale) };
    let command = Command::Organisation(OrganisationCommand::AddPerson(person));
    // The person first, then the password together with the invitation's end: only one of two who hold the same
    // link gets a password in, and a crash in between leaves the link good.
    services.engine.act(open.made_by, CommandId::new(open.person.uuid()), command).await?;
    if !services.store.use_invitation(open.person, &hash, now()).await? {
        return Err(Fault::InvitationNotValid);
    }
    session::begin(caller, open.person).await?;
    tracing::info!(person = %open.person, "a person has joined");
    Ok(open.person)
}

/// The invitation of a token, if it still holds: open, in time, and its maker still allowed to make it.
async fn valid(caller: &Caller, token: &str) -> Result<(StoredInvitation, std::sync::Arc<Company>), Fault> {
    let found = caller.services.store.invitation(&digest(token), now()).await?;
    let open = found.ok_or(Fault::InvitationNotValid)?;
    let company = company(&caller.services).await?;
    if !company.may_add_person(open.made_by, open.department, open.role) {
        return Err(Fault::InvitationNotValid);
    }
    Ok((open, company))
}

/// An invitation as it may be seen: the store's own form is none that the app is bound to.
const fn shown(open: StoredInvitation) -> OpenInvitation {
    let StoredInvitation { person, department, role, made_by, expires } = open;
    OpenInvitation { person, department, role, made_by, expires }
}
