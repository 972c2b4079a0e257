//! The rules of the directory: who may change departments and people, and to what.

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Serialize};

use super::{Company, CompanyInfo, CompanyRole, Department, Locale, OrganisationChange, Person};
use crate::command::{Change, Changes, Rules, ScopedChanges};
use crate::id::{DepartmentId, PersonId};
use crate::incident::SYSTEM;
use crate::text::{LINE, NAME, line, required_line};
use crate::{Context, Field, Reason, Rejection, Scope, State};

/// The longest name of a time zone.
const ZONE: usize = 60;

/// An intent on the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganisationCommand {
    /// The first command of a database: names the company and makes its first admin, who is the actor.
    Found {
        /// The company's name.
        name: String,
        /// The first admin.
        admin: NewPerson,
    },
    /// Another name for the company. Admins.
    RenameCompany(String),
    /// A new department. Admins.
    AddDepartment(Department),
    /// A new name, place or head for a department. Admins.
    EditDepartment(Department),
    /// Removes a department that nobody and nothing is in. Admins.
    RemoveDepartment(DepartmentId),
    /// A new person. Admins; a department's head, for members of that department.
    AddPerson(NewPerson),
    /// What a person says of themself. They or admins.
    EditProfile {
        /// Whose profile.
        person: PersonId,
        /// What it becomes.
        profile: Profile,
    },
    /// Moves a person to a department, or out of any. Admins.
    SetDepartment {
        /// Who moves.
        person: PersonId,
        /// Where to.
        department: Option<DepartmentId>,
    },
    /// Gives a person another role. Admins; the last one stays.
    SetRole {
        /// Who gets it.
        person: PersonId,
        /// Which.
        role: CompanyRole,
    },
    /// A person leaves, or comes back. Admins; the last one stays.
    SetActive {
        /// Who.
        person: PersonId,
        /// Whether they are here.
        active: bool,
    },
    /// Gives a person another address to sign in with. Admins.
    SetEmail {
        /// Who gets it.
        person: PersonId,
        /// Which.
        email: String,
    },
    /// Another time zone for the company, by its IANA name. Admins.
    SetCompanyZone(String),
}

/// A person who joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// Their id, made by the caller.
    pub id: PersonId,
    /// Name, phone, language, zone and hue.
    pub profile: Profile,
    /// What they sign in with.
    pub email: String,
    /// Where they work.
    pub department: Option<DepartmentId>,
    /// What they may do.
    pub role: CompanyRole,
}

/// What a person may say of themself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// Their phone number; may be empty.
    pub phone: String,
    /// The language that they read.
    pub locale: Locale,
    /// Their time zone by its IANA name; empty for the company's.
    pub zone: String,
    /// The hue of their avatar, in degrees.
    pub hue: u16,
}

impl Rules for OrganisationCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }
}

/// Decides a command on the directory.
fn decide(state: &State, command: &OrganisationCommand, context: &Context) -> Result<Changes, Rejection> {
    let mut changes = changes(&state.company, command, context)?;
    changes.retain(|change| !state.company.is_so(change));
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![ScopedChanges { scope: Scope::Company, changes: changes.into_iter().map(Change::Organisation).collect() }])
}

