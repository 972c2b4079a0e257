//! How fast one change reaches everybody who looks at a board, and what so many lookers cost: the real server in a
//! process of its own, real sockets over the loopback.
//!
//! `cargo bench -p qibu --bench fanout` prints each figure beside its budget; with `-- 1000` or
//! `-- 10000` only for so many sockets. Both processes need as many open files as there are sockets: `ulimit -Hn`.

#![expect(clippy::cast_precision_loss, reason = "figures are rounded anyway")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use shared::id::{Epoch, ProjectId, TaskId};
use shared::project::task::{TaskCommand, TaskEdit, TaskIntent};
use shared::state::Part;
use shared::sync::{ServerFrame, Start};
use shared::{Command, Scope};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use support::Failure;
use support::figure::{Budget, millis, percentile, print};
use support::process::{Data, Door};
use support::socket::Socket;

/// Cards on the board.
const CARDS: usize = 200;
/// How many sockets are opened at once.
const OPENED_AT_ONCE: usize = 64;
/// Frames of a burst. On 1,000 sockets these are fewer changes than a board's broadcast keeps for those who are slow.
const BURST: usize = 800_000;
/// From how many browsers a burst comes.
const SENDERS: usize = 8;
const BURSTS: usize = 7;
/// With what a frame begins that is a change: decoding ten thousand of them would take the machine from the server.
const DELTA: u8 = 1;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    let only: Option<usize> = std::env::args().find_map(|argument| argument.parse().ok());
    let data = Data::filled(CARDS)?;
    let few = Lookers { sockets: 1_000, name: "1,000", changes: 200, latest: 15.0, memory: Budget::Open };
    let many = Lookers { sockets: 10_000, name: "10,000", changes: 50, latest: 120.0, memory: Budget::Most(120.0) };
    for lookers in [few, many] {
        if only.is_none_or(|only| only == lookers.sockets) {
            lookers.measure(&data).await?;
        }
    }
    Ok(())
}

/// What is measured with so many sockets.
struct Lookers {
    sockets: usize,
    name: &'static str,
    /// Changes one by one.
    changes: usize,
    /// The budget of one change, in milliseconds.
    latest: f64,
    /// The budget of the server's memory, in MB.
    memory: Budget,
}

impl Lookers {
    async fn measure(self, data: &Data) -> Result<(), Failure> {
        let Self { sockets, name, changes, latest, memory: most } = self;
        let server = data.serve()?;
        let door = server.sign_in().await?;
        let project = door.benchmark().await?;
        let board = Arc::new(Board::of(door.get(&format!("/sync/start?scope=board:{project}")).await?)?);
        let crowd = Crowd::open(&door, &board, sockets).await?;
        let mut senders = Vec::new();
        for _ in 0..SENDERS {
            senders.push(Socket::greet(&door, board.epoch(), Vec::new()).await?);
        }
        // Until the last onlooker has been announced.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let (memory, _) = server.memory()?;

        let (mut each, mut last) = (Vec::new(), Vec::new());
        for change in 0..changes {
            let sent = crowd.expect(sockets);
            senders[0].act(board.change(change)).await?;
            crowd.arrived().await?;
            let spans = crowd.spans(sent);
            last.push(spans.iter().copied().fold(0.0, f64::max));
            each.extend(spans);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let [p50, p99] = [50, 99].map(|percent| percentile(&each, percent));
        let [last50, last99] = [50, 99].map(|percent| percentile(&last, percent));
        let note = format!(
            "commit included; p50 {p50:.1}, the last socket p50 {last50:.1}, p99 {last99:.1}; {changes} changes"
        );
        print(&format!("one change → {name} sockets, p99"), p99, "ms", Budget::Most(latest), &note);

        let mut rates = Vec::new();
        let burst = BURST / sockets;
        for _ in 0..BURSTS {
            let sent = crowd.expect(sockets * burst);
            for change in 0..burst {
                senders[change % SENDERS].act(board.change(change)).await?;
            }
            crowd.arrived().await?;
            let longest = crowd.spans(sent).into_iter().fold(0.0, f64::max);
            rates.push((sockets * burst) as f64 / longest * 1_000.0);
        }
        let note = format!("{burst} changes in a burst, commits included");
        let rate = percentile(&rates, 50);
        print(&format!("fan-out in bursts, {name} sockets"), rate, "frames/s", Budget::Least(1e6), &note);

        let (_, peak) = server.memory()?;
        let note = format!("VmRSS; at the most, in bursts, {peak:.0}");
        print(&format!("server memory, {name} live sockets"), memory, "MB", most, &note);
        Ok(())
    }
}

/// The board that everybody looks at.
struct Board {
    project: ProjectId,
    task: TaskId,
    start: Start,
}

impl Board {
    fn of(start: Start) -> Result<Self, Failure> {
        let found = start.snapshots.iter().find_map(|snapshot| match (snapshot.cursor.scope, &snapshot.part) {
            (Scope::Board(project), Some(Part::Board(board))) => Some((project, *board.tasks().keys().next()?)),
            _ => None,
        });
        let (project, task) = found.ok_or("no board with a card")?;
        Ok(Self { project, task, start })
    }

