//! What a large company with a long past costs, beside an empty one: 5,000 people, 2,000 projects, 100,000 incidents that
//! are over. The real server in a process of its own.
//!
//! `cargo bench -p qibu --bench large` prints each figure beside its budget; `QIBU_LARGE_INCIDENTS` says how many
//! incidents instead, for trying it out.

#![expect(clippy::cast_precision_loss, reason = "figures are rounded anyway")]

mod support;

use std::collections::BTreeMap;
use std::process;
use std::time::{Duration, Instant};

use qibu::clock::now;
use qibu::store::Store;
use shared::command::Change;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Impact, Incident, IncidentChange, IncidentCommand, IncidentKind, NewIncident, Severity};
use shared::state::Part;
use shared::sync::{Cursor, ServerFrame, Start, decode};
use shared::{Command, Scope};
use tokio::time::sleep;
use uuid::Uuid;

use support::Failure;
use support::company::{OWN, fill};
use support::figure::{Budget, millis, percentile, print};
use support::process::{ADMIN, Data, Door, Server};
use support::socket::Socket;

/// Incidents that are over.
const INCIDENTS: usize = 100_000;
const TIMES: usize = 5;
/// How many incidents are reported, and as many alarms go off.
const REPORTS: usize = 10;
/// How far apart: an alarm does not wait for the one before.
const APART: Duration = Duration::from_millis(500);
/// How long the index may take to be done, and how long a server is left alone until it counts as idle.
const INDEXED: Duration = Duration::from_mins(10);
const IDLE: Duration = Duration::from_secs(5);
/// How long before the first alarm the clock is set, in microseconds: longer than the server goes without a look.
const AHEAD: i64 = 12_000_000;
const SECOND: i64 = 1_000_000;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let named = std::env::var("QIBU_LARGE_INCIDENTS");
    let incidents = named.map_or(Ok(INCIDENTS), |named| named.parse())?;
    let empty = Figures::of(&Data::founded()?).await?;
    let data = Data::founded()?;
    let began = Instant::now();
    fill(&data.address(), incidents).await?;
    let note = format!("5,000 people, 2,000 projects, {incidents} incidents");
    print("large company, filling it", began.elapsed().as_secs_f64(), "s", Budget::Open, &note);
    Figures::of(&data).await?.print(&empty);
    Ok(())
}

/// What is measured of a company. Times are in milliseconds.
struct Figures {
    start: f64,
    /// What of it the server had a processor for.
    worked: f64,
    /// How long everything took to be made searchable, in seconds, and what memory the server that did it had then.
    indexed: (f64, f64),
    /// What memory a server has that has just started.
    memory: f64,
    /// From sending the password to having the first page's data.
    sign_in: f64,
    /// The first page's data alone, and what it takes in KB.
    first: (f64, f64),
    /// The same for a browser that has it already.
    back: (f64, f64),
    /// What a browser takes from sending the password to the first page, and its memory in MB, if there is a script that
    /// drives one.
    browser: Option<(f64, f64)>,
    report: f64,
    /// From when an alarm is due until a browser has it: the median, and the latest.
    alarm: (f64, f64),
}

impl Figures {
    async fn of(data: &Data) -> Result<Self, Failure> {
        let (start, worked) = start(data).await?;
        let clock = data.folder().join("clock");
        let indexed = indexed(data).await?;
        let server = data.serve_with(&["--test-clock", clock.to_str().ok_or("the folder has no name")?])?;
        sleep(IDLE).await;
        let (memory, _) = server.memory()?;
        let (sign_in, first) = first_page(&server).await?;
        let door = server.sign_in_as(ADMIN).await?;
        let back = back(&door).await?;
        let browser = browser(&server)?;
        let (mut socket, _) = follow(&door).await?;
        let report = report(&mut socket).await?;
        let alarm = alarms(&door, &mut socket, &clock).await?;
        Ok(Self { start, worked, indexed, memory, sign_in, first, back, browser, report, alarm })
    }

