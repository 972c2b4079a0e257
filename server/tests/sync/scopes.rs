//! Rooms, articles and inboxes: each goes to those who may read it, and rooms and articles only while they look.

use std::collections::BTreeSet;

use qibu::Fault;
use qibu::project::LateTask;
use shared::command::Command;
use shared::id::{ArticleId, DepartmentId, EntryId, IncidentId, PersonId};
use shared::inbox::{InboxCommand, Intent};
use shared::incident::{Impact, IncidentCommand, IncidentIntent, IncidentKind, NewIncident, Severity};
use shared::knowledge::{ArticleKind, KnowledgeCommand, KnowledgeIntent, NewArticle, Readers};
use shared::project::task::{Place, TaskEdit};
use shared::sync::{ClientFrame, Cursor, Seq, ServerFrame};
use shared::{Date, Reason, Scope};
use uuid::Uuid;

use crate::built::Built;
use crate::tab::Tab;
use crate::wire::{Wire, client, command};

fn entry() -> EntryId {
    EntryId::new(Uuid::now_v7())
}

fn report(id: IncidentId) -> Command {
    Command::Incident(IncidentCommand::Report(Box::new(NewIncident {
        id,
        entry: entry(),
        kind: IncidentKind::Other,
        severity: Severity::Normal,
        title: "Printer on fire".to_owned(),
        impact: Impact::default(),
        suggestion: String::new(),
        attachments: Vec::new(),
    })))
}

fn say(incident: IncidentId, text: &str) -> Command {
    let intent = IncidentIntent::Say { text: text.to_owned(), mentions: BTreeSet::new(), files: Vec::new() };
    Command::Incident(IncidentCommand::On { incident, entry: entry(), intent })
}

fn write(article: ArticleId, readers: Readers) -> Command {
    let new = NewArticle {
        kind: ArticleKind::HowTo,
        title: "Secret".to_owned(),
        body: "Nobody else may know.".to_owned(),
        tags: BTreeSet::new(),
        readers,
        source: None,
    };
    Command::Knowledge(KnowledgeCommand { article, intent: KnowledgeIntent::Create(Box::new(new)) })
}

async fn open(built: &Built, person: PersonId) -> Tab {
    Tab::open(built.door(person).await, person, built.work.project).await
}

fn lines(tab: &shared::sync::Client, incident: IncidentId) -> usize {
    tab.confirmed().rooms.get(&incident).map_or(0, |room| room.entries.len())
}

#[tokio::test]
async fn an_incident_reaches_everybody_and_its_room_those_who_look() {
    let built = Built::new().await;
    let (mut here, mut there) = (open(&built, built.lead).await, open(&built, built.outsider).await);
    let incident = IncidentId::new(Uuid::now_v7());
    let room = Scope::Room(incident);
    here.act(&report(incident)).await;
    // Looked at before the server has it: it comes all the same.
    here.client.watch(room);
    here.carry_out().await;
    here.settled().await;
    here.until("its own room is here", |client| lines(client, incident) == 2).await;
    there.until("it is told", |client| client.confirmed().incidents.all.contains_key(&incident)).await;
    assert!(!there.client.holds(room), "nobody looks at it there");
    there.client.watch(room);
    there.carry_out().await;
    there.until("the room is here", |client| lines(client, incident) == 2).await;
    here.act(&say(incident, "Who has water?")).await;
    there.until("what was said is heard", |client| lines(client, incident) == 3).await;
    there.act(&say(incident, "I have.")).await;
    there.settled().await;
    here.until("and answered", |client| lines(client, incident) == 4).await;
    assert_eq!(here.client.confirmed().rooms, there.client.confirmed().rooms);
}

#[tokio::test]
async fn an_inbox_is_nobody_elses_by_any_door() {
    let built = Built::new().await;
    let mark = |person| Command::Inbox(InboxCommand { person, key: "x".to_owned(), mark: Some(Intent::Done) });
    built.server.act(built.lead, mark(built.lead)).await;
    let scope = Scope::Inbox(built.lead);
    let door = built.door(built.outsider).await;
    assert_eq!(door.snapshot(scope).await.part, None);
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.send(&ClientFrame::Watch(Cursor { scope, upto: Seq(0) })).await;
    wire.send(&ClientFrame::Act { number: 1, id: command(), command: mark(built.lead) }).await;
    let mut revoked = false;
    let refused = loop {
        match wire.next().await {
            ServerFrame::Revoked(told) => revoked |= told == scope,
            ServerFrame::Delta(delta) => assert_ne!(delta.part.scope, scope),
            ServerFrame::Refused { rejection, .. } => break rejection,
            _ => {}
        }
    };
    assert!(revoked, "and not signed out for having asked");
    assert_eq!(refused.reason, Reason::NotAllowed);
}

