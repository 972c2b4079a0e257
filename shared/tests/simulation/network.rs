//! The network between the browsers and the server, and the run of one plan over it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::id::{ClientId, CommandId, Epoch, PersonId};
use shared::sync::{Client, ClientFrame, Effect, Link, ServerFrame, Snapshot};
use shared::{Scope, State, Timestamp};
use uuid::Uuid;

use crate::disk::{Disk, Writing};
use crate::people::{self, PROJECT};
use crate::plan::{Plan, Step};
use crate::server::{Server, Store};

/// The last two are tabs of one browser, whose person they share.
const TABS: usize = 4;
const PEOPLE: usize = 3;

/// A browser's tab. One that is closed has nothing but its id, which nobody has again.
struct Tab {
    id: ClientId,
    client: Option<Client>,
    writing: Writing,
    to_server: VecDeque<ClientFrame>,
    recalled: VecDeque<Scope>,
    wanted: VecDeque<Scope>,
    answers: VecDeque<Snapshot>,
    sent: BTreeMap<u64, CommandId>,
}

struct Network {
    server: Server,
    tabs: Vec<Tab>,
    disks: Vec<Disk>,
    /// Commands that the server has acknowledged with a row.
    acknowledged: BTreeSet<CommandId>,
    /// Commands that the server has answered without one.
    answered: BTreeSet<CommandId>,
    /// Commands that waited on a disk when their tab ended.
    kept: BTreeSet<CommandId>,
    backup: Option<Store>,
    restored: bool,
    now: i64,
    ids: u128,
}

/// Runs a plan, heals the network, and demands that all is equal and nothing lost.
pub(crate) fn run(plan: &Plan) {
    let mut network = Network::new();
    network.settle();
    for step in &plan.0 {
        network.step(*step);
    }
    network.heal();
    network.demand();
}

/// Whose tab it is.
fn owner(who: usize) -> usize {
    who.min(PEOPLE - 1)
}

fn person(who: usize) -> PersonId {
    people::person(owner(who))
}

impl Network {
    fn new() -> Self {
        let tabs = (0..TABS).map(|index| Tab {
            id: ClientId::new(Uuid::from_u128(500 + index as u128)),
            client: None,
            writing: Writing::default(),
            to_server: VecDeque::new(),
            recalled: VecDeque::new(),
            wanted: VecDeque::new(),
            answers: VecDeque::new(),
            sent: BTreeMap::new(),
        });
        let mut network = Self {
            server: Server::new(people::beginning()),
            tabs: tabs.collect(),
            disks: (0..PEOPLE).map(|_| Disk::default()).collect(),
            acknowledged: BTreeSet::new(),
            answered: BTreeSet::new(),
            kept: BTreeSet::new(),
            backup: None,
            restored: false,
            now: 1_000,
            ids: 1 << 64,
        };
        (0..PEOPLE).for_each(|who| network.open(who, false));
        network
    }

    fn now(&mut self) -> Timestamp {
        self.now += 1_000;
        Timestamp::from_micros(self.now)
    }

    fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Act(who, what, which) => self.act(who, what, which),
            Step::Up(who) => self.up(who),
            Step::Down(who) => self.down(who),
            Step::LoseUp(who) => drop(self.tabs[who].to_server.pop_front()),
            Step::LoseDown(who) => drop(self.downstream(who).and_then(VecDeque::pop_front)),
            Step::RepeatUp(who) => repeat(Some(&mut self.tabs[who].to_server)),
            Step::RepeatDown(who) => repeat(self.downstream(who)),
            Step::SwapUp(who) => swap(Some(&mut self.tabs[who].to_server)),
            Step::SwapDown(who) => swap(self.downstream(who)),
            Step::Snapshot(who) => self.snapshot(who),
            Step::LoseSnapshot(who) => {
                self.tabs[who].answers.pop_front();
            }
            Step::Cut(who) => self.cut(who),
            Step::Connect(who) => self.connect(who),
            Step::Tick(who) => {
                self.now += 6_000_000;
                let now = self.now();
                self.feed(who, |client| client.tick(now));
            }
            Step::Close(who, lost) => self.close(who, lost as usize % 8),
            Step::Open(who, boards) => self.open(who, boards.is_multiple_of(2)),
            Step::Adopt(who) => self.adopt(who),
            Step::Membership(who) => self.membership(1 + who % (PEOPLE - 1)),
            Step::Restart => self.restart(),
            Step::Backup => self.backup = Some(self.server.store.clone()),
            Step::Restore => self.restore(),
        }
    }

    fn downstream(&mut self, who: usize) -> Option<&mut VecDeque<ServerFrame>> {
        self.server.connections.get_mut(&who).map(|connection| &mut connection.to_browser)
    }

    /// Tells an open tab something, and carries out what it then wants.
    fn feed(&mut self, who: usize, tell: impl FnOnce(&mut Client)) {
        if let Some(client) = &mut self.tabs[who].client {
            tell(client);
            self.carry_out(who);
        }
    }

    fn act(&mut self, who: usize, what: u32, which: u32) {
        let fresh = self.fresh();
        let id = people::command_id(self.fresh());
        let now = self.now();
        self.feed(who, |client| {
            if what.is_multiple_of(29) {
                let mut ids = (0..).map(|more| people::command_id(Uuid::from_u128(fresh.as_u128() << 8 | more)));
                // Undo may be refused, as any command may.
                let _ = client.undo(|| ids.next().expect("no end of ids"), now);
            } else if let Some(command) = people::whim(client.shown(), owner(who), fresh, what, which) {
                let _ = client.act(id, command, now);
            }
        });
    }

    fn up(&mut self, who: usize) {
        if !self.server.connections.contains_key(&who) {
            return;
        }
        if let Some(frame) = self.tabs[who].to_server.pop_front()
            && !self.server.receive(who, frame)
        {
            self.cut(who);
        }
    }

    fn down(&mut self, who: usize) {
        let Some(frame) = self.downstream(who).and_then(VecDeque::pop_front) else { return };
        let sent = &self.tabs[who].sent;
        match &frame {
            ServerFrame::Acked { number, rows } if !rows.is_empty() => self.acknowledged.extend(sent.get(number)),
            ServerFrame::Acked { number, .. } | ServerFrame::Refused { number, .. } => {
                self.answered.extend(sent.get(number));
            }
            _ => {}
        }
        let now = self.now();
        self.feed(who, |client| client.receive(frame, now));
    }

    /// A snapshot travels in two steps: it is made at the server, and arrives some time later. A disk answers
    /// sooner, after it has written what it was given before.
    fn snapshot(&mut self, who: usize) {
        let tab = &mut self.tabs[who];
        if let Some(scope) = tab.recalled.pop_front() {
            let disk = &mut self.disks[owner(who)];
            tab.writing.finish(tab.id, 0, disk);
            let kept = disk.scope(scope);
            self.feed(who, |client| client.recalled(scope, kept));
        } else if let Some(snapshot) = tab.answers.pop_front() {
            self.feed(who, |client| client.snapshot(snapshot));
        } else if let Some(scope) = tab.wanted.pop_front() {
            let snapshot = self.server.snapshot(person(who), scope);
            tab.answers.push_back(snapshot);
        }
    }

    fn carry_out(&mut self, who: usize) {
        let tab = &mut self.tabs[who];
        let Some(client) = &mut tab.client else { return };
        tab.writing.give(tab.id, client.take_kept(), &mut self.disks[owner(who)]);
        for effect in client.take_effects() {
            match effect {
                Effect::Send(frame) => {
                    if let ClientFrame::Act { number, id, .. } = &frame {
                        tab.sent.insert(*number, *id);
                    }
                    tab.to_server.push_back(frame);
                }
                Effect::Recall(scope) => tab.recalled.push_back(scope),
                Effect::Fetch(scope) => tab.wanted.push_back(scope),
                Effect::Reconnect => {
                    self.cut(who);
                    return;
                }
                Effect::Reload => panic!("one version, one person: nothing to reload for"),
            }
        }
    }

    fn cut(&mut self, who: usize) {
        self.server.connections.remove(&who);
        let tab = &mut self.tabs[who];
        tab.to_server.clear();
        if let Some(client) = &mut tab.client {
            client.disconnected();
            client.take_effects();
        }
    }

    fn connect(&mut self, who: usize) {
        if self.tabs[who].client.as_ref().is_none_or(|client| client.link() != Link::Down) {
            return;
        }
        self.server.connect(who, person(who));
        let now = self.now();
        self.feed(who, |client| client.connected(now));
    }

    /// A tab ends; the last of what it gave out to be kept is lost with it.
    fn close(&mut self, who: usize, lost: usize) {
        self.cut(who);
        let tab = &mut self.tabs[who];
        if let Some(client) = tab.client.take() {
            let disk = &mut self.disks[owner(who)];
            tab.writing.finish(tab.id, lost, disk);
            self.kept.extend(disk.waiting());
            let is_kept = |id: CommandId| disk.waiting().any(|kept| kept == id);
            assert!(lost > 0 || client.queue().all(|pending| is_kept(pending.id)), "a command was not kept");
            tab.recalled.clear();
            tab.wanted.clear();
            tab.answers.clear();
            tab.sent.clear();
        }
    }

    /// A tab begins with what its person's tabs have kept, under an id of its own.
    fn open(&mut self, who: usize, with_boards: bool) {
        if self.tabs[who].client.is_some() {
            return;
        }
        let id = ClientId::new(self.fresh());
        self.tabs[who].id = id;
        self.tabs[who].client = Some(self.disks[owner(who)].open(id, person(who), with_boards));
        self.adopt(who);
        self.feed(who, |client| client.watch(Scope::Board(PROJECT)));
    }

    /// A tab looks for queues whose tabs are gone.
    fn adopt(&mut self, who: usize) {
        let Tab { id, client: Some(_), .. } = &self.tabs[who] else { return };
        let lives = |id| self.tabs.iter().any(|tab| tab.id == id && tab.client.is_some());
        let commands = self.disks[owner(who)].adopt(*id, lives);
        let now = self.now();
        self.feed(who, |client| client.adopt(commands, now));
    }

    fn membership(&mut self, index: usize) {
        let id = people::command_id(self.fresh());
        let command = people::membership(&self.server.store.state, index);
        self.server.act_as(people::person(0), id, &command).expect("the lead may");
    }

    fn restart(&mut self) {
        (0..TABS).for_each(|who| self.cut(who));
    }

    fn restore(&mut self) {
        let Some(backup) = self.backup.clone() else { return };
        self.restart();
        self.server.store = backup;
        self.server.store.epoch = Epoch::new(self.fresh());
        self.restored = true;
    }

    /// The network becomes good: everybody has a tab and connects anew, and everything arrives.
    fn heal(&mut self) {
        // Everybody is taken back in and connects anew, twice: what was wanted before the first time is asked for then.
        for index in 1..PEOPLE {
            if !self.server.store.state.projects[&PROJECT].members.contains_key(&people::person(index)) {
                self.membership(index);
            }
        }
        for who in 0..PEOPLE {
            self.open(who, true);
            self.adopt(who);
        }
        for _ in 0..2 {
            for who in 0..TABS {
                self.cut(who);
                self.tabs[who].recalled.clear();
                self.tabs[who].answers.clear();
                self.tabs[who].wanted.clear();
            }
            self.settle();
            (0..TABS).for_each(|who| self.feed(who, |client| client.watch(Scope::Board(PROJECT))));
            self.settle();
        }
    }

    fn settle(&mut self) {
        for _ in 0..10_000 {
            let mut busy = false;
            for who in (0..TABS).filter(|who| self.tabs[*who].client.is_some()).collect::<Vec<_>>() {
                self.connect(who);
                let tab = &self.tabs[who];
                busy |= !tab.to_server.is_empty() || !tab.recalled.is_empty();
                busy |= !tab.wanted.is_empty() || !tab.answers.is_empty();
                busy |= self.server.connections.get(&who).is_none_or(|connection| !connection.to_browser.is_empty());
                self.up(who);
                self.down(who);
                self.snapshot(who);
            }
            if !busy {
                return;
            }
        }
        panic!("the network never came to rest");
    }

    fn demand(&mut self) {
        for (who, tab) in self.tabs.iter().enumerate() {
            let (id, Some(client)) = (tab.id, &tab.client) else { continue };
            assert_eq!(client.unsent(), 0, "{id} has unanswered commands");
            assert_eq!(client.queue().count(), 0, "{id} has unconfirmed commands");
            // Not `assert_eq`: two whole states would bury the plan that is printed below.
            let stored = self.read_by(person(who));
            assert!(client.confirmed() == &stored, "{id} confirms what the store does not have");
            assert!(client.shown() == &stored, "{id} shows what the store does not have");
        }
        self.demand_of_disks();
        let journal = &self.server.store.journal;
        // A row for each scope; all of one command are written together.
        let times = |id: CommandId| {
            let mut rows = BTreeMap::<Scope, usize>::new();
            journal.iter().filter(|delta| delta.command == id).for_each(|delta| {
                *rows.entry(delta.part.scope).or_default() += 1;
            });
            rows.into_values().max().unwrap_or_default()
        };
        if !self.restored {
            for id in &self.acknowledged {
                assert_eq!(times(*id), 1, "{id} was acknowledged and is in the journal {} times", times(*id));
            }
            for id in self.kept.difference(&self.answered) {
                assert_eq!(times(*id), 1, "{id} was kept and is in the journal {} times", times(*id));
            }
        }
        assert!(journal.iter().map(|delta| delta.seq).is_sorted_by(|a, b| a < b), "the journal is in order");
    }

    /// What the store has that a person may read: not what others are told.
    fn read_by(&self, person: PersonId) -> State {
        let mut state = self.server.store.state.clone();
        state.inboxes.retain(|owner, _| *owner == person);
        // An inbox is there before anything is in it.
        state.inboxes.entry(person).or_default();
        state
    }

    /// Once all tabs have ended well, what is kept is what the store has, and no command waits.
    fn demand_of_disks(&mut self) {
        (0..TABS).for_each(|who| self.close(who, 0));
        for who in 0..PEOPLE {
            let reopened = self.disks[who].open(ClientId::new(Uuid::nil()), person(who), true);
            for scope in [Scope::Company, Scope::Project(PROJECT), Scope::Board(PROJECT), Scope::Inbox(person(who))] {
                // Of two tabs, the slower may have struck out what the other had been given again: it is fetched then.
                let may_lack = owner(TABS - 1) == who && !reopened.holds(scope);
                let is_same = reopened.shown().part(scope) == self.server.store.state.part(scope);
                assert!(is_same || may_lack, "the disk of {who} has another {scope:?} than the store");
            }
            assert_eq!(self.disks[who].waiting().count(), 0, "commands wait on the disk of {who}");
        }
    }
}

fn repeat<T: Clone>(queue: Option<&mut VecDeque<T>>) {
    if let Some(queue) = queue
        && let Some(first) = queue.front().cloned()
    {
        queue.push_back(first);
    }
}

fn swap<T>(queue: Option<&mut VecDeque<T>>) {
    if let Some(queue) = queue
        && queue.len() > 1
    {
        queue.swap(0, 1);
    }
}
