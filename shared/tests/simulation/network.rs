//! The network between the browsers and the server, and the run of one plan over it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::id::{ClientId, CommandId, Epoch};
use shared::sync::{Client, ClientFrame, Effect, Link, ServerFrame, Snapshot};
use shared::{Scope, Timestamp};
use uuid::Uuid;

use crate::people::{self, PROJECT, person};
use crate::plan::{Plan, Step};
use crate::server::{Server, Store};

const BROWSERS: usize = 3;

struct Browser {
    client: Client,
    to_server: VecDeque<ClientFrame>,
    wanted: VecDeque<Scope>,
    answers: VecDeque<Snapshot>,
    acknowledged: BTreeSet<CommandId>,
    sent: BTreeMap<u64, CommandId>,
}

struct Network {
    server: Server,
    browsers: Vec<Browser>,
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

impl Network {
    fn new() -> Self {
        let browsers = (0..BROWSERS).map(|index| {
            let id = ClientId::new(Uuid::from_u128(500 + index as u128));
            let mut client = Client::new(id, person(index));
            client.watch(Scope::Board(PROJECT));
            Browser {
                client,
                to_server: VecDeque::new(),
                wanted: VecDeque::new(),
                answers: VecDeque::new(),
                acknowledged: BTreeSet::new(),
                sent: BTreeMap::new(),
            }
        });
        let browsers = browsers.collect();
        let server = Server::new(people::beginning());
        Self { server, browsers, backup: None, restored: false, now: 1_000, ids: 1 << 64 }
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
            Step::LoseUp(who) => drop(self.browsers[who].to_server.pop_front()),
            Step::LoseDown(who) => drop(self.downstream(who).and_then(VecDeque::pop_front)),
            Step::RepeatUp(who) => repeat(Some(&mut self.browsers[who].to_server)),
            Step::RepeatDown(who) => repeat(self.downstream(who)),
            Step::SwapUp(who) => swap(Some(&mut self.browsers[who].to_server)),
            Step::SwapDown(who) => swap(self.downstream(who)),
            Step::Snapshot(who) => self.snapshot(who),
            Step::LoseSnapshot(who) => {
                self.browsers[who].answers.pop_front();
            }
            Step::Cut(who) => self.cut(who),
            Step::Connect(who) => self.connect(who),
            Step::Tick(who) => {
                self.now += 6_000_000;
                let now = self.now();
                self.browsers[who].client.tick(now);
                self.carry_out(who);
            }
            Step::Membership(who) => self.membership(1 + who % (BROWSERS - 1)),
            Step::Restart => self.restart(),
            Step::Backup => self.backup = Some(self.server.store.clone()),
            Step::Restore => self.restore(),
        }
    }

    fn downstream(&mut self, who: usize) -> Option<&mut VecDeque<ServerFrame>> {
        self.server.connections.get_mut(&who).map(|connection| &mut connection.to_browser)
    }

    fn act(&mut self, who: usize, what: u32, which: u32) {
        let fresh = self.fresh();
        let id = people::command_id(self.fresh());
        let now = self.now();
        let client = &mut self.browsers[who].client;
        if what.is_multiple_of(29) {
            let mut ids = (0..).map(|more| people::command_id(Uuid::from_u128(fresh.as_u128() << 8 | more)));
            // Undo may be refused, as any command may.
            let _ = client.undo(|| ids.next().expect("no end of ids"), now);
        } else if let Some(command) = people::whim(client.shown(), who, fresh, what, which) {
            let _ = client.act(id, command, now);
        }
        self.carry_out(who);
    }

    fn up(&mut self, who: usize) {
        if !self.server.connections.contains_key(&who) {
            return;
        }
        if let Some(frame) = self.browsers[who].to_server.pop_front()
            && !self.server.receive(who, frame)
        {
            self.cut(who);
        }
    }

    fn down(&mut self, who: usize) {
        let Some(frame) = self.downstream(who).and_then(VecDeque::pop_front) else { return };
        let now = self.now();
        let browser = &mut self.browsers[who];
        if let ServerFrame::Acked { number, rows } = &frame
            && !rows.is_empty()
            && let Some(id) = browser.sent.get(number)
        {
            browser.acknowledged.insert(*id);
        }
        browser.client.receive(frame, now);
        self.carry_out(who);
    }