#[tokio::test]
async fn what_somebody_is_told_of_tasks_reaches_them_alone() {
    let built = Built::new().await;
    let task = built.task("Write it").await;
    let (mut here, mut there) = (open(&built, built.lead).await, open(&built, built.member).await);
    let (mut wire, _) = Wire::fresh(&built.door(built.lead).await, client()).await;
    let duties = |tab: &shared::sync::Client, person: PersonId| {
        tab.confirmed().inboxes.get(&person).map_or(0, |inbox| inbox.duties.len())
    };
    here.until("it is the lead's", |client| duties(client, built.lead) == 1).await;
    here.act(&built.work.edit(task, TaskEdit::Owner(built.member))).await;
    assert!(!here.client.shown().inboxes.contains_key(&built.member), "nor before the server has answered");
    here.settled().await;
    here.until("it is the lead's no more", |client| duties(client, built.lead) == 0).await;
    there.until("it is the member's", |client| duties(client, built.member) == 1).await;
    here.act(&built.work.comment(task, "Begin today")).await;
    here.settled().await;
    let notes = |client: &shared::sync::Client| client.confirmed().inboxes[&built.member].notes.len();
    there.until("the member is told of it", |client| notes(client) == 1).await;
    // Told of two boards at once, on a board that they have not open.
    there.client.unwatch(built.work.board());
    there.carry_out().await;
    here.act(&built.work.move_to(task, 2, Place::Last)).await;
    here.settled().await;
    there.until("it is over", |client| duties(client, built.member) == 0).await;
    assert!(!there.client.holds(built.work.board()));
    assert!(!here.client.confirmed().inboxes.contains_key(&built.member));

    let frames = wire.rest().await;
    let told = |frame: &&ServerFrame| matches!(frame, ServerFrame::Delta(delta) if delta.part.scope.owner().is_some());
    assert!(frames.iter().filter(told).count() > 0, "the lead's other browser hears of the lead's own");
    let of_others = Scope::Inbox(built.member);
    let is_of_others = |frame: &ServerFrame| match frame {
        ServerFrame::Delta(delta) => delta.part.scope == of_others,
        ServerFrame::Granted(scope) | ServerFrame::Revoked(scope) | ServerFrame::Resync(scope) => *scope == of_others,
        ServerFrame::UpTo { cursor, .. } => cursor.scope == of_others,
        _ => false,
    };
    assert!(!frames.iter().any(is_of_others), "{frames:?}");
}

#[tokio::test]
async fn a_lead_is_told_what_is_late_and_nobody_else_is() {
    let built = Built::new().await;
    let task = built.task("Late").await;
    let past = TaskEdit::Due(Some(Date::constant(2026, 1, 9)));
    for edit in [past, TaskEdit::Owner(built.member)] {
        built.server.act(built.lead, built.work.edit(task, edit)).await;
    }
    let late = async |person| -> Result<Vec<LateTask>, Fault> {
        built.server.client_for(person).await.call("late_tasks", &serde_json::json!({})).await
    };
    let found = late(built.lead).await.expect("an answer");
    assert_eq!(found.iter().map(|late| (late.task.task, late.owner)).collect::<Vec<_>>(), [(task, built.member)]);
    assert_eq!(found[0].card.name, "Late");
    for person in [built.member, built.outsider] {
        assert_eq!(late(person).await, Ok(Vec::new()));
    }
    let nobody = built.server.stranger().call("late_tasks", &serde_json::json!({})).await;
    assert_eq!(nobody, Err::<Vec<LateTask>, _>(Fault::SignedOut));
}

#[tokio::test]
async fn an_article_goes_to_its_readers_alone() {
    let built = Built::new().await;
    let department: DepartmentId = built.server.department(built.lead, "Legal", None).await;
    let article = ArticleId::new(Uuid::now_v7());
    let scope = Scope::Article(article);
    built.server.act(built.lead, write(article, Readers::Departments([department].into()))).await;
    let door = built.door(built.outsider).await;
    assert_eq!(door.snapshot(scope).await.part, None);
    assert!(built.door(built.lead).await.snapshot(scope).await.part.is_some(), "its author reads it");
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.send(&ClientFrame::Watch(Cursor { scope, upto: Seq(0) })).await;
    loop {
        match wire.next().await {
            ServerFrame::Revoked(told) if told == scope => break,
            ServerFrame::Delta(delta) => assert_ne!(delta.part.scope, scope),
            _ => {}
        }
    }
    let open = KnowledgeIntent::SetReaders(Readers::Company);
    built.server.act(built.lead, Command::Knowledge(KnowledgeCommand { article, intent: open })).await;
    assert!(door.snapshot(scope).await.part.is_some());
    wire.send(&ClientFrame::Watch(Cursor { scope, upto: Seq(0) })).await;
    loop {
        if let ServerFrame::Delta(delta) = wire.next().await
            && delta.part.scope == scope
        {
            break;
        }
    }
}
