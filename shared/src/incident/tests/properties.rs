//! What holds for every history of commands, alarms and time: stamps and people that the rules demand are there, and
//! each deadline is the policy applied to the time that it counts from.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::calendar::{Calendar, Overrides};
use crate::sync::{decode, encode};
use crate::testing::PROJECT;
use crate::testing::kept::Kept;

/// One idea: who does what, and how long it takes.
#[derive(Clone, Copy, Debug)]
struct Idea {
    who: u8,
    what: u8,
    which: u32,
    /// In minutes.
    passes: u16,
    /// Whether the clocks are looked at before it.
    looked: bool,
}

fn history() -> impl Strategy<Value = Vec<Idea>> {
    let passes = prop_oneof![0_u16..3, 0_u16..40, 0_u16..3_000];
    let idea = (any::<u8>(), any::<u8>(), any::<u32>(), passes, any::<bool>());
    vec(idea.prop_map(|(who, what, which, passes, looked)| Idea { who, what, which, passes, looked }), 1..60)
}

impl Idea {
    fn actor(self) -> PersonId {
        [DUTY, DUTY, CHIEF, REPORTER, REPORTER, FALLBACK, MANAGER, ADMIN][self.who as usize % 8]
    }

    fn person(self) -> PersonId {
        [DUTY, CHIEF, MANAGER, FALLBACK, REPORTER, crate::testing::LEFT][self.which as usize % 6]
    }

    fn severity(self) -> Severity {
        Severity::ALL[self.which as usize % 3]
    }

    /// Most ideas are such as lead on from where an incident stands.
    fn command(self, world: &World, fresh: u128) -> Command {
        let all: Vec<IncidentId> = all(&world.state).map(|incident| incident.id).collect();
        let new = || form(fresh + 1, self.severity()).into();
        let Some(incident) = all.get(self.who as usize / 8 % all.len().max(1)).copied() else { return new() };
        let text = || "处理".to_owned();
        let due = after(world.now(), i64::from(self.which % 60));
        let intent = match self.what % 32 {
            0 => return new(),
            1..5 => IncidentIntent::Take,
            5..7 => IncidentIntent::FormTeam {
                leader: self.person(),
                deputy: self.which.is_multiple_of(2).then_some(MANAGER),
                assignments: (0..u128::from(self.which % 3))
                    .map(|nth| given(fresh * 8 + nth, "排查", CHIEF, due))
                    .collect(),
            },
            7 => IncidentIntent::SetPart {
                part: if self.which.is_multiple_of(2) { Part::Leader } else { Part::Deputy },
                person: (!self.which.is_multiple_of(5)).then_some(self.person()),
            },
            8 => IncidentIntent::Assign(given(fresh * 8, "安抚", self.person(), due)),
            9 => IncidentIntent::SetDone { assignment: assignment(fresh.saturating_sub(1) * 8), done: true },
            10..12 => {
                IncidentIntent::Say { text: text(), mentions: BTreeSet::from([self.person()]), files: Vec::new() }
            }
            12..15 => IncidentIntent::Update(text()),
            16 => IncidentIntent::Mitigate(text()),
            17..20 => IncidentIntent::Resolve(text()),
            20..22 => IncidentIntent::Confirm,
            22..24 => IncidentIntent::Refuse(text()),
            24..26 => IncidentIntent::SetSeverity { severity: self.severity(), reason: text() },
            26 if self.which.is_multiple_of(4) => IncidentIntent::Reject(text()),
            26 => IncidentIntent::MergeInto { into: all[self.which as usize % all.len()], reason: text() },
            27..29 => IncidentIntent::EditReport(self.edit(fresh)),
            29 => IncidentIntent::File { project: Some(PROJECT) },
            15 if self.which.is_multiple_of(2) => IncidentIntent::Call(self.person()),
            15 => IncidentIntent::Pin(text()),
            30 => IncidentIntent::Close { article: article(fresh), body: text() },
            _ => IncidentIntent::ReportToo(text()),
        };
        on(incident, intent)
    }

    fn edit(self, fresh: u128) -> ReportEdit {
        let text = "因为".to_owned();
        match self.which % 6 {
            0 => ReportEdit::Noticed(text),
            1 => ReportEdit::Impact(text),
            2 => ReportEdit::Whys(vec![text]),
            3 => ReportEdit::RootCause(text),
            4 => ReportEdit::TemporaryFix(text),
            _ => ReportEdit::PutMeasure(Measure {
                id: measure(fresh),
                text,
                owner: MEMBER,
                due: crate::testing::day(12, 1),
                task: None,
            }),
        }
    }
}

