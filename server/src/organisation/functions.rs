//! The server functions of sign-in: what the browser calls, and what it gets.
//!
//! Each answers a [`Fault`] when it cannot do what was asked. What belongs beside a field comes as
//! [`Fault::Refused`], from the same rules that the browser checks before it asks (rejection: bad input).

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::Rejection;
use shared::holdings::Holding;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{CompanyRole, Invitee};

use super::wire::{
    FoundForm, HeldInProject, Invitation, InvitationInfo, JoinForm, OpenInvitation, Qr, ResetInfo, ResetLink,
    ResetMade, SessionInfo, Whoami,
};
#[cfg(feature = "ssr")]
use super::{Caller, account, founding, invitation, leaving, qr_code, reset, session};
use crate::Fault;
use crate::sign_in::SessionId;

/// Whom the cookie stands for.
#[server(name = AskWhoami, prefix = "/api", endpoint = "whoami", input = Json, output = Json)]
pub async fn whoami() -> Result<Whoami, Fault> {
    let caller = Caller::current()?;
    caller.answer(account::whoami(&caller)).await
}

/// Makes the company and its first admin, and signs them in. Once: afterwards [`Fault::Refused`] with `Exists`.
#[server(prefix = "/api", endpoint = "found", input = Json, output = Json)]
pub async fn found(form: FoundForm) -> Result<PersonId, Fault> {
    let caller = Caller::current()?;
    caller.answer(founding::found(&caller, form)).await
}

/// Signs in.
#[server(prefix = "/api", endpoint = "sign_in", input = Json, output = Json)]
pub async fn sign_in(email: String, password: String) -> Result<PersonId, Fault> {
    let caller = Caller::current()?;
    caller.answer(account::sign_in(&caller, &email, password)).await
}

/// Ends the sign-in that asks, and closes its sockets. Harmless when nobody is signed in.
#[server(prefix = "/api", endpoint = "sign_out", input = Json, output = Json)]
pub async fn sign_out() -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(session::sign_out(&caller)).await
}

/// Makes an invitation link, good once and for seven days. Admins; a department's head, for members of it.
#[server(prefix = "/api", endpoint = "invite", input = Json, output = Json)]
pub async fn invite(department: Option<DepartmentId>, role: CompanyRole) -> Result<Invitation, Fault> {
    let caller = Caller::current()?;
    caller.answer(invitation::invite(&caller, department, role)).await
}

/// Makes an invitation link for each of these people, good once and for seven days; of those who cannot be invited it
/// says why, in their order. The same people may as for one.
#[server(prefix = "/api", endpoint = "invite_all", input = Json, output = Json)]
pub async fn invite_all(
    invitees: Vec<Invitee>,
    department: Option<DepartmentId>,
    role: CompanyRole,
) -> Result<Vec<Result<Invitation, Rejection>>, Fault> {
    let caller = Caller::current()?;
    caller.answer(invitation::invite_all(&caller, invitees, department, role)).await
}

/// Makes an invitation link by which so many may join as members, for so many days. The same people may as for one.
#[server(prefix = "/api", endpoint = "invite_many", input = Json, output = Json)]
pub async fn invite_many(department: Option<DepartmentId>, days: u32, uses: u32) -> Result<Invitation, Fault> {
    let caller = Caller::current()?;
    caller.answer(invitation::invite_many(&caller, department, days, uses)).await
}

/// A link as a QR code, for those who are signed in. It is neither kept nor logged.
#[server(name = DrawQr, prefix = "/api", endpoint = "qr", input = Json, output = Json)]
pub async fn qr(link: String) -> Result<Qr, Fault> {
    let caller = Caller::current()?;
    caller.answer(async { qr_code::draw(&caller, &link) }).await
}

/// The open invitations that the person who asks may revoke: all of them for admins, their departments' for heads.
#[server(prefix = "/api", endpoint = "invitations", input = Json, output = Json)]
pub async fn invitations() -> Result<Vec<OpenInvitation>, Fault> {
    let caller = Caller::current()?;
    caller.answer(invitation::open(&caller)).await
}