    /// A snapshot travels in two steps: it is made at the server, and arrives some time later.
    fn snapshot(&mut self, who: usize) {
        if let Some(snapshot) = self.browsers[who].answers.pop_front() {
            self.browsers[who].client.snapshot(snapshot);
            self.carry_out(who);
        } else if let Some(scope) = self.browsers[who].wanted.pop_front() {
            let snapshot = self.server.snapshot(person(who), scope);
            self.browsers[who].answers.push_back(snapshot);
        }
    }

    fn carry_out(&mut self, who: usize) {
        for effect in self.browsers[who].client.take_effects() {
            let browser = &mut self.browsers[who];
            match effect {
                Effect::Send(frame) => {
                    if let ClientFrame::Act { number, id, .. } = &frame {
                        browser.sent.insert(*number, *id);
                    }
                    browser.to_server.push_back(frame);
                }
                Effect::Fetch(scope) => browser.wanted.push_back(scope),
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
        let browser = &mut self.browsers[who];
        browser.to_server.clear();
        browser.client.disconnected();
        browser.client.take_effects();
    }

    fn connect(&mut self, who: usize) {
        if self.browsers[who].client.link() != Link::Down {
            return;
        }
        self.server.connect(who, person(who));
        let now = self.now();
        self.browsers[who].client.connected(now);
        self.carry_out(who);
    }

    fn membership(&mut self, index: usize) {
        let id = people::command_id(self.fresh());
        let command = people::membership(&self.server.store.state, index);
        self.server.act_as(person(0), id, &command).expect("the lead may");
    }

    fn restart(&mut self) {
        (0..BROWSERS).for_each(|who| self.cut(who));
    }

    fn restore(&mut self) {
        let Some(backup) = self.backup.clone() else { return };
        self.restart();
        self.server.store = backup;
        self.server.store.epoch = Epoch::new(self.fresh());
        self.restored = true;
    }

    /// The network becomes good: everybody connects anew, and everything arrives.
    fn heal(&mut self) {
        // Everybody is taken back in and connects anew, twice: what was wanted before the first time is asked for then.
        for index in 1..BROWSERS {
            if !self.server.store.state.projects[&PROJECT].members.contains_key(&person(index)) {
                self.membership(index);
            }
        }
        for _ in 0..2 {
            for who in 0..BROWSERS {
                self.cut(who);
                self.browsers[who].answers.clear();
                self.browsers[who].wanted.clear();
            }
            self.settle();
            for browser in &mut self.browsers {
                browser.client.watch(Scope::Board(PROJECT));
            }
            (0..BROWSERS).for_each(|who| self.carry_out(who));
            self.settle();
        }
    }

    fn settle(&mut self) {
        for _ in 0..10_000 {
            let mut busy = false;
            for who in 0..BROWSERS {
                self.connect(who);
                let browser = &self.browsers[who];
                busy |= !browser.to_server.is_empty() || !browser.wanted.is_empty() || !browser.answers.is_empty();
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

    fn demand(&self) {
        let store = &self.server.store;
        for (who, browser) in self.browsers.iter().enumerate() {
            let client = &browser.client;
            assert_eq!(client.unsent(), 0, "browser {who} has unanswered commands");
            assert_eq!(client.queue().count(), 0, "browser {who} has unconfirmed commands");
            // Not `assert_eq`: two whole states would bury the plan that is printed below.
            assert!(client.confirmed() == &store.state, "browser {who} confirms what the store does not have");
            assert!(client.shown() == &store.state, "browser {who} shows what the store does not have");
            if !self.restored {
                for id in &browser.acknowledged {
                    let times = store.journal.iter().filter(|delta| delta.command == *id).count();
                    assert_eq!(times, 1, "{id} was acknowledged and is in the journal {times} times");
                }
            }
        }
        let seqs = store.journal.iter().map(|delta| delta.seq);
        assert!(seqs.is_sorted_by(|a, b| a < b), "the journal is in order");
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
