//! Founding, signing in and out, passwords (organisation: founding, passwords).

use std::time::Duration;

use qibu::Fault;
use qibu::organisation::{SessionInfo, Whoami};
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};
use shared::id::PersonId;
use shared::organisation::OrganisationCommand;
use shared::{Command, Field, Reason, Rejection, Scope};

use crate::support::{Browser, PASSWORD, TestServer, read};

fn founding() -> Value {
    json!({ "form": {
        "company": "启明科技", "name": "吴敏", "email": "Wu.Min@qiming.example", "password": PASSWORD, "locale": "Zh",
    }})
}

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Result<PersonId, Fault> {
    browser.call("sign_in", json!({ "email": email, "password": password })).await
}

async fn whoami(browser: &Browser) -> Whoami {
    browser.call("whoami", json!({})).await.expect("an answer")
}

fn refused(field: Field, reason: Reason) -> Fault {
    Rejection::of(field, reason).into()
}

#[tokio::test]
async fn the_first_admin_is_made_once() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    assert_eq!(whoami(&browser).await, Whoami::Empty);

    let admin: PersonId = browser.call("found", founding()).await.expect("founded");
    assert_eq!(whoami(&browser).await, Whoami::SignedIn(admin));
    let (_, state) = server.services().engine.read(&[Scope::Company]).await.expect("read");
    assert_eq!(state.company.info.name, "启明科技");
    assert!(state.company.is_admin(admin));
    assert_eq!(state.company.people[&admin].email, "wu.min@qiming.example");

    let stranger = server.stranger();
    assert_eq!(whoami(&stranger).await, Whoami::SignedOut);
    let again = stranger.call::<PersonId>("found", founding()).await;
    assert_eq!(again, Err(Rejection::from(Reason::Exists).into()));
}

#[tokio::test]
async fn bad_input_names_its_field_and_founds_nothing() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    for (field, value, fault) in [
        ("company", " ", refused(Field::CompanyName, Reason::Required)),
        ("name", "", refused(Field::Name, Reason::Required)),
        ("email", "nobody", refused(Field::Email, Reason::NotAnEmail)),
        ("password", "short", refused(Field::Password, Reason::TooShort { min: 10 })),
        ("password", "password123", refused(Field::Password, Reason::PasswordTooCommon)),
        ("password", "wu.min@qiming.example", refused(Field::Password, Reason::PasswordTooCommon)),
    ] {
        let mut form = founding();
        form["form"][field] = value.into();
        assert_eq!(browser.call::<PersonId>("found", form).await, Err(fault), "{field}: {value:?}");
    }
    assert_eq!(whoami(&browser).await, Whoami::Empty);
}

