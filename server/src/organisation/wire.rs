//! What the server functions of sign-in ask for and answer.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::id::{DepartmentId, PersonId, ProjectId};
use shared::organisation::{CompanyRole, Invitee, Locale};

use crate::sign_in::SessionId;

/// Whom the session cookie stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whoami {
    /// This person.
    SignedIn(PersonId),
    /// Nobody: show the sign-in page.
    SignedOut,
    /// There is no company yet: show the page that founds it.
    Empty,
}

/// What the first page asks: the company and its first admin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundForm {
    /// The company's name.
    pub company: String,
    /// The admin's name.
    pub name: String,
    /// What the admin will sign in with.
    pub email: String,
    /// See [`shared::organisation::checked_password`].
    pub password: String,
    /// The language that the admin reads.
    pub locale: Locale,
}

/// What the page behind an invitation link asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinForm {
    /// The link's last part.
    pub token: String,
    /// The person's name.
    pub name: String,
    /// What they will sign in with.
    pub email: String,
    /// See [`shared::organisation::checked_password`].
    pub password: String,
    /// The language that they read.
    pub locale: Locale,
}

/// A fresh invitation. The token is told once and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Whom it is for, as far as that was said.
    pub invitee: Invitee,
    /// The last part of the link that the invited person opens: `/join/TOKEN`.
    pub link_token: String,
    /// Until when it holds.
    pub expires: Timestamp,
}

/// An invitation that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvitation {
    /// Names it: the id that the invited person will have; of one that many may use, nobody's.
    pub person: PersonId,
    /// Where they will work.
    pub department: Option<DepartmentId>,
    /// What they will be allowed to do.
    pub role: CompanyRole,
    /// Who made it.
    pub made_by: PersonId,
    /// Until when it holds.
    pub expires: Timestamp,
    /// Whom it is for, as far as that was said.
    pub invitee: Invitee,
    /// How many may use it, if it is not for one.
    pub uses: Option<Uses>,
}

/// How many may use an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uses {
    /// At most.
    pub most: u32,
    /// So many have.
    pub used: u32,
}

/// What an invitation says to whom it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationInfo {
    /// The company's name.
    pub company: String,
    /// The department's name, if it is to one.
    pub department: Option<String>,
    /// Whom it is for, as far as that was said.
    pub invitee: Invitee,
    /// Whether others may use it, too.
    pub is_for_many: bool,
}

/// A link as a square of dark and light modules, for the camera of a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// How many modules it is wide and high, with the margin that readers need.
    pub size: u32,
    /// The dark ones, as the path of an SVG whose unit is one module.
    pub path: String,
}

/// A fresh link for a new password. The token is told once and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetLink {
    /// The last part of the link that the person opens: `/reset/TOKEN`.
    pub link_token: String,
    /// Until when it holds.
    pub expires: Timestamp,
}

/// A link for a new password that was made for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetMade {
    /// Who made it; `None`: whoever has the server's command line.
    pub made_by: Option<PersonId>,
    /// When it was made.
    pub created: Timestamp,
    /// Until when it holds or held.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

/// What a link for a new password says to whom it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetInfo {
    /// The person's name.
    pub name: String,
    /// What they sign in with.
    pub email: String,
}

/// What a person holds in a project that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldInProject {
    /// Which.
    pub project: ProjectId,
    /// Its number, `P-2026-001`.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Whether they lead it.
    pub leads: bool,
    /// How many open tasks they own in it.
    pub tasks: u32,
    /// Who may read it, where not everybody may: whoever takes something over becomes one of them.
    pub readers: Option<BTreeSet<PersonId>>,
}

/// One sign-in of the person who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// Names it.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to within a few minutes.
    pub seen: Timestamp,
    /// What the browser calls itself; may be empty.
    pub agent: String,
}
