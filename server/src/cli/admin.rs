//! `qibu admin create` and `qibu admin reset-password`.

use std::io::{self, IsTerminal as _, Write as _};

use shared::Scope;
use shared::id::PersonId;
use shared::organisation::{CompanyRole, Locale, NewPerson, OrganisationCommand, Profile};
use shared::state::Part;
use uuid::Uuid;

use super::{AdminOptions, Failure, ResetOptions};
use crate::organisation::{Passwords, Token, add_account, reset_link};
use crate::sync::Engine;

/// Makes an administrator: the company's first with the company, a further one in the name of one who is there.
pub(super) async fn create(options: AdminOptions) -> Result<(), Failure> {
    let given = password(options.password)?;
    // 96 random bits are enough for a password that an argon2id hash guards.
    let drawn: String = Token::draw()?.into_secret().chars().take(24).collect();
    let is_drawn = given.is_none();
    let password = given.unwrap_or_else(|| drawn.clone());
    let storage = options.storage.open().await?;
    let engine = Engine::start(storage.store.clone()).await?;
    let (_, state) = engine.read(&[Scope::Company]).await?;

    let id = PersonId::new(Uuid::now_v7());
    let profile = Profile { name: options.name, locale: Locale::default(), ..Profile::default() };
    let admin = NewPerson { id, profile, email: options.email, department: None, role: CompanyRole::Admin };
    let present = state.company.people.keys().find(|person| state.company.is_admin(**person));
    let (actor, command) = match (present, options.company) {
        (Some(actor), None) => (*actor, OrganisationCommand::AddPerson(admin.clone())),
        (None, Some(name)) => (id, OrganisationCommand::Found { name, admin: admin.clone() }),
        (Some(_), Some(_)) => return Err("there is a company already: leave --company out".into()),
        (None, None) => return Err("there is no company yet: name it with --company".into()),
    };
    let made = add_account(&storage.store, &engine, &Passwords::default(), actor, command, &admin, password).await;
    engine.shutdown().await;
    made?;
    writeln!(io::stdout(), "{} can sign in", admin.email.trim())?;
    if is_drawn {
        let said = writeln!(io::stdout(), "with the password {drawn}");
        said.map_err(|error| format!("the password that was drawn could not be said: {error}"))?;
    }
    Ok(())
}

/// Prints a link for a new password. The server that has the database reads it there: it need not be stopped.
pub(super) async fn reset_password(options: ResetOptions) -> Result<(), Failure> {
    let store = options.database.database.attach().await?;
    let company = store.load(Scope::Company).await?.part;
    let person = match &company {
        Some(Part::Company(company)) => company.person_by_email(&options.email).map(|person| person.id),
        _ => None,
    };
    let person = person.ok_or_else(|| format!("nobody signs in as {}", options.email.trim()))?;
    let link = reset_link(&store, person, None).await?;
    store.close().await;
    writeln!(io::stdout(), "{}/reset/{}\ngood once, within a day", options.public_url, link.link_token)?;
    Ok(())
}

/// The password from the environment or from a pipe; none if there is neither.
fn password(from_environment: Option<String>) -> io::Result<Option<String>> {
    if from_environment.is_some() || io::stdin().is_terminal() {
        return Ok(from_environment);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let line = line.trim_end_matches(['\r', '\n']);
    Ok((!line.is_empty()).then(|| line.to_owned()))
}
