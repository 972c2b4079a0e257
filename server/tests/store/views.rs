//! What reporting tools see of the database: views with columns, the same on every engine.

use qibu::sync::Engine;
use shared::Scope;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::Place;
use crate::history::History;

engines![what_people_ask_for_is_in_columns, nothing_is_written_through_a_view];

/// The rows that a query answers, each as its columns' texts.
async fn rows(place: &Place, query: &str) -> Vec<Vec<Option<String>>> {
    let query = AssertSqlSafe(query.to_owned());
    if place.address.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(&place.address).await.expect("a connection");
        let rows = sqlx::query(query).fetch_all(&mut connection).await.expect("it answers");
        rows.iter().map(|row| (0..row.len()).map(|column| row.get(column)).collect()).collect()
    } else {
        let mut connection = PgConnection::connect(&place.address).await.expect("a connection");
        let rows = sqlx::query(query).fetch_all(&mut connection).await.expect("it answers");
        rows.iter().map(|row| (0..row.len()).map(|column| row.get(column)).collect()).collect()
    }
}

async fn what_people_ask_for_is_in_columns(place: Place) {
    let engine = Engine::start(place.open().await).await.expect("it starts");
    let history = History::play(&engine).await;
    let (_, state) = engine.read(&history.scopes()).await.expect("it reads");
    engine.shutdown().await;
    let some = |text: &str| Some(text.to_owned());

    let people = rows(&place, "SELECT name, email, role FROM person ORDER BY name").await;
    let mut expected: Vec<_> = state.company.people.values().collect();
    expected.sort_by(|a, b| a.name.cmp(&b.name));
    let expected = expected
        .into_iter()
        .map(|person| vec![some(&person.name), some(&person.email), Some(format!("{:?}", person.role))]);
    assert_eq!(people, expected.collect::<Vec<_>>());
    let departments = rows(&place, "SELECT id, name FROM department").await;
    assert_eq!(departments.len(), state.company.departments.len(), "those that are gone are not there");

    let project = &state.projects[&history.work.project];
    let projects =
        rows(&place, &format!("SELECT number, name, stage, start FROM project WHERE id = '{}'", project.id)).await;
    let start = project.registration.start.to_string();
    assert_eq!(
        projects,
        [vec![
            some(&project.number),
            some(&project.registration.name),
            Some(format!("{:?}", project.stage)),
            some(&start)
        ]]
    );

    let board = &state.boards[&history.work.project];
    let tasks = rows(
        &place,
        &format!(
            "SELECT id, project, name, board_column, status, CAST(number AS TEXT), CAST(percent AS TEXT) FROM task
             WHERE project = '{}' ORDER BY number",
            project.id
        ),
    )
    .await;
    let mut expected: Vec<_> = board.tasks().values().collect();
    expected.sort_by_key(|task| task.number);
    let expected = expected.into_iter().map(|task| {
        vec![
            Some(task.id.to_string()),
            Some(history.work.project.to_string()),
            some(&task.name),
            board.column(task.column).ok().map(|column| column.name.clone()),
            Some(format!("{:?}", board.status(task))),
            Some(task.number.to_string()),
            Some(task.progress.percent.to_string()),
        ]
    });
    assert_eq!(tasks, expected.collect::<Vec<_>>());

    // One that is over is in its room, and counts like the others.
    let incident = state.incident(history.aftermath.incident).expect("it is there");
    let incidents =
        rows(&place, "SELECT id, number, title, stage FROM incident WHERE resolved_at >= reported_at").await;
    assert_eq!(
        incidents,
        [vec![
            Some(incident.id.to_string()),
            Some(incident.number()),
            some(&incident.title),
            Some(format!("{:?}", incident.stage))
        ]]
    );
    let articles = rows(&place, "SELECT title, CAST(revision AS TEXT) FROM article ORDER BY id").await;
    let expected = state.articles.values().map(|article| {
        let current = article.current().expect("a revision");
        vec![some(&current.title), Some(current.number.to_string())]
    });
    assert_eq!(articles, expected.collect::<Vec<_>>());
    assert!(history.scopes().contains(&Scope::Incidents));
}

async fn nothing_is_written_through_a_view(place: Place) {
    place.open().await.close().await;
    for view in ["department", "person", "project", "task", "incident", "article"] {
        let statement = AssertSqlSafe(format!("UPDATE {view} SET id = 'mine'"));
        let refused = if place.address.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&place.address).await.expect("a connection");
            sqlx::query(statement).execute(&mut connection).await.map(drop)
        } else {
            let mut connection = PgConnection::connect(&place.address).await.expect("a connection");
            sqlx::query(statement).execute(&mut connection).await.map(drop)
        };
        assert!(refused.is_err(), "{view}");
    }
}
