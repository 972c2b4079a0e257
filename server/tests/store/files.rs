//! Uploaded files: those stay that went along with something.

use qibu::sync::Engine;
use shared::Timestamp;
use shared::command::Command;
use shared::file::Attachment;
use shared::id::{EntryId, FileId, IncidentId};
use shared::incident::{Impact, IncidentCommand, IncidentIntent, IncidentKind, NewIncident, Severity};
use uuid::Uuid;

use crate::Place;
use crate::history::History;

engines![what_never_went_along_with_anything_is_swept];

const OLD: Timestamp = Timestamp::from_micros(1_000);
const BEFORE: Timestamp = Timestamp::from_micros(2_000);

fn file(name: &str) -> Attachment {
    let id = FileId::new(Uuid::now_v7());
    Attachment { id, name: name.to_owned(), media_type: "image/png".to_owned(), size: 5 }
}

async fn what_never_went_along_with_anything_is_swept(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let [reported, said, left_out, young] = ["reported", "said", "left out", "young"].map(file);
    for (file, at) in [(&reported, OLD), (&said, OLD), (&left_out, OLD), (&young, BEFORE)] {
        assert!(store.put_file(file, (history.lead, at), b"bytes").await.expect("kept"));
    }
    let incident = IncidentId::new(Uuid::now_v7());
    let report = NewIncident {
        id: incident,
        entry: EntryId::new(Uuid::now_v7()),
        kind: IncidentKind::Technical,
        severity: Severity::Urgent,
        title: "With a picture".to_owned(),
        impact: Impact::default(),
        suggestion: String::new(),
        attachments: vec![reported.clone()],
    };
    history.act(&engine, Command::Incident(IncidentCommand::Report(Box::new(report)))).await;
    let say = IncidentIntent::Say { text: "Here".to_owned(), mentions: [].into(), files: vec![said.clone()] };
    let entry = EntryId::new(Uuid::now_v7());
    history.act(&engine, Command::Incident(IncidentCommand::On { incident, entry, intent: say })).await;

    assert_eq!(store.sweep_files(BEFORE).await.expect("swept"), 1);
    for (file, stays) in [(&reported, true), (&said, true), (&left_out, false), (&young, true)] {
        let kept = store.file(file.id).await.expect("an answer");
        assert_eq!(kept.is_some(), stays, "{}", file.name);
        let contents = store.file_part(file.id, 0).await.expect("an answer");
        assert_eq!(contents, stays.then(|| b"bytes".to_vec()), "{}", file.name);
    }
    assert_eq!(store.sweep_files(BEFORE).await.expect("swept"), 0);
    assert_eq!(crate::archive::checked(&store).await.0, []);
}
