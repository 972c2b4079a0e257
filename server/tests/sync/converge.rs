//! Several tabs at once, with cuts: they end the same as the server, and see each other.

use shared::id::TaskId;
use shared::project::task::Place;
use shared::sync::Client;

use crate::built::Built;
use crate::dice::Dice;
use crate::tab::Tab;

#[tokio::test]
async fn tabs_that_act_at_once_and_lose_the_network_end_the_same() {
    for seed in [3, 7, 11] {
        let built = Built::new().await;
        let mut tasks: Vec<TaskId> = Vec::new();
        for number in 0..6 {
            tasks.push(built.task(&format!("Task {number}")).await);
        }
        let mut tabs = Vec::new();
        for person in [built.lead, built.member, built.member] {
            tabs.push(Tab::open(built.door(person).await, person, built.work.project).await);
        }
        let mut dice = Dice::new(seed);
        for _ in 0..150 {
            let who = dice.roll(tabs.len());
            let tab = &mut tabs[who];
            let task = tasks[dice.roll(tasks.len())];
            let anchor = tasks[dice.roll(tasks.len())];
            let place = if dice.roll(3) == 0 { Place::First } else { Place::After(anchor) };
            let intent = match dice.roll(8) {
                0 => built.work.create(tab.client.person(), "New").1,
                1 => built.work.rename(task, &format!("Name {}", dice.roll(100))),
                2 => built.work.comment(task, "A word"),
                3 if dice.roll(6) == 0 => built.work.remove(task),
                4 if dice.roll(3) == 0 => {
                    tab.cut();
                    continue;
                }
                _ => built.work.move_to(task, dice.roll(3), place),
            };
            // What is gone already may be refused here.
            let _ = tab.try_act(&intent).await;
            if dice.roll(2) == 0 && tab.is_connected() {
                tab.step_if_any().await;
            }
        }
        for tab in &mut tabs {
            tab.settled().await;
        }
        let board = built.work.board();
        let truth = tabs[0].door.snapshot(board).await;
        for tab in &mut tabs {
            let so = |client: &Client| client.confirmed().part(board) == truth.part;
            tab.until(&format!("as the server has it, seed {seed}"), so).await;
            assert_eq!(tab.client.shown(), tab.client.confirmed());
        }
        // And so has the database.
        let loaded = built.server.services().store.load(board).await.expect("it loads");
        assert_eq!(loaded.part, truth.part, "seed {seed}");
    }
}

#[tokio::test]
async fn they_see_who_looks_and_what_is_dragged() {
    let built = Built::new().await;
    let task = built.task("Dragged").await;
    let board = built.work.board();
    let mut lead = Tab::open(built.door(built.lead).await, built.lead, built.work.project).await;
    let mut member = Tab::open(built.door(built.member).await, built.member, built.work.project).await;
    lead.until("both look", |client| client.onlookers(board).len() == 2).await;
    member.until("both look", |client| client.onlookers(board).len() == 2).await;

    member.client.dragging(board, vec![task]);
    member.carry_out().await;
    let person = built.member;
    let drags = |client: &Client, tasks: &[TaskId]| {
        client.onlookers(board).iter().any(|onlooker| onlooker.person == person && onlooker.dragging == tasks)
    };
    lead.until("the member drags", |client| drags(client, &[task])).await;
    member.client.dragging(board, Vec::new());
    member.carry_out().await;
    lead.until("the member has let go", |client| drags(client, &[])).await;
    member.cut();
    lead.until("alone", |client| client.onlookers(board).len() == 1).await;
}

#[tokio::test]
async fn a_removed_member_forgets_the_project_though_it_acts_on_it() {
    let built = Built::new().await;
    let task = built.task("Contested").await;
    let mut tab = Tab::open(built.door(built.member).await, built.member, built.work.project).await;
    tab.until("live", |client| client.status().link == shared::sync::Link::Live).await;
    built.server.act(built.lead, built.work.remove_member(built.member)).await;
    // It does not know yet.
    tab.act(&built.work.rename(task, "Too late")).await;
    let board = built.work.board();
    tab.until("refused and forgotten", |client| client.parked().len() == 1 && !client.holds(board)).await;
    assert!(tab.client.shown().board(built.work.project).is_err());
    assert!(tab.client.shown().project(built.work.project).is_err());
}
