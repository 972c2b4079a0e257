//! What is said of a command about incidents that waits or was refused.

use shared::State;
use shared::incident::{IncidentCommand, IncidentIntent, NewAssignment, NewIncident, ReportEdit};

use crate::area::Told;

/// What is said of a command.
pub fn told(state: &State, command: &IncidentCommand) -> Told {
    Told { what: what(state, command), place: t!("change.in_incidents").into_owned(), typed: typed(command) }
}

fn what(state: &State, command: &IncidentCommand) -> String {
    match command {
        IncidentCommand::Report(form) => t!("change.report_incident", title = form.title),
        IncidentCommand::On { incident, .. } => {
            if let Ok(incident) = state.incident(*incident) {
                t!("change.incident", title = incident.title)
            } else {
                // It is over, and its room is not here.
                t!("change.some_incident")
            }
        }
        IncidentCommand::SetPolicy(_) => t!("change.policy"),
        IncidentCommand::PutShift(_) | IncidentCommand::RemoveShift(_) | IncidentCommand::HandOver { .. } => {
            t!("change.roster")
        }
    }
    .into_owned()
}

/// The text that was typed for it.
fn typed(command: &IncidentCommand) -> Option<String> {
    use IncidentIntent as I;
    let text = match command {
        IncidentCommand::Report(form) => report(form),
        IncidentCommand::HandOver { note, .. } => note.clone(),
        IncidentCommand::PutShift(shift) => shift.note.clone(),
        IncidentCommand::SetPolicy(_) | IncidentCommand::RemoveShift(_) => return None,
        IncidentCommand::On { intent, .. } => match intent {
            I::Say { text, .. }
            | I::Update(text)
            | I::Pin(text)
            | I::Mitigate(text)
            | I::Resolve(text)
            | I::Refuse(text)
            | I::Reject(text)
            | I::ReportToo(text)
            | I::SetSeverity { reason: text, .. }
            | I::MergeInto { reason: text, .. }
            | I::Assign(NewAssignment { text, .. })
            | I::Close { body: text, .. } => text.clone(),
            I::FormTeam { assignments, .. } => {
                assignments.iter().map(|given| given.text.as_str()).collect::<Vec<_>>().join("\n")
            }
            I::EditReport(edit) => of_report(edit)?,
            I::Take
            | I::SetPart { .. }
            | I::SetDone { .. }
            | I::Confirm
            | I::File { .. }
            | I::Ring(_)
            | I::Leave
            | I::Call(_) => {
                return None;
            }
        },
    };
    Some(text)
}

fn report(form: &NewIncident) -> String {
    [&form.title, &form.impact.text, &form.suggestion].map(|text| text.trim()).join("\n\n")
}

fn of_report(edit: &ReportEdit) -> Option<String> {
    use ReportEdit as E;
    Some(match edit {
        E::Noticed(text)
        | E::Impact(text)
        | E::Factors(text)
        | E::RootCause(text)
        | E::TemporaryFix(text)
        | E::PermanentFix(text)
        | E::Worked(text)
        | E::DidNot(text) => text.clone(),
        E::Affected(number) | E::Minutes(number) => number.map(|number| number.to_string())?,
        E::Whys(whys) => whys.join("\n"),
        E::PutMeasure(measure) => measure.text.clone(),
        E::RemoveMeasure(_) => return None,
    })
}
