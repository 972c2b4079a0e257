//! What somebody who leaves holds, and handing it over (holdings: handing over).

use qibu::Fault;
use qibu::organisation::HeldInProject;
use serde_json::json;
use shared::holdings::Holding;
use shared::id::PersonId;
use shared::organisation::{Department, OrganisationCommand};
use shared::project::{ProjectIntent, Stage};
use shared::{Command, Field, Reason, Rejection, Scope};

use crate::built::{Built, Work, register, set_active};
use crate::support::Browser;

async fn held(browser: &Browser, person: PersonId) -> Result<Vec<HeldInProject>, Fault> {
    browser.call("held_in_projects", json!({ "person": person })).await
}

async fn hand_over(browser: &Browser, holding: Holding, from: PersonId, to: PersonId) -> Result<(), Fault> {
    browser.call("hand_over", json!({ "holding": holding, "from": from, "to": to })).await
}

/// A project of a member with two open tasks, which no admin is in.
async fn closed_project(built: &Built) -> Work {
    let (work, registered) = register(built.member, &[], false);
    built.server.act(built.member, registered).await;
    for name in ["One", "Two"] {
        let (_, create) = work.create(built.member, name);
        built.server.act(built.member, create).await;
    }
    work
}

#[tokio::test]
async fn an_admin_hands_over_projects_and_tasks_that_they_may_not_read() {
    let built = Built::new().await;
    let work = closed_project(&built).await;
    let admin = built.server.client_for(built.lead).await;
    let told = held(&admin, built.member).await.expect("told");
    assert_eq!(told.iter().map(|it| (it.project, it.leads, it.tasks)).collect::<Vec<_>>(), [(work.project, true, 2)]);
    assert_eq!(told[0].readers, Some([built.member].into()), "and to whom it would open");

    let to = built.outsider;
    for holding in [Holding::Tasks(work.project), Holding::Project(work.project)] {
        assert_eq!(hand_over(&admin, holding, built.member, to).await, Ok(()));
        assert_eq!(hand_over(&admin, holding, built.member, to).await, Ok(()), "and once more does nothing");
    }
    assert_eq!(held(&admin, built.member).await, Ok(Vec::new()));
    assert_eq!(held(&admin, to).await.map(|held| (held[0].leads, held[0].tasks)), Ok((true, 2)));
    let engine = &built.server.services().engine;
    assert_eq!(engine.may_read(built.lead, Scope::Board(work.project)).await.ok(), Some(false));
}

#[tokio::test]
async fn the_rules_decide_and_say_why_not() {
    let built = Built::new().await;
    let work = closed_project(&built).await;
    let admin = built.server.client_for(built.lead).await;
    built.server.act(built.lead, set_active(built.outsider, false)).await;
    let refused = hand_over(&admin, Holding::Tasks(work.project), built.member, built.outsider).await;
    assert_eq!(refused, Err(Rejection::of(Field::Owner, Reason::Deactivated).into()));

    let cancel = ProjectIntent::SetStage { stage: Stage::Cancelled, reason: "No budget".into() };
    built.server.act(built.member, work.on(cancel)).await;
    assert_eq!(held(&admin, built.member).await, Ok(Vec::new()), "what is over is held by nobody");
}

#[tokio::test]
async fn only_admins_see_and_hand_over_what_others_hold() {
    let built = Built::new().await;
    let work = closed_project(&built).await;
    let tech = built.server.department(built.lead, "技术部", Some(built.member)).await;
    let placed = OrganisationCommand::SetDepartment { person: built.outsider, department: Some(tech) };
    built.server.act(built.lead, Command::Organisation(placed)).await;
    for browser in [built.server.client_for(built.member).await, built.server.client_for(built.outsider).await] {
        assert_eq!(held(&browser, built.member).await, Err(Fault::NotAllowed));
        let taken = hand_over(&browser, Holding::Department(tech), built.member, built.outsider).await;
        assert_eq!(taken, Err(Fault::NotAllowed));
    }
    let stranger = built.server.stranger();
    assert_eq!(held(&stranger, built.member).await, Err(Fault::SignedOut));
    let taken = hand_over(&stranger, Holding::Project(work.project), built.member, built.outsider).await;
    assert_eq!(taken, Err(Fault::SignedOut));

    let admin = built.server.client_for(built.lead).await;
    assert_eq!(hand_over(&admin, Holding::Department(tech), built.member, built.outsider).await, Ok(()));
    let (_, state) = built.server.services().engine.read(&[Scope::Company]).await.expect("read");
    let Department { head, .. } = state.company.departments[&tech];
    assert_eq!(head, Some(built.outsider));
}
