//! From a solution to the end.

use super::*;
use crate::inbox::BoardTask;
use crate::knowledge::Source;
use crate::project::board::Status;
use crate::testing::{OBSERVER, PROJECT};

fn day() -> crate::Date {
    crate::testing::day(12, 4)
}

/// The report, filled in by the duty lead, with one measure.
fn written() -> World {
    let mut world = resolved();
    world.does(REPORTER, IncidentIntent::Confirm);
    for edit in [
        ReportEdit::Noticed("客户来电".into()),
        ReportEdit::Impact("无法付款".into()),
        ReportEdit::Affected(Some(100)),
        ReportEdit::Whys(vec!["网关无响应".into(), "连接池耗尽".into(), String::new()]),
        ReportEdit::RootCause("连接泄漏".into()),
        ReportEdit::TemporaryFix("重启".into()),
        ReportEdit::PutMeasure(a_measure()),
    ] {
        world.does(DUTY, IncidentIntent::EditReport(edit));
    }
    world
}

fn a_measure() -> Measure {
    Measure { id: measure(1), text: "为连接池加监控".into(), owner: MEMBER, due: day(), task: None }
}

fn close() -> IncidentIntent {
    IncidentIntent::Close { article: article(1), body: "# 经过".into() }
}

#[test]
fn the_reporter_confirms_and_after_a_working_day_who_runs_it() {
    let mut world = resolved();
    assert_eq!(world.refuses(FALLBACK, IncidentIntent::Confirm), Reason::NotAllowed.into());
    assert_eq!(world.refuses(DUTY, IncidentIntent::Confirm), refusal(IncidentRefusal::ReporterHasTime));
    assert!(world.allows(REPORTER, IncidentIntent::Confirm));
    // Resolved on Tuesday at two in the night: by Wednesday at nine, as if it had arrived at the opening.
    world.minutes_pass(31 * 60);
    assert!(world.allows(DUTY, IncidentIntent::Confirm));
}

#[test]
fn of_a_reporter_who_has_left_nobody_waits_for() {
    let mut world = resolved();
    world.leaves_the_company(OBSERVER);
    assert!(world.allows(DUTY, IncidentIntent::Confirm));
}

#[test]
fn a_refused_solution_opens_a_round_with_clocks_of_its_own_and_in_sum() {
    let mut world = resolved();
    world.minutes_pass(40);
    let refuse = |reason: &str| IncidentIntent::Refuse(reason.into());
    assert_eq!(world.refuses(REPORTER, refuse("")), Rejection::of(Field::Reason, Reason::Required));
    world.does(REPORTER, refuse("还是打不开"));
    let reopened_at = world.now();
    let incident = first(&world);
    assert_eq!(incident.stage, Stage::Reopened);
    assert_eq!(incident.earlier[0].solution, "重启了支付网关", "what stopped the clock is kept");
    assert_eq!(incident.deadline(Clock::Take), Some(after(reopened_at, 5)));
    assert_eq!(incident.deadline(Clock::Resolve), Some(after(reopened_at, 60)));
    assert_eq!(incident.resolve_by(), after(incident.reported_at, 60));

    world.does(DUTY, IncidentIntent::Take);
    world.minutes_pass(25);
    world.does(DUTY, IncidentIntent::Resolve("修复了连接泄漏".into()));
    let whole: Vec<_> = first(&world).breaches.iter().map(|breach| (breach.clock, breach.round)).collect();
    assert_eq!(whole, [(Clock::Resolve, 0)], "as if the clock had never stopped");
    assert!(first(&world).lasted(world.now()) > 60 * MINUTE);
    world.does(REPORTER, IncidentIntent::Confirm);
    assert_eq!(first(&world).stage, Stage::Confirmed);
}

#[test]
fn what_is_known_already_stands_in_the_report() {
    let mut world = taken();
    world.minutes_pass(40);
    world.does(DUTY, IncidentIntent::Resolve("重启了支付网关".into()));
    let known = |world: &World| {
        let report = &world.state.rooms[&FIRST].report;
        (report.affected, report.minutes)
    };
    let minutes = u32::try_from(first(&world).lasted(world.now()) / MINUTE).expect("not so many");
    assert_eq!(known(&world), (Some(100), Some(minutes)));
    assert_eq!(world.state.rooms[&FIRST].report.impact, "所有下单的客户");
    world.does(REPORTER, IncidentIntent::Refuse("还是打不开".into()));
    world.does(DUTY, IncidentIntent::Take);
    world.minutes_pass(20);
    world.does(DUTY, IncidentIntent::Resolve("修复了连接泄漏".into()));
    let whole = u32::try_from(first(&world).lasted(world.now()) / MINUTE).expect("not so many");
    assert!(whole >= minutes + 20);
    assert_eq!(known(&world), (Some(100), Some(whole)), "as if the clock had never stopped");
    let edit = |edit| IncidentIntent::EditReport(edit);
    world.does(DUTY, edit(ReportEdit::Minutes(Some(5))));
    world.does(REPORTER, IncidentIntent::Refuse("又坏了".into()));
    world.does(DUTY, IncidentIntent::Take);
    world.does(DUTY, IncidentIntent::Resolve("回滚".into()));
    assert_eq!(known(&world).1, Some(5), "what somebody wrote stays");
}

