//! The company's directory, to the frame around the pages.

use icondata_lu::{LuBuilding2, LuCircleUserRound, LuNetwork, LuUserRound, LuUsers};
use leptos_router::path;
use shared::State;
use shared::arrange::Arrange as _;
use shared::id::PersonId;
use shared::organisation::{OrganisationCommand, Person};

use super::directory::may_invite;
use super::{Account, CompanyPage, Departments, JoinSignedIn, People};
use crate::area::{Area, Found, Heading, MOST_NAMED, Page, Place, Stands, Told, route};
use crate::sync::Replica;
use crate::ui::{Key, Typed, address, folded};
use crate::words;

/// The directory.
pub static AREA: Area = Area {
    places: &[
        Place { address: "/admin/people", icon: LuNetwork, label: directory, stands: Stands::Secondary },
        Place { address: "/account", icon: LuCircleUserRound, label: |_| tr!("rail.my_account"), stands: Stands::Menu },
    ],
    pages: &[
        Page::new("/admin/people", LuUsers, tr!("palette.people")),
        Page::new("/admin/departments", LuNetwork, tr!("palette.departments")),
        Page::new("/admin/company", LuBuilding2, tr!("palette.company")).for_admins(),
        Page::new("/account", LuCircleUserRound, tr!("palette.account")),
    ],
    named,
    ..Area::of(|| {
        vec![
            route(path!("admin/company"), part!(admin, CompanyPage)),
            route(path!("admin/departments"), part!(admin, Departments)),
            route(path!("admin/people"), part!(admin, People)),
            route(path!("account"), part!(admin, Account)),
            route(path!("join/:token"), part!(admin, JoinSignedIn)),
        ]
    })
};

fn directory(replica: Replica) -> Key {
    let manages = replica.read(|view| may_invite(view.company(), replica.me()));
    if manages { tr!("rail.admin") } else { tr!("rail.directory") }
}

/// People by their names, however they are written, and by their addresses and phone numbers; those first whose names
/// begin so.
fn named(state: &State, typed: &Typed) -> Vec<Found> {
    let people = state.company.people.values().filter(|person| person.active);
    let is_named = |person: &&Person| {
        let digits: String = person.phone.chars().filter(char::is_ascii_digit).collect();
        typed.finds(&person.name, &[&folded(&person.email), &person.phone, &digits])
    };
    let mut people: Vec<&Person> = people.filter(is_named).collect();
    people.arrange_by_key(|person| !typed.begins(&person.name));
    let found = |person: &Person| {
        let department = person.department.and_then(|id| state.company.departments.get(&id));
        Found {
            heading: Heading::People,
            icon: LuUserRound,
            label: person.name.clone(),
            note: department.map(|department| department.name.clone()).unwrap_or_default(),
            words: String::new(),
            keys: &[],
            address: address("/admin/people", [("q", person.email.as_str())]),
        }
    };
    people.into_iter().take(MOST_NAMED).map(found).collect()
}

/// What is said of a command.
pub fn told(state: &State, command: &OrganisationCommand) -> Told {
    use OrganisationCommand as C;
    let person = |id: PersonId| words::name_in(&state.company, id);
    let what = match command {
        C::Found { name, .. } | C::RenameCompany(name) => t!("change.company", name = name),
        C::SetCompanyZone(_) => t!("change.company_zone"),
        C::AddDepartment(department) => t!("change.add_department", name = department.name),
        C::EditDepartment(department) => t!("change.edit_department", name = department.name),
        C::RemoveDepartment(id) => {
            let name = state.company.departments.get(id).map_or("", |department| department.name.as_str());
            t!("change.remove_department", name = name)
        }
        C::AddPerson(person) => t!("change.add_person", name = person.profile.name),
        C::EditProfile { person: id, .. } => t!("change.profile", name = person(*id)),
        C::SetEmail { person: id, .. } => t!("change.email_of", name = person(*id)),
        C::SetDepartment { person: id, .. } => t!("change.department_of", name = person(*id)),
        C::SetRole { person: id, .. } => t!("change.role_of", name = person(*id)),
        C::SetActive { person: id, active: true } => t!("change.activate", name = person(*id)),
        C::SetActive { person: id, active: false } => t!("change.deactivate", name = person(*id)),
    };
    let typed = match command {
        C::EditProfile { profile, .. } => Some(format!("{}\n{}", profile.name, profile.phone)),
        C::SetEmail { email, .. } => Some(email.clone()),
        _ => None,
    };
    Told { what: what.into_owned(), place: t!("change.in_company").into_owned(), typed }
}