fn changes(
    company: &Company,
    command: &OrganisationCommand,
    context: &Context,
) -> Result<Vec<OrganisationChange>, Rejection> {
    use OrganisationCommand as C;
    if let C::Found { name, admin } = command {
        return found(company, name, admin, context);
    }
    if !company.people.get(&context.actor).is_some_and(|person| person.active) {
        return Err(Reason::NotAllowed.into());
    }
    match command {
        C::Found { .. } => Err(Reason::Exists.into()),
        C::RenameCompany(name) => {
            admin_only(company, context)?;
            let name = required_line(Field::CompanyName, name, NAME)?;
            Ok(vec![OrganisationChange::CompanyPut(CompanyInfo { name, ..company.info.clone() })])
        }
        C::SetCompanyZone(zone) => {
            admin_only(company, context)?;
            let zone = required_line(Field::Zone, zone, ZONE)?;
            Ok(vec![OrganisationChange::CompanyPut(CompanyInfo { zone, ..company.info.clone() })])
        }
        C::AddDepartment(department) => {
            admin_only(company, context)?;
            if company.departments.contains_key(&department.id) {
                return Err(Reason::Exists.into());
            }
            Ok(vec![OrganisationChange::DepartmentPut(checked_department(company, department)?)])
        }
        C::EditDepartment(department) => {
            admin_only(company, context)?;
            if !company.departments.contains_key(&department.id) {
                return Err(Reason::Gone.into());
            }
            Ok(vec![OrganisationChange::DepartmentPut(checked_department(company, department)?)])
        }
        C::RemoveDepartment(id) => remove_department(company, *id, context),
        C::AddPerson(person) => add_person(company, person, context),
        C::EditProfile { person, profile } => {
            let found = person_in(company, *person)?;
            if *person != context.actor {
                admin_only(company, context)?;
            }
            Ok(vec![OrganisationChange::PersonPut(with_profile(found.clone(), profile)?)])
        }
        C::SetDepartment { person, department } => {
            admin_only(company, context)?;
            department_exists(company, Field::Department, *department)?;
            let person = Person { department: *department, ..person_in(company, *person)?.clone() };
            Ok(vec![OrganisationChange::PersonPut(person)])
        }
        C::SetRole { person, role } => {
            admin_only(company, context)?;
            let person = Person { role: *role, ..person_in(company, *person)?.clone() };
            an_admin_stays(company, &person)?;
            Ok(vec![OrganisationChange::PersonPut(person)])
        }
        C::SetActive { person, active } => {
            admin_only(company, context)?;
            let person = Person { active: *active, ..person_in(company, *person)?.clone() };
            an_admin_stays(company, &person)?;
            Ok(vec![OrganisationChange::PersonPut(person)])
        }
        C::SetEmail { person, email } => {
            admin_only(company, context)?;
            let email = free_email(company, *person, email)?;
            let person = Person { email, ..person_in(company, *person)?.clone() };
            Ok(vec![OrganisationChange::PersonPut(person)])
        }
    }
}

fn found(
    company: &Company,
    name: &str,
    admin: &NewPerson,
    context: &Context,
) -> Result<Vec<OrganisationChange>, Rejection> {
    if !company.people.is_empty() {
        return Err(Reason::Exists.into());
    }
    if admin.id != context.actor {
        return Err(Reason::NotAllowed.into());
    }
    let name = required_line(Field::CompanyName, name, NAME)?;
    let admin = Person { role: CompanyRole::Admin, department: None, ..joining(company, admin)? };
    Ok(vec![
        OrganisationChange::CompanyPut(CompanyInfo { name, ..CompanyInfo::default() }),
        OrganisationChange::PersonPut(admin),
    ])
}

fn add_person(company: &Company, person: &NewPerson, context: &Context) -> Result<Vec<OrganisationChange>, Rejection> {
    if !company.may_add_person(context.actor, person.department, person.role) {
        return Err(Reason::NotAllowed.into());
    }
    // The id of what clocks do is nobody's.
    if company.people.contains_key(&person.id) || person.id == SYSTEM {
        return Err(Reason::Exists.into());
    }
    Ok(vec![OrganisationChange::PersonPut(joining(company, person)?)])
}

fn joining(company: &Company, new: &NewPerson) -> Result<Person, Rejection> {
    department_exists(company, Field::Department, new.department)?;
    let person = Person {
        id: new.id,
        name: String::new(),
        email: free_email(company, new.id, &new.email)?,
        phone: String::new(),
        department: new.department,
        locale: Locale::default(),
        zone: String::new(),
        hue: 0,
        role: new.role,
        active: true,
    };
    with_profile(person, &new.profile)
}