#[tokio::test]
async fn signing_in_and_out() {
    let server = TestServer::start().await;
    let admin: PersonId = server.stranger().call("found", founding()).await.expect("founded");

    let browser = server.stranger();
    assert_eq!(sign_in(&browser, "wu.min@qiming.example", "paper lantern 43").await, Err(Fault::WrongCredentials));
    assert_eq!(sign_in(&browser, "nobody@qiming.example", PASSWORD).await, Err(Fault::WrongCredentials));
    assert_eq!(sign_in(&browser, "", PASSWORD).await, Err(refused(Field::Email, Reason::Required)));
    assert_eq!(sign_in(&browser, " WU.MIN@qiming.example ", PASSWORD).await, Ok(admin));
    assert_eq!(whoami(&browser).await, Whoami::SignedIn(admin));

    let copied = browser.cookies();
    browser.call::<()>("sign_out", json!({})).await.expect("signed out");
    assert_eq!(browser.cookies(), "", "the browser forgets its cookie");
    let thief = server.stranger().post("whoami").header("cookie", copied).json(&json!({}));
    assert_eq!(read(thief.send().await.expect("an answer")).await, Ok(Whoami::SignedOut), "and so does the server");
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let server = TestServer::start().await;
    let response = server.stranger().post("found").json(&founding()).send().await.expect("an answer");
    let cookie = response.headers()[SET_COOKIE].to_str().expect("text").to_owned();
    assert!(cookie.starts_with("qibu_session="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=5184000"] {
        assert!(cookie.contains(flag), "{flag} in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "loopback goes without TLS: {cookie}");

    let public = |settings: &mut qibu::web::Settings| settings.public_url = "https://qibu.example".parse().ok();
    let server = TestServer::start_with(public).await;
    let response = server.stranger().post("found").json(&founding()).send().await.expect("an answer");
    let cookie = response.headers()[SET_COOKIE].to_str().expect("text");
    assert!(cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn a_sign_in_gets_a_new_token_and_ends_the_one_before() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    browser.call::<PersonId>("found", founding()).await.expect("founded");
    let before = browser.cookies();
    sign_in(&browser, "wu.min@qiming.example", PASSWORD).await.expect("signed in");
    assert_ne!(browser.cookies(), before);
    let old = server.stranger().post("whoami").header("cookie", before).json(&json!({}));
    assert_eq!(read(old.send().await.expect("an answer")).await, Ok(Whoami::SignedOut));
}

#[tokio::test]
async fn failures_are_counted_and_successes_are_not() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    browser.call::<PersonId>("found", founding()).await.expect("founded");
    for _ in 0..12 {
        sign_in(&browser, "wu.min@qiming.example", PASSWORD).await.expect("signed in");
    }
    for _ in 0..8 {
        let wrong = sign_in(&browser, "wu.min@qiming.example", "paper lantern 43").await;
        assert_eq!(wrong, Err(Fault::WrongCredentials));
    }
    let body = json!({ "email": "WU.MIN@qiming.example", "password": PASSWORD });
    let response = browser.post("sign_in").json(&body).send().await.expect("an answer");
    assert_eq!(response.status(), 429);
    assert!(response.headers().contains_key("retry-after"));
    let Err(Fault::TooManyAttempts(seconds)) = read::<PersonId>(response).await else { panic!("let in") };
    assert!((1..=75).contains(&seconds), "{seconds}");
    let other = sign_in(&browser, "somebody.else@qiming.example", PASSWORD).await;
    assert_eq!(other, Err(Fault::WrongCredentials), "another account is not held up");
}

#[tokio::test]
async fn strangers_keep_nobody_out_who_has_been_here_before() {
    let server = TestServer::start().await;
    let (own, other) = (server.stranger(), server.stranger());
    let admin: PersonId = own.call("found", founding()).await.expect("founded");
    let try_in = async |browser: &Browser, password: &str| sign_in(browser, "wu.min@qiming.example", password).await;
    for _ in 0..8 {
        assert_eq!(try_in(&other, "paper lantern 43").await, Err(Fault::WrongCredentials));
    }
    assert!(matches!(try_in(&other, "paper lantern 43").await, Err(Fault::TooManyAttempts(_))));
    assert!(matches!(try_in(&server.stranger(), PASSWORD).await, Err(Fault::TooManyAttempts(_))), "unknown here");
    // From another account's known browser it is as from anywhere else.
    let colleague = server.colleague(admin, "Colleague").await;
    let link: Value = own.call("make_reset", json!({ "person": colleague })).await.expect("made");
    let body = json!({ "token": link["link_token"], "password": "silver kettle 78" });
    assert_eq!(other.call("reset_password", body).await, Ok(colleague));
    assert!(matches!(try_in(&other, PASSWORD).await, Err(Fault::TooManyAttempts(_))));

    let change = json!({ "old": PASSWORD, "new": "copper kettle 77" });
    assert_eq!(own.call::<()>("change_password", change).await, Ok(()));
    own.call::<()>("sign_out", json!({})).await.expect("signed out");
    assert_eq!(try_in(&own, "copper kettle 77").await, Ok(admin));
    for _ in 0..8 {
        assert_eq!(try_in(&own, PASSWORD).await, Err(Fault::WrongCredentials));
    }
    assert!(matches!(try_in(&own, PASSWORD).await, Err(Fault::TooManyAttempts(_))), "counted apart, but counted");
}

#[tokio::test]
async fn what_nobody_can_have_is_refused_by_its_length() {
    let server = TestServer::start().await;
    let admin: PersonId = server.stranger().call("found", founding()).await.expect("founded");
    let browser = server.stranger();
    let endless = sign_in(&browser, &"x".repeat(100_000), PASSWORD).await;
    assert_eq!(endless, Err(refused(Field::Email, Reason::TooLong { max: 300 })));
    let endless = sign_in(&browser, "wu.min@qiming.example", &"x".repeat(100_000)).await;
    assert_eq!(endless, Err(Fault::WrongCredentials));
    assert_eq!(sign_in(&browser, "wu.min@qiming.example", PASSWORD).await, Ok(admin));
}

#[tokio::test]
async fn another_password_ends_the_other_sign_ins() {
    let server = TestServer::start().await;
    let (here, there) = (server.stranger(), server.stranger());
    let admin: PersonId = here.call("found", founding()).await.expect("founded");
    sign_in(&there, "wu.min@qiming.example", PASSWORD).await.expect("signed in");
    let sessions: Vec<SessionInfo> = here.call("sessions", json!({})).await.expect("listed");
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions.iter().filter(|session| session.current).count(), 1);

    let change =
        async |old: &str, new: &str| here.call::<()>("change_password", json!({ "old": old, "new": new })).await;
    assert_eq!(change("wrong old password", "copper kettle 77").await, Err(Fault::WrongCredentials));
    assert_eq!(change(PASSWORD, "short").await, Err(refused(Field::Password, Reason::TooShort { min: 10 })));
    assert_eq!(whoami(&there).await, Whoami::SignedIn(admin), "nothing has happened yet");

    let copied = here.cookies();
    assert_eq!(change(PASSWORD, "copper kettle 77").await, Ok(()));
    let thief = server.stranger().post("whoami").header("cookie", copied).json(&json!({}));
    assert_eq!(read(thief.send().await.expect("an answer")).await, Ok(Whoami::SignedOut), "a copy of the old cookie");
    assert_eq!(whoami(&there).await, Whoami::SignedOut);
    assert_eq!(whoami(&here).await, Whoami::SignedIn(admin));
    assert_eq!(sign_in(&there, "wu.min@qiming.example", PASSWORD).await, Err(Fault::WrongCredentials));
    assert_eq!(sign_in(&there, "wu.min@qiming.example", "copper kettle 77").await, Ok(admin));
}

#[tokio::test]
async fn one_ends_ones_own_sign_ins_and_nobody_elses() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let colleague = server.colleague(admin, "Colleague").await;
    let (here, there, other) =
        (server.client_for(admin).await, server.client_for(admin).await, server.client_for(colleague).await);
    let sessions: Vec<SessionInfo> = here.call("sessions", json!({})).await.expect("listed");
    let away = sessions.iter().find(|session| !session.current).expect("the other one");

    other.call::<()>("end_session", json!({ "id": away.id })).await.expect("harmless");
    assert_eq!(whoami(&there).await, Whoami::SignedIn(admin));
    here.call::<()>("end_session", json!({ "id": away.id })).await.expect("ended");
    assert_eq!(whoami(&there).await, Whoami::SignedOut);
    assert_eq!(whoami(&here).await, Whoami::SignedIn(admin));
}

#[tokio::test]
async fn who_has_left_is_out() {
    let server = TestServer::start().await;
    let admin_browser = server.stranger();
    let admin: PersonId = admin_browser.call("found", founding()).await.expect("founded");
    let link: Value =
        admin_browser.call("invite", json!({ "department": null, "role": "Member" })).await.expect("invited");
    let browser = server.stranger();
    let form = json!({ "form": {
        "token": link["link_token"], "name": "Leaver", "email": "leaver@qiming.example", "password": PASSWORD,
        "locale": "En",
    }});
    let leaver: PersonId = browser.call("join", form).await.expect("joined");
    assert_eq!(whoami(&browser).await, Whoami::SignedIn(leaver));

    let active = |active| Command::Organisation(OrganisationCommand::SetActive { person: leaver, active });
    server.act(admin, active(false)).await;
    assert_eq!(whoami(&browser).await, Whoami::SignedOut);
    assert_eq!(sign_in(&browser, "leaver@qiming.example", PASSWORD).await, Err(Fault::WrongCredentials));

    server.act(admin, active(true)).await;
    assert_eq!(whoami(&browser).await, Whoami::SignedOut, "the old sign-in does not come back");
    assert_eq!(sign_in(&browser, "leaver@qiming.example", PASSWORD).await, Ok(leaver));
}

#[tokio::test]
async fn what_let_in_who_has_left_does_not_come_back_with_them() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let leaver = server.colleague(admin, "Leaver").await;
    let browser = server.client_for(leaver).await;
    let link: Value =
        server.client_for(admin).await.call("make_reset", json!({ "person": leaver })).await.expect("a link");
    let active = |active| Command::Organisation(OrganisationCommand::SetActive { person: leaver, active });
    server.act(admin, active(false)).await;
    // Nobody asks for anything meanwhile.
    let store = &server.services().store;
    for _ in 0..200 {
        if store.sessions(leaver).await.expect("read").is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.act(admin, active(true)).await;
    assert_eq!(whoami(&browser).await, Whoami::SignedOut);
    let used = browser.call::<PersonId>("reset_password", json!({ "token": link["link_token"], "password": PASSWORD }));
    assert_eq!(used.await, Err(Fault::ResetNotValid));
}

#[tokio::test]
async fn a_sign_in_ends_when_it_is_not_used_and_in_the_end_anyhow() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let database = server.database().await;
    let days = |days: u64| i64::try_from(Duration::from_hours(24 * days).as_micros()).expect("fits");

    let idle = server.client_for(admin).await;
    sqlx::query("UPDATE session SET seen = seen - $1").bind(days(13)).execute(&database).await.expect("aged");
    assert_eq!(whoami(&idle).await, Whoami::SignedIn(admin), "and used: it counts from here again");
    sqlx::query("UPDATE session SET seen = seen - $1").bind(days(13)).execute(&database).await.expect("aged");
    assert_eq!(whoami(&idle).await, Whoami::SignedIn(admin));
    sqlx::query("UPDATE session SET seen = seen - $1").bind(days(15)).execute(&database).await.expect("aged");
    assert_eq!(whoami(&idle).await, Whoami::SignedOut);

    let old = server.client_for(admin).await;
    sqlx::query("UPDATE session SET created = created - $1").bind(days(61)).execute(&database).await.expect("aged");
    assert_eq!(whoami(&old).await, Whoami::SignedOut);
}
