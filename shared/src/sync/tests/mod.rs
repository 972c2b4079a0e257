//! One browser against frames said one by one; the whole is proved by the simulation in `tests/`.

mod commands;
mod connection;
mod frames;
mod keeping;
mod scopes;
mod undo;

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Client, ClientFrame, Cursor, Delta, Effect, PROTOCOL, Seq, ServerFrame, Snapshot, Start, Undone};
use crate::command::Command;
use crate::id::{ClientId, CommandId, Epoch, PersonId, TaskId};
use crate::project::task::TaskEdit;
use crate::testing::{A, B, C, D, LEAD, MEMBER, PROJECT, World, at, command_id, edit};
use crate::{Rejection, Scope, Timestamp};

const COMPANY: Scope = Scope::Company;
const SPACE: Scope = Scope::Project(PROJECT);
const BOARD: Scope = Scope::Board(PROJECT);
const EPOCH: Epoch = Epoch::new(Uuid::from_u128(1));
const RESTORED: Epoch = Epoch::new(Uuid::from_u128(2));
const TAB: ClientId = ClientId::new(Uuid::from_u128(3));
/// Where the journal stands when a test begins.
const BEGINNING: Seq = Seq(100);
const SECOND: i64 = 1_000_000;

/// The member's browser, and what the server would say.
struct Scene {
    client: Client,
    server: World,
    last: Seq,
    last_in: BTreeMap<Scope, Seq>,
    acted: u128,
    now: Timestamp,
}

impl Scene {
    /// Nothing is here and there is no socket.
    fn new() -> Self {
        let mut client = Client::new(TAB, MEMBER);
        client.take_changed();
        let mut server = World::board();
        // None of them the member's: of what is told in inboxes there are tests of its own.
        for card in [A, B, C, D] {
            server.does(LEAD, edit(card, TaskEdit::Owner(LEAD)));
        }
        server.state.inboxes.clear();
        Self { client, server, last: BEGINNING, last_in: BTreeMap::new(), acted: 0, now: at(1_000 * SECOND) }
    }

    /// The page has been given its snapshots and there is no socket.
    fn offline() -> Self {
        let mut scene = Self::new();
        let snapshots = [COMPANY, SPACE, BOARD].map(|scope| scene.snapshot(scope)).into();
        let now = scene.now;
        scene.client.start(Start { protocol: PROTOCOL, person: MEMBER, now, snapshots });
        scene.client.take_effects();
        scene
    }

    /// All is here and the server has answered the greeting.
    fn live() -> Self {
        let mut scene = Self::offline();
        scene.connects();
        scene.hears(ServerFrame::Welcome { epoch: EPOCH, person: MEMBER, now: scene.now, done: 0 });
        scene.client.take_effects();
        scene.client.take_changed();
        scene
    }

    fn connects(&mut self) {
        self.client.connected(self.now);
    }

    fn is_cut(&mut self) {
        self.client.disconnected();
        self.client.take_effects();
    }

    fn hears(&mut self, frame: ServerFrame) {
        self.client.receive(frame, self.now);
    }

    fn is_welcome(&mut self, done: u64) {
        let now = self.now;
        self.hears(ServerFrame::Welcome { epoch: EPOCH, person: MEMBER, now, done });
    }

    fn passes(&mut self, seconds: i64) {
        self.now = at(self.now.micros() + seconds * SECOND);
        self.client.tick(self.now);
    }

    /// The member acts; the id tells which act it was.
    fn act(&mut self, command: impl Into<Command>) -> Result<CommandId, Rejection> {
        self.acted += 1;
        let id = command_id(self.acted);
        self.client.act(id, command.into(), self.now).map(|()| id)
    }

    #[track_caller]
    fn acts(&mut self, command: impl Into<Command>) -> CommandId {
        self.act(command).expect("the rules allow it")
    }

    /// The same with several things in one gesture.
    #[track_caller]
    fn acts_at_once<const N: usize>(&mut self, commands: [impl Into<Command>; N]) {
        let commands = commands.map(|command| {
            self.acted += 1;
            (command_id(self.acted), command.into())
        });
        self.client.act_all(commands, self.now).expect("the rules allow it");
    }

    #[track_caller]
    fn undoes(&mut self) {
        let ids = self.acted..;
        self.acted += 100;
        let mut ids = ids.map(|index| command_id(10_000 + index));
        let done = self.client.undo(|| ids.next().expect("no end of ids"), self.now);
        assert!(matches!(done, Ok(Undone::Back(_))), "{done:?}");
    }

    /// What the server makes of a command: a row for each scope, but for what it tells people in their inboxes.
    #[track_caller]
    fn decides(&mut self, actor: PersonId, id: CommandId, command: impl Into<Command>) -> Vec<Arc<Delta>> {
        let mut changes = self.server.tries(actor, &command.into()).expect("the rules allow it");
        changes.retain(|part| part.scope.owner().is_none());
        self.server.state.inboxes.clear();
        let rows = changes.into_iter().map(|part| {
            let scope = part.scope;
            self.last = Seq(self.last.0 + 1);
            let prev = self.last_in.insert(scope, self.last).unwrap_or(BEGINNING);
            Arc::new(Delta { seq: self.last, prev, command: id, actor, at: at(1), part })
        });
        rows.collect()
    }

    /// The same for a command of one scope.
    fn row(&mut self, actor: PersonId, id: CommandId, command: impl Into<Command>) -> Arc<Delta> {
        let mut rows = self.decides(actor, id, command);
        assert_eq!(rows.len(), 1);
        rows.remove(0)
    }

    /// The lead gives a card another name, somewhere else.
    fn elsewhere(&mut self, task: TaskId, name: &str) -> Arc<Delta> {
        let id = command_id(50_000 + u128::from(self.last.0));
        self.row(LEAD, id, named(task, name))
    }

    fn snapshot(&self, scope: Scope) -> Snapshot {
        Snapshot { epoch: EPOCH, cursor: Cursor { scope, upto: self.last }, part: self.server.state.part(scope) }
    }

    fn effects(&mut self) -> Vec<Effect> {
        self.client.take_effects()
    }

    /// The commands that were handed to the socket, with their numbers.
    fn sent(&mut self) -> Vec<(u64, CommandId)> {
        let acts = self.effects().into_iter().filter_map(|effect| match effect {
            Effect::Send(ClientFrame::Act { number, id, .. }) => Some((number, id)),
            _ => None,
        });
        acts.collect()
    }

    /// The name of a card on screen.
    fn shows(&self, task: TaskId) -> &str {
        self.client.shown().board(PROJECT).and_then(|board| board.task(task)).map_or("", |task| &task.name)
    }

    /// The name of a card by the server's word.
    fn knows(&self, task: TaskId) -> &str {
        self.client.confirmed().board(PROJECT).and_then(|board| board.task(task)).map_or("", |task| &task.name)
    }

    fn waiting(&self) -> usize {
        self.client.queue().count()
    }
}

fn named(task: TaskId, name: &str) -> Command {
    edit(task, TaskEdit::Name(name.into())).into()
}

fn acked(number: u64, rows: &[Arc<Delta>]) -> ServerFrame {
    let rows = rows.iter().map(|delta| Cursor { scope: delta.part.scope, upto: delta.seq }).collect();
    ServerFrame::Acked { number, rows }
}
