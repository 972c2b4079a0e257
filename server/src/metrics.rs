//! What an operator watches, in Prometheus's format. One place names every measure and says what it means.
//!
//! Nothing is recorded until [`install`] was called; then `GET /metrics` on an address of its own tells all of it. It
//! says nothing of people or what they write.

use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::web;

/// Upper bounds of the times that are told apart, in seconds.
const TIMES: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Upper bounds of the batches that are told apart, in commands.
const BATCHES: [f64; 7] = [1.0, 4.0, 16.0, 64.0, 128.0, 256.0, 512.0];
/// How many connections there are at once.
const CONNECTIONS: usize = 16;
/// How often what is kept of the times is tidied.
const UPKEEP: Duration = Duration::from_secs(5);

/// Begins to record. Once in a process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&TIMES)?
        .set_buckets_for_metric(metrics_exporter_prometheus::Matcher::Full("qibu_batch_commands".to_owned()), &BATCHES)?
        .install_recorder()?;
    describe();
    Ok(handle)
}

/// Serves `GET /metrics` until the process ends.
pub async fn serve(listener: TcpListener, handle: PrometheusHandle) {
    let tidied = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            tidied.run_upkeep();
        }
    });
    let router = Router::new().route("/metrics", get(move || async move { handle.render() }));
    web::serve(listener, router, CONNECTIONS, CancellationToken::new()).await;
}

fn describe() {
    describe_counter!("qibu_commands_total", "Commands by what became of them");
    describe_histogram!("qibu_command_seconds", Unit::Seconds, "From taking a command in to its answer");
    describe_histogram!("qibu_batch_commands", Unit::Count, "Commands that shared a transaction");
    describe_histogram!("qibu_turn_seconds", Unit::Seconds, "Waiting for this node's turn to write");
    describe_histogram!("qibu_commit_seconds", Unit::Seconds, "Writing a batch until it is on the disk");
    describe_histogram!("qibu_read_seconds", Unit::Seconds, "Reading from the database, by what is read");
    describe_gauge!("qibu_waiting_commands", "Commands that wait for the writer");
    describe_gauge!(
        "qibu_clock_drift_seconds",
        Unit::Seconds,
        "How far this machine's clock is ahead of the database's"
    );
    describe_gauge!("qibu_sockets", "Open sockets");
    describe_counter!("qibu_closed_sockets_total", "Sockets that this server closed, by why");
    describe_counter!("qibu_caught_up_rows_total", "Rows of the journal that were sent to browsers that had been away");
    describe_counter!("qibu_resyncs_total", "Browsers that were too far behind and took a snapshot");
    describe_counter!("qibu_refills_total", "Sockets that fell behind and were refilled from the journal");
    describe_counter!("qibu_held_back_total", "Commands that waited since their person sends too many");
    describe_counter!("qibu_foreign_rows_total", "Rows of the journal that other nodes wrote");
    describe_histogram!("qibu_snapshot_seconds", Unit::Seconds, "Making a snapshot");
}

/// What is read from the database.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// A scope as it stands.
    Scope,
    /// A page of the journal.
    Journal,
    /// What is known of a batch's commands and browsers.
    Queues,
}

/// Runs a read and records how long it took.
pub async fn read<T>(what: Read, work: impl Future<Output = T>) -> T {
    let begin = Instant::now();
    let answer = work.await;
    let what = match what {
        Read::Scope => "scope",
        Read::Journal => "journal",
        Read::Queues => "queues",
    };
    histogram!("qibu_read_seconds", "of" => what).record(begin.elapsed());
    answer
}

/// So many commands had this outcome.
pub fn commands(outcome: &'static str, count: u64) {
    counter!("qibu_commands_total", "outcome" => outcome).increment(count);
}

/// A batch was answered: since when each of its commands had waited, and how many still do.
pub fn answered(taken: impl ExactSizeIterator<Item = Instant>, waiting: usize) {
    #[allow(clippy::cast_precision_loss)] // far below 2^52
    histogram!("qibu_batch_commands").record(taken.len() as f64);
    #[allow(clippy::cast_precision_loss)] // far below 2^52
    gauge!("qibu_waiting_commands").set(waiting as f64);
    let times = histogram!("qibu_command_seconds");
    for taken in taken {
        times.record(taken.elapsed());
    }
}

/// So long a turn was waited for.
pub fn turn(took: Duration) {
    histogram!("qibu_turn_seconds").record(took);
}

/// So long a commit took.
pub fn commit(took: Duration) {
    histogram!("qibu_commit_seconds").record(took);
}

/// So many sockets are open.
pub fn sockets(count: usize) {
    #[allow(clippy::cast_precision_loss)] // far below 2^52
    gauge!("qibu_sockets").set(count as f64);
}

/// A socket was closed from here.
pub fn closed(why: &'static str) {
    counter!("qibu_closed_sockets_total", "why" => why).increment(1);
}

/// This machine's clock is so many microseconds ahead of the database's.
pub fn drift(micros: i64) {
    #[allow(clippy::cast_precision_loss, reason = "exact for 285 years")]
    gauge!("qibu_clock_drift_seconds").set(micros as f64 / 1e6);
}

/// A browser that was away has been sent so many rows.
pub fn caught_up(rows: usize) {
    counter!("qibu_caught_up_rows_total").increment(rows as u64);
}

/// A browser was too far behind.
pub fn resync() {
    counter!("qibu_resyncs_total").increment(1);
}

/// A socket fell behind.
pub fn refill() {
    counter!("qibu_refills_total").increment(1);
}

/// A command had to wait for its person's pace.
pub fn held_back() {
    counter!("qibu_held_back_total").increment(1);
}

/// Other nodes have written so many rows.
pub fn foreign(rows: usize) {
    counter!("qibu_foreign_rows_total").increment(rows as u64);
}

/// A snapshot was made.
pub fn snapshot(took: Duration) {
    histogram!("qibu_snapshot_seconds").record(took);
}
