//! The late tasks of the projects that one leads. Boards are not at hand, so the server is asked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::project::LateTask;
use qibu::project::functions::late_tasks;
use shared::project::Role;

use super::mine::Mine;
use super::tasks::{Listed, Tasks};
use crate::reactive::{Show, effect, memo};
use crate::ui::{Question, Seconds, Silent, Stand};

/// What is late in the projects that one leads; nothing for who leads none.
#[component]
pub fn Late(projects: Memo<Vec<Mine>>) -> impl IntoView {
    let leads = memo(move || projects.with(|all| all.iter().any(|project| project.role == Role::Lead)));
    view! {
        <Show when=move || leads.get()>
            <List />
        </Show>
    }
}

#[component]
fn List() -> impl IntoView {
    let rows = RwSignal::new(Vec::<Listed>::new());
    let stand = RwSignal::new(Stand::OnItsWay);
    let question = Question::new();
    let ask = move || {
        let asked = question.anew();
        spawn_local(async move {
            let answer = late_tasks().await;
            if !question.counts(asked) {
                return;
            }
            match answer {
                Ok(found) => {
                    rows.set(found.into_iter().map(listed).collect());
                    stand.set(Stand::There);
                }
                // What came before is better than nothing.
                Err(_) if stand.get_untracked() == Stand::There => {}
                Err(_) => stand.set(Stand::Silence),
            }
        });
    };
    // Nobody says when something of others is late: it is asked for again with each minute.
    let minute = Seconds::expect().minute();
    effect(move || {
        minute.track();
        ask();
    });
    let again = Callback::new(move |()| ask());
    view! {
        <section class="section home-late" aria-labelledby="home-late-title">
            <header class="section-head">
                <h2 id="home-late-title">{t!("home.late_tasks")}</h2>
            </header>
            {move || match stand.get() {
                Stand::OnItsWay => ().into_any(),
                Stand::Silence => view! { <Silent text=t!("home.silence") again /> }.into_any(),
                Stand::There => {
                    view! {
                        <Show
                            when=move || rows.with(|rows| !rows.is_empty())
                            fallback=|| view! { <p class="section-note">{t!("home.none_late")}</p> }
                        >
                            <Tasks tasks=rows />
                        </Show>
                    }
                    .into_any()
                }
            }}
        </section>
    }
}

fn listed(LateTask { task, owner, card }: LateTask) -> Listed {
    Listed { task, card, owner: Some(owner) }
}
