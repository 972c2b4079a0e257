//! Who may change the directory, and to what.

use super::{CompanyRole, Department, Locale, OrganisationCommand, Profile, checked_email};
use crate::command::Changes;
use crate::testing::{
    ADMIN, DESIGN, HEAD, LEAD, LEFT, MEMBER, NO_DEPARTMENT, OPERATIONS, OUTSIDER, STRANGER, TECHNOLOGY, World,
    department, new_person, person,
};
use crate::{Field, Reason, Rejection, Scope};

use OrganisationCommand as C;

const NEW: crate::id::PersonId = person(50);
const SALES: crate::id::DepartmentId = crate::id::DepartmentId::new(uuid::Uuid::from_u128(24));

fn refused(field: Field, reason: Reason) -> Rejection {
    Rejection::of(field, reason)
}

fn joins(email: &str) -> C {
    C::AddPerson(super::NewPerson { email: email.into(), ..newcomer() })
}

fn newcomer() -> super::NewPerson {
    new_person(NEW, "new", Some(TECHNOLOGY), CompanyRole::Member)
}

fn profile(name: &str) -> Profile {
    Profile { name: name.into(), ..Profile::default() }
}

#[test]
fn the_first_command_makes_the_company_and_its_admin() {
    let mut world = World::empty();
    // Whatever role the form says.
    let admin = new_person(ADMIN, "admin", None, CompanyRole::Member);
    world.does(ADMIN, C::Found { name: " 启明 ".into(), admin });
    assert_eq!(world.state.company.info.name, "启明");
    assert!(world.state.company.is_admin(ADMIN));
}

#[test]
fn a_company_is_founded_once() {
    let admin = new_person(NEW, "new", None, CompanyRole::Admin);
    let again = C::Found { name: "启明".into(), admin };
    assert_eq!(World::company().refuses(NEW, again.clone()), Reason::Exists.into());
    assert_eq!(World::company().refuses(ADMIN, again), Reason::Exists.into());
}

#[test]
fn a_company_is_founded_by_its_first_admin_in_person() {
    let founding = |name: &str, email: &str| {
        let admin = super::NewPerson { email: email.into(), ..new_person(ADMIN, "admin", None, CompanyRole::Admin) };
        C::Found { name: name.into(), admin }
    };
    let world = World::empty();
    assert_eq!(world.refuses(STRANGER, founding("启明", "a@b.example")), Reason::NotAllowed.into());
    assert_eq!(world.refuses(ADMIN, founding(" ", "a@b.example")), refused(Field::CompanyName, Reason::Required));
    assert_eq!(world.refuses(ADMIN, founding("启明", "a")), refused(Field::Email, Reason::NotAnEmail));
}

#[test]
fn before_the_founding_nobody_does_anything() {
    assert_eq!(World::empty().refuses(ADMIN, C::RenameCompany("x".into())), Reason::NotAllowed.into());
    assert_eq!(World::empty().refuses(ADMIN, C::AddPerson(newcomer())), Reason::NotAllowed.into());
}

#[test]
fn only_admins_manage_departments_and_roles() {
    let world = World::company();
    let commands = [
        C::RenameCompany("启明科技".into()),
        C::SetCompanyZone("Europe/Berlin".into()),
        C::AddDepartment(department(SALES, "销售部", None)),
        C::EditDepartment(department(TECHNOLOGY, "研发部", None)),
        C::RemoveDepartment(SALES),
        C::SetDepartment { person: MEMBER, department: Some(OPERATIONS) },
        C::SetRole { person: MEMBER, role: CompanyRole::Admin },
        C::SetActive { person: MEMBER, active: false },
        C::EditProfile { person: MEMBER, profile: profile("x") },
        C::SetEmail { person: MEMBER, email: "x@qiming.example".into() },
    ];
    for command in commands {
        for actor in [HEAD, OUTSIDER, LEFT, STRANGER] {
            assert_eq!(world.refuses(actor, command.clone()), Reason::NotAllowed.into(), "{command:?}");
        }
        if command != C::RemoveDepartment(SALES) {
            assert!(world.allows(ADMIN, command.clone()), "{command:?}");
        }
    }
}

