//! Inviting many: by their names and addresses, and by one link for all (organisation: invitations).

use qibu::Fault;
use qibu::organisation::{Invitation, InvitationInfo, OpenInvitation, Qr, Uses};
use serde_json::{Value, json};
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{CompanyRole, Invitee, OrganisationCommand};
use shared::{Command, Field, Reason, Rejection, Scope};

use crate::support::{Browser, PASSWORD, TestServer};

const DAY: i64 = 86_400_000_000;

type Answers = Vec<Result<Invitation, Rejection>>;

fn invitee(name: &str, email: &str) -> Invitee {
    Invitee { name: name.into(), email: email.into() }
}

async fn invite_all(browser: &Browser, invitees: &[Invitee], role: &str) -> Result<Answers, Fault> {
    browser.call("invite_all", json!({ "invitees": invitees, "department": null, "role": role })).await
}

async fn share(
    browser: &Browser,
    department: Option<DepartmentId>,
    (days, uses): (u32, u32),
) -> Result<Invitation, Fault> {
    browser.call("invite_many", json!({ "department": department, "days": days, "uses": uses })).await
}

async fn info(browser: &Browser, token: &str) -> Result<InvitationInfo, Fault> {
    browser.call("invitation", json!({ "token": token })).await
}

async fn open(browser: &Browser) -> Vec<OpenInvitation> {
    browser.call("invitations", json!({})).await.expect("listed")
}

fn form(token: &str, email: &str) -> Value {
    json!({ "form": { "token": token, "name": "何苗", "email": email, "password": PASSWORD, "locale": "Zh" } })
}

async fn join(server: &TestServer, link: &Invitation, email: &str) -> Result<PersonId, Fault> {
    server.stranger().call("join", form(&link.link_token, email)).await
}

#[tokio::test]
async fn each_of_many_has_a_link_of_their_own_and_mistakes_are_told_apart() {
    let server = TestServer::start().await;
    let admin = server.client_for(server.company().await).await;
    let wanted = [invitee("何苗", "He.Miao@qiming.example"), invitee("", "nobody"), invitee("Anna", "")];
    let answers = invite_all(&admin, &wanted, "Member").await.expect("answered");
    let [Ok(first), Err(refused), Ok(third)] = &answers[..] else { panic!("{answers:?}") };
    assert_eq!(*refused, Rejection::of(Field::Invitees, Reason::NotAnEmail));
    assert_eq!(first.invitee, invitee("何苗", "he.miao@qiming.example"));
    let told = info(&server.stranger(), &first.link_token).await.expect("valid");
    assert_eq!((told.invitee, told.is_for_many), (first.invitee.clone(), false));
    assert_eq!(open(&admin).await.into_iter().map(|open| open.invitee.name).collect::<Vec<_>>(), ["何苗", "Anna"]);
    assert!(join(&server, first, "he.miao@qiming.example").await.is_ok());
    assert!(join(&server, third, "anna@qiming.example").await.is_ok());
    let taken = invite_all(&admin, &[invitee("", "anna@qiming.example")], "Member").await.expect("answered");
    assert_eq!(taken, [Err(Rejection::of(Field::Invitees, Reason::EmailTaken))]);
}

#[tokio::test]
async fn so_many_at_once_and_only_by_those_who_may_invite() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let plain = server.client_for(server.colleague(admin, "Plain").await).await;
    let one = [invitee("Anna", "")];
    assert_eq!(invite_all(&plain, &one, "Member").await, Err(Fault::NotAllowed));
    assert_eq!(invite_all(&server.stranger(), &one, "Member").await, Err(Fault::SignedOut));
    assert_eq!(share(&plain, None, (7, 50)).await, Err(Fault::NotAllowed));
    assert_eq!(share(&server.stranger(), None, (7, 50)).await, Err(Fault::SignedOut));
    let crowd = vec![invitee("Anna", ""); 201];
    let refused = invite_all(&server.client_for(admin).await, &crowd, "Member").await;
    assert_eq!(refused, Err(Rejection::of(Field::Invitees, Reason::TooMany { max: 200 }).into()));
}

