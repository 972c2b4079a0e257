//! Knowledge, to the frame around the pages.

use icondata_lu::{LuLibrary, LuPlus};
use leptos_router::path;
use shared::knowledge::{KnowledgeCommand, KnowledgeIntent};

use super::{ArticlePage, Library, NewArticlePage};
use crate::area::{Area, Page, Place, Stands, Told, route};

/// Knowledge.
pub static AREA: Area = Area {
    places: &[Place {
        address: "/knowledge",
        icon: LuLibrary,
        label: |_| tr!("rail.knowledge"),
        stands: Stands::Secondary,
    }],
    pages: &[Page::new("/knowledge", LuLibrary, tr!("palette.knowledge"))
        .with_keys(&["G", "K"], tr!("shortcuts.go_knowledge"))],
    deeds: &[Page::new("/knowledge/new", LuPlus, tr!("palette.new_article"))],
    ..Area::of(|| {
        vec![
            route(path!("knowledge"), part!(knowledge, Library)),
            route(path!("knowledge/new"), part!(knowledge, NewArticlePage)),
            route(path!("knowledge/:article"), part!(knowledge, ArticlePage)),
        ]
    })
};

/// What is said of a command.
pub fn told(command: &KnowledgeCommand) -> Told {
    let typed = match &command.intent {
        KnowledgeIntent::Create(new) => Some(format!("{}\n\n{}", new.title, new.body)),
        KnowledgeIntent::Write { title, body, .. } => Some(format!("{title}\n\n{body}")),
        KnowledgeIntent::Sort { tags, .. } => Some(tags.iter().cloned().collect::<Vec<_>>().join("\n")),
        KnowledgeIntent::SetReaders(_) | KnowledgeIntent::SetArchived(_) => None,
    };
    Told { what: t!("change.article").into_owned(), place: t!("change.in_knowledge").into_owned(), typed }
}