#[test]
fn a_head_adds_members_to_their_department_and_those_beneath() {
    let world = World::company();
    let adding = |department, role| C::AddPerson(new_person(NEW, "new", department, role));
    assert!(world.allows(HEAD, adding(Some(OPERATIONS), CompanyRole::Member)));
    assert!(world.allows(HEAD, adding(Some(DESIGN), CompanyRole::Member)));
    for beyond in [
        adding(Some(TECHNOLOGY), CompanyRole::Member),
        adding(None, CompanyRole::Member),
        adding(Some(DESIGN), CompanyRole::Admin),
    ] {
        assert_eq!(world.refuses(HEAD, beyond.clone()), Reason::NotAllowed.into());
        assert!(world.allows(ADMIN, beyond));
    }
    assert_eq!(world.refuses(MEMBER, adding(Some(DESIGN), CompanyRole::Member)), Reason::NotAllowed.into());
}

#[test]
fn a_head_who_has_left_adds_nobody() {
    let mut world = World::company();
    world.leaves_the_company(HEAD);
    let adding = C::AddPerson(new_person(NEW, "new", Some(OPERATIONS), CompanyRole::Member));
    assert_eq!(world.refuses(HEAD, adding), Reason::NotAllowed.into());
}

#[test]
fn people_write_their_own_profile_and_admins_everybodys() {
    let mut world = World::company();
    let written = |person| C::EditProfile { person, profile: profile(" 李雷 ") };
    world.does(MEMBER, written(MEMBER));
    world.does(ADMIN, written(HEAD));
    assert_eq!(world.state.company.people[&MEMBER].name, "李雷");
    assert_eq!(world.state.company.people[&HEAD].name, "李雷");
    assert_eq!(world.refuses(MEMBER, written(HEAD)), Reason::NotAllowed.into());
    assert_eq!(world.refuses(LEFT, written(LEFT)), Reason::NotAllowed.into());
    assert_eq!(world.refuses(ADMIN, written(STRANGER)), Reason::Gone.into());
}

#[test]
fn a_profile_changes_neither_email_nor_role() {
    let mut world = World::company();
    let before = world.state.company.people[&MEMBER].clone();
    let full = Profile {
        name: "韩梅梅".into(),
        phone: " 138 0000 0000 ".into(),
        locale: Locale::En,
        zone: "Europe/Berlin".into(),
        hue: 365,
    };
    world.does(MEMBER, C::EditProfile { person: MEMBER, profile: full });
    let after = &world.state.company.people[&MEMBER];
    assert_eq!((&after.email, after.role, after.department), (&before.email, before.role, before.department));
    assert_eq!(
        (after.phone.as_str(), after.locale, after.zone.as_str()),
        ("138 0000 0000", Locale::En, "Europe/Berlin")
    );
    assert_eq!(after.hue, 5, "a hue goes round");
}

#[test]
fn each_field_of_a_profile_refuses_bad_input() {
    let world = World::company();
    let refusal = |profile| world.refuses(MEMBER, C::EditProfile { person: MEMBER, profile });
    let long = |count| "x".repeat(count);
    assert_eq!(refusal(profile(" ")), refused(Field::Name, Reason::Required));
    assert_eq!(refusal(profile(&long(121))), refused(Field::Name, Reason::TooLong { max: 120 }));
    assert_eq!(refusal(profile("a\u{7}b")), refused(Field::Name, Reason::Unprintable));
    let phone = |phone: &str| Profile { phone: phone.into(), ..profile("x") };
    assert_eq!(refusal(phone(&long(41))), refused(Field::Phone, Reason::TooLong { max: 40 }));
    assert_eq!(refusal(phone("1\n2")), refused(Field::Phone, Reason::Unprintable));
    let zone = |zone: &str| Profile { zone: zone.into(), ..profile("x") };
    assert_eq!(refusal(zone(&long(61))), refused(Field::Zone, Reason::TooLong { max: 60 }));
    assert_eq!(refusal(zone("a\0b")), refused(Field::Zone, Reason::Unprintable));
}

#[test]
fn an_address_is_kept_trimmed_and_in_lower_case() {
    assert_eq!(checked_email(" Lin.Xiao@Qiming.Example "), Ok("lin.xiao@qiming.example".into()));
}

