//! Hostile bytes: no frame, snapshot, command or journal row that can be read, or nearly, does harm.
//!
//! Inputs are bytes by chance, and values of every kind that are drawn, written and then damaged. No input makes a
//! decoder panic or take memory out of proportion; what is read is written again the same; a command that is read is
//! decided and applied. `QIBU_FUZZ_SECONDS=N` says how long (5 unless told), for all threads together; `QIBU_FUZZ_SEED=N`
//! where to begin. An input that fails is kept in a file, and named with its seed.

mod company;
mod draw;

use std::any::type_name;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use allocation_counter::measure;
use rand::rngs::SmallRng;
use rand::{Rng as _, SeedableRng as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::command::{ScopedChanges, decide};
use shared::id::PersonId;
use shared::sync::{ClientFrame, ServerFrame, Snapshot, Start};
use shared::{Change, Command, Context, State, Timestamp, sync};

use company::{FIRST, company};
use draw::{draw, id};

/// What reading may take at most: so many bytes for each byte that came, and these.
const TIMES: usize = 64;
const BESIDES: usize = 1 << 16;

/// How much was tried, so that a run that reaches nothing is seen.
#[derive(Debug, Default)]
struct Tally {
    inputs: u64,
    read: u64,
    decided: u64,
    refused: u64,
    /// The most that reading took, in bytes.
    most_taken: usize,
}

impl Tally {
    fn with(self, other: &Self) -> Self {
        Self {
            inputs: self.inputs + other.inputs,
            read: self.read + other.read,
            decided: self.decided + other.decided,
            refused: self.refused + other.refused,
            most_taken: self.most_taken.max(other.most_taken),
        }
    }
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "for how long, and from which seed on; an input follows from its seed")]
fn no_input_does_harm() {
    let span = Duration::from_secs(from_environment("QIBU_FUZZ_SECONDS").unwrap_or(5));
    let chance = || SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let first = from_environment("QIBU_FUZZ_SEED").unwrap_or_else(chance);
    eprintln!("QIBU_FUZZ_SEED={first}");
    let threads = u32::try_from(thread::available_parallelism().map_or(1, usize::from)).expect("not so many");
    let next = AtomicU64::new(first);
    let tally = thread::scope(|scope| {
        let trying: Vec<_> = (0..threads).map(|_| scope.spawn(|| try_seeds(&next, span / threads))).collect();
        let tallies = trying.into_iter().map(|each| each.join().unwrap_or_else(|failure| resume_unwind(failure)));
        tallies.fold(Tally::default(), |sum, each| sum.with(&each))
    });
    println!("{tally:?}");
    assert!(tally.read > 0 && tally.decided > 0 && tally.refused > 0, "nothing was reached");
}

/// Tries one seed after the other for so long.
#[expect(clippy::disallowed_methods, reason = "for how long")]
fn try_seeds(next: &AtomicU64, span: Duration) -> Tally {
    // A state of the thread's own: all that is cloned of a common one is counted at one place of the memory.
    let state = populated();
    let mut tally = Tally::default();
    let end = Instant::now() + span;
    while Instant::now() < end {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        let mut random = SmallRng::seed_from_u64(seed);
        let input = input(&mut random);
        let tried = catch_unwind(AssertUnwindSafe(|| attempt(&input, &state, &mut random, &mut tally)));
        if let Err(failure) = tried {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{seed}"));
            std::fs::write(&path, &input).expect("a place for the input");
            println!("failed with QIBU_FUZZ_SEED={seed}; the input is in {}:\n{input:02x?}", path.display());
            resume_unwind(failure);
        }
    }
    tally
}

/// Bytes that somebody might send.
fn input(random: &mut SmallRng) -> Vec<u8> {
    if random.random_ratio(1, 8) {
        let length = random.random_range(0..2_000);
        return (0..length).map(|_| random.random()).collect();
    }
    let mut bytes = valid(random);
    while random.random_ratio(1, 2) {
        damage(&mut bytes, random);
    }
    bytes
}

/// A frame, a snapshot or a row of the journal, as it is written.
fn valid(random: &mut SmallRng) -> Vec<u8> {
    fn frame<T: Serialize + DeserializeOwned + PartialEq>(random: &mut SmallRng) -> Vec<u8> {
        let value: T = draw(random);
        let written = sync::encode(&value).expect("it can be written");
        assert!(sync::decode::<T>(&written).expect("it was written here") == value, "{written:?}");
        written
    }
    fn row<T: Serialize + DeserializeOwned>(random: &mut SmallRng) -> Vec<u8> {
        serde_json::to_vec(&draw::<T>(random)).expect("it can be written")
    }
    match random.random_range(0..8) {
        0..3 => frame::<ClientFrame>(random),
        3 => frame::<ServerFrame>(random),
        4 => frame::<Snapshot>(random),
        5 => frame::<Start>(random),
        6 => row::<Command>(random),
        _ => row::<Vec<Change>>(random),
    }
}

