//! Tasks in a database of an older version, where nobody was told of theirs (task: telling): those whose they are are told
//! by a command of nobody's.

use shared::Scope;
use shared::command::Command;
use shared::id::{CommandId, ProjectId};
use shared::incident::SYSTEM;
use shared::project::task::{TaskCommand, TaskIntent, untold};
use uuid::Uuid;

use crate::Fault;
use crate::sync::{ActError, Engine};

/// How many tasks are told of at once, before others have their turn.
const MOST: usize = 100;

/// Tells of all tasks that somebody should know and does not; nothing is done twice.
pub(crate) async fn tell(engine: &Engine) -> Result<(), Fault> {
    engine.current().await?;
    let goes_on = engine.look(|state| {
        let projects = state.projects.values().filter(|project| !project.stage.is_over());
        projects.map(|project| project.id).collect::<Vec<_>>()
    });
    let mut told = 0;
    for project in goes_on {
        told += tell_of(engine, project).await?;
    }
    if told > 0 {
        tracing::info!(tasks = told, "whoever has tasks is told of them");
    }
    Ok(())
}

async fn tell_of(engine: &Engine, project: ProjectId) -> Result<usize, Fault> {
    // Loaded, so that it can be looked at together with the inboxes.
    engine.read(&[Scope::Board(project)]).await?;
    let untold = engine.look(|state| untold(state, project));
    for tasks in untold.chunks(MOST) {
        let command = Command::Task(TaskCommand { project, intent: TaskIntent::Tell(tasks.to_vec()) });
        match engine.act(SYSTEM, CommandId::new(Uuid::now_v7()), command).await {
            // Refused: the project has gone meanwhile.
            Ok(_) | Err(ActError::Refused(_)) => {}
            Err(ActError::Unavailable) => return Err(Fault::Unavailable),
        }
    }
    Ok(untold.len())
}