/// Runs a history; what is refused is passed over.
fn run(world: &mut World, history: &[Idea], mut each: impl FnMut(&World, &World)) {
    for (index, idea) in history.iter().enumerate() {
        world.minutes_pass(idea.passes.into());
        let before = world.clone();
        if idea.looked {
            ring_due(world);
        }
        let command = idea.command(world, index as u128);
        let _ = world.tries(idea.actor(), &command);
        each(&before, world);
    }
}

/// A whole report, so that histories also reach the end: drawn ideas rarely do.
fn to_the_end(world: &mut World, incident: IncidentId, fresh: u128) {
    let mut tries = |actor, intent| drop(world.tries(actor, &on(incident, intent)));
    tries(ADMIN, IncidentIntent::Take);
    tries(ADMIN, IncidentIntent::Resolve("修复".into()));
    tries(REPORTER, IncidentIntent::Confirm);
    for which in 0..6 {
        let idea = Idea { who: 0, what: 0, which, passes: 0, looked: false };
        tries(ADMIN, IncidentIntent::EditReport(idea.edit(fresh)));
    }
    tries(DUTY, IncidentIntent::File { project: Some(PROJECT) });
    tries(ADMIN, IncidentIntent::Close { article: article(fresh), body: "经过".into() });
}

/// The people and stamps that each stage demands.
fn has_its_stamps(world: &World, incident: &Incident) {
    let round = &incident.round;
    let people = &world.state.company.people;
    let leads = incident.leader().is_some_and(|leader| people.contains_key(&leader));
    let (taken, solved) = (round.taken.is_some() && leads, round.resolved.is_some() && !round.solution.is_empty());
    let holds = match incident.stage {
        Stage::Reported => round.taken.is_none() && incident.earlier.is_empty() && round.resolved.is_none(),
        Stage::Reopened => round.taken.is_none() && !incident.earlier.is_empty() && round.resolved.is_none(),
        Stage::Responding => taken && round.resolved.is_none(),
        Stage::TeamFormed => taken && round.team.is_some() && !incident.assignments.is_empty(),
        Stage::Mitigated => taken && round.mitigated.is_some(),
        Stage::Resolved => taken && solved && round.confirmed.is_none(),
        Stage::Confirmed => taken && solved && round.confirmed.is_some() && incident.closed.is_none(),
        Stage::Closed => taken && solved && round.confirmed.is_some() && is_closed_well(world, incident),
        Stage::Merged => incident.dismissed.as_ref().is_some_and(|dismissal| dismissal.into.is_some()),
        Stage::Rejected => incident.dismissed.as_ref().is_some_and(|dismissal| !dismissal.reason.is_empty()),
    };
    assert!(holds, "{incident:#?}");
    assert!(incident.earlier.iter().all(|round| round.refused.is_some() && round.resolved.is_some()));
    assert!(incident.called.keys().chain([&incident.reporter]).all(|person| people.contains_key(person)));
    let assigned = incident.assignments.iter().map(|given| given.person);
    assert!(assigned.into_iter().all(|person| people.contains_key(&person)));
    for part in [Part::Leader, Part::Deputy] {
        let open = incident.tenures.iter().filter(|tenure| tenure.part == part && tenure.until.is_none());
        assert!(open.count() <= 1, "one has a role at a time");
    }
    if let Some(confirmed) = round.confirmed {
        let instead = incident.deadline(Clock::Confirm).is_some_and(|due| due <= confirmed.at);
        assert!(confirmed.by == incident.reporter || instead);
    }
}

fn is_closed_well(world: &World, incident: &Incident) -> bool {
    let report = &world.state.rooms[&incident.id].report;
    let tasks = report.measures.iter().all(|measure| {
        measure
            .task
            .is_some_and(|(project, task)| world.state.board(project).is_ok_and(|board| board.task(task).is_ok()))
    });
    let article = incident.article.is_some_and(|article| world.state.articles.contains_key(&article));
    incident.filed.is_some() && incident.closed.is_some() && report.missing().is_empty() && tasks && article
}

/// No step of a round comes before the one that it follows.
fn is_in_order(incident: &Incident) {
    let rounds = incident.earlier.iter().chain([&incident.round]);
    let mut last = incident.reported_at;
    for round in rounds {
        let steps = [Some(round.begun), round.taken, round.resolved, round.confirmed.or(round.refused)];
        for stamp in steps.into_iter().flatten() {
            assert!(stamp.at >= last, "{incident:#?}");
            last = stamp.at;
        }
    }
    for stamp in [incident.filed, incident.closed].into_iter().flatten() {
        assert!(stamp.at >= last);
        last = stamp.at;
    }
}

