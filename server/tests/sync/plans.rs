//! Whatever people do in whatever area, and whenever their network is cut: all browsers end as a new one begins, and the
//! database is whole.

#[path = "../../../shared/tests/fuzz/company.rs"]
mod company;
#[path = "../../../shared/tests/fuzz/draw.rs"]
mod draw;

use std::collections::{BTreeSet, HashSet};
use std::mem::{Discriminant, discriminant};
use std::num::NonZeroU32;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::seq::IndexedMutRandom as _;
use rand::{Rng as _, SeedableRng as _};
use shared::id::PersonId;
use shared::organisation::OrganisationCommand;
use shared::{Command, Scope};
use uuid::Uuid;

use self::company::{FIRST, company};
use self::draw::draw;
use crate::support::TestServer;
use crate::tab::Tab;
use crate::wire::Door;

const SEEDS: [u64; 3] = [1, 2, 3];
const STEPS: usize = 400;
/// So often something is drawn that the rules then refuse, before a person does nothing.
const DRAWS: usize = 500;
/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn whatever_is_done_anywhere_all_end_the_same() {
    let mut reached = Reached::default();
    for seed in SEEDS {
        Box::pin(play(seed, &mut reached)).await;
    }
    let mut random = SmallRng::seed_from_u64(0);
    let areas: HashSet<_> = (0..1_000).map(|_| discriminant(&draw::<Command>(&mut random))).collect();
    assert_eq!(reached.areas, areas, "each area was acted in");
    let heavy: HashSet<_> = (0..1_000).map(|_| heavy(&mut random)).map(|scope| discriminant(&scope)).collect();
    assert_eq!(reached.heavy, heavy, "each kind of scope that is looked at was looked at");
}

/// What was done at all, so that a test that reaches nothing is seen.
#[derive(Default)]
struct Reached {
    areas: HashSet<Discriminant<Command>>,
    heavy: HashSet<Discriminant<Scope>>,
}

/// A few people act, look, and lose the network by chance; then what each has is compared.
async fn play(seed: u64, reached: &mut Reached) {
    let plenty = NonZeroU32::new(100_000).expect("not zero");
    let server = TestServer::start_with(|settings| settings.commands_per_second = plenty).await;
    for command in company() {
        server.act(PersonId::new(FIRST), command).await;
    }
    let mut tabs = Vec::new();
    for person in [1, 1, 2, 3] {
        tabs.push(open(&server, PersonId::new(Uuid::from_u128(person))).await);
    }
    let mut random = SmallRng::seed_from_u64(seed);
    let mut looked_at = BTreeSet::new();
    for _ in 0..STEPS {
        let tab = tabs.choose_mut(&mut random).expect("there are some");
        match random.random_range(0..12) {
            0 => tab.cut(),
            1 => tab.client.unwatch(heavy(&mut random)),
            2 | 3 => {
                let scope = heavy(&mut random);
                looked_at.insert(scope);
                tab.client.watch(scope);
            }
            _ => reached.areas.extend(act(tab, &mut random).await),
        }
        tab.carry_out().await;
        if random.random_ratio(1, 2) {
            tab.step_if_any().await;
        }
    }
    for tab in &mut tabs {
        let mut fresh = open(&server, tab.client.person()).await;
        tab.settled().await;
        same(tab, &mut fresh, &looked_at, seed).await;
        let store = &server.services().store;
        for scope in looked_at.iter().filter(|scope| fresh.client.holds(**scope)) {
            let loaded = store.load(*scope).await.expect("it loads");
            assert_eq!(loaded.part, fresh.client.confirmed().part(*scope), "{scope}, seed {seed}");
            reached.heavy.insert(discriminant(scope));
        }
    }
    let checked = server.services().store.check(|finding| panic!("{finding}, seed {seed}")).await;
    checked.expect("it can be read");
}

/// Somebody comes new.
async fn open(server: &TestServer, person: PersonId) -> Tab {
    let door = Door::new(server.url(), &server.client_for(person).await);
    let start = door.get("/sync/start").await;
    let mut tab = Tab::begin(door, person, start);
    tab.connect().await;
    tab
}

/// A scope that comes only while it is looked at.
fn heavy(random: &mut SmallRng) -> Scope {
    loop {
        let scope: Scope = draw(random);
        if !scope.is_light() {
            return scope;
        }
    }
}

/// Somebody does something that their own rules allow.
async fn act(tab: &mut Tab, random: &mut SmallRng) -> Option<Discriminant<Command>> {
    for _ in 0..DRAWS {
        let command: Command = draw(random);
        // Who has left could not look any more.
        let goes_on = !matches!(command, Command::Organisation(OrganisationCommand::SetActive { .. }));
        if goes_on && tab.try_act(&command).await.is_ok() {
            return Some(discriminant(&command));
        }
    }
    None
}

/// Waits until a tab and a new one have the same, with all that was looked at by anybody.
async fn same(tab: &mut Tab, fresh: &mut Tab, looked_at: &BTreeSet<Scope>, seed: u64) {
    for each in [&mut *tab, &mut *fresh] {
        for scope in looked_at {
            each.client.watch(*scope);
        }
        each.carry_out().await;
    }
    let has_all = |tab: &Tab| looked_at.iter().all(|scope| tab.client.holds(*scope) || tab.client.lacks(*scope));
    let is_same = |tab: &Tab, fresh: &Tab| {
        has_all(tab)
            && has_all(fresh)
            && tab.client.confirmed() == fresh.client.confirmed()
            && tab.client.shown() == tab.client.confirmed()
    };
    let served = tokio::time::timeout(PATIENCE, async {
        while !is_same(tab, fresh) {
            tab.step_if_any().await;
            fresh.step_if_any().await;
        }
    });
    if served.await.is_err() {
        let differs = |scope: &&Scope| tab.client.confirmed().part(**scope) != fresh.client.confirmed().part(**scope);
        let differing: Vec<_> = looked_at.iter().filter(differs).map(Scope::to_string).collect();
        panic!("never the same, seed {seed}: {differing:?}; {:?} and {:?}", tab.client.status(), fresh.client.status());
    }
}