#[tokio::test]
async fn a_link_for_many_makes_so_many_members_and_no_more() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let tech = server.department(admin, "技术部", None).await;
    let browser = server.client_for(admin).await;
    let link = share(&browser, Some(tech), (30, 2)).await.expect("made");
    let left = link.expires.micros() - qibu::clock::now().micros();
    assert!((29 * DAY..=30 * DAY).contains(&left), "thirty days");
    assert!(info(&server.stranger(), &link.link_token).await.expect("valid").is_for_many);

    let first = join(&server, &link, "one@qiming.example").await.expect("joined");
    let taken = join(&server, &link, "one@qiming.example").await;
    assert_eq!(taken, Err(Rejection::of(Field::Email, Reason::EmailTaken).into()), "a mistake takes no place");
    assert_eq!(open(&browser).await[0].uses, Some(Uses { most: 2, used: 1 }));
    let (one, other) =
        tokio::join!(join(&server, &link, "two@qiming.example"), join(&server, &link, "three@qiming.example"));
    assert!(one.is_ok() != other.is_ok(), "of two at once one has the last place: {one:?} {other:?}");
    assert_eq!(info(&server.stranger(), &link.link_token).await, Err(Fault::InvitationNotValid));
    let (_, state) = server.services().engine.read(&[Scope::Company]).await.expect("read");
    assert_eq!(state.company.people.len(), 3, "nobody is made without a place");
    let person = &state.company.people[&first];
    assert_eq!((person.department, person.role), (Some(tech), CompanyRole::Member));
    assert_eq!(open(&browser).await[0].uses, Some(Uses { most: 2, used: 2 }));
}

#[tokio::test]
async fn a_link_for_many_ends_when_it_is_revoked_or_its_maker_may_no_longer_make_it() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let head = server.colleague(admin, "Head").await;
    let tech = server.department(admin, "技术部", Some(head)).await;
    let (admins, heads) = (server.client_for(admin).await, server.client_for(head).await);
    assert_eq!(share(&heads, None, (7, 5)).await, Err(Fault::NotAllowed));
    let of_head = share(&heads, Some(tech), (7, 5)).await.expect("made");
    let of_admin = share(&admins, None, (7, 5)).await.expect("made");
    let revoked = open(&admins).await.iter().find(|open| open.made_by == admin).map(|open| open.person);
    let revoke = json!({ "person": revoked });
    assert_eq!(heads.call::<()>("revoke_invitation", &revoke).await, Err(Fault::InvitationNotValid));
    assert_eq!(admins.call::<()>("revoke_invitation", &revoke).await, Ok(()));
    assert_eq!(join(&server, &of_admin, "one@qiming.example").await, Err(Fault::InvitationNotValid));

    let gone = OrganisationCommand::SetActive { person: head, active: false };
    server.act(admin, Command::Organisation(gone)).await;
    assert_eq!(join(&server, &of_head, "two@qiming.example").await, Err(Fault::InvitationNotValid));
}

#[tokio::test]
async fn limits_of_a_link_for_many_are_said_beside_their_field() {
    let server = TestServer::start().await;
    let admin = server.client_for(server.company().await).await;
    for (limits, field, max) in [
        ((0, 5), Field::Date, 90),
        ((91, 5), Field::Date, 90),
        ((7, 0), Field::Uses, 500),
        ((7, 501), Field::Uses, 500),
    ] {
        let refused = share(&admin, None, limits).await;
        assert_eq!(refused, Err(Rejection::of(field, Reason::OutOfRange { min: 1, max }).into()));
    }
}

#[tokio::test]
async fn a_link_is_drawn_for_those_who_are_signed_in() {
    let server = TestServer::start().await;
    let admin = server.client_for(server.company().await).await;
    let link = "https://qibu.example/join/abcdefghijklmnopqrstuvwxyz0123456789";
    let drawn: Qr = admin.call("qr", json!({ "link": link })).await.expect("drawn");
    assert!(drawn.size > 20 && drawn.path.starts_with('M'));
    let stranger = server.stranger().call::<Qr>("qr", json!({ "link": link })).await;
    assert_eq!(stranger, Err(Fault::SignedOut));
    let long = admin.call::<Qr>("qr", json!({ "link": "x".repeat(301) })).await;
    assert_eq!(long, Err(Rejection::of(Field::Url, Reason::TooLong { max: 300 }).into()));
}
