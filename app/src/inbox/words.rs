//! The words for what asks something: the sentence, what it is about, and the way there.

use rust_i18n::t;
use shared::inbox::{About, Ask, AskKind};

use crate::sync::TrackedView;

/// What is asked, as a sentence.
pub fn sentence(kind: AskKind) -> String {
    match kind {
        AskKind::Take => t!("ask.take"),
        AskKind::Respond => t!("ask.respond"),
        AskKind::Update => t!("ask.update"),
        AskKind::Assignment => t!("ask.assignment"),
        AskKind::Confirm => t!("ask.confirm"),
        AskKind::ConfirmInstead => t!("ask.confirm_instead"),
        AskKind::Report => t!("ask.report"),
        AskKind::Close => t!("ask.close"),
        AskKind::Mentioned => t!("ask.mentioned"),
        AskKind::Milestone => t!("ask.milestone"),
    }
    .into_owned()
}

/// What it is about: its number, and its name.
pub fn about_text(view: &TrackedView, ask: &Ask) -> (String, String) {
    match ask.about {
        About::Incident(id) => {
            let Some(incident) = view.incidents().all.get(&id) else { return Default::default() };
            let given = incident.assignments.iter().find(|given| ask.key.ends_with(&given.id.to_string()));
            let title = given.map_or_else(
                || incident.title.clone(),
                |given| t!("ask.assignment_of", assignment = given.text, title = incident.title).into_owned(),
            );
            (incident.number(), title)
        }
        About::Milestone(project, milestone) => {
            let Some(project) = view.project(project) else { return Default::default() };
            let milestone = project.milestones.iter().find(|other| other.id == milestone);
            let name = milestone.map(|milestone| milestone.name.as_str()).unwrap_or_default();
            let name = t!("ask.milestone_of", milestone = name, project = project.registration.name);
            (project.number.clone(), name.into_owned())
        }
    }
}

/// Where it can be done.
pub fn about_address(ask: &Ask) -> String {
    match (ask.about, ask.kind) {
        (About::Incident(id), AskKind::Report | AskKind::Close) => format!("/incidents/{id}/report"),
        (About::Incident(id), _) => format!("/incidents/{id}"),
        (About::Milestone(project, _), _) => format!("/projects/{project}"),
    }
}
