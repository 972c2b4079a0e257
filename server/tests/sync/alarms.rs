//! Alarms go off once, and are told of once, over two nodes, one of which is killed while a countdown runs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Json, Router};
use reqwest::Url;
use serde_json::{Value, json};
use shared::command::Change;
use shared::id::{EntryId, IncidentId};
use shared::incident::{
    AlarmKind, EntryKind, Impact, IncidentCommand, IncidentIntent, IncidentKind, NewIncident, RoomChange, Severity,
};
use shared::sync::{ClientFrame, ServerFrame, Start};
use shared::{Reason, Scope};
use sqlx::PgPool;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::built::Built;
use crate::postgres::Cluster;
use crate::program::{Process, fill, sign_in};
use crate::support::client_builder;
use crate::tab::Tab;
use crate::wire::{Door, Wire, client, command};

/// What the timeline of an incident says, as the journal has it.
async fn told(pool: &PgPool, incident: IncidentId) -> Vec<EntryKind> {
    let rows: Vec<String> = sqlx::query_scalar("SELECT changes FROM journal WHERE scope = $1 ORDER BY seq")
        .bind(format!("room:{incident}"))
        .fetch_all(pool)
        .await
        .expect("the journal");
    let changes = rows.iter().flat_map(|row| serde_json::from_str::<Vec<Change>>(row).expect("changes"));
    let entries = changes.filter_map(|change| match change {
        Change::Room(RoomChange::EntryPut(entry)) => Some(entry.kind.clone()),
        _ => None,
    });
    entries.collect()
}

/// How often each alarm went off.
async fn rung(pool: &PgPool, incident: IncidentId) -> BTreeMap<AlarmKind, usize> {
    let mut counts = BTreeMap::new();
    for kind in told(pool, incident).await {
        if let EntryKind::Called { alarm: Some(alarm), .. } | EntryKind::Rang { alarm } = kind {
            *counts.entry(alarm).or_default() += 1;
        }
    }
    counts
}

