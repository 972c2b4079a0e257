//! The demo's company: that the rules take it, and that it is worth looking at.

use std::collections::BTreeSet;

use qibu::demo::{self, DemoError, PASSWORD};
use serde_json::json;
use shared::Scope;
use shared::id::PersonId;
use shared::organisation::Locale;
use shared::project::board::Status;

use crate::support::TestServer;

#[tokio::test]
async fn the_demo_fills_an_empty_database_once() {
    let server = TestServer::start().await;
    let services = server.services();
    let summary = demo::load(&services.store, &services.engine, 25).await.expect("loaded");
    assert_eq!(summary.sign_ins.len(), 3);
    assert!(matches!(demo::load(&services.store, &services.engine, 0).await, Err(DemoError::NotEmpty)));

    let mall = demo::project("points-mall");
    let slugs = ["points-mall", "relaunch", "helpdesk", "restructuring", "benchmark"];
    let scopes: Vec<Scope> = slugs
        .iter()
        .map(|slug| demo::project(slug))
        .flat_map(|id| [Scope::Project(id), Scope::Board(id)])
        .chain([Scope::Company])
        .collect();
    let (_, state) = services.engine.read(&scopes).await.expect("read");
    assert_eq!(state.company.people.len(), summary.people);
    assert!(state.company.departments.values().all(|department| department.head.is_some()));
    let locales: BTreeSet<bool> = state.company.people.values().map(|person| person.locale == Locale::En).collect();
    assert_eq!(locales.len(), 2, "both languages");

    let board = state.board(mall).expect("the board");
    assert_eq!(board.columns().len(), 5);
    assert!(board.columns().iter().all(|column| board.cards(column.id).len() >= 5));
    assert!(board.tasks().values().any(|task| board.status(task) == Status::Blocked));
    let design = board.task(demo::task("points-mall", "积分商城UI设计")).expect("the guide's task");
    assert_eq!(design.progress.percent, 80);
    assert_eq!(design.dependencies[0].on, demo::task("points-mall", "需求文档确认"));
    let comments = board.comments(design.id);
    assert!(comments[0].mentions.contains(&demo::person("su.wan")));
    assert_eq!(comments.len(), 3);
    assert_eq!(comments[0].author, demo::person("lin.xiao"), "in the order in which they were said");

    let secret = demo::project("restructuring");
    for outsider in ["lin.xiao", "daniel.chen"] {
        assert!(!state.may_read(demo::person(outsider), Scope::Project(secret)), "{outsider}");
    }
    assert_eq!(state.board(demo::project("benchmark")).expect("the board").tasks().len(), 25);

    for sign_in in summary.sign_ins {
        let browser = server.stranger();
        let answer = browser.call::<PersonId>("sign_in", json!({ "email": sign_in.email, "password": PASSWORD })).await;
        assert!(answer.is_ok(), "{sign_in:?}: {answer:?}");
    }
}
