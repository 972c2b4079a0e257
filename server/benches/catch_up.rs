//! How long a browser takes to be up to date: by the journal, by the snapshot that the server has it take beyond its
//! limit, and with a very large board. The real server in a process of its own.
//!
//! `cargo bench -p qibu --bench catch_up` prints the figures.

mod support;

use std::time::Instant;

use shared::id::{ColumnId, Epoch, PersonId, ProjectId, TaskId};
use shared::project::board::{NewColumn, Status};
use shared::project::task::{NewTask, Place, Priority, TaskCommand, TaskEdit, TaskIntent};
use shared::sync::{Cursor, ServerFrame, Snapshot, Start, decode};
use shared::{Command, Scope};
use uuid::Uuid;

use support::Failure;
use support::figure::{Budget, millis, percentile, print};
use support::process::{Data, Door};
use support::project::register;
use support::socket::Socket;

/// Changes to catch up with.
const CHANGES: usize = 10_000;
/// The boards that they are on: as many of one board as this are sent one by one.
const BOARDS: usize = 4;
/// Cards of the large board.
const CARDS: usize = 50_000;
const TIMES: usize = 7;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    journal().await?;
    snapshot().await
}

/// What was missed on a few boards, then too much on one.
async fn journal() -> Result<(), Failure> {
    let data = Data::filled(1)?;
    let server = data.serve()?;
    let door = server.sign_in().await?;
    let (epoch, light) = now(&door).await?;
    let mut sender = Socket::greet(&door, epoch, light).await?;
    let boards: Vec<Board> = (0..BOARDS).map(|_| Board::new()).collect();
    sender.act_all(boards.iter().flat_map(|board| board.made_by(door.person)).collect()).await?;

    let (_, light) = now(&door).await?;
    let upto = light[0].upto;
    let with = |boards: &[Board]| -> Vec<Cursor> {
        let boards = boards.iter().map(|board| Cursor { scope: board.scope(), upto });
        light.iter().copied().chain(boards).collect()
    };
    sender.act_all((0..CHANGES).map(|change| boards[change % BOARDS].change(change)).collect()).await?;
    let mut spans = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        let mut socket = Socket::greet(&door, epoch, with(&boards)).await?;
        let changes = followed(&mut socket, BOARDS).await?;
        spans.push(millis(began.elapsed()));
        if changes != CHANGES {
            return Err(format!("{changes} changes came").into());
        }
    }
    let note = format!("of {BOARDS} boards, from the greeting to the last UpTo");
    print("catch-up, 10,000 changes over a socket", percentile(&spans, 50), "ms", Budget::Open, &note);

    let board = &boards[..1];
    sender.act_all((0..CHANGES).map(|change| board[0].change(change)).collect()).await?;
    let mut spans = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        let mut socket = Socket::greet(&door, epoch, with(board)).await?;
        socket.until(|frame| *frame == ServerFrame::Resync(board[0].scope())).await?;
        let _: Snapshot = door.get(&path(board[0].project)).await?;
        spans.push(millis(began.elapsed()));
    }
    let note = "of one board: the server has it take a snapshot";
    print("catch-up, more than 10,000 changes", percentile(&spans, 50), "ms", Budget::Open, note);
    Ok(())
}

/// The journal's epoch, and the cursors of the scopes that come by themselves.
async fn now(door: &Door) -> Result<(Epoch, Vec<Cursor>), Failure> {
    let start: Start = door.get("/sync/start").await?;
    let epoch = start.snapshots.first().ok_or("nothing may be read")?.epoch;
    Ok((epoch, start.snapshots.into_iter().map(|snapshot| snapshot.cursor).collect()))
}

/// Reads on until so many boards are up to date; how many changes came.
async fn followed(socket: &mut Socket, boards: usize) -> Result<usize, Failure> {
    let (mut upto, mut changes) = (0, 0);
    let counted = |frame: &ServerFrame| {
        match frame {
            ServerFrame::Delta(_) => changes += 1,
            ServerFrame::UpTo { cursor, .. } => upto += usize::from(!cursor.scope.is_light()),
            _ => {}
        }
        upto == boards
    };
    socket.until(counted).await?;
    Ok(changes)
}

/// A very large board, as a page takes it that is opened on it.
async fn snapshot() -> Result<(), Failure> {
    let data = Data::filled(CARDS)?;
    let server = data.serve()?;
    let door = server.sign_in().await?;
    let path = path(door.benchmark().await?);
    let (before, _) = server.memory()?;
    // The first one reads the board from the database.
    let (cold, raw) = fetch(&door, &path, "identity").await?;
    for encoding in ["identity", "br"] {
        let mut spans = Vec::new();
        let mut bytes = 0;
        for _ in 0..TIMES {
            let (span, fetched) = fetch(&door, &path, encoding).await?;
            spans.push(span);
            bytes = fetched.len();
        }
        let what = format!("snapshot of 50,000 tasks, {encoding}");
        let note = format!("{:.2} MB; the first {cold:.0} ms", megabytes(bytes));
        print(&what, percentile(&spans, 50), "ms", Budget::Open, &note);
    }
    let began = Instant::now();
    let _: Snapshot = decode(&raw)?;
    let note = format!("natively, {:.2} MB", megabytes(raw.len()));
    print("the same, decoded", millis(began.elapsed()), "ms", Budget::Open, &note);
    let (after, peak) = server.memory()?;
    let note = format!("VmRSS; {before:.0} before, {peak:.0} at the most");
    print("server memory, board of 50,000 tasks", after, "MB", Budget::Open, &note);
    Ok(())
}

async fn fetch(door: &Door, path: &str, encoding: &str) -> Result<(f64, Vec<u8>), Failure> {
    let began = Instant::now();
    let bytes = door.fetch(path, encoding).await?.bytes().await?;
    Ok((millis(began.elapsed()), bytes.into()))
}

fn path(project: ProjectId) -> String {
    format!("/sync/snapshot?scope=board:{project}")
}

#[expect(clippy::cast_precision_loss, reason = "rounded anyway")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// A project with one card.
struct Board {
    project: ProjectId,
    task: TaskId,
}

impl Board {
    fn new() -> Self {
        Self { project: ProjectId::new(Uuid::now_v7()), task: TaskId::new(Uuid::now_v7()) }
    }

    fn scope(&self) -> Scope {
        Scope::Board(self.project)
    }

    fn made_by(&self, lead: PersonId) -> [Command; 2] {
        let column = NewColumn { id: ColumnId::new(Uuid::now_v7()), name: "待办".to_owned(), status: Status::Todo };
        let new = NewTask {
            id: self.task,
            name: "Check the numbers".to_owned(),
            column: column.id,
            place: Place::Last,
            owner: lead,
            due: None,
            priority: Priority::Medium,
        };
        [register(self.project, lead, vec![column]), self.intend(TaskIntent::Create(new))]
    }

    /// One that makes a difference.
    fn change(&self, number: usize) -> Command {
        let edit = TaskEdit::Name(format!("Check the numbers of week {number}"));
        self.intend(TaskIntent::Edit { task: self.task, edit })
    }

    fn intend(&self, intent: TaskIntent) -> Command {
        Command::Task(TaskCommand { project: self.project, intent })
    }
}
