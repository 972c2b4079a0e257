//! Acting in the demo's name: many commands in flight at once, dates around today.

use futures_util::future::try_join_all;
use jiff::ToSpan as _;
use jiff::civil::Weekday;
use jiff::tz::Offset;
use shared::id::TaskId;
use shared::id::{CommandId, PersonId, ProjectId};
use shared::project::board::{BoardCommand, BoardIntent};
use shared::project::task::{TaskCommand, TaskEdit, TaskIntent};
use shared::{Command, Date};
use uuid::Uuid;

use super::DemoError;
use crate::Fault;
use crate::clock::now;
use crate::sync::Engine;

/// How many commands are under way at once: one transaction takes what waits.
const IN_FLIGHT: usize = 500;

/// Runs the demo's commands.
pub(super) struct Script {
    engine: Engine,
    today: Date,
}

/// A command and whose it is.
pub(super) type Line = (PersonId, Command);

impl Script {
    pub(super) fn new(engine: Engine) -> Self {
        // The company's clock is Shanghai's, which has no summer time.
        let shanghai = Offset::constant(8);
        let now = jiff::Timestamp::from_microsecond(now().micros()).unwrap_or_default();
        Self { engine, today: shanghai.to_datetime(now).date() }
    }

    /// The Monday of this week.
    pub(super) fn monday(&self) -> Date {
        self.today.saturating_sub(i32::from(self.today.weekday().to_monday_zero_offset()).days())
    }

    /// A day around today; one at a weekend becomes the Monday after it.
    pub(super) fn day(&self, from_today: i32) -> Date {
        let date = self.today.saturating_add(from_today.days());
        match date.weekday() {
            Weekday::Saturday => date.saturating_add(2.days()),
            Weekday::Sunday => date.saturating_add(1.days()),
            _ => date,
        }
    }

    /// Runs commands on what is there already, many at once; they are decided in their order.
    pub(super) async fn run(&self, lines: Vec<Line>) -> Result<(), DemoError> {
        let mut lines = lines.into_iter().peekable();
        while lines.peek().is_some() {
            let batch = lines.by_ref().take(IN_FLIGHT).map(|(actor, command)| self.act(actor, command));
            // Left alone, tokio makes some wait in the middle of a batch, and those behind them would overtake.
            tokio::task::unconstrained(try_join_all(batch)).await?;
        }
        Ok(())
    }

    /// Runs one command to its end: one that makes what others are about.
    pub(super) async fn run_one(&self, (actor, command): Line) -> Result<(), DemoError> {
        self.act(actor, command).await
    }

    async fn act(&self, actor: PersonId, command: Command) -> Result<(), DemoError> {
        let told = format!("{command:?}");
        let acted = self.engine.act(actor, CommandId::new(Uuid::now_v7()), command).await;
        match acted.map_err(Fault::from) {
            Ok(_) => Ok(()),
            Err(Fault::Refused(rejection)) => Err(DemoError::Refused { command: told, rejection }),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// A command on the tasks of a project.
pub(super) fn on_tasks(project: ProjectId, intent: TaskIntent) -> Command {
    Command::Task(TaskCommand { project, intent })
}

/// A command on one field of a task.
pub(super) fn edit(project: ProjectId, task: TaskId, edit: TaskEdit) -> Command {
    on_tasks(project, TaskIntent::Edit { task, edit })
}

/// A command on the columns of a board.
pub(super) fn on_board(project: ProjectId, intent: BoardIntent) -> Command {
    Command::Board(BoardCommand { project, intent })
}