fn damage(bytes: &mut Vec<u8>, random: &mut SmallRng) {
    let place = |random: &mut SmallRng, bytes: &[u8]| random.random_range(0..=bytes.len());
    let at = place(random, bytes);
    match random.random_range(0..6) {
        0 => bytes.truncate(at),
        1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.random_range(0..8)),
        2 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.random()),
        // A length that is not kept: as long as numbers get.
        3 => drop(bytes.splice(at..at, std::iter::repeat_n(0xff, random.random_range(1..10)).chain([1]))),
        4 => {
            let other = valid(random);
            let (from, to) = (place(random, &other), place(random, bytes));
            bytes.splice(at.min(to)..at.max(to), other[from..].iter().copied());
        }
        _ => {
            let to = place(random, bytes);
            let part = bytes[at.min(to)..at.max(to)].repeat(random.random_range(0..3));
            bytes.splice(at..at, part);
        }
    }
}

/// Reads an input as everything that reads bytes does, and goes on as would be done with it.
fn attempt(input: &[u8], state: &State, random: &mut SmallRng, tally: &mut Tally) {
    tally.inputs += 1;
    if let Some(ClientFrame::Act { command, .. }) = frame(input, tally) {
        act(state.clone(), &command, random, tally);
    }
    if let Some(ServerFrame::Delta(delta)) = frame(input, tally) {
        apply(state.clone(), &delta.part, random, tally);
    }
    let snapshots = frame(input, tally).map_or_else(Vec::new, |start: Start| start.snapshots);
    for Snapshot { cursor, part, .. } in snapshots.into_iter().chain(frame(input, tally)) {
        let mut state = state.clone();
        if let Some(part) = part {
            state.put(cursor.scope, part);
        }
        act(state, &draw(random), random, tally);
    }
    if let Some(command) = row(input, tally) {
        act(state.clone(), &command, random, tally);
    }
    if let Some(changes) = row(input, tally) {
        apply(state.clone(), &ScopedChanges { scope: draw(random), changes }, random, tally);
    }
}

fn frame<T: Debug + PartialEq + Serialize + DeserializeOwned>(input: &[u8], tally: &mut Tally) -> Option<T> {
    read(input, sync::decode::<T>, sync::encode, tally)
}

fn row<T: Debug + PartialEq + Serialize + DeserializeOwned>(input: &[u8], tally: &mut Tally) -> Option<T> {
    read(input, |bytes| serde_json::from_slice::<T>(bytes), serde_json::to_vec, tally)
}

/// Reads bytes within bounds. What can be read is written and read again as the same.
fn read<T: Debug + PartialEq, E: Debug>(
    input: &[u8],
    decode: impl Fn(&[u8]) -> Result<T, E>,
    encode: impl Fn(&T) -> Result<Vec<u8>, E>,
    tally: &mut Tally,
) -> Option<T> {
    let mut value = None;
    let taken = measure(|| value = Some(decode(input))).bytes_max;
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    assert!(taken <= TIMES * input.len() + BESIDES, "{taken} bytes for {} as {}", input.len(), type_name::<T>());
    tally.most_taken = tally.most_taken.max(taken);
    let value = value.and_then(Result::ok)?;
    tally.read += 1;
    let written = encode(&value).expect("it can be written");
    let again = decode(&written).expect("it was written here");
    assert_eq!(again, value);
    assert_eq!(encode(&again).expect("it can be written"), written);
    Some(value)
}

/// Changes that a server says are so; then somebody acts on what has become of the state.
fn apply(mut state: State, part: &ScopedChanges, random: &mut SmallRng, tally: &mut Tally) {
    state.apply(part);
    act(state, &draw(random), random, tally);
}

/// Somebody wants this; what the rules allow can be written and applied.
fn act(mut state: State, command: &Command, random: &mut SmallRng, tally: &mut Tally) {
    let context = Context { actor: PersonId::new(id(random)), now: Timestamp::from_micros(random.random()) };
    match decide(&state, command, &context) {
        Ok(changes) => {
            tally.decided += 1;
            serde_json::to_vec(&changes).expect("it can be written");
            state.apply_all(&changes);
        }
        Err(rejection) => {
            tally.refused += 1;
            sync::encode(&rejection).expect("it can be written");
        }
    }
}

/// A company in which everything that can be has been done a few times.
fn populated() -> State {
    let mut state = State::default();
    let mut run = |command: &Command| {
        let context = Context { actor: PersonId::new(FIRST), now: Timestamp::from_micros(1) };
        if let Ok(changes) = decide(&state, command, &context) {
            state.apply_all(&changes);
        }
    };
    company().iter().for_each(&mut run);
    let mut random = SmallRng::seed_from_u64(1);
    for _ in 0..5_000 {
        // Nobody leaves and nothing ends, so that there is something left to do.
        match draw(&mut random) {
            Command::Organisation(_) | Command::Project(_) => {}
            command => run(&command),
        }
    }
    state
}
