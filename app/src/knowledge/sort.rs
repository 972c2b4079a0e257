//! How an article is sorted: its kind, its tags, and who may read it.

use leptos::prelude::*;
use shared::Field;
use shared::id::ArticleId;
use shared::knowledge::{ArticleCard, ArticleKind, KnowledgeIntent};

use super::act::act;
use super::editor::{KindField, split};
use super::readers::{Choice, ReadersField};
use crate::reactive::{Show, derived, effect};
use crate::sync::Replica;
use crate::ui::{Errors, FormDialog, TextInput, focus_error};

/// Another kind, other tags, other readers.
#[component]
pub fn Sort(id: ArticleId, card: Memo<Option<ArticleCard>>, owns: Memo<bool>, open: RwSignal<bool>) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let kind = RwSignal::new(ArticleKind::HowTo);
    let tags = RwSignal::new(String::new());
    let readers = Choice::new();
    effect(move || {
        if let Some(card) = open.get().then(|| card.get_untracked()).flatten() {
            kind.set(card.kind);
            tags.set(card.tags.iter().cloned().collect::<Vec<_>>().join(", "));
            readers.set(card.readers);
            errors.clear();
        }
    });
    let save = Callback::new(move |()| {
        errors.clear();
        let sorted = KnowledgeIntent::Sort { kind: kind.get_untracked(), tags: split(&tags.get_untracked()) };
        let mut result = act(replica, id, sorted);
        if result.is_ok() && owns.get_untracked() {
            result = act(replica, id, KnowledgeIntent::SetReaders(readers.get()));
        }
        if errors.keep(result).is_some() {
            open.set(false);
        } else {
            focus_error();
        }
    });
    let title =
        derived(move || if owns.get() { t!("article.sort_and_readers") } else { t!("article.sort") }.into_owned());
    view! {
        <FormDialog open title submit=tr!("article.save") errors on_submit=save>
            <KindField kind />
            <TextInput
                id="sort-tags"
                label=t!("article.tags")
                hint=t!("article.tags_hint")
                value=tags
                error=derived(move || errors.of(Field::Tags))
            />
            <Show when=move || owns.get()>
                <ReadersField choice=readers errors />
            </Show>
        </FormDialog>
    }
}
