//! What was typed for a command that waits or was refused, so that it can be used again.

use shared::Command;
use shared::incident::{IncidentCommand, IncidentIntent, NewAssignment, NewIncident, ReportEdit};
use shared::knowledge::KnowledgeIntent;
use shared::organisation::OrganisationCommand;
use shared::project::board::{BoardCommand, BoardIntent};
use shared::project::task::{TaskCommand, TaskEdit, TaskIntent};
use shared::project::{ProjectCommand, ProjectEdit, ProjectIntent, Registration};

/// The text that was typed for it, unless the description says it already.
pub fn typed(command: &Command) -> Option<String> {
    let text = match command {
        Command::Task(TaskCommand {
            intent:
                TaskIntent::Comment { text, .. }
                | TaskIntent::EditComment { text, .. }
                | TaskIntent::Edit {
                    edit:
                        TaskEdit::Name(text)
                        | TaskEdit::Description { text, .. }
                        | TaskEdit::AddLabel(text)
                        | TaskEdit::AddItem { text, .. }
                        | TaskEdit::Progress { note: text, .. }
                        | TaskEdit::Block { awaiting: text, .. },
                    ..
                },
            ..
        }) => text.clone(),
        Command::Project(ProjectCommand::Register(form)) => registration(&form.registration),
        Command::Project(ProjectCommand::On { intent, .. }) => match intent {
            ProjectIntent::Edit(
                ProjectEdit::Name(text)
                | ProjectEdit::Contact(text)
                | ProjectEdit::Background(text)
                | ProjectEdit::Problem(text),
            ) => text.clone(),
            ProjectIntent::Edit(ProjectEdit::ExpectedResults(results)) => results.join("\n"),
            ProjectIntent::SetStage { reason, .. } => reason.clone(),
            ProjectIntent::InviteDepartment { participation, .. } => participation.duty.clone(),
            _ => return None,
        },
        Command::Board(BoardCommand { intent: BoardIntent::RenameColumn { name, .. }, .. }) => name.clone(),
        Command::Incident(command) => of_incident(command)?,
        Command::Knowledge(command) => of_article(&command.intent)?,
        Command::Organisation(OrganisationCommand::EditProfile { profile, .. }) => {
            format!("{}\n{}", profile.name, profile.phone)
        }
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn registration(form: &Registration) -> String {
    let results = form.expected_results.join("\n");
    [&form.contact, &form.background, &form.problem, &results].map(|text| text.trim()).join("\n\n").trim().to_owned()
}

fn of_incident(command: &IncidentCommand) -> Option<String> {
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
            I::Take | I::SetPart { .. } | I::SetDone { .. } | I::Confirm | I::File { .. } | I::Ring(_) => return None,
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

fn of_article(intent: &KnowledgeIntent) -> Option<String> {
    match intent {
        KnowledgeIntent::Create(new) => Some(format!("{}\n\n{}", new.title, new.body)),
        KnowledgeIntent::Write { title, body, .. } => Some(format!("{title}\n\n{body}")),
        KnowledgeIntent::Sort { tags, .. } => Some(tags.iter().cloned().collect::<Vec<_>>().join("\n")),
        KnowledgeIntent::SetReaders(_) | KnowledgeIntent::SetArchived(_) => None,
    }
}
