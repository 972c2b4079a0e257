//! Invitation links: who makes them, and that each is good once (organisation: invitations).

use qibu::Fault;
use qibu::organisation::{Invitation, InvitationInfo, OpenInvitation, Whoami};
use serde_json::{Value, json};
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{CompanyRole, Invitee, OrganisationCommand};
use shared::{Command, Field, Reason, Rejection, Scope};

use crate::support::{Browser, PASSWORD, TestServer};

async fn invite(browser: &Browser, department: Option<DepartmentId>, role: &str) -> Result<Invitation, Fault> {
    browser.call("invite", json!({ "department": department, "role": role })).await
}

async fn info(browser: &Browser, token: &str) -> Result<InvitationInfo, Fault> {
    browser.call("invitation", json!({ "token": token })).await
}

fn form(token: &str, email: &str) -> Value {
    json!({ "form": { "token": token, "name": "何苗", "email": email, "password": PASSWORD, "locale": "Zh" } })
}

#[tokio::test]
async fn a_link_is_good_once() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let tech = server.department(admin, "技术部", None).await;
    let link = invite(&server.client_for(admin).await, Some(tech), "Member").await.expect("invited");

    let browser = server.stranger();
    let told = info(&browser, &link.link_token).await;
    let (invitee, is_for_many) = (Invitee::default(), false);
    let expected =
        InvitationInfo { company: "Qiming".into(), department: Some("技术部".into()), invitee, is_for_many };
    assert_eq!(told, Ok(expected));
    let joined: PersonId =
        browser.call("join", form(&link.link_token, "he.miao@qiming.example")).await.expect("joined");
    assert_eq!(browser.call("whoami", json!({})).await, Ok(Whoami::SignedIn(joined)));
    let (_, state) = server.services().engine.read(&[Scope::Company]).await.expect("read");
    let person = &state.company.people[&joined];
    assert_eq!((person.name.as_str(), person.department, person.role), ("何苗", Some(tech), CompanyRole::Member));

    let second = server.stranger();
    let again = second.call::<PersonId>("join", form(&link.link_token, "other@qiming.example")).await;
    assert_eq!(again, Err(Fault::InvitationNotValid));
    assert_eq!(info(&second, &link.link_token).await, Err(Fault::InvitationNotValid));
    assert_eq!(info(&second, "no such token").await, Err(Fault::InvitationNotValid));
}

#[tokio::test]
async fn of_two_at_once_one_joins() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let link = invite(&server.client_for(admin).await, None, "Member").await.expect("invited");
    let join = async |email: &str| server.stranger().call::<PersonId>("join", form(&link.link_token, email)).await;
    let (one, other) = tokio::join!(join("one@qiming.example"), join("other@qiming.example"));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let (_, state) = server.services().engine.read(&[Scope::Company]).await.expect("read");
    assert_eq!(state.company.people.len(), 2);
    let (joined, email) = if let Ok(joined) = one {
        (joined, "one@qiming.example")
    } else {
        (other.expect("joined"), "other@qiming.example")
    };
    assert_eq!(state.company.people[&joined].email, email, "nobody's password goes to another");
}

#[tokio::test]
async fn a_mistake_does_not_use_it_up() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let link = invite(&server.client_for(admin).await, None, "Member").await.expect("invited");
    let browser = server.stranger();
    let taken = browser.call::<PersonId>("join", form(&link.link_token, "admin@qiming.example")).await;
    assert_eq!(taken, Err(Rejection::of(Field::Email, Reason::EmailTaken).into()));
    let mut weak = form(&link.link_token, "he.miao@qiming.example");
    weak["form"]["password"] = "1234567890".into();
    let weak = browser.call::<PersonId>("join", weak).await;
    assert_eq!(weak, Err(Rejection::of(Field::Password, Reason::PasswordTooCommon).into()));
    assert!(browser.call::<PersonId>("join", form(&link.link_token, "he.miao@qiming.example")).await.is_ok());
}

#[tokio::test]
async fn a_link_expires() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    let link = invite(&browser, None, "Member").await.expect("invited");
    let week = link.expires.micros() - qibu::clock::now().micros();
    assert!((604_790_000_000..=604_800_000_000).contains(&week), "seven days");

    let database = server.database().await;
    sqlx::query("UPDATE invitation SET expires = expires - $1").bind(week).execute(&database).await.expect("aged");
    let late = server.stranger().call::<PersonId>("join", form(&link.link_token, "he.miao@qiming.example")).await;
    assert_eq!(late, Err(Fault::InvitationNotValid));
    assert_eq!(browser.call::<Vec<OpenInvitation>>("invitations", json!({})).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_head_invites_members_of_the_own_department_alone() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let head = server.colleague(admin, "Head").await;
    let tech = server.department(admin, "技术部", Some(head)).await;
    let design = server.department(admin, "设计部", None).await;
    let browser = server.client_for(head).await;
    assert!(invite(&browser, Some(tech), "Member").await.is_ok());
    assert_eq!(invite(&browser, Some(tech), "Admin").await, Err(Fault::NotAllowed));
    assert_eq!(invite(&browser, Some(design), "Member").await, Err(Fault::NotAllowed));
    assert_eq!(invite(&browser, None, "Member").await, Err(Fault::NotAllowed));
    assert_eq!(invite(&server.stranger(), None, "Member").await, Err(Fault::SignedOut));
    let plain = server.client_for(server.colleague(admin, "Plain").await).await;
    assert_eq!(invite(&plain, Some(tech), "Member").await, Err(Fault::NotAllowed));
}

#[tokio::test]
async fn open_ones_are_listed_and_revoked() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let head = server.colleague(admin, "Head").await;
    let tech = server.department(admin, "技术部", Some(head)).await;
    let (admins, heads) = (server.client_for(admin).await, server.client_for(head).await);
    let for_all = invite(&admins, None, "Admin").await.expect("invited");
    let for_tech = invite(&heads, Some(tech), "Member").await.expect("invited");

    let list =
        async |browser: &Browser| browser.call::<Vec<OpenInvitation>>("invitations", json!({})).await.expect("listed");
    let (all, own) = (list(&admins).await, list(&heads).await);
    assert_eq!((all.len(), own.len()), (2, 1));
    assert_eq!((own[0].department, own[0].made_by), (Some(tech), head));
    let others = all.iter().find(|open| open.role == CompanyRole::Admin).expect("the admin's");

    let revoke = async |browser: &Browser, person: PersonId| {
        browser.call::<()>("revoke_invitation", json!({ "person": person })).await
    };
    assert_eq!(revoke(&heads, others.person).await, Err(Fault::InvitationNotValid));
    assert_eq!(revoke(&heads, own[0].person).await, Ok(()));
    let stranger = server.stranger();
    assert_eq!(info(&stranger, &for_tech.link_token).await, Err(Fault::InvitationNotValid));
    assert!(info(&stranger, &for_all.link_token).await.is_ok());
}

#[tokio::test]
async fn a_link_dies_with_its_makers_right_to_make_it() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let head = server.colleague(admin, "Head").await;
    let tech = server.department(admin, "技术部", Some(head)).await;
    let link = invite(&server.client_for(head).await, Some(tech), "Member").await.expect("invited");
    let gone = OrganisationCommand::SetActive { person: head, active: false };
    server.act(admin, Command::Organisation(gone)).await;
    let late = server.stranger().call::<PersonId>("join", form(&link.link_token, "he.miao@qiming.example")).await;
    assert_eq!(late, Err(Fault::InvitationNotValid));
}
