//! Departments and people.
//!
//! # Rules
//!
//! The guide takes departments, their heads (部门负责人) and people for granted (1, 2.1); how they are kept is ours.
//!
//! - **Founding.** An empty database takes one command: it names the company, and whoever gives it is its first admin.
//! - **Departments.** They form a tree without circles; siblings differ by name. A head is a person who is here; who
//!   heads a department heads all beneath it. One that anybody is or was last in, or that has departments beneath it,
//!   is not removed. Admins change the tree.
//! - **People.** Admins add anybody; a head adds members of what they head. Everybody edits their own profile, admins
//!   everybody's; department, role and address are the admins' to give. An address is kept in lower case and is one
//!   person's, also after they have left.
//! - **The company.** Admins change its name and its time zone. In that zone times are written for everybody who has
//!   chosen none, and turns of the roster begin and end. Working days and hours stay those of the calendar.
//! - **Invitations.** Who may add a person may invite one, or many by their names and addresses. The link is the server's;
//!   it is good once, for seven days. One that many may use makes members; it is good for so many, for up to 90 days.
//! - **Leaving.** Who leaves is deactivated and may do nothing more, but is never deleted: what they did stays theirs.
//! - **The last admin.** At least one active admin remains, whatever is changed.
//! - **Passwords.** 10 to 200 characters and not the person's own address; the server refuses those guessed first, too.
//! - **A forgotten password.** Admins make a link for anybody else; a head for members of what they head, but not for
//!   whoever heads more than they do: the link is as good as the person. It is the server's, good once and for a day.
//! - **Who reads.** Every active person reads the whole directory.

mod command;
mod invitee;
mod kept;
mod password;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use command::{NewPerson, OrganisationCommand, Profile, checked_email};
pub use invitee::{Invitee, MOST_INVITED, Pasted, invitees};
pub use kept::CompanyThing;
pub use password::{LONGEST_PASSWORD, SHORTEST_PASSWORD, checked_password};

use crate::id::{DepartmentId, PersonId};

/// The directory of the company: what each active person may read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Name and counters of the company.
    pub info: CompanyInfo,
    /// The tree of departments, by id.
    pub departments: BTreeMap<DepartmentId, Department>,
    /// Everybody, also those who have left, by id.
    pub people: BTreeMap<PersonId, Person>,
}

/// What is true of the company as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyInfo {
    /// Its name.
    pub name: String,
    /// The last project number given, by year (project: numbers).
    pub project_numbers: BTreeMap<i16, u32>,
    /// Its time zone by its IANA name; empty as long as nobody has chosen one, which is that of the working calendar.
    #[serde(default)]
    pub zone: String,
}

/// A department; the tree is given by `parent`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its name, unique among its siblings.
    pub name: String,
    /// The department above; `None` at the top.
    pub parent: Option<DepartmentId>,
    /// Who leads it (部门负责人).
    pub head: Option<PersonId>,
}

/// A person; deactivated when they leave, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name as colleagues know it.
    pub name: String,
    /// Lower case, unique in the company; what they sign in with.
    pub email: String,
    /// As they wrote it; may be empty.
    pub phone: String,
    /// Where they work.
    pub department: Option<DepartmentId>,
    /// The language that they read.
    pub locale: Locale,
    /// Their time zone by its IANA name; empty for the company's.
    pub zone: String,
    /// The hue of their avatar, in degrees.
    pub hue: u16,
    /// What they may do in the company.
    pub role: CompanyRole,
    /// Whether they are still here.
    pub active: bool,
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// What a person may do in the company as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompanyRole {
    /// Manages departments and people.
    Admin,
    /// Everybody else.
    #[default]
    Member,
}

/// One change of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganisationChange {
    /// The company's own data is now this.
    CompanyPut(CompanyInfo),
    /// This department is now so.
    DepartmentPut(Department),
    /// This department is gone.
    DepartmentGone(DepartmentId),
    /// This person is now so.
    PersonPut(Person),
}

impl Company {
    /// Whether a change would leave all as it is.
    fn is_so(&self, change: &OrganisationChange) -> bool {
        match change {
            OrganisationChange::CompanyPut(info) => self.info == *info,
            OrganisationChange::DepartmentPut(department) => self.departments.get(&department.id) == Some(department),
            OrganisationChange::DepartmentGone(id) => !self.departments.contains_key(id),
            OrganisationChange::PersonPut(person) => self.people.get(&person.id) == Some(person),
        }
    }

    /// Whether `person` is an active admin.
    pub fn is_admin(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|p| p.active && p.role == CompanyRole::Admin)
    }

    /// Whether `person` is known and has not left.
    pub fn is_here(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|person| person.active)
    }

    /// Whether `person` leads `department` or one above it.
    pub fn heads(&self, person: PersonId, department: DepartmentId) -> bool {
        self.lineage(department).any(|d| d.head == Some(person))
    }

    /// Whether `actor` may add a person of this role to this department: admins; its head, and the heads above, for
    /// members of it (organisation: people).
    pub fn may_add_person(&self, actor: PersonId, department: Option<DepartmentId>, role: CompanyRole) -> bool {
        let is_here = self.is_here(actor);
        let by_head = role == CompanyRole::Member && department.is_some_and(|id| self.heads(actor, id));
        is_here && (by_head || self.is_admin(actor))
    }

    /// Whether `actor` may make a link by which `person` gets another password: admins; heads, for members of what they
    /// head who head nothing beyond it (organisation: a forgotten password).
    pub fn may_reset_password(&self, actor: PersonId, person: PersonId) -> bool {
        let Some(found) = self.people.get(&person).filter(|found| found.active && found.id != actor) else {
            return false;
        };
        let is_here = self.is_here(actor);
        let mut headed = self.departments.values().filter(|department| department.head == Some(person));
        let by_head = found.role == CompanyRole::Member
            && found.department.is_some_and(|department| self.heads(actor, department))
            && headed.all(|department| self.heads(actor, department.id));
        is_here && (by_head || self.is_admin(actor))
    }

    /// The department and those above it, from below. Ends even if the data held a loop.
    pub fn lineage(&self, department: DepartmentId) -> impl Iterator<Item = &Department> {
        let first = self.departments.get(&department);
        std::iter::successors(first, |d| d.parent.and_then(|parent| self.departments.get(&parent)))
            .take(self.departments.len())
    }

    /// Whether somebody works in a department, or in one beneath it.
    pub fn works_in(&self, person: PersonId, department: DepartmentId) -> bool {
        let own = self.people.get(&person).and_then(|person| person.department);
        own.is_some_and(|own| self.lineage(own).any(|above| above.id == department))
    }

    /// The active people of a department and of those beneath it.
    pub fn staff(&self, department: DepartmentId) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.active && self.works_in(person.id, department))
    }

    /// The active person with this email address, whatever its case.
    pub fn person_by_email(&self, email: &str) -> Option<&Person> {
        let email = email.trim().to_lowercase();
        self.people.values().find(|person| person.active && person.email == email)
    }
}
