//! `qibu serve`.

use std::io::{self, Write as _};
use std::time::Duration;

use shared::Scope;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{Failure, ServeOptions};
use crate::web::{Server, Settings};
use crate::{clock, demo, metrics};

/// More open files than this are never counted on.
const MOST_FILES: usize = 1 << 20;
/// How many are kept for what is no connection, at the least.
const OWN_FILES: usize = 64;

/// How long the database may take to close.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves until a signal says to stop.
pub(super) async fn serve(options: ServeOptions) -> Result<(), Failure> {
    let connections = connections()?;
    let storage = options.storage.open().await?;
    if let Some(file) = options.test_clock {
        tokio::spawn(clock::follow(file));
    }
    if let Some(address) = options.metrics {
        let handle = metrics::install()?;
        let listener =
            TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
        tracing::info!(address = %listener.local_addr()?, "metrics");
        tokio::spawn(metrics::serve(listener, handle));
    }
    let settings = Settings {
        listen: options.listen,
        public_url: options.public_url,
        behind_proxy: options.behind_proxy,
        trusted_proxies: options.trusted_proxies,
        commands_per_second: options.commands_per_second,
        sockets_per_person: options.sockets_per_person,
        connections,
        data: options.storage.data,
        keep_journal_days: options.keep_journal_days,
    };
    let server = Server::bind(storage.store.clone(), settings).await?;
    stop_on_signals(server.services().shutdown.clone())?;
    if let Err(failure) = announce(&server).await {
        tracing::warn!(%failure, "nobody could be told where it is");
    }
    if server.services().settings.is_secure() {
        tracing::info!("browsers keep a sign-in only where they come over https");
    }
    tracing::info!(address = %server.address()?, "serving");
    server.run().await?;
    // What is left beside the database goes into it, so that the next start has nothing to take up; whatever still reads
    // is not waited for.
    let _ = tokio::time::timeout(FAREWELL, storage.store.close()).await;
    tracing::info!("stopped");
    Ok(())
}

/// Raises the number of files that may be open as far as the machine lets it; answers how many of them are for
/// connections.
fn connections() -> io::Result<usize> {
    let files = rlimit::increase_nofile_limit(u64::MAX).or_else(|_| rlimit::Resource::NOFILE.get_soft())?;
    let files = usize::try_from(files).unwrap_or(MOST_FILES).min(MOST_FILES);
    // The database, uploads on their way and webhooks need some as well.
    let connections = files - (files / 8).max(OWN_FILES).min(files / 2);
    tracing::info!(files, connections, "files that may be open");
    Ok(connections)
}

/// Tells whoever started it where it is. The first line is read by scripts and tests.
async fn announce(server: &Server) -> Result<(), Failure> {
    let (_, state) = server.services().engine.read(&[Scope::Company]).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{}", server.address()?)?;
    let sign_ins = demo::sign_ins(&state.company);
    if !sign_ins.is_empty() {
        writeln!(out, "the demo company is here; sign in as")?;
    }
    for sign_in in sign_ins {
        writeln!(out, "  {}  {}  ({})", sign_in.email, demo::PASSWORD, sign_in.who)?;
    }
    Ok(out.flush()?)
}

fn stop_on_signals(stop: CancellationToken) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => tracing::info!("SIGTERM: stopping"),
            _ = interrupt.recv() => tracing::info!("SIGINT: stopping"),
        }
        stop.cancel();
    });
    Ok(())
}