async fn until_rung(pool: &PgPool, incident: IncidentId, alarms: &[AlarmKind]) {
    let expected: BTreeMap<AlarmKind, usize> = alarms.iter().map(|alarm| (*alarm, 1)).collect();
    for _ in 0..400 {
        if rung(pool, incident).await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(rung(pool, incident).await, expected);
}

/// How many deliveries are not noted as made.
async fn waiting(pool: &PgPool) -> i64 {
    let count = sqlx::query_scalar("SELECT count(*) FROM webhook_delivery WHERE state = 'waiting'");
    count.fetch_one(pool).await.expect("the deliveries")
}

/// The id of a message, and the incident that it is about.
type Came = (String, Option<IncidentId>);

/// Somebody whom the company's webhook tells: what came.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<Came>>>);

impl Told {
    /// Listens, and has an admin name it.
    async fn by(node: &Url) -> Self {
        let told = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let take = |State(told): State<Self>, headers: HeaderMap, Json(body): Json<Value>| async move {
            let id = headers["webhook-id"].to_str().expect("text").to_owned();
            let incident = serde_json::from_value(body["data"]["incident"].clone()).expect("an incident");
            told.0.lock().expect("whole").push((id, incident));
        };
        let app = Router::new().fallback(take).with_state(told.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        let http = client_builder().cookie_store(true).build().expect("a client");
        let post = async |path: &str, body: Value| {
            let answer = http.post(node.join(path).expect("a path")).json(&body).send().await.expect("an answer");
            assert_eq!(answer.status(), 200, "{path}");
        };
        post("/api/sign_in", json!({ "email": "wu.min@qiming.example", "password": qibu::demo::PASSWORD })).await;
        let settings = json!({ "name": "x", "format": "Standard", "url": url, "locale": "En", "active": true, "may_be_private": true });
        post("/api/put_webhook", json!({ "id": Uuid::now_v7(), "settings": settings, "secret": null })).await;
        told
    }

    /// Waits until so many things were told of an incident, each once, and that is noted: a node that dies in between
    /// cannot know that it was told, and it is told again under the same id.
    async fn times(&self, pool: &PgPool, count: usize, incident: IncidentId) {
        let told = || {
            let all = self.0.lock().expect("whole").clone();
            all.into_iter().filter(|(_, of)| *of == Some(incident)).map(|(id, _)| id).collect::<Vec<String>>()
        };
        for _ in 0..400 {
            if told().len() >= count && waiting(pool).await == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let told = told();
        let different: BTreeSet<&String> = told.iter().collect();
        assert_eq!((told.len(), different.len()), (count, count), "{told:?}");
    }
}

fn report(id: IncidentId) -> shared::Command {
    shared::Command::Incident(IncidentCommand::Report(Box::new(NewIncident {
        id,
        entry: EntryId::new(Uuid::now_v7()),
        kind: IncidentKind::Technical,
        severity: Severity::Urgent,
        title: "支付页面打不开".to_owned(),
        impact: Impact::default(),
        suggestion: String::new(),
        attachments: Vec::new(),
    })))
}

/// An incident that the lead of a project has reported on a node.
async fn reported(node: &Url) -> IncidentId {
    let (person, cookie) = sign_in(node).await;
    let door = Door::with(node, cookie);
    let first: Start = door.get("/sync/start").await;
    let mut tab = Tab::begin(door, person, first);
    tab.connect().await;
    let incident = IncidentId::new(Uuid::now_v7());
    tab.act(&report(incident)).await;
    tab.settled().await;
    incident
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_alarm_goes_off_once_over_two_nodes_and_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = folder.path().join("clock");
    let ahead = |minutes: u32| std::fs::write(&clock, (minutes * 60 + 1).to_string()).expect("written");
    ahead(0);
    let database = Cluster::shared().database().await;
    fill(&database, 0);
    let start = || Process::start_with(&database, 0, &["--test-clock", clock.to_str().expect("text")]);
    let mut nodes = vec![start(), start()];
    let pool = PgPool::connect(&database).await.expect("the database");

    let webhook = Told::by(&nodes[1].url).await;
    let incident = reported(&nodes[0].url).await;
    webhook.times(&pool, 1, incident).await;

    ahead(6);
    until_rung(&pool, incident, &[AlarmKind::CallFallback]).await;
    webhook.times(&pool, 2, incident).await;
    // The node that people are on dies in the middle of the countdown to the next alarm, and comes back after it.
    nodes.remove(0);
    ahead(11);
    until_rung(&pool, incident, &[AlarmKind::CallFallback, AlarmKind::CallAdmins]).await;
    webhook.times(&pool, 3, incident).await;
    nodes.clear();
    ahead(61);
    nodes.extend([start(), start()]);
    let all = [AlarmKind::CallFallback, AlarmKind::CallAdmins, AlarmKind::ResolveLate];
    until_rung(&pool, incident, &all).await;
    webhook.times(&pool, 4, incident).await;
    // Whatever is tried again finds it in the journal: hours later there is still one of each. What is due first goes off
    // first: by the time that the alarms of a second incident have, those of the first had their chance.
    ahead(600);
    drop(nodes.pop());
    nodes.push(start());
    let second = reported(&nodes[0].url).await;
    ahead(611);
    until_rung(&pool, second, &[AlarmKind::CallFallback, AlarmKind::CallAdmins]).await;
    webhook.times(&pool, 3, second).await;
    until_rung(&pool, incident, &all).await;
    webhook.times(&pool, 4, incident).await;
    let breaches = told(&pool, incident).await.into_iter().filter(|kind| matches!(kind, EntryKind::Breached { .. }));
    assert_eq!(breaches.count(), 2, "nobody took it, and nobody resolved it");
}

#[tokio::test]
async fn an_alarm_cannot_be_forged_over_the_wire() {
    let built = Built::new().await;
    let incident = IncidentId::new(Uuid::now_v7());
    built.server.act(built.lead, report(incident)).await;
    let (_, state) = built.server.services().engine.read(&[Scope::Incidents]).await.expect("the state");
    let alarm = state.incidents.incident(incident).expect("it is here").next_alarm().expect("one waits");
    let entry = EntryId::new(Uuid::now_v7());
    let forged = IncidentCommand::On { incident, entry, intent: IncidentIntent::Ring(alarm) };
    let door = built.door(built.lead).await;
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.send(&ClientFrame::Act { number: 1, id: command(), command: shared::Command::Incident(forged) }).await;
    let refused = loop {
        if let ServerFrame::Refused { rejection, .. } = wire.next().await {
            break rejection;
        }
    };
    assert_eq!(refused.reason, Reason::NotAllowed, "not even an admin's");
}