    fn print(&self, empty: &Self) {
        let beside = |what: &str, value, other: f64, unit: &str, budget, note: &str| {
            let note = if note.is_empty() { String::new() } else { format!("; {note}") };
            print(&format!("large company, {what}"), value, unit, budget, &format!("empty {other:.1}{note}"));
        };
        let open = Budget::Open;
        let note = format!("of them at work {:.0}, empty {:.0}", self.worked, empty.worked);
        beside("start → first answer", self.start, empty.start, "ms", Budget::Most(300.0), &note);
        beside(
            "server memory, idle",
            self.memory,
            empty.memory,
            "MB",
            Budget::Most(80.0),
            "VmRSS, of one just started",
        );
        let note = "VmRSS, of the server that did it: with the dictionary";
        beside("until all can be found", self.indexed.0, empty.indexed.0, "s", open, "after it was filled; once");
        beside("server memory, after that", self.indexed.1, empty.indexed.1, "MB", Budget::Most(80.0), note);
        beside("sign-in → data of the first page", self.sign_in, empty.sign_in, "ms", open, "with the password's hash");
        beside("data of the first page", self.first.0, empty.first.0, "ms", open, "");
        let note = format!("br, {OWN} projects");
        beside("data of the first page, size", self.first.1, empty.first.1, "KB", Budget::Most(450.0), &note);
        beside("coming back", self.back.0, empty.back.0, "ms", open, "from the greeting to the last UpTo");
        beside("coming back, size", self.back.1, empty.back.1, "KB", Budget::Most(5.0), "nothing is new");
        if let (Some((span, memory)), Some((other, others))) = (self.browser, empty.browser) {
            beside("sign-in → first page in Chromium", span, other, "ms", open, "a browser that was never here");
            beside(
                "memory of that page",
                memory,
                others,
                "MB",
                open,
                "JS heap after a collection, and WebAssembly.Memory",
            );
        }
        beside("reporting an incident", self.report, empty.report, "ms", open, "until it is acknowledged");
        let note = format!("from when it is due to a socket; the latest of {REPORTS} {:.0}", self.alarm.1);
        beside("an alarm", self.alarm.0, empty.alarm.0, "ms", open, &note);
    }
}

/// From the start of the process to its first good answer, and what of it the server had a processor for.
async fn start(data: &Data) -> Result<(f64, f64), Failure> {
    let (mut spans, mut worked) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let began = Instant::now();
        let server = data.serve()?;
        server.ready().await?;
        spans.push(millis(began.elapsed()));
        worked.push(server.worked()?);
    }
    Ok((percentile(&spans, 50), percentile(&worked, 50)))
}

/// How long it takes until everything can be found, in seconds, and what memory that leaves the server with.
async fn indexed(data: &Data) -> Result<(f64, f64), Failure> {
    let server = data.serve()?;
    let store = Store::attach(&data.address()).await?;
    let began = Instant::now();
    let mut unread = store.unindexed(1).await?;
    while unread.upto != unread.after && began.elapsed() < INDEXED {
        sleep(Duration::from_millis(200)).await;
        unread = store.unindexed(1).await?;
    }
    if unread.upto != unread.after {
        return Err(format!("the index has not come further than {}", unread.after.0).into());
    }
    store.close().await;
    let took = began.elapsed().as_secs_f64();
    sleep(IDLE).await;
    Ok((took, server.memory()?.0))
}

/// Signing in and taking the first page's data; and that alone, with its size.
async fn first_page(server: &Server) -> Result<(f64, (f64, f64)), Failure> {
    let (mut all, mut alone, mut bytes) = (Vec::new(), Vec::new(), 0);
    for _ in 0..TIMES {
        let began = Instant::now();
        let door = server.sign_in_as(ADMIN).await?;
        let signed_in = Instant::now();
        bytes = door.fetch("/sync/start", "br").await?.bytes().await?.len();
        alone.push(millis(signed_in.elapsed()));
        all.push(millis(began.elapsed()));
    }
    Ok((percentile(&all, 50), (percentile(&alone, 50), kilobytes(bytes))))
}

/// A browser that has everything already takes up where it left off: how long, and how much comes.
async fn back(door: &Door) -> Result<(f64, f64), Failure> {
    let (mut spans, mut bytes) = (Vec::new(), 0);
    for _ in 0..TIMES {
        let (socket, span) = follow(door).await?;
        spans.push(span);
        bytes = socket.received();
    }
    Ok((percentile(&spans, 50), kilobytes(bytes)))
}

