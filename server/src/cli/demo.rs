//! `qibu demo`.

use std::io::{self, Write as _};

use super::{DemoOptions, Failure};
use crate::demo::{self, PASSWORD};
use crate::knowledge::Indexer;
use crate::sync::Engine;

/// Fills an empty database and prints who can sign in.
pub(super) async fn demo(options: DemoOptions) -> Result<(), Failure> {
    let storage = options.storage.open().await?;
    let engine = Engine::start(storage.store.clone()).await?;
    let loaded = demo::load(&storage.store, &engine, options.cards).await;
    engine.shutdown().await;
    let summary = loaded?;
    // All of it can be found as soon as it is served, and every copy of it.
    Indexer::open(storage.store.clone()).await?.catch_up().await?;
    storage.store.close().await;
    writeln!(
        io::stdout(),
        "{}: {} people, {} projects, {} tasks",
        summary.company,
        summary.people,
        summary.projects,
        summary.tasks
    )?;
    writeln!(io::stdout(), "sign in with the password {PASSWORD} as")?;
    for sign_in in summary.sign_ins {
        writeln!(io::stdout(), "  {}  ({})", sign_in.email, sign_in.who)?;
    }
    Ok(())
}
