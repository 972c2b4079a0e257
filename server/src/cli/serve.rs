//! `qibu serve`.

use std::io::{self, Write as _};

use shared::Scope;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{Failure, ServeOptions};
use crate::web::{Server, Settings};
use crate::{clock, demo, metrics};

/// Serves until a signal says to stop.
pub(super) async fn serve(options: ServeOptions) -> Result<(), Failure> {
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
        keep_journal_days: options.keep_journal_days,
    };
    let server = Server::bind(storage.store.clone(), settings).await?;
    stop_on_signals(server.services().shutdown.clone())?;
    announce(&server).await?;
    tracing::info!(address = %server.address()?, "serving");
    server.run().await?;
    tracing::info!("stopped");
    Ok(())
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
