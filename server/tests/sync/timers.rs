//! What is due is done once, whoever is there and whatever happens to them.

use std::collections::BTreeSet;
use std::time::Duration;

use qibu::clock::now;
use qibu::store::{Lane, Store, Timer};
use qibu::timers::Duty;
use shared::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use crate::postgres::Cluster;
use crate::program::{Process, fill};

/// So long that nobody loses a lease by chance.
const LONG: Duration = Duration::from_mins(10);
const MINUTE: i64 = 60_000_000;

async fn on_each_engine(test: impl AsyncFn(&str)) {
    let folder = tempfile::tempdir().expect("a folder");
    test(&format!("sqlite:{}", folder.path().join("qibu.sqlite").display())).await;
    test(&Cluster::shared().database().await).await;
}

fn written(duty: Duty) -> String {
    duty.written().expect("it can be written")
}

fn timer(id: &str, due: Timestamp) -> Timer {
    Timer { id: id.to_owned(), due, duty: written(Duty::SweepSignIns) }
}

#[tokio::test]
async fn each_is_claimed_by_one_and_what_is_not_due_by_nobody() {
    on_each_engine(async |address| {
        let store = Store::open(address).await.expect("it opens");
        let past = Timestamp::from_micros(now().micros() - MINUTE);
        for number in 0..20 {
            store.plan(&timer(&format!("due {number}"), past)).await.expect("planned");
            // Planned again by another node: the first stays.
            store.plan(&timer(&format!("due {number}"), now())).await.expect("planned");
        }
        store.plan(&timer("later", Timestamp::from_micros(now().micros() + MINUTE))).await.expect("planned");
        let claims = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let (node, mut mine) = (Uuid::now_v7(), Vec::new());
                while let Some(lease) = store.claim(node, Lane::Duties, (0, LONG)).await.expect("an answer") {
                    mine.push(lease.timer);
                }
                mine
            })
        });
        let mut all = Vec::new();
        for claim in claims.collect::<Vec<_>>() {
            all.extend(claim.await.expect("no panic"));
        }
        let names: BTreeSet<&str> = all.iter().map(|timer| timer.id.as_str()).collect();
        assert_eq!((all.len(), names.len()), (20, 20), "{address}");
        assert!(all.iter().all(|timer| timer.due == past));
        // A clock that tests have moved on.
        let later = store
            .claim(Uuid::now_v7(), Lane::Duties, (2 * MINUTE, LONG))
            .await
            .expect("an answer")
            .expect("due by then");
        assert_eq!(later.timer.id, "later");
        assert_eq!(store.next_due(Lane::Duties).await.expect("an answer").map(|due| due > now()), Some(true));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_others_is_in_a_lane_of_its_own() {
    on_each_engine(async |address| {
        let store = Store::open(address).await.expect("it opens");
        let delivery =
            Timer { duty: written(Duty::Deliver(Uuid::nil())), ..timer("delivery:1", Timestamp::from_micros(1)) };
        store.plan(&delivery).await.expect("planned");
        let claim = async |lane| store.claim(Uuid::now_v7(), lane, (0, LONG)).await.expect("an answer");
        assert_eq!(store.next_due(Lane::Duties).await.expect("an answer"), None);
        assert_eq!(claim(Lane::Duties).await, None);
        assert_eq!(claim(Lane::Deliveries).await.map(|lease| lease.timer), Some(delivery));
    })
    .await;
}

#[tokio::test]
async fn who_dies_at_it_loses_it_and_it_is_settled_once() {
    on_each_engine(async |address| {
        let store = Store::open(address).await.expect("it opens");
        store.plan(&timer("one", now())).await.expect("planned");
        let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
        let lost =
            store.claim(one, Lane::Duties, (MINUTE, Duration::from_secs(30))).await.expect("an answer").expect("due");
        assert_eq!(store.claim(two, Lane::Duties, (MINUTE, LONG)).await.expect("an answer"), None, "somebody is at it");
        let taken =
            store.claim(two, Lane::Duties, (2 * MINUTE, LONG)).await.expect("an answer").expect("the lease is over");
        let next = Timestamp::from_micros(now().micros() + 5 * MINUTE);
        assert!(!store.settle(&lost, Some(next)).await.expect("an answer"), "no longer theirs");
        assert!(store.settle(&taken, Some(next)).await.expect("an answer"));
        assert!(!store.settle(&taken, Some(next)).await.expect("an answer"), "once");
        let again = store.claim(one, Lane::Duties, (10 * MINUTE, LONG)).await.expect("an answer").expect("due again");
        assert_eq!((again.fired, again.timer.due), (1, next));
        assert!(store.settle(&again, None).await.expect("an answer"));
        assert_eq!(store.next_due(Lane::Duties).await.expect("an answer"), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_nodes_sweep_once_each_time_and_make_up_for_what_they_missed_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = folder.path().join("clock");
    let ahead = |seconds: u32| std::fs::write(&clock, seconds.to_string()).expect("written");
    ahead(0);
    let database = Cluster::shared().database().await;
    fill(&database, 0);
    let start = || Process::start_with(&database, 0, &["--test-clock", clock.to_str().expect("text")]);
    let mut nodes: Vec<Process> = (0..3).map(|_| start()).collect();
    let pool = PgPool::connect(&database).await.expect("the database");
    let fired = async |least: i64| {
        for _ in 0..400 {
            let fired: i64 = sqlx::query_scalar("SELECT fired FROM timer WHERE id = 'sweep-sign-ins'")
                .fetch_one(&pool)
                .await
                .expect("a count");
            if fired >= least {
                return fired;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never done {least} times");
    };
    assert_eq!(fired(1).await, 1, "at the start");
    ahead(11 * 60);
    assert_eq!(fired(2).await, 2);
    // Hours go by while nobody is there.
    nodes.clear();
    ahead(5 * 3_600);
    nodes.extend((0..2).map(|_| start()));
    assert_eq!(fired(3).await, 3);
    ahead(5 * 3_600 + 11 * 60);
    assert_eq!(fired(4).await, 4, "what was missed was made up for once");
}