/// Each deadline is the policy, applied to the report; of later rounds, to the refusal; of updates, to the last one.
fn has_its_deadlines(world: &World, incident: &Incident) {
    let terms = world.state.incidents.policy.terms(incident.severity);
    let calendar = Calendar::new(&Overrides::default());
    let minutes = |from: Timestamp, minutes: u32| after(from, minutes.into());
    let span = |from| match terms.resolve {
        Span::Minutes(count) => minutes(from, count),
        Span::WorkingDays(days) => calendar.add_days(from, days).value,
    };
    let round = &incident.round;
    let begun = if incident.earlier.is_empty() { incident.reported_at } else { round.begun.at };
    assert_eq!(incident.deadline(Clock::Take), terms.take.map(|take| minutes(begun, take)));
    assert_eq!(incident.deadline(Clock::Team), terms.team.map(|team| minutes(begun, team)));
    assert_eq!(incident.deadline(Clock::Resolve), Some(span(begun)));
    assert_eq!(incident.resolve_by(), span(incident.reported_at));
    let heard = round.updated.or(round.taken).map(|stamp| stamp.at);
    let update = heard.and_then(|heard| terms.update.map(|update| minutes(heard, update)));
    assert_eq!(incident.deadline(Clock::Update), update);
    let report = round.confirmed.map(|confirmed| calendar.add_days(confirmed.at, terms.report_days).value);
    assert_eq!(incident.deadline(Clock::Report), report);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_stage_has_the_stamps_and_people_that_it_demands(history in history()) {
        let mut world = at_night();
        run(&mut world, &history, |_, world| {
            for incident in all(&world.state) {
                has_its_stamps(world, incident);
                is_in_order(incident);
            }
        });
        let all: Vec<IncidentId> = all(&world.state).map(|incident| incident.id).collect();
        for (index, incident) in all.into_iter().enumerate() {
            to_the_end(&mut world, incident, 5_000 + index as u128);
            has_its_stamps(&world, world.state.incident(incident).expect("it stays"));
        }
    }

    #[test]
    fn deadlines_are_the_policy_applied_to_the_report(history in history()) {
        let mut world = at_night();
        run(&mut world, &history, |_, world| {
            all(&world.state).for_each(|incident| has_its_deadlines(world, incident));
        });
    }

    #[test]
    fn what_was_missed_stays_on_record_and_nothing_rings_twice(history in history()) {
        let mut world = at_night();
        run(&mut world, &history, |before, world| {
            for was in all(&before.state) {
                let now = world.state.incident(was.id).expect("it stays");
                for breach in &was.breaches {
                    let kept = |kept: &&Breach| (kept.clock, kept.due, kept.round) == (breach.clock, breach.due, breach.round);
                    assert_eq!(now.breaches.iter().filter(kept).count(), 1, "a breach is kept, once");
                }
            }
        });
        ring_due(&mut world);
        let (state, now) = (world.state.clone(), world.now());
        for incident in all(&state) {
            for alarm in &incident.rung {
                world.refuses(SYSTEM, on(incident.id, IncidentIntent::Ring(*alarm)));
            }
            // Once the clocks were looked at, no deadline is past without being on record.
            for deadline in incident.clocks().into_iter().filter(|deadline| deadline.is_missed(now)) {
                let recorded = incident.breaches.iter().any(|breach| breach.due == deadline.due);
                prop_assert!(recorded || deadline.clock == Clock::Confirm, "{:?} {:#?}", deadline, incident);
            }
        }
    }

    /// The browser decides, the server decides, the changes travel: all end the same.
    #[test]
    fn states_that_began_equal_stay_equal(history in history()) {
        let mut world = at_night();
        let mut told = world.state.clone();
        let (mut kept, mut kept_state) = (Kept::default(), State::default());
        for (index, idea) in history.iter().enumerate() {
            world.minutes_pass(idea.passes.into());
            let command = idea.command(&world, index as u128);
            let sent: Command = decode(&encode(&command).expect("it can be written")).expect("it can be read");
            prop_assert_eq!(&sent, &command);
            let Ok(changes) = world.tries(idea.actor(), &command) else { continue };
            let scopes = command.scopes();
            prop_assert!(changes.iter().all(|part| scopes.contains(&part.scope) && !part.changes.is_empty()));
            kept.take(&mut kept_state, &changes);
            let json = serde_json::to_string(&changes).expect("it can be kept");
            told.apply_all(&serde_json::from_str::<crate::command::Changes>(&json).expect("it can be read back"));
        }
        prop_assert!(told == world.state);
        prop_assert!(world.state.incidents.all.values().all(|incident| !incident.stage.is_over()));
        let mut numbers: Vec<String> = all(&world.state).map(|incident| incident.number()).collect();
        numbers.sort_unstable();
        let count = numbers.len();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), count, "a number is given once");
        // Of the histories, the rooms and the list of incidents are kept from their beginning.
        kept.reads_of(&kept_state, |scope| matches!(scope, Scope::Room(_) | Scope::Article(_)));
    }
}
