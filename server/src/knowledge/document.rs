//! What the index has of a thing: made from its rows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use shared::Scope;
use shared::id::PersonId;
use shared::incident::{Incident, IncidentKind, Lap, Round, laps};
use shared::knowledge::{ArticleCard, Readers, Revision};
use shared::markdown::plain;
use shared::organisation::Company;
use shared::project::task::Task;

use super::wire::{DocumentKind, IncidentCard, TaskCard, kind_name};
use super::words::{cut, folded};
use crate::store::{Changed, Document, Found, StoreError};

/// What the index has of an incident: what lists show, and what it is listed and counted by.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IncidentRecord {
    #[serde(flatten)]
    pub(crate) card: IncidentCard,
    pub(crate) reporter: PersonId,
    pub(crate) leader: Option<PersonId>,
    /// Who had to do with it.
    pub(crate) involved: BTreeSet<PersonId>,
    /// How long it took, without the department; `None` of one that was dismissed.
    pub(crate) lap: Option<Lap>,
}

impl IncidentRecord {
    /// That of a document.
    pub(crate) fn of(found: &Found) -> Result<Self, StoreError> {
        serde_json::from_str(&found.card)
            .map_err(|why| StoreError::Damaged { what: "a document", why: why.to_string() })
    }
}

const fn incident_sort(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Technical => "technical",
        IncidentKind::Complaint => "complaint",
        IncidentKind::Security => "security",
        IncidentKind::Other => "other",
    }
}

/// What is found of an article, by its card and its last revision. Takes milliseconds for a long text.
pub(super) fn article(thing: &Changed, last: &Changed) -> Result<Document, serde_json::Error> {
    let card: ArticleCard = serde_json::from_str(&thing.body)?;
    let revision: Revision = serde_json::from_str(&last.body)?;
    let body = plain(&revision.body);
    let tags: Vec<String> = card.tags.iter().cloned().collect();
    Ok(Document {
        kind: DocumentKind::Article.name(),
        id: card.id.to_string(),
        // Either may be what has changed.
        seq: thing.seq.max(last.seq),
        words: [cut(&revision.title), cut(&tags.join("\n")), cut(&body)],
        folded: compared(&revision.title, &body),
        title: revision.title,
        body,
        sort: kind_name(card.kind),
        tags,
        readers: match card.readers {
            Readers::Company => None,
            Readers::Departments(departments) => Some(departments.into_iter().collect()),
        },
        project: None,
        author: card.author,
        edited: revision.at,
        listed: !card.archived,
        card: thing.body.clone(),
    })
}

/// What is found of an incident, wherever it is. Takes milliseconds for a long text.
pub(super) fn incident(thing: &Changed) -> Result<Document, serde_json::Error> {
    let incident: Incident = serde_json::from_str(&thing.body)?;
    let solutions = incident.earlier.iter().chain([&incident.round]).map(|round| &round.solution);
    let texts = [&incident.impact.text, &incident.suggestion].into_iter().chain(solutions).chain([&incident.pinned]);
    let body = texts.filter(|text| !text.is_empty()).map(|text| plain(text)).collect::<Vec<_>>().join("\n");
    let number = incident.number();
    let card = IncidentCard {
        id: incident.id,
        number: number.clone(),
        kind: incident.kind,
        severity: incident.severity,
        stage: incident.stage,
        reported_at: incident.reported_at,
        article: incident.article,
        solution: solution(&incident.round),
    };
    let record = IncidentRecord {
        card,
        reporter: incident.reporter,
        leader: incident.leader(),
        involved: incident.involved(),
        // When it is looked at, clocks that run say nothing yet.
        lap: laps(&Company::default(), [&incident], incident.reported_at).pop(),
    };
    Ok(Document {
        kind: DocumentKind::Incident.name(),
        id: incident.id.to_string(),
        seq: thing.seq,
        words: [cut(&incident.title), cut(&number), cut(&body)],
        folded: compared(&incident.title, &body),
        title: incident.title,
        body,
        sort: incident_sort(incident.kind),
        tags: vec![number],
        readers: None,
        project: None,
        author: incident.reporter,
        edited: incident.reported_at,
        listed: true,
        card: serde_json::to_string(&record)?,
    })
}

/// What is found of a task; of one that was removed nothing. Takes milliseconds for a long text.
pub(super) fn task(thing: &Changed) -> Result<Document, serde_json::Error> {
    let task: Task = serde_json::from_str(&thing.body)?;
    let Ok(Scope::Board(project)) = thing.scope.parse() else { return Err(serde::de::Error::custom(&thing.scope)) };
    let card = TaskCard { id: task.id, project, number: task.number };
    let mut document = Document {
        kind: DocumentKind::Task.name(),
        id: format!("{project}/{}", task.id),
        seq: thing.seq,
        words: Default::default(),
        folded: String::new(),
        title: String::new(),
        body: String::new(),
        sort: "",
        tags: Vec::new(),
        readers: None,
        project: Some(project),
        author: task.created_by,
        edited: task.created_at,
        listed: !thing.gone,
        card: serde_json::to_string(&card)?,
    };
    if !thing.gone {
        let steps = task.checklist.iter().map(|item| item.text.as_str()).filter(|text| !text.is_empty());
        let described = plain(&task.description);
        let texts = Some(described.as_str()).filter(|text| !text.is_empty());
        document.body = texts.into_iter().chain(steps).collect::<Vec<_>>().join("\n");
        document.tags = task.labels.into_iter().collect();
        let named = format!("{}\n{}", task.number, document.tags.join("\n"));
        document.words = [cut(&task.name), cut(&named), cut(&document.body)];
        document.folded = compared(&task.name, &document.body);
        document.title = task.name;
    }
    Ok(document)
}

/// Title and text as texts are compared.
fn compared(title: &str, body: &str) -> String {
    folded(&format!("{title}\n{body}"))
}

fn solution(round: &Round) -> String {
    plain(&round.solution).lines().next().unwrap_or_default().to_owned()
}
