//! The links of those who were invited by their names: each to be copied, or all of them.

use leptos::prelude::*;
use qibu::organisation::Invitation;

use super::path;
use crate::format;
use crate::organisation::people::link::{Copying, at_origin};
use crate::reactive::{For, Show};

/// The list; nothing while there is none.
#[component]
pub fn Links(listed: RwSignal<Vec<Invitation>>) -> impl IntoView {
    let all = move || {
        let line = |made: &Invitation| format!("{}\t{}", made.invitee, at_origin(&path(made)));
        listed.with_untracked(|listed| listed.iter().map(line).collect::<Vec<_>>().join("\n"))
    };
    let until = move || listed.with(|listed| listed.last().map(|made| format::instant(made.expires)));
    let row = |made: Invitation| {
        let (who, link) = (made.invitee.to_string(), at_origin(&path(&made)));
        let label = t!("invite.copy_of", name = who);
        let text = link.clone();
        view! {
            <li class="invite-link">
                <span class="invite-who">{who}</span>
                <code class="secret">{link}</code>
                <Copying text=Callback::new(move |()| text.clone()) label />
            </li>
        }
    };
    view! {
        <Show when=move || listed.with(|listed| !listed.is_empty())>
            <section class="section">
                <header class="section-head">
                    <h3>{move || t!("invite.links", count = listed.with(Vec::len))}</h3>
                    <div class="section-actions">
                        <Copying text=Callback::new(move |()| all()) label=t!("invite.copy_all") says=t!("invite.copy_all") />
                    </div>
                </header>
                <p class="section-note">{move || until().map(|until| t!("invite.links_note", until = until))}</p>
                <ul class="invite-links">
                    <For each=move || listed.get() key=|made| made.link_token.clone() let(made)>
                        {row(made)}
                    </For>
                </ul>
            </section>
        </Show>
    }
}
