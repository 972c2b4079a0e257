//! Incidents, to the frame around the pages.

use icondata_lu::{LuCalendarClock, LuChartColumn, LuMonitor, LuScale, LuSiren, LuTriangleAlert};
use leptos_router::path;
use shared::id::{EntryId, IncidentId, PersonId};
use shared::inbox::{Ask, AskKind};
use shared::incident::{IncidentCommand, IncidentIntent};
use shared::{Command, State};
use uuid::Uuid;

use super::{Centre, FiguresPage, PolicyPage, ReportIncident, ReportPage, RoomPage, RosterPage, Wall, room_address};
use crate::area::{Area, Found, Heading, Page, Place, Stands, route};
use crate::inbox::About;
use crate::sync::TrackedView;

/// Incidents.
pub static AREA: Area = Area {
    places: &[
        Place {
            address: "/incidents",
            icon: LuTriangleAlert,
            label: |_| tr!("rail.incidents"),
            stands: Stands::Always,
        },
        Place {
            address: "/incidents/roster",
            icon: LuCalendarClock,
            label: |_| tr!("rail.roster"),
            stands: Stands::Menu,
        },
    ],
    pages: &[
        Page::new("/incidents", LuTriangleAlert, tr!("palette.incidents"))
            .with_keys(&["G", "U"], tr!("shortcuts.go_incidents")),
        Page::new("/incidents/wall", LuMonitor, tr!("palette.wall")),
        Page::new("/incidents/figures", LuChartColumn, tr!("palette.figures")),
        Page::new("/incidents/roster", LuCalendarClock, tr!("palette.roster")),
        Page::new("/admin/policy", LuScale, tr!("palette.policy")),
    ],
    deeds: &[
        Page::new("/incidents/new", LuSiren, tr!("palette.report_incident")).with_keys(&["!"], tr!("shortcuts.report"))
    ],
    finds: running,
    ..Area::of(|| {
        vec![
            route(path!("incidents"), part!(incidents, Centre)),
            route(path!("incidents/new"), part!(incidents, ReportIncident)),
            route(path!("incidents/wall"), part!(incidents, Wall)),
            route(path!("incidents/figures"), part!(follow, FiguresPage)),
            route(path!("incidents/roster"), part!(follow, RosterPage)),
            route(path!("incidents/:incident"), part!(room, RoomPage)),
            route(path!("incidents/:incident/report"), part!(follow, ReportPage)),
            route(path!("admin/policy"), part!(follow, PolicyPage)),
        ]
    })
};

/// The rooms of the incidents that run.
fn running(state: &State, _: PersonId, _: &str) -> Vec<Found> {
    let found = |incident: &shared::incident::Incident| Found {
        heading: Heading::Running,
        icon: LuSiren,
        label: incident.title.clone(),
        note: incident.number(),
        words: String::new(),
        keys: &[],
        address: room_address(incident.id),
    };
    state.incidents.running().into_iter().map(|incident| found(&incident)).collect()
}

/// What an ask is about.
pub fn about(view: &TrackedView, ask: &Ask, id: IncidentId) -> About {
    let Some(incident) = view.incidents().all.get(&id) else { return About::default() };
    let given = incident.assignments.iter().find(|given| ask.key.ends_with(&given.id.to_string()));
    let name = given.map_or_else(
        || incident.title.clone(),
        |given| t!("ask.assignment_of", assignment = given.text, title = incident.title).into_owned(),
    );
    About { number: incident.number(), name, said: None }
}

/// What does what is asked, where no more has to be said.
pub fn ask_deed(kind: AskKind, incident: IncidentId) -> Option<Command> {
    let entry = EntryId::new(Uuid::now_v7());
    let take = || Command::Incident(IncidentCommand::On { incident, entry, intent: IncidentIntent::Take });
    (kind == AskKind::Take).then(take)
}

/// Where what is asked can be done.
pub fn ask_address(kind: AskKind, id: IncidentId) -> String {
    match kind {
        AskKind::Report | AskKind::Close => format!("{}/report", room_address(id)),
        _ => room_address(id),
    }
}
