//! What happens in one simulation, step by step, as text: `act 1 923 17`.

use std::fmt;
use std::str::FromStr;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

/// One thing that happens. Numbers are taken modulo what there is when the step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A person in a browser does something; the numbers say what, and to which thing.
    Act(usize, u32, u32),
    /// The next frame to the server arrives.
    Up(usize),
    /// The next frame to the browser arrives.
    Down(usize),
    /// The next frame to the server is lost.
    LoseUp(usize),
    /// The next frame to the browser is lost.
    LoseDown(usize),
    /// The next frame to the browser arrives, and again behind all others.
    RepeatDown(usize),
    /// The next frame to the server arrives, and again behind all others.
    RepeatUp(usize),
    /// The next two frames to the browser arrive in the other order.
    SwapDown(usize),
    /// The next two frames to the server arrive in the other order.
    SwapUp(usize),
    /// A snapshot that was asked for arrives.
    Snapshot(usize),
    /// A snapshot that was asked for is lost.
    LoseSnapshot(usize),
    /// A connection breaks, with all that is under way.
    Cut(usize),
    /// A browser connects.
    Connect(usize),
    /// A browser is told that time has passed.
    Tick(usize),
    /// A tab ends; of what it gave out to be kept, the last batches are lost, as many as the number modulo 8.
    Close(usize, u32),
    /// A tab begins with what was kept, and with the board if the number is even.
    Open(usize, u32),
    /// A tab takes over the queues of tabs that are gone.
    Adopt(usize),
    /// The lead removes a member, or takes one in.
    Membership(usize),
    /// The server is killed and starts again.
    Restart,
    /// A copy of the store is put aside.
    Backup,
    /// The store is replaced by that copy.
    Restore,
}

/// A whole simulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan(pub(crate) Vec<Step>);

impl Plan {
    /// The plan of a seed.
    pub(crate) fn from_seed(seed: u64, steps: usize) -> Self {
        let mut random = SmallRng::seed_from_u64(seed);
        Self((0..steps).map(|_| step(&mut random)).collect())
    }
}

fn step(random: &mut SmallRng) -> Step {
    // The fourth is the second tab of the third person, and seldom open.
    let who = random.random_range(0..10) % 4;
    match random.random_range(0..1_000) {
        0..220 => Step::Act(who, random.random(), random.random()),
        220..226 => Step::Close(who, random.random_range(0..16)),
        226..238 => Step::Open(who, random.random_range(0..2)),
        238..240 => Step::Adopt(who),
        240..490 => Step::Up(who),
        490..790 => Step::Down(who),
        790..870 => Step::Connect(who),
        870..930 => Step::Snapshot(who),
        930..933 => Step::LoseSnapshot(who),
        933..937 => Step::LoseUp(who),
        937..941 => Step::LoseDown(who),
        941..946 => Step::RepeatUp(who),
        946..951 => Step::RepeatDown(who),
        951..956 => Step::SwapUp(who),
        956..961 => Step::SwapDown(who),
        961..970 => Step::Cut(who),
        970..980 => Step::Tick(who),
        980..990 => Step::Membership(who),
        990..994 => Step::Backup,
        994..996 => Step::Restore,
        _ => Step::Restart,
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| writeln!(f, "{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Act(who, what, which) => write!(f, "act {who} {what} {which}"),
            Self::Up(who) => write!(f, "up {who}"),
            Self::Down(who) => write!(f, "down {who}"),
            Self::LoseUp(who) => write!(f, "lose-up {who}"),
            Self::LoseDown(who) => write!(f, "lose-down {who}"),
            Self::RepeatUp(who) => write!(f, "repeat-up {who}"),
            Self::RepeatDown(who) => write!(f, "repeat-down {who}"),
            Self::SwapUp(who) => write!(f, "swap-up {who}"),
            Self::SwapDown(who) => write!(f, "swap-down {who}"),
            Self::Snapshot(who) => write!(f, "snapshot {who}"),
            Self::LoseSnapshot(who) => write!(f, "lose-snapshot {who}"),
            Self::Cut(who) => write!(f, "cut {who}"),
            Self::Connect(who) => write!(f, "connect {who}"),
            Self::Tick(who) => write!(f, "tick {who}"),
            Self::Close(who, lost) => write!(f, "close {who} {lost}"),
            Self::Open(who, boards) => write!(f, "open {who} {boards}"),
            Self::Adopt(who) => write!(f, "adopt {who}"),
            Self::Membership(who) => write!(f, "membership {who}"),
            Self::Restart => write!(f, "restart"),
            Self::Backup => write!(f, "backup"),
            Self::Restore => write!(f, "restore"),
        }
    }
}

impl FromStr for Plan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.lines()
            .filter(|line| !line.is_empty())
            .map(|line| parsed(line).ok_or(line.to_owned()))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn parsed(line: &str) -> Option<Step> {
    let mut words = line.split_whitespace();
    let name = words.next()?;
    let mut number = || words.next()?.parse::<u32>().ok();
    let who = number().map(|who| who as usize);
    Some(match name {
        "act" => Step::Act(who?, number()?, number()?),
        "up" => Step::Up(who?),
        "down" => Step::Down(who?),
        "lose-up" => Step::LoseUp(who?),
        "lose-down" => Step::LoseDown(who?),
        "repeat-up" => Step::RepeatUp(who?),
        "repeat-down" => Step::RepeatDown(who?),
        "swap-up" => Step::SwapUp(who?),
        "swap-down" => Step::SwapDown(who?),
        "snapshot" => Step::Snapshot(who?),
        "lose-snapshot" => Step::LoseSnapshot(who?),
        "cut" => Step::Cut(who?),
        "connect" => Step::Connect(who?),
        "tick" => Step::Tick(who?),
        "close" => Step::Close(who?, number()?),
        "open" => Step::Open(who?, number()?),
        "adopt" => Step::Adopt(who?),
        "membership" => Step::Membership(who?),
        "restart" => Step::Restart,
        "backup" => Step::Backup,
        "restore" => Step::Restore,
        _ => return None,
    })
}
