//! What lists show of what has just been done.

use qibu::incident::{OverFilter, OverPage};
use serde_json::json;
use shared::command::Command;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Impact, IncidentCommand, IncidentIntent, IncidentKind, NewIncident, Severity};
use uuid::Uuid;

use crate::support::TestServer;

#[tokio::test]
async fn an_incident_that_was_just_rejected_is_among_those_that_are_over() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    for count in 1..=3 {
        let incident = IncidentId::new(Uuid::now_v7());
        let form = NewIncident {
            id: incident,
            entry: EntryId::new(Uuid::now_v7()),
            kind: IncidentKind::Other,
            severity: Severity::Normal,
            title: format!("误报 {count}"),
            impact: Impact::default(),
            suggestion: String::new(),
            attachments: Vec::new(),
        };
        server.act(admin, Command::Incident(IncidentCommand::Report(Box::new(form)))).await;
        let intent = IncidentIntent::Reject("没有这回事".to_owned());
        let entry = EntryId::new(Uuid::now_v7());
        server.act(admin, Command::Incident(IncidentCommand::On { incident, entry, intent })).await;
        let page: OverPage = browser
            .call("incidents-over", &json!({ "filter": OverFilter::default(), "after": null }))
            .await
            .expect("a list");
        assert_eq!(page.rows.len(), count);
        assert_eq!(page.rows[0].id, incident);
    }
}