/// An address for a person, which nobody else has.
fn free_email(company: &Company, person: PersonId, email: &str) -> Result<String, Rejection> {
    let email = checked_email(email)?;
    if company.people.values().any(|other| other.email == email && other.id != person) {
        return Err(Rejection::of(Field::Email, Reason::EmailTaken));
    }
    Ok(email)
}

fn with_profile(person: Person, profile: &Profile) -> Result<Person, Rejection> {
    Ok(Person {
        name: required_line(Field::Name, &profile.name, NAME)?,
        phone: line(Field::Phone, &profile.phone, 40)?,
        locale: profile.locale,
        zone: line(Field::Zone, &profile.zone, ZONE)?,
        hue: profile.hue % 360,
        ..person
    })
}

/// An email address in the form in which it is kept: trimmed, lower case.
pub fn checked_email(email: &str) -> Result<String, Rejection> {
    let email = required_line(Field::Email, email, LINE)?.to_lowercase();
    // Not as mail programs write it, with a name in front or a machine's number behind.
    let options = Options::default().without_display_text().without_domain_literal();
    EmailAddress::parse_with_options(&email, options).map_err(|_| Rejection::of(Field::Email, Reason::NotAnEmail))?;
    Ok(email)
}

fn checked_department(company: &Company, department: &Department) -> Result<Department, Rejection> {
    let name = required_line(Field::Name, &department.name, NAME)?;
    department_exists(company, Field::Parent, department.parent)?;
    let taken = company
        .departments
        .values()
        .any(|other| other.id != department.id && other.parent == department.parent && other.name == name);
    if taken {
        return Err(Rejection::of(Field::Name, Reason::NameTaken));
    }
    let under_itself =
        department.parent.is_some_and(|parent| company.lineage(parent).any(|above| above.id == department.id));
    if under_itself || department.parent == Some(department.id) {
        return Err(Rejection::of(Field::Parent, Reason::DepartmentCycle));
    }
    if let Some(head) = department.head {
        match company.people.get(&head) {
            Some(person) if person.active => {}
            Some(_) => return Err(Rejection::of(Field::Head, Reason::Deactivated)),
            None => return Err(Rejection::of(Field::Head, Reason::Gone)),
        }
    }
    Ok(Department { name, ..department.clone() })
}

fn remove_department(
    company: &Company,
    id: DepartmentId,
    context: &Context,
) -> Result<Vec<OrganisationChange>, Rejection> {
    admin_only(company, context)?;
    if !company.departments.contains_key(&id) {
        return Err(Reason::Gone.into());
    }
    let used = company.people.values().any(|person| person.department == Some(id))
        || company.departments.values().any(|department| department.parent == Some(id));
    if used {
        return Err(Reason::DepartmentInUse.into());
    }
    Ok(vec![OrganisationChange::DepartmentGone(id)])
}

fn department_exists(company: &Company, field: Field, id: Option<DepartmentId>) -> Result<(), Rejection> {
    match id {
        Some(id) if !company.departments.contains_key(&id) => Err(Rejection::of(field, Reason::Gone)),
        _ => Ok(()),
    }
}

fn person_in(company: &Company, id: PersonId) -> Result<&Person, Rejection> {
    company.people.get(&id).ok_or_else(|| Reason::Gone.into())
}

fn admin_only(company: &Company, context: &Context) -> Result<(), Rejection> {
    if company.is_admin(context.actor) { Ok(()) } else { Err(Reason::NotAllowed.into()) }
}

fn an_admin_stays(company: &Company, changed: &Person) -> Result<(), Rejection> {
    let is_admin = |person: &Person| person.active && person.role == CompanyRole::Admin;
    let others = company.people.values().filter(|person| person.id != changed.id);
    if is_admin(changed) || others.into_iter().any(is_admin) { Ok(()) } else { Err(Reason::LastAdmin.into()) }
}
