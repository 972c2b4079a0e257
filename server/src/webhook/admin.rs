//! What admins do with webhooks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use shared::organisation::Locale;
use shared::text::{NAME, line, required_line};
use shared::{Field, Reason, Rejection, Scope};
use url::Url;
use uuid::Uuid;

use super::format::PREFIX;
use super::kept::{self, Target, planned, targets};
use super::wire::{Delivery, DeliveryState, Format, Message, Settings, Webhook};
use crate::Fault;
use crate::clock::now;
use crate::organisation::Caller;
use crate::store::{StoreError, StoredDelivery, StoredTarget};
use crate::translation::tr;

/// The longest address, in characters.
const LONGEST_URL: usize = 2_000;
/// How many targets there may be.
const MOST: usize = 50;
/// How many deliveries the log shows.
const LOGGED: u32 = 100;

async fn admins_only(caller: &Caller) -> Result<(), Fault> {
    let person = caller.signed_in()?.person;
    let (_, state) = caller.services.engine.read(&[Scope::Company]).await?;
    if state.company.is_admin(person) { Ok(()) } else { Err(Fault::NotAllowed) }
}

pub(super) async fn list(caller: &Caller) -> Result<Vec<Webhook>, Fault> {
    admins_only(caller).await?;
    let seen = |target: Target| {
        let has_secret = !target.secret.is_empty();
        Webhook { id: target.id, settings: target.settings, has_secret }
    };
    Ok(targets(&caller.services.store).await?.into_iter().map(seen).collect())
}

pub(super) async fn put(
    caller: &Caller,
    id: Uuid,
    settings: Settings,
    secret: Option<String>,
) -> Result<Option<String>, Fault> {
    admins_only(caller).await?;
    let store = &caller.services.store;
    let settings = checked(&settings)?;
    let targets = targets(store).await?;
    let known = targets.iter().find(|target| target.id == id);
    if known.is_none() && targets.len() >= MOST {
        return Err(Rejection::of(Field::Name, Reason::TooMany { max: MOST }).into());
    }
    let secret = secret.map(|secret| line(Field::Secret, &secret, NAME)).transpose()?;
    let before = known.filter(|target| target.settings.format == settings.format);
    let had = before.is_some_and(|target| !target.secret.is_empty());
    let wants_one = settings.format == Format::Standard && secret.as_deref().map_or(!had, str::is_empty);
    let made = wants_one.then(fresh_secret);
    // A secret of another format is none of this one.
    let secret = made.clone().or(secret).or_else(|| before.is_none().then(String::new));
    if settings.format == Format::Standard
        && let Some(secret) = secret.as_deref()
    {
        let key = secret.strip_prefix(PREFIX).and_then(|key| STANDARD.decode(key).ok());
        if key.is_none_or(|key| key.len() < 16) {
            return Err(Rejection::of(Field::Secret, Reason::TooShort { min: 30 }).into());
        }
    }
    let seen = store.last().await?;
    let target = StoredTarget {
        id,
        settings: serde_json::to_string(&settings).map_err(StoreError::from)?,
        secret: String::new(),
        seen,
    };
    store.put_target(&target, secret.as_deref(), now()).await?;
    Ok(made)
}

#[expect(clippy::disallowed_methods, reason = "a secret of another form than a sign-in's, of the same randomness")]
fn fresh_secret() -> String {
    format!("{PREFIX}{}", STANDARD.encode(rand::random::<[u8; 24]>()))
}

fn checked(settings: &Settings) -> Result<Settings, Rejection> {
    let name = required_line(Field::Name, &settings.name, NAME)?;
    let url = required_line(Field::Url, &settings.url, LONGEST_URL)?;
    let is_one = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if is_one {
        Ok(Settings { name, url, ..settings.clone() })
    } else {
        Err(Rejection::of(Field::Url, Reason::NotAUrl))
    }
}

pub(super) async fn remove(caller: &Caller, id: Uuid) -> Result<(), Fault> {
    admins_only(caller).await?;
    Ok(caller.services.store.remove_target(id).await?)
}

pub(super) async fn test(caller: &Caller, id: Uuid) -> Result<(), Fault> {
    admins_only(caller).await?;
    let store = &caller.services.store;
    let targets = targets(store).await?;
    let target = targets.iter().find(|target| target.id == id).ok_or(Rejection::from(Reason::Gone))?;
    let message = Message {
        event: "test".to_owned(),
        incident: None,
        title: tr("webhook.test.title", target.settings.locale).to_owned(),
        // In both languages: whoever sees it may not be who chose one.
        text: [Locale::Zh, Locale::En].map(|locale| tr("webhook.test.text", locale)).concat(),
        link: caller.services.settings.public_url.as_ref().map(ToString::to_string),
    };
    let delivery = planned(Uuid::now_v7(), now(), &message)?;
    Ok(store.plan_deliveries(target.id, target.seen, &[delivery]).await?)
}

pub(super) async fn log(caller: &Caller) -> Result<Vec<Delivery>, Fault> {
    admins_only(caller).await?;
    let store = &caller.services.store;
    let targets = targets(store).await?;
    let name = |id: Uuid| {
        let target = targets.iter().find(|target| target.id == id);
        target.map(|target| target.settings.name.clone()).unwrap_or_default()
    };
    let shown = |delivery: StoredDelivery| {
        Ok(Delivery {
            id: delivery.id,
            webhook: name(delivery.webhook),
            at: delivery.at,
            message: kept::message(&delivery)?,
            state: kept::state(&delivery)?,
            attempts: delivery.attempts,
            status: delivery.status,
            failure: delivery.failure,
            next: delivery.next,
        })
    };
    Ok(store.deliveries(LOGGED).await?.into_iter().map(shown).collect::<Result<_, StoreError>>()?)
}

pub(super) async fn again(caller: &Caller, id: Uuid) -> Result<(), Fault> {
    admins_only(caller).await?;
    let store = &caller.services.store;
    let delivery = store.delivery(id).await?.ok_or(Rejection::from(Reason::Gone))?;
    if matches!(kept::state(&delivery)?, DeliveryState::Waiting | DeliveryState::Sent) {
        return Err(Rejection::from(Reason::Exists).into());
    }
    let targets = targets(store).await?;
    let target = targets.iter().find(|target| target.id == delivery.webhook).ok_or(Rejection::from(Reason::Gone))?;
    let again = planned(Uuid::now_v7(), now(), &kept::message(&delivery)?)?;
    Ok(store.plan_deliveries(target.id, target.seen, &[again]).await?)
}
