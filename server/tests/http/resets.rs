//! A forgotten password: links for a new one, who makes them, and that each is good once (organisation: a forgotten
//! password).

use qibu::Fault;
use qibu::organisation::{ResetInfo, ResetLink, ResetMade, Whoami};
use serde_json::json;
use shared::id::PersonId;
use shared::organisation::{CompanyRole, OrganisationCommand};
use shared::{Command, Field, Reason, Rejection};

use crate::support::{Browser, PASSWORD, TestServer};

async fn make(browser: &Browser, person: PersonId) -> Result<ResetLink, Fault> {
    browser.call("make_reset", json!({ "person": person })).await
}

async fn made(browser: &Browser, person: PersonId) -> Result<Vec<ResetMade>, Fault> {
    browser.call("resets", json!({ "person": person })).await
}

async fn set(browser: &Browser, link: &ResetLink, password: &str) -> Result<PersonId, Fault> {
    browser.call("reset_password", json!({ "token": link.link_token, "password": password })).await
}

async fn whoami(browser: &Browser) -> Whoami {
    browser.call("whoami", json!({})).await.expect("an answer")
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_ends_all_other_sign_ins() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let person = server.colleague(admin, "Forgetful").await;
    let admins = server.client_for(admin).await;
    let there = server.client_for(person).await;
    let link = make(&admins, person).await.expect("made");
    let kept: Vec<u8> = sqlx::query_scalar("SELECT token FROM password_reset")
        .fetch_one(&server.database().await)
        .await
        .expect("a row");
    assert_eq!(kept.len(), 32, "a digest");

    let here = server.stranger();
    let told: Result<ResetInfo, Fault> = here.call("reset", json!({ "token": link.link_token })).await;
    assert_eq!(told, Ok(ResetInfo { name: "Forgetful".into(), email: "forgetful@qiming.example".into() }));
    let weak = set(&here, &link, "password123").await;
    assert_eq!(weak, Err(Rejection::of(Field::Password, Reason::PasswordTooCommon).into()), "and it is not used up");
    assert_eq!(set(&here, &link, "copper kettle 77").await, Ok(person));
    assert_eq!(whoami(&here).await, Whoami::SignedIn(person));
    assert_eq!(whoami(&there).await, Whoami::SignedOut);

    assert_eq!(set(&server.stranger(), &link, "silver kettle 78").await, Err(Fault::ResetNotValid));
    let sign_in = json!({ "email": "forgetful@qiming.example", "password": "copper kettle 77" });
    assert_eq!(server.stranger().call("sign_in", sign_in).await, Ok(person));
    let audit = made(&admins, person).await.expect("listed");
    assert_eq!(audit.len(), 1);
    assert!(audit[0].made_by == Some(admin) && audit[0].used.is_some(), "{audit:?}");
    assert_eq!(made(&here, person).await, Err(Fault::NotAllowed));
}

#[tokio::test]
async fn of_two_at_once_one_sets_it() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let person = server.colleague(admin, "Forgetful").await;
    let link = make(&server.client_for(admin).await, person).await.expect("made");
    let (one, other) = (server.stranger(), server.stranger());
    let (one, other) = tokio::join!(set(&one, &link, "copper kettle 77"), set(&other, &link, "silver kettle 78"));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

#[tokio::test]
async fn heads_make_links_for_their_people_and_never_for_an_admin() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let head = server.colleague(admin, "Head").await;
    let tech = server.department(admin, "技术部", Some(head)).await;
    let (own, other) = (server.colleague(admin, "Own").await, server.colleague(admin, "Other").await);
    let to_tech = |person| OrganisationCommand::SetDepartment { person, department: Some(tech) };
    server.act(admin, Command::Organisation(to_tech(own))).await;
    server.act(admin, Command::Organisation(to_tech(admin))).await;
    let heads = server.client_for(head).await;
    let link = make(&heads, own).await.expect("made");
    for person in [other, admin, head] {
        assert_eq!(make(&heads, person).await.err(), Some(Fault::NotAllowed));
    }
    assert_eq!(make(&server.client_for(own).await, other).await.err(), Some(Fault::NotAllowed));
    assert_eq!(make(&server.stranger(), own).await.err(), Some(Fault::SignedOut));

    let raised = OrganisationCommand::SetRole { person: own, role: CompanyRole::Admin };
    server.act(admin, Command::Organisation(raised)).await;
    let late = set(&server.stranger(), &link, "copper kettle 77").await;
    assert_eq!(late, Err(Fault::ResetNotValid), "who became an admin since is out of the head's reach");
}

#[tokio::test]
async fn a_link_ends_with_time_with_the_next_and_when_the_password_is_remembered() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let person = server.colleague(admin, "Forgetful").await;
    let admins = server.client_for(admin).await;
    let first = make(&admins, person).await.expect("made");
    let second = make(&admins, person).await.expect("made");
    assert_eq!(set(&server.stranger(), &first, "copper kettle 77").await, Err(Fault::ResetNotValid));
    let day = second.expires.micros() - qibu::clock::now().micros();
    assert!((86_390_000_000..=86_400_000_000).contains(&day), "a day");
    let database = server.database().await;
    sqlx::query("UPDATE password_reset SET expires = expires - $1").bind(day).execute(&database).await.expect("aged");
    assert_eq!(set(&server.stranger(), &second, "copper kettle 77").await, Err(Fault::ResetNotValid));

    let third = make(&admins, person).await.expect("made");
    let browser = server.stranger();
    set(&browser, &third, PASSWORD).await.expect("set");
    let fourth = make(&admins, person).await.expect("made");
    let change = json!({ "old": PASSWORD, "new": "copper kettle 77" });
    browser.call::<()>("change_password", change).await.expect("changed");
    assert_eq!(set(&server.stranger(), &fourth, "silver kettle 78").await, Err(Fault::ResetNotValid));
    let gone = OrganisationCommand::SetActive { person, active: false };
    let fifth = make(&admins, person).await.expect("made");
    server.act(admin, Command::Organisation(gone)).await;
    assert_eq!(set(&server.stranger(), &fifth, "silver kettle 78").await, Err(Fault::ResetNotValid));
}

#[tokio::test]
async fn a_new_address_is_what_one_signs_in_with() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let person = server.colleague(admin, "Married").await;
    let link = make(&server.client_for(admin).await, person).await.expect("made");
    set(&server.stranger(), &link, "copper kettle 77").await.expect("set");
    let renamed = OrganisationCommand::SetEmail { person, email: "Renamed@qiming.example".into() };
    server.act(admin, Command::Organisation(renamed)).await;
    let sign_in = async |email: &str| {
        let body = json!({ "email": email, "password": "copper kettle 77" });
        server.stranger().call::<PersonId>("sign_in", body).await
    };
    assert_eq!(sign_in("married@qiming.example").await, Err(Fault::WrongCredentials));
    assert_eq!(sign_in("renamed@qiming.example").await, Ok(person));
}
