//! Invitations: a link that is good once, for seven days, or one that many may use (organisation: invitations).
//!
//! An invitation for one is named by the id that its person will have, which is also the id of the command that makes
//! them: a joining that was cut short and is tried again makes nobody twice.

use std::sync::Arc;
use std::time::Duration;

use shared::id::{CommandId, DepartmentId, PersonId};
use shared::organisation::{
    Company, CompanyRole, Invitee, MOST_INVITED, NewPerson, OrganisationCommand, checked_email,
};
use shared::text::{NAME, required_line};
use shared::{Command, Field, Reason, Rejection};
use uuid::Uuid;

use super::caller::Caller;
use super::directory::company;
use super::founding::new_person;
use super::session;
use super::token::{Token, digest};
use super::wire::{Invitation, InvitationInfo, JoinForm, OpenInvitation, Uses};
use crate::Fault;
use crate::clock::{later, now};
use crate::sign_in::TokenDigest;
use crate::store::{Places, StoredInvitation};

const HOLDS: Duration = Duration::from_hours(7 * 24);
/// For how many days one that many may use can hold.
const MOST_DAYS: u32 = 90;
/// How many may use it.
const MOST_USES: u32 = 500;

/// See [`super::functions::invite`].
pub(super) async fn invite(
    caller: &Caller,
    department: Option<DepartmentId>,
    role: CompanyRole,
) -> Result<Invitation, Fault> {
    let (made_by, _) = inviting(caller, department, role).await?;
    let (open, invitation) = fresh(made_by, department, role, Invitee::default())?;
    caller.services.store.add_invitations(&[open], now()).await?;
    Ok(invitation)
}

/// See [`super::functions::invite_all`].
pub(super) async fn invite_all(
    caller: &Caller,
    invitees: Vec<Invitee>,
    department: Option<DepartmentId>,
    role: CompanyRole,
) -> Result<Vec<Result<Invitation, Rejection>>, Fault> {
    let (made_by, company) = inviting(caller, department, role).await?;
    if invitees.len() > MOST_INVITED {
        return Err(Rejection::of(Field::Invitees, Reason::TooMany { max: MOST_INVITED }).into());
    }
    let (mut made, mut answers) = (Vec::new(), Vec::new());
    for invitee in invitees {
        let answer = match invitee.checked(&company) {
            Ok(invitee) => {
                let (open, invitation) = fresh(made_by, department, role, invitee)?;
                made.push(open);
                Ok(invitation)
            }
            Err(rejection) => Err(rejection),
        };
        answers.push(answer);
    }
    caller.services.store.add_invitations(&made, now()).await?;
    tracing::info!(by = %made_by, count = made.len(), "invitations were made");
    Ok(answers)
}

/// See [`super::functions::invite_many`].
pub(super) async fn invite_many(
    caller: &Caller,
    department: Option<DepartmentId>,
    days: u32,
    uses: u32,
) -> Result<Invitation, Fault> {
    let (made_by, _) = inviting(caller, department, CompanyRole::Member).await?;
    within(Field::Date, days, MOST_DAYS)?;
    within(Field::Uses, uses, MOST_USES)?;
    let ((open, token), invitation) = fresh(made_by, department, CompanyRole::Member, Invitee::default())?;
    let expires = later(now(), Duration::from_hours(24 * u64::from(days)));
    let open = StoredInvitation { expires, places: Some(Places { most: uses, used: 0 }), ..open };
    tracing::info!(by = %made_by, invitation = %open.person, uses, days, "an invitation for many was made");
    caller.services.store.add_invitations(&[(open, token)], now()).await?;
    Ok(Invitation { expires, ..invitation })
}

fn within(field: Field, value: u32, max: u32) -> Result<(), Rejection> {
    let fits = (1..=max).contains(&value);
    if fits { Ok(()) } else { Err(Rejection::of(field, Reason::OutOfRange { min: 1, max })) }
}

/// Who invites, if they may.
async fn inviting(
    caller: &Caller,
    department: Option<DepartmentId>,
    role: CompanyRole,
) -> Result<(PersonId, Arc<Company>), Fault> {
    let made_by = caller.signed_in()?.person;
    let company = company(&caller.services).await?;
    if !company.may_add_person(made_by, department, role) {
        return Err(Fault::NotAllowed);
    }
    if department.is_some_and(|department| !company.departments.contains_key(&department)) {
        return Err(Rejection::of(Field::Department, Reason::Gone).into());
    }
    Ok((made_by, company))
}