#[test]
fn how_long_it_lasted_counts_from_when_it_began_and_deadlines_from_the_report() {
    let mut world = at_night();
    let began = after(night(), -48);
    let impact = Impact { since: Some(began), ..Impact::default() };
    world.does(REPORTER, NewIncident { impact, ..form(1, Severity::Urgent) });
    let incident = first(&world).clone();
    assert_eq!(incident.deadline(Clock::Resolve), Some(after(incident.reported_at, 60)));
    world.does(DUTY, IncidentIntent::Take);
    world.minutes_pass(3);
    world.does(DUTY, IncidentIntent::Resolve("重启了支付网关".into()));
    let minutes = first(&world).lasted(world.now()) / MINUTE;
    assert!(minutes >= 51, "{minutes}");
    assert_eq!(world.state.rooms[&FIRST].report.minutes.map(i64::from), Some(minutes));
    let laps = laps(&world.state.company, [first(&world)], world.now());
    assert_eq!(laps[0].resolved.map(|took| took / MINUTE), Some(3), "the response is counted from the report");
    // A reporter's clock may be a little ahead.
    let mut ahead = incident;
    ahead.impact.since = Some(after(ahead.reported_at, 2));
    assert_eq!(ahead.began(), ahead.reported_at);
}

#[test]
fn a_report_is_filed_when_it_is_complete_and_its_measures_become_tasks() {
    let mut world = resolved();
    world.does(REPORTER, IncidentIntent::Confirm);
    let file = |project| IncidentIntent::File { project };
    let incomplete = Reason::Incident(IncidentRefusal::ReportIncomplete);
    assert_eq!(world.refuses(DUTY, file(None)), Rejection::of(Field::Noticed, incomplete));

    let mut world = written();
    let needs = Reason::Incident(IncidentRefusal::MeasuresNeedAProject);
    assert_eq!(world.refuses(DUTY, file(None)), Rejection::of(Field::MeasureProject, needs));
    assert_eq!(world.refuses(CHIEF, file(Some(PROJECT))), Reason::NotAllowed.into());
    world.does(DUTY, file(Some(PROJECT)));
    let task = world.task(crate::id::TaskId::new(measure(1).uuid())).clone();
    assert_eq!((task.name.as_str(), task.owner, task.due), ("为连接池加监控", MEMBER, Some(day())));
    assert_eq!(world.the_board().status(&task), Status::Todo);
    assert_eq!(world.state.rooms[&FIRST].report.measures[0].task, Some((PROJECT, task.id)));
    assert!(first(&world).filed.is_some());
    let duty = &world.state.inboxes[&MEMBER].duties[&BoardTask { project: PROJECT, task: task.id }];
    assert_eq!((duty.card.due, duty.by), (Some(day()), DUTY), "whose it is is told");
    let edit = IncidentIntent::EditReport(ReportEdit::Worked("x".into()));
    assert_eq!(world.refuses(DUTY, edit), refusal(IncidentRefusal::Over), "what is filed stays");
}

#[test]
fn a_measure_of_somebody_outside_the_project_is_refused_whole() {
    let mut world = written();
    let outside = Measure { id: measure(2), owner: FALLBACK, ..a_measure() };
    world.does(DUTY, IncidentIntent::EditReport(ReportEdit::PutMeasure(outside)));
    let refused = world.refuses(DUTY, IncidentIntent::File { project: Some(PROJECT) });
    assert_eq!(refused, Rejection::of(Field::Owner, Reason::NotAMember));
}

#[test]
fn closing_demands_the_report_and_leaves_an_article() {
    let mut world = written();
    assert_eq!(world.refuses(DUTY, close()), refusal(IncidentRefusal::ReportMissing));
    world.does(DUTY, IncidentIntent::File { project: Some(PROJECT) });
    world.does(DUTY, close());
    let incident = first(&world);
    assert_eq!((incident.stage, incident.article), (Stage::Closed, Some(article(1))));
    let article = &world.state.articles[&article(1)];
    assert_eq!(article.card.source, Some(Source::Incident(FIRST)));
    assert_eq!(article.current().map(|revision| revision.body.as_str()), Some("# 经过"));
    assert_eq!(world.refuses(DUTY, IncidentIntent::Pin("x".into())), refusal(IncidentRefusal::Over));
}

#[test]
fn the_report_belongs_to_who_runs_the_incident_once_it_is_resolved() {
    let edit = || IncidentIntent::EditReport(ReportEdit::Worked("群里响应快".into()));
    assert_eq!(taken().refuses(DUTY, edit()), refusal(IncidentRefusal::WrongStage(Stage::Responding)));
    let mut world = resolved();
    assert_eq!(world.refuses(FALLBACK, edit()), Reason::NotAllowed.into());
    world.does(DUTY, edit());
    world.has_nothing_to_do(DUTY, edit());
    let whys = IncidentIntent::EditReport(ReportEdit::Whys(vec!["为什么".into(); WHYS + 1]));
    assert_eq!(world.refuses(DUTY, whys).field, Some(Field::Whys));
}

#[test]
fn figures_count_a_refused_solution_as_if_the_clock_had_never_stopped() {
    let mut world = resolved();
    world.minutes_pass(40);
    world.does(REPORTER, IncidentIntent::Refuse("还是打不开".into()));
    world.does(DUTY, IncidentIntent::Take);
    world.minutes_pass(40);
    world.does(DUTY, IncidentIntent::Resolve("修复了连接泄漏".into()));
    let counted = all(&world.state).map(AsRef::as_ref);
    let laps = laps(&world.state.company, counted, world.now());
    let figures = Figures::of(&laps);
    assert_eq!(figures.count, 1);
    assert_eq!(figures.resolved.map(|took| took / MINUTE), Some(80));
    assert_eq!(laps[0].missed, [Some(false), None, Some(true)]);
    assert_eq!(laps[0].department, Some(TECHNOLOGY));
}