#[test]
fn an_address_must_be_one_that_mail_reaches() {
    let bad = |reason| Err(refused(Field::Email, reason));
    for text in ["lin", "lin@", "@qiming.example", "lin xiao@qiming.example", "a@b@c.example", "lin@qiming..example"] {
        assert_eq!(checked_email(text), bad(Reason::NotAnEmail), "{text}");
    }
    // As mail programs write it, with a name or a number of a machine: nobody signs in so.
    for text in ["Lin Xiao <lin@qiming.example>", "<lin@qiming.example>", "lin@[127.0.0.1]"] {
        assert_eq!(checked_email(text), bad(Reason::NotAnEmail), "{text}");
    }
    assert_eq!(checked_email(""), bad(Reason::Required));
    assert_eq!(checked_email("a\0@qiming.example"), bad(Reason::Unprintable));
    assert_eq!(checked_email(&format!("{}@b.example", "x".repeat(300))), bad(Reason::TooLong { max: 300 }));
}

#[test]
fn an_address_belongs_to_one_person_whatever_its_case() {
    let mut world = World::company();
    assert_eq!(world.refuses(ADMIN, joins("MEMBER@qiming.example")), refused(Field::Email, Reason::EmailTaken));
    // They may come back.
    assert_eq!(world.refuses(ADMIN, joins("left@qiming.example")), refused(Field::Email, Reason::EmailTaken));
    world.does(ADMIN, joins("New@qiming.example"));
    assert_eq!(world.state.company.people[&NEW].email, "new@qiming.example");
    assert_eq!(world.state.company.person_by_email(" NEW@Qiming.example ").map(|person| person.id), Some(NEW));
    assert!(world.state.company.person_by_email("left@qiming.example").is_none(), "who has left signs in no more");
}

#[test]
fn a_person_joins_once_and_where_there_is_a_department() {
    let world = World::company();
    let same = C::AddPerson(super::NewPerson { id: MEMBER, ..newcomer() });
    assert_eq!(world.refuses(ADMIN, same), Reason::Exists.into());
    let lost = C::AddPerson(super::NewPerson { department: Some(NO_DEPARTMENT), ..newcomer() });
    assert_eq!(world.refuses(ADMIN, lost), refused(Field::Department, Reason::Gone));
    let moved = C::SetDepartment { person: MEMBER, department: Some(NO_DEPARTMENT) };
    assert_eq!(world.refuses(ADMIN, moved), refused(Field::Department, Reason::Gone));
    let nameless = C::AddPerson(super::NewPerson { profile: profile(""), ..newcomer() });
    assert_eq!(world.refuses(ADMIN, nameless), refused(Field::Name, Reason::Required));
}

#[test]
fn a_person_moves_between_departments_or_out_of_any() {
    let mut world = World::company();
    world.does(ADMIN, C::SetDepartment { person: MEMBER, department: Some(TECHNOLOGY) });
    assert_eq!(world.state.company.people[&MEMBER].department, Some(TECHNOLOGY));
    world.does(ADMIN, C::SetDepartment { person: MEMBER, department: None });
    assert_eq!(world.state.company.people[&MEMBER].department, None);
}

#[test]
fn an_address_is_changed_to_one_that_nobody_has_or_had() {
    let mut world = World::company();
    let to = |person, email: &str| C::SetEmail { person, email: email.into() };
    world.does(ADMIN, to(MEMBER, " New@Qiming.example "));
    assert_eq!(world.state.company.people[&MEMBER].email, "new@qiming.example");
    assert_eq!(world.state.company.person_by_email("new@qiming.example").map(|person| person.id), Some(MEMBER));
    let left = world.state.company.people[&LEFT].email.clone();
    assert_eq!(world.refuses(ADMIN, to(MEMBER, &left)), refused(Field::Email, Reason::EmailTaken));
    assert_eq!(world.refuses(ADMIN, to(MEMBER, "new")), refused(Field::Email, Reason::NotAnEmail));
    assert_eq!(world.refuses(ADMIN, to(STRANGER, "else@qiming.example")), Reason::Gone.into());
    world.has_nothing_to_do(ADMIN, to(MEMBER, "NEW@qiming.example"));
}

