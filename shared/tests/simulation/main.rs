//! The proof that nothing is lost or done twice: browsers and a server over a hostile network, by seed.
//!
//! Each seed makes a plan, one step a line: people act, frames are delivered, lost, repeated or swapped, connections
//! break, tabs are closed or crash and are opened again from what they kept, the server restarts or comes back from a
//! backup, members are removed and invited again. At the end the network heals, and every replica, kept ones too, must
//! equal what the server has stored, with every queue empty and every command that was acknowledged, or kept when its
//! tab ended, in the journal exactly once. A failing plan is printed: put into `tests/plans/NAME.txt`, it is a
//! test. `QIBU_SEEDS=N` runs another number of seeds, `QIBU_SEED=N` a single one.

mod disk;
mod network;
mod people;
mod plan;
mod server;

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use plan::Plan;

const SEEDS: u64 = 10_000;
const STEPS: usize = 400;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn run(plan: &Plan) {
    let outcome = catch_unwind(AssertUnwindSafe(|| network::run(plan)));
    if let Err(failure) = outcome {
        eprintln!("the plan that failed:\n{plan}");
        resume_unwind(failure);
    }
}

#[test]
fn every_seed_ends_with_all_replicas_equal_to_the_store() {
    let seeds =
        from_environment("QIBU_SEED").map_or(0..from_environment("QIBU_SEEDS").unwrap_or(SEEDS), |seed| seed..seed + 1);
    let next = AtomicU64::new(seeds.start);
    let work = || {
        while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < seeds.end) {
            run(&Plan::from_seed(seed, STEPS));
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let working: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for each in working {
            each.join().unwrap_or_else(|failure| resume_unwind(failure));
        }
    });
}

#[test]
fn every_plan_that_once_failed_passes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans");
    let plans = std::fs::read_dir(folder).expect("the folder of plans").flatten();
    for plan in plans.map(|entry| std::fs::read_to_string(entry.path()).expect("a plan")) {
        run(&plan.parse().expect("a well-formed plan"));
    }
}

#[test]
fn a_plan_reads_back_as_it_was_written() {
    let plan = Plan::from_seed(7, STEPS);
    assert_eq!(plan.to_string().parse::<Plan>().expect("well-formed"), plan);
}
