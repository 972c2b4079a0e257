//! What a person holds in projects, counted by the database.

use qibu::sync::Engine;
use shared::Scope;

use crate::Place;
use crate::history::History;

engines![open_tasks_and_led_projects_are_found_by_their_person];

async fn open_tasks_and_led_projects_are_found_by_their_person(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let project = history.work.project;
    let (_, state) = engine.read(&[Scope::Board(project)]).await.expect("it reads");
    let board = &state.boards[&project];
    let mine = board.tasks().values().filter(|task| task.owner == history.lead);
    let (open, over): (Vec<_>, Vec<_>) = mine.partition(|task| !board.status(task).is_over());
    assert!(!open.is_empty() && !over.is_empty(), "of both there are some, and one that was removed");

    let counted = store.open_tasks_of(history.lead).await.expect("counted");
    let here = counted.iter().find(|(id, _)| *id == project).map(|(_, count)| *count as usize);
    assert_eq!(here, Some(open.len()));
    assert!(store.led_by(history.lead).await.expect("found").contains(&project));

    let nobody = shared::id::PersonId::new(uuid::Uuid::now_v7());
    assert_eq!(store.open_tasks_of(nobody).await.expect("counted"), Vec::new());
    assert_eq!(store.led_by(nobody).await.expect("found"), Vec::new());
    engine.shutdown().await;
}