#[test]
fn a_link_for_a_new_password_is_made_by_who_stands_above() {
    let mut world = World::company();
    let may = |world: &World, actor, person| world.state.company.may_reset_password(actor, person);
    assert!(may(&world, ADMIN, MEMBER) && may(&world, ADMIN, HEAD) && may(&world, HEAD, MEMBER));
    assert!(!may(&world, HEAD, LEAD), "of another department");
    assert!(!may(&world, MEMBER, HEAD) && !may(&world, OUTSIDER, MEMBER) && !may(&world, STRANGER, MEMBER));
    assert!(!may(&world, ADMIN, ADMIN) && !may(&world, HEAD, HEAD), "one's own is changed by who knows it");
    assert!(!may(&world, ADMIN, LEFT) && !may(&world, ADMIN, STRANGER), "who is not here signs in nowhere");

    let above = C::EditDepartment(Department { head: Some(MEMBER), ..department(TECHNOLOGY, "技术部", None) });
    world.does(ADMIN, above);
    assert!(!may(&world, HEAD, MEMBER), "who heads another department is more than a member of this one");
    world.does(ADMIN, C::EditDepartment(department(TECHNOLOGY, "技术部", None)));
    world.does(ADMIN, C::SetRole { person: MEMBER, role: CompanyRole::Admin });
    assert!(!may(&world, HEAD, MEMBER), "an admin");
    world.leaves_the_company(HEAD);
    world.does(ADMIN, C::SetRole { person: MEMBER, role: CompanyRole::Member });
    assert!(!may(&world, HEAD, MEMBER), "who has left makes none");
}

#[test]
fn a_department_has_a_name_of_its_own_among_its_siblings() {
    let world = World::company();
    let refusal = |name: &str, parent| world.refuses(ADMIN, C::AddDepartment(department(SALES, name, parent)));
    assert_eq!(refusal(" ", None), refused(Field::Name, Reason::Required));
    assert_eq!(refusal(&"x".repeat(121), None), refused(Field::Name, Reason::TooLong { max: 120 }));
    assert_eq!(refusal("a\tb", None), refused(Field::Name, Reason::Unprintable));
    assert_eq!(refusal(" 技术部 ", None), refused(Field::Name, Reason::NameTaken));
    assert_eq!(refusal("销售部", Some(NO_DEPARTMENT)), refused(Field::Parent, Reason::Gone));
    assert!(world.allows(ADMIN, C::AddDepartment(department(SALES, "技术部", Some(OPERATIONS)))), "elsewhere");
    assert!(world.allows(ADMIN, C::EditDepartment(department(TECHNOLOGY, "技术部", None))), "its own name");
}

#[test]
fn departments_are_added_once_and_edited_while_they_are_there() {
    let world = World::company();
    let again = department(TECHNOLOGY, "销售部", None);
    assert_eq!(world.refuses(ADMIN, C::AddDepartment(again)), Reason::Exists.into());
    let gone = department(NO_DEPARTMENT, "销售部", None);
    assert_eq!(world.refuses(ADMIN, C::EditDepartment(gone)), Reason::Gone.into());
    assert_eq!(world.refuses(ADMIN, C::RemoveDepartment(NO_DEPARTMENT)), Reason::Gone.into());
}

#[test]
fn a_department_is_never_under_itself() {
    let mut world = World::company();
    world.does(ADMIN, C::AddDepartment(department(SALES, "销售部", Some(DESIGN))));
    let cycle = refused(Field::Parent, Reason::DepartmentCycle);
    for below in [OPERATIONS, DESIGN, SALES] {
        let turned = C::EditDepartment(department(OPERATIONS, "运营部", Some(below)));
        assert_eq!(world.refuses(ADMIN, turned), cycle);
    }
    assert!(world.allows(ADMIN, C::EditDepartment(department(SALES, "销售部", Some(OPERATIONS)))));
}

#[test]
fn a_head_is_a_person_who_is_here() {
    let world = World::company();
    let headed = |head| C::EditDepartment(Department { head: Some(head), ..department(TECHNOLOGY, "技术部", None) });
    assert_eq!(world.refuses(ADMIN, headed(STRANGER)), refused(Field::Head, Reason::Gone));
    assert_eq!(world.refuses(ADMIN, headed(LEFT)), refused(Field::Head, Reason::Deactivated));
    assert!(world.allows(ADMIN, headed(LEAD)));
}

