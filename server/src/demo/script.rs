//! Acting in the demo's name: many commands in flight at once, dates around today.

use futures_util::future::try_join_all;
use jiff::ToSpan as _;
use jiff::civil::{Weekday, time};
use jiff::tz::Offset;
use shared::id::{CommandId, EntryId, IncidentId, PersonId, ProjectId, TaskId};
use shared::incident::{Alarm, IncidentCommand, IncidentIntent, SYSTEM};
use shared::project::board::{BoardCommand, BoardIntent};
use shared::project::task::{TaskCommand, TaskEdit, TaskIntent};
use shared::{Command, Date, Scope, Timestamp};
use uuid::Uuid;

use super::{DemoError, id};
use crate::Fault;
use crate::clock::now;
use crate::sync::Engine;

/// How many commands are under way at once: one transaction takes what waits.
const IN_FLIGHT: usize = 500;
/// The company's clock is Shanghai's, which has no summer time.
const SHANGHAI: Offset = Offset::constant(8);

/// Runs the demo's commands.
pub(super) struct Script {
    engine: Engine,
    today: Date,
}

/// A command and whose it is.
pub(super) type Line = (PersonId, Command);

/// A minute: weeks from this one, the day of the week, the hour, the minute.
pub(super) type When = (i32, Weekday, i8, i8);

impl Script {
    pub(super) fn new(engine: Engine) -> Self {
        Self { engine, today: date_of(now()) }
    }

    /// The Monday of this week.
    pub(super) fn monday(&self) -> Date {
        self.today.saturating_sub(i32::from(self.today.weekday().to_monday_zero_offset()).days())
    }

    /// A day around today; one at a weekend becomes the Monday after it.
    pub(super) fn day(&self, from_today: i32) -> Date {
        weekday_from(self.today.saturating_add(from_today.days()))
    }

    /// An instant of a week around this one, by the company's clock.
    pub(super) fn instant(&self, (week, weekday, hour, minute): When) -> Timestamp {
        let days = 7 * week + i32::from(weekday.to_monday_zero_offset());
        at(self.monday().saturating_add(days.days()), hour, minute)
    }

    /// What is done from now on is done at that time, which is not before what was done already.
    pub(super) fn go_to(&self, at: Timestamp) {
        self.engine.pretend(Some(at));
    }

    /// What is done from now on is done now.
    pub(super) fn go_to_the_present(&self) {
        self.engine.pretend(None);
    }

    /// Lets the alarms go off that were due until then, each at its time: the timers, which do it otherwise, know only the
    /// present.
    pub(super) async fn ring_until(&self, until: Timestamp) -> Result<(), DemoError> {
        while let Some((incident, alarm)) = self.next_alarm().await?.filter(|(_, alarm)| alarm.due <= until) {
            self.go_to(alarm.due);
            let entry = EntryId::new(id("alarm", &format!("{incident}/{alarm:?}")));
            let ring = IncidentCommand::On { incident, entry, intent: IncidentIntent::Ring(alarm) };
            self.act(SYSTEM, Command::Incident(ring)).await?;
        }
        Ok(())
    }

    async fn next_alarm(&self) -> Result<Option<(IncidentId, Alarm)>, DemoError> {
        let (_, state) = self.engine.read(&[Scope::Incidents]).await.map_err(Fault::from)?;
        let open = state.incidents.all.values().filter(|incident| !incident.stage.is_over());
        let alarms = open.filter_map(|incident| incident.next_alarm().map(|alarm| (incident.id, alarm)));
        Ok(alarms.min_by_key(|(_, alarm)| alarm.due))
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

/// The day of an instant, by the company's clock.
pub(super) fn date_of(at: Timestamp) -> Date {
    SHANGHAI.to_datetime(jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default()).date()
}

/// An instant of a day, by the company's clock.
pub(super) fn at(date: Date, hour: i8, minute: i8) -> Timestamp {
    let instant = SHANGHAI.to_timestamp(date.to_datetime(time(hour, minute, 0, 0))).unwrap_or_default();
    Timestamp::from_micros(instant.as_microsecond())
}

/// The day itself, or the Monday after a weekend.
pub(super) fn weekday_from(date: Date) -> Date {
    match date.weekday() {
        Weekday::Saturday => date.saturating_add(2.days()),
        Weekday::Sunday => date.saturating_add(1.days()),
        _ => date,
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