    /// One that makes a difference.
    fn change(&self, number: usize) -> Command {
        let edit = TaskEdit::Name(format!("Check the numbers of week {number}"));
        Command::Task(TaskCommand { project: self.project, intent: TaskIntent::Edit { task: self.task, edit } })
    }

    fn epoch(&self) -> Epoch {
        self.start.snapshots[0].epoch
    }

    /// The socket of a page that has just been loaded, once it follows the board.
    async fn look(&self, door: &Door) -> Result<Socket, Failure> {
        let cursors = self.start.snapshots.iter().map(|snapshot| snapshot.cursor);
        let mut socket = Socket::greet(door, self.epoch(), cursors.collect()).await?;
        let board = Scope::Board(self.project);
        socket.until(|frame| matches!(frame, ServerFrame::UpTo { cursor, .. } if cursor.scope == board)).await?;
        Ok(socket)
    }
}

/// Those who look, and when each last heard of a change.
struct Crowd {
    ears: Arc<Ears>,
    /// They listen as long as this is kept.
    _listening: JoinSet<()>,
}

struct Ears {
    began: Instant,
    /// In nanoseconds since then, by socket.
    heard: Vec<AtomicU64>,
    /// How many changes are to arrive.
    left: AtomicUsize,
    all: Notify,
}

impl Crowd {
    async fn open(door: &Door, board: &Arc<Board>, sockets: usize) -> Result<Self, Failure> {
        let heard = (0..sockets).map(|_| AtomicU64::new(0)).collect();
        let ears = Arc::new(Ears { began: Instant::now(), heard, left: AtomicUsize::new(0), all: Notify::new() });
        let mut listening = JoinSet::new();
        let mut opening = JoinSet::new();
        for socket in 0..sockets {
            let (door, board) = (door.clone(), board.clone());
            opening.spawn(async move { board.look(&door).await });
            while opening.len() >= OPENED_AT_ONCE || socket + 1 == sockets {
                let Some(opened) = opening.join_next().await else { break };
                listening.spawn(ears.clone().listen(listening.len(), opened??));
            }
        }
        Ok(Self { ears, _listening: listening })
    }

    /// So many changes are to arrive from now on.
    fn expect(&self, changes: usize) -> Instant {
        self.ears.left.store(changes, Ordering::Release);
        Instant::now()
    }

    async fn arrived(&self) -> Result<(), Failure> {
        let all = tokio::time::timeout(PATIENCE, self.ears.all.notified()).await;
        all.map_err(|_| format!("{} changes did not arrive", self.ears.left.load(Ordering::Acquire)).into())
    }

    /// How long after an instant each socket last heard of a change, in milliseconds.
    fn spans(&self, since: Instant) -> Vec<f64> {
        let at = |heard: &AtomicU64| self.ears.began + Duration::from_nanos(heard.load(Ordering::Acquire));
        self.ears.heard.iter().map(|heard| millis(at(heard).saturating_duration_since(since))).collect()
    }
}

impl Ears {
    async fn listen(self: Arc<Self>, index: usize, mut socket: Socket) {
        let mut changes = 0;
        // A socket that is closed is missed: not all arrives.
        while socket.hear(|frame| changes += usize::from(frame.first() == Some(&DELTA))).await.is_ok() {
            if changes > 0 {
                let now = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or_default();
                self.heard[index].store(now, Ordering::Release);
                if self.left.fetch_sub(changes, Ordering::AcqRel) == changes {
                    self.all.notify_one();
                }
                changes = 0;
            }
        }
    }
}