#[test]
fn a_department_in_use_stays() {
    let mut world = World::company();
    let in_use = Reason::DepartmentInUse.into();
    assert_eq!(world.refuses(ADMIN, C::RemoveDepartment(OPERATIONS)), in_use, "a department is beneath it");
    world.does(ADMIN, C::SetDepartment { person: MEMBER, department: None });
    assert_eq!(world.refuses(ADMIN, C::RemoveDepartment(DESIGN)), in_use, "who has left may come back to it");
    world.does(ADMIN, C::SetDepartment { person: LEFT, department: None });
    world.does(ADMIN, C::RemoveDepartment(DESIGN));
    assert!(!world.state.company.departments.contains_key(&DESIGN));
}

#[test]
fn the_last_admin_stays() {
    let mut world = World::company();
    let step_down = C::SetRole { person: ADMIN, role: CompanyRole::Member };
    let leave = C::SetActive { person: ADMIN, active: false };
    assert_eq!(world.refuses(ADMIN, step_down.clone()), Reason::LastAdmin.into());
    assert_eq!(world.refuses(ADMIN, leave.clone()), Reason::LastAdmin.into());

    world.does(ADMIN, C::SetRole { person: LEFT, role: CompanyRole::Admin });
    assert_eq!(world.refuses(ADMIN, leave.clone()), Reason::LastAdmin.into(), "an admin who has left is none");

    world.does(ADMIN, C::SetRole { person: HEAD, role: CompanyRole::Admin });
    assert!(world.allows(ADMIN, step_down));
    world.does(ADMIN, leave);
    assert_eq!(world.refuses(ADMIN, C::RenameCompany("x".into())), Reason::NotAllowed.into());
    world.does(HEAD, C::SetActive { person: ADMIN, active: true });
    assert!(world.state.company.is_admin(ADMIN), "who comes back is what they were");
}

#[test]
fn who_leaves_is_kept_with_all_that_is_known_of_them() {
    let mut world = World::company();
    let before = world.state.company.people[&MEMBER].clone();
    world.leaves_the_company(MEMBER);
    assert_eq!(world.state.company.people[&MEMBER], super::Person { active: false, ..before });
}

#[test]
fn the_company_has_another_zone_and_keeps_its_name_and_numbers() {
    let mut world = World::project();
    let before = world.state.company.info.clone();
    world.does(ADMIN, C::SetCompanyZone(" Europe/Berlin ".into()));
    assert_eq!(world.state.company.info, super::CompanyInfo { zone: "Europe/Berlin".into(), ..before });
    assert_eq!(world.refuses(ADMIN, C::SetCompanyZone(" ".into())), refused(Field::Zone, Reason::Required));
    world.has_nothing_to_do(ADMIN, C::SetCompanyZone("Europe/Berlin".into()));
}

#[test]
fn what_is_so_already_changes_nothing() {
    let world = World::company();
    for command in [
        C::RenameCompany("启明 ".into()),
        C::EditDepartment(department(TECHNOLOGY, "技术部", None)),
        C::SetDepartment { person: MEMBER, department: Some(DESIGN) },
        C::SetRole { person: MEMBER, role: CompanyRole::Member },
        C::SetActive { person: LEFT, active: false },
        C::EditProfile { person: MEMBER, profile: profile("member") },
    ] {
        world.has_nothing_to_do(ADMIN, command);
    }
}

#[test]
fn the_directory_changes_in_its_own_scope_alone() -> Result<(), Rejection> {
    let world = World::company();
    let changes: Changes = world.decide(ADMIN, &C::RenameCompany("启明科技".into()).into())?;
    assert_eq!(changes.iter().map(|part| part.scope).collect::<Vec<_>>(), [Scope::Company]);
    Ok(())
}

#[test]
fn the_staff_of_a_department_are_the_active_people_in_it_and_beneath() {
    let world = World::company();
    let staff: Vec<_> = world.state.company.staff(OPERATIONS).map(|person| person.id).collect();
    assert_eq!(staff, [HEAD, MEMBER]);
}
