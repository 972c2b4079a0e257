//! Looking how a node stands.

use std::path::Path;

use super::wire::{Condition, Database, Disk};
use crate::organisation::Caller;
use crate::web::readiness;
use crate::{Fault, clock};
use shared::Scope;

/// See [`super::functions::condition`].
pub(super) async fn look(caller: &Caller) -> Result<Condition, Fault> {
    let services = &caller.services;
    let person = caller.signed_in()?.person;
    let (_, state) = services.engine.read(&[Scope::Company]).await?;
    if state.active(person).is_err() || !state.company.is_admin(person) {
        return Err(Fault::NotAllowed);
    }
    let database = if services.store.is_shared() { Database::Postgres } else { Database::Sqlite };
    Ok(Condition {
        readiness: readiness(services).await,
        database,
        drift: (database == Database::Postgres).then(clock::drift),
        sockets: services.engine.hub().sockets(),
        disk: disk(&services.settings.data),
        // Whoever asks wants to know the rest as well.
        backed_up: services.store.backed_up().await.unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn disk(folder: &Path) -> Option<Disk> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(disk.f_frsize);
    Some(Disk { free: bytes(disk.f_bavail), size: bytes(disk.f_blocks) })
}