/// What the script that is named in `QIBU_BENCH_BROWSER` says of a browser: milliseconds, and megabytes.
fn browser(server: &Server) -> Result<Option<(f64, f64)>, Failure> {
    let Some(script) = std::env::var_os("QIBU_BENCH_BROWSER") else { return Ok(None) };
    let output =
        process::Command::new("node").arg(script).args([server.url(), ADMIN, qibu::demo::PASSWORD]).output()?;
    let told = String::from_utf8(output.stdout)?;
    let (span, memory) =
        told.trim().split_once(' ').ok_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(Some((span.parse()?, memory.parse()?)))
}

/// A socket of such a browser, once it is up to date, and how long that took.
async fn follow(door: &Door) -> Result<(Socket, f64), Failure> {
    let start: Start = door.get("/sync/start").await?;
    let epoch = start.snapshots.first().ok_or("nothing may be read")?.epoch;
    let cursors: Vec<Cursor> = start.snapshots.iter().map(|snapshot| snapshot.cursor).collect();
    let mut left = cursors.len();
    let began = Instant::now();
    let mut socket = Socket::greet(door, epoch, cursors).await?;
    let told = |frame: &ServerFrame| {
        left -= usize::from(matches!(frame, ServerFrame::UpTo { .. }));
        left == 0
    };
    socket.until(told).await?;
    Ok((socket, millis(began.elapsed())))
}

/// From sending a report until it is acknowledged.
async fn report(socket: &mut Socket) -> Result<f64, Failure> {
    let mut spans = Vec::new();
    for nth in 0..REPORTS {
        let began = Instant::now();
        socket.act_all(vec![reported(nth)]).await?;
        spans.push(millis(began.elapsed()));
        sleep(APART).await;
    }
    Ok(percentile(&spans, 50))
}

fn reported(nth: usize) -> Command {
    Command::Incident(IncidentCommand::Report(Box::new(NewIncident {
        id: IncidentId::new(Uuid::now_v7()),
        entry: EntryId::new(Uuid::now_v7()),
        kind: IncidentKind::Technical,
        severity: Severity::Urgent,
        title: format!("支付页面打不开 {nth}"),
        impact: Impact::default(),
        suggestion: String::new(),
        attachments: Vec::new(),
    })))
}

/// Sets the clock to shortly before the first alarm, and tells how late each comes.
async fn alarms(door: &Door, socket: &mut Socket, clock: &std::path::Path) -> Result<(f64, f64), Failure> {
    let mut due = due(door).await?;
    let first = *due.values().min().ok_or("no alarm waits")?;
    let ahead = (first - AHEAD - now().micros()) / SECOND;
    std::fs::write(clock, ahead.to_string())?;
    let mut spans = Vec::new();
    let rung = |frame: &ServerFrame| {
        let at = now().micros() + ahead * SECOND;
        for incident in put(frame).filter(|incident| !incident.rung.is_empty()) {
            spans.extend(due.remove(&incident.id).map(|due| (at - due) as f64 / 1_000.0));
        }
        due.is_empty()
    };
    socket.until(rung).await?;
    Ok((percentile(&spans, 50), percentile(&spans, 100)))
}

/// When the next alarm of each incident is due, in microseconds.
async fn due(door: &Door) -> Result<BTreeMap<IncidentId, i64>, Failure> {
    let start: Start = decode(&door.fetch("/sync/start", "identity").await?.bytes().await?)?;
    let incidents = start.snapshots.into_iter().find_map(|snapshot| match snapshot.part {
        Some(Part::Incidents(incidents)) => Some(incidents),
        _ => None,
    });
    let incidents = incidents.ok_or("no incidents may be read")?;
    let due = |incident: &Incident| Some((incident.id, incident.next_alarm()?.due.micros()));
    Ok(incidents.all.values().filter_map(|incident| due(incident)).collect())
}

/// The incidents that a frame brings.
fn put(frame: &ServerFrame) -> impl Iterator<Item = &Incident> {
    let changes = match frame {
        ServerFrame::Delta(delta) if delta.part.scope == Scope::Incidents => delta.part.changes.as_slice(),
        _ => &[],
    };
    changes.iter().filter_map(|change| match change {
        Change::Incident(IncidentChange::Put(incident)) => Some(incident.as_ref()),
        _ => None,
    })
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}