/// An invitation as it is kept, and as it is told once.
fn fresh(
    made_by: PersonId,
    department: Option<DepartmentId>,
    role: CompanyRole,
    invitee: Invitee,
) -> Result<((StoredInvitation, TokenDigest), Invitation), Fault> {
    let token = Token::draw()?;
    let expires = later(now(), HOLDS);
    let person = PersonId::new(Uuid::now_v7());
    let open = StoredInvitation { person, department, role, made_by, expires, invitee: invitee.clone(), places: None };
    Ok(((open, token.digest()), Invitation { invitee, link_token: token.into_secret(), expires }))
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
    tracing::info!(invitation = %person, by = %caller.signed_in()?.person, "an invitation was revoked");
    Ok(())
}

/// See [`super::functions::invitation`].
pub(super) async fn info(caller: &Caller, token: &str) -> Result<InvitationInfo, Fault> {
    let (open, company) = valid(caller, token).await?;
    let department = open.department.and_then(|id| company.departments.get(&id)).map(|found| found.name.clone());
    let is_for_many = open.places.is_some();
    Ok(InvitationInfo { company: company.info.name.clone(), department, invitee: open.invitee, is_for_many })
}

/// See [`super::functions::join`].
pub(super) async fn join(caller: &Caller, form: JoinForm) -> Result<PersonId, Fault> {
    let services = &caller.services;
    let (open, company) = valid(caller, &form.token).await?;
    let email = checked_email(&form.email)?;
    let name = required_line(Field::Name, &form.name, NAME)?;
    // Of an invitation for one that was cut short the person may be there already.
    let person = if open.places.is_some() { PersonId::new(Uuid::now_v7()) } else { open.person };
    if company.people.values().any(|other| other.email == email && other.id != person) {
        return Err(Rejection::of(Field::Email, Reason::EmailTaken).into());
    }
    let hash = services.passwords.hash(form.password, &email, &name).await?;
    let new =
        NewPerson { department: open.department, role: open.role, ..new_person(person, name, email, form.locale) };
    if open.places.is_some() {
        take_place(caller, &open, new, &hash).await?;
    } else {
        use_up(caller, &open, new, &hash).await?;
    }
    session::begin(caller, person).await?;
    tracing::info!(%person, invitation = %open.person, "a person has joined");
    Ok(person)
}

/// The person first, then the password together with the invitation's end: only one of two who hold the same link gets
/// a password in, and a crash in between leaves the link good.
async fn use_up(caller: &Caller, open: &StoredInvitation, new: NewPerson, hash: &str) -> Result<(), Fault> {
    let (person, name, email) = (new.id, new.profile.name.clone(), new.email.clone());
    add(caller, open, new).await?;
    // Whoever came first is there by now: nobody's password goes to another's name.
    let company = company(&caller.services).await?;
    if company.people.get(&person).is_none_or(|there| (&there.name, &there.email) != (&name, &email)) {
        return Err(Fault::InvitationNotValid);
    }
    let used = caller.services.store.use_invitation(person, hash, now()).await?;
    if used { Ok(()) } else { Err(Fault::InvitationNotValid) }
}

/// The place together with the password, then the person: where there is no place left nobody is made, and a crash in
/// between costs a place, and leaves a password that nobody has.
async fn take_place(caller: &Caller, open: &StoredInvitation, new: NewPerson, hash: &str) -> Result<(), Fault> {
    let (store, person) = (&caller.services.store, new.id);
    if !store.take_place(open.person, (person, hash), now()).await? {
        return Err(Fault::InvitationNotValid);
    }
    let added = add(caller, open, new).await;
    if added.is_err() {
        store.give_place_back(open.person, person).await?;
    }
    added
}

async fn add(caller: &Caller, open: &StoredInvitation, new: NewPerson) -> Result<(), Fault> {
    let id = CommandId::new(new.id.uuid());
    let command = Command::Organisation(OrganisationCommand::AddPerson(new));
    caller.services.engine.act(open.made_by, id, command).await?;
    Ok(())
}

/// The invitation of a token, if it still holds: open, in time, and its maker still allowed to make it.
async fn valid(caller: &Caller, token: &str) -> Result<(StoredInvitation, Arc<Company>), Fault> {
    let found = caller.services.store.invitation(&digest(token), now()).await?;
    let open = found.ok_or(Fault::InvitationNotValid)?;
    let company = company(&caller.services).await?;
    if !company.may_add_person(open.made_by, open.department, open.role) {
        return Err(Fault::InvitationNotValid);
    }
    Ok((open, company))
}

/// An invitation as it may be seen: the store's own form is none that the app is bound to.
fn shown(open: StoredInvitation) -> OpenInvitation {
    let StoredInvitation { person, department, role, made_by, expires, invitee, places } = open;
    let uses = places.map(|places| Uses { most: places.most, used: places.used });
    OpenInvitation { person, department, role, made_by, expires, invitee, uses }
}