/// Takes an invitation back. [`Fault::InvitationNotValid`] when it is no longer open.
#[server(prefix = "/api", endpoint = "revoke_invitation", input = Json, output = Json)]
pub async fn revoke_invitation(person: PersonId) -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(invitation::revoke(&caller, person)).await
}

/// What the page behind a link says, before anybody has signed in.
#[server(name = AskInvitation, prefix = "/api", endpoint = "invitation", input = Json, output = Json)]
pub async fn invitation(token: String) -> Result<InvitationInfo, Fault> {
    let caller = Caller::current()?;
    caller.answer(invitation::info(&caller, &token)).await
}

/// Uses an invitation: makes the person and signs them in.
#[server(prefix = "/api", endpoint = "join", input = Json, output = Json)]
pub async fn join(form: JoinForm) -> Result<PersonId, Fault> {
    let caller = Caller::current()?;
    Box::pin(caller.answer(invitation::join(&caller, form))).await
}

/// Another password for the person who asks. Ends their other sign-ins and gives this one a new token.
/// [`Fault::WrongCredentials`] when the old password is wrong.
#[server(prefix = "/api", endpoint = "change_password", input = Json, output = Json)]
pub async fn change_password(old: String, new: String) -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(account::change_password(&caller, old, new)).await
}

/// Makes a link by which a person who has forgotten their password sets another, good once and for a day; it ends an
/// earlier one. Admins, for everybody else; heads, for members of what they head.
#[server(prefix = "/api", endpoint = "make_reset", input = Json, output = Json)]
pub async fn make_reset(person: PersonId) -> Result<ResetLink, Fault> {
    let caller = Caller::current()?;
    caller.answer(reset::make(&caller, person)).await
}

/// The last links that were made for a person, the latest first: for those who may make one.
#[server(prefix = "/api", endpoint = "resets", input = Json, output = Json)]
pub async fn resets(person: PersonId) -> Result<Vec<ResetMade>, Fault> {
    let caller = Caller::current()?;
    caller.answer(reset::list(&caller, person)).await
}

/// Whose password a link sets.
#[server(name = AskReset, prefix = "/api", endpoint = "reset", input = Json, output = Json)]
pub async fn reset(token: String) -> Result<ResetInfo, Fault> {
    let caller = Caller::current()?;
    caller.answer(reset::info(&caller, &token)).await
}

/// Uses a link: sets the password, ends all sign-ins of the person, and signs them in here.
#[server(prefix = "/api", endpoint = "reset_password", input = Json, output = Json)]
pub async fn reset_password(token: String, password: String) -> Result<PersonId, Fault> {
    let caller = Caller::current()?;
    Box::pin(caller.answer(reset::set(&caller, &token, password))).await
}

/// What a person holds in projects that are not over: leading them, and open tasks. Admins.
#[server(prefix = "/api", endpoint = "held_in_projects", input = Json, output = Json)]
pub async fn held_in_projects(person: PersonId) -> Result<Vec<HeldInProject>, Fault> {
    let caller = Caller::current()?;
    caller.answer(leaving::held_in_projects(&caller, person)).await
}

/// Gives something from one person to another, by the commands that belong to it. Nothing happens if they do not hold it
/// any more. Admins.
#[server(prefix = "/api", endpoint = "hand_over", input = Json, output = Json)]
pub async fn hand_over(holding: Holding, from: PersonId, to: PersonId) -> Result<(), Fault> {
    let caller = Caller::current()?;
    Box::pin(caller.answer(leaving::hand_over(&caller, holding, from, to))).await
}

/// The sign-ins of the person who asks, the latest first.
#[server(prefix = "/api", endpoint = "sessions", input = Json, output = Json)]
pub async fn sessions() -> Result<Vec<SessionInfo>, Fault> {
    let caller = Caller::current()?;
    caller.answer(session::list(&caller)).await
}

/// Ends one sign-in of the person who asks, and closes its sockets. Harmless when it is over already.
#[server(prefix = "/api", endpoint = "end_session", input = Json, output = Json)]
pub async fn end_session(id: SessionId) -> Result<(), Fault> {
    let caller = Caller::current()?;
    caller.answer(session::end(&caller, id)).await
}
