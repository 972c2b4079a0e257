//! The question before a person leaves: what they hold, who takes it over, and what became of it (holdings: handing
//! over). The same is asked of who has left and still holds something.

mod held;
mod row;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::organisation::functions::{hand_over, held_in_projects};
use shared::command::decide;
use shared::id::PersonId;
use shared::organisation::OrganisationCommand;
use shared::{Command, Context, Rejection};

use self::held::{GROUPS, Outcome, Row, in_projects, on_hand};
use self::row::HeldRow;
use crate::reactive::{For, Show, derived, effect, memo};
use crate::sync::{Replica, now};
use crate::ui::{Dialog, Errors, Field, PersonSelect, Silent, Stand, Toasts};
use crate::words;

/// The dialog; open while a person is named.
#[component]
pub fn Deactivating(leaving: RwSignal<Option<PersonId>>) -> impl IntoView {
    let replica = Replica::expect();
    let open = RwSignal::new(false);
    let name = Memo::new(move |before: Option<&String>| match leaving.get() {
        Some(person) => words::person_name(replica, person),
        None => before.cloned().unwrap_or_default(),
    });
    // As it is when the question opens: it is the same one after they have left.
    let leaves = RwSignal::new(true);
    effect(move || {
        if let Some(person) = leaving.get() {
            leaves.set(replica.peek(|state| state.company.is_here(person)));
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            leaving.set(None);
        }
    });
    view! {
        <Dialog
            open
            title=derived(move || {
                let name = name.get();
                let title = if leaves.get() { t!("people.deactivate", name = name) } else { t!("handing.title", name = name) };
                title.into_owned()
            })
            class="dialog wide"
        >
            {move || {
                let leaves = leaves.get_untracked();
                leaving.get_untracked().map(|person| view! { <Inside open person name leaves /> })
            }}
        </Dialog>
    }
}

/// What the dialog knows while it is open.
#[derive(Clone, Copy)]
struct Leaving {
    replica: Replica,
    person: PersonId,
    name: Memo<String>,
    /// Whether they are still here, and leave now.
    leaves: bool,
    rows: RwSignal<Vec<Row>>,
    stand: RwSignal<Stand>,
    busy: RwSignal<bool>,
    over: RwSignal<bool>,
    errors: Errors,
}

#[component]
fn Inside(open: RwSignal<bool>, person: PersonId, name: Memo<String>, leaves: bool) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let leaving = Leaving {
        replica,
        person,
        name,
        leaves,
        rows: RwSignal::new(on_hand(replica, person)),
        stand: RwSignal::new(Stand::OnItsWay),
        busy: RwSignal::new(false),
        over: RwSignal::new(false),
        errors: Errors::new(),
    };
    leaving.load();
    let stay = memo(move || leaving.rows.with(|rows| rows.iter().filter(|row| row.stays()).count()));
    let gives = memo(move || leaving.rows.with(|rows| rows.iter().any(Row::is_to_go)));
    let submit = move || {
        if leaving.busy.get() {
            t!("handing.working")
        } else if !leaves {
            t!("handing.submit_alone")
        } else if gives.get() {
            t!("handing.submit")
        } else {
            t!("people.deactivate_submit")
        }
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        leaving.go(open, toasts);
    };
    let waits = move || leaving.busy.get() || leaving.stand.get() == Stand::OnItsWay || !(leaves || gives.get());
    view! {
        <div class="dialog-body">
            <form class="form handing" id="deactivate-form" novalidate on:submit=on_submit>
                {move || {
                    leaving
                        .errors
                        .of_form()
                        .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                }}
                {leaves.then(|| view! { <p class="form-note">{t!("people.deactivate_text")}</p> })}
                <Holds leaving />
                <p role="status">
                    {move || {
                        let (count, name) = (stay.get(), name.get());
                        let done = (leaving.over.get() && leaves).then(|| t!("handing.deactivated", name = name));
                        let stays = (count > 0).then(|| t!("handing.stays", count = count, name = name));
                        view! { {done} " " {stays} }
                    }}
                </p>
            </form>
        </div>
        <footer class="dialog-foot">
            <Show
                when=move || !leaving.over.get()
                fallback=move || {
                    view! {
                        <button type="button" class="button" on:click=move |_| open.set(false)>
                            {t!("ui.close")}
                        </button>
                    }
                }
            >
                <button
                    type="submit"
                    class="button primary"
                    class:danger=leaves
                    form="deactivate-form"
                    disabled=waits
                >
                    {submit}
                </button>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {t!("ui.cancel")}
                </button>
            </Show>
        </footer>
    }
}

/// What they hold, by sort, and one choice for all of it.
#[component]
fn Holds(leaving: Leaving) -> impl IntoView {
    let all = RwSignal::new(None::<PersonId>);
    Effect::new(move |was: Option<Option<PersonId>>| {
        let chosen = all.get();
        if was.is_some_and(|was| was != chosen) {
            leaving.rows.with_untracked(|rows| rows.iter().for_each(|row| row.choose(chosen)));
        }
        chosen
    });
    let is_empty = memo(move || leaving.rows.with(Vec::is_empty));
    let group = move |index: usize| {
        let rows = move || {
            let of_group = |row: &&Row| row.group == index;
            leaving.rows.with(|rows| rows.iter().filter(of_group).cloned().collect::<Vec<_>>())
        };
        view! {
            <Show when=move || leaving.rows.with(|rows| rows.iter().any(|row| row.group == index))>
                <section class="section">
                    <h3>{GROUPS[index].text()}</h3>
                    <ul class="handing-rows">
                        <For each=rows key=|row| row.holding let(row)>
                            <HeldRow row leaves=leaving.person busy=leaving.busy over=leaving.over />
                        </For>
                    </ul>
                </section>
            </Show>
        }
    };
    view! {
        <Show when=move || !is_empty.get() && !leaving.over.get()>
            <Field id="handing-all" label=t!("handing.all") hint=t!("handing.all_hint") error=Signal::stored(None::<String>)>
                <PersonSelect
                    id="handing-all"
                    chosen=all
                    none=t!("handing.nobody")
                    but=leaving.person
                />
            </Field>
        </Show>
        {(0..GROUPS.len()).map(group).collect_view()}
        {move || match leaving.stand.get() {
            Stand::There if is_empty.get() => {
                view! { <p class="section-note">{t!("handing.nothing", name = leaving.name.get())}</p> }.into_any()
            }
            Stand::There => ().into_any(),
            Stand::OnItsWay => {
                view! {
                    <div class="skeleton" aria-hidden="true">
                        <span class="skeleton-line" style:--width="60%"></span>
                    </div>
                }
                    .into_any()
            }
            Stand::Silence => {
                view! { <Silent text=t!("handing.silent") again=Callback::new(move |()| leaving.load()) /> }.into_any()
            }
        }}
    }
}

impl Leaving {
    /// Asks the server for what no browser has all of.
    fn load(self) {
        self.stand.set(Stand::OnItsWay);
        spawn_local(async move {
            match held_in_projects(self.person).await {
                Ok(held) => {
                    self.rows.try_update(|rows| rows.extend(in_projects(&held)));
                    self.stand.try_set(Stand::There);
                }
                Err(_) => {
                    self.stand.try_set(Stand::Silence);
                }
            }
        });
    }

    /// Hands over what goes to somebody, one after the other, and deactivates if nothing of it failed.
    fn go(self, open: RwSignal<bool>, toasts: Toasts) {
        self.errors.clear();
        // First, since it may be refused: the last admin stays.
        if self.leaves && self.errors.keep(self.may_leave()).is_none() {
            return;
        }
        let rows = self.rows.get_untracked();
        let (person, name) = (self.person, self.name.get_untracked());
        self.busy.set(true);
        spawn_local(async move {
            let mut failed = false;
            for (row, to) in rows.iter().filter_map(Row::goes) {
                row.outcome.try_set(Outcome::Working);
                let outcome = match hand_over(row.holding, person, to).await {
                    Ok(()) => Outcome::Done(to),
                    Err(fault) => Outcome::Failed(words::fault(&fault)),
                };
                failed |= matches!(outcome, Outcome::Failed(_));
                row.outcome.try_set(outcome);
            }
            if !failed && self.leaves {
                self.deactivate(open, rows.is_empty(), &name, toasts);
            } else if !failed {
                self.over.try_set(true);
            }
            self.busy.try_set(false);
        });
    }

    fn deactivate(self, open: RwSignal<bool>, held_nothing: bool, name: &str, toasts: Toasts) {
        match self.replica.act(self.command()) {
            // Where there was something to hand over, what became of it stays to be read.
            Ok(()) if held_nothing => {
                open.try_set(false);
            }
            Ok(()) => {
                let is_closed = self.over.try_set(true).is_some();
                if is_closed {
                    toasts.say(t!("handing.deactivated", name = name));
                }
            }
            Err(rejection) => toasts.say_refused(words::reason(&rejection.reason)),
        }
    }

    fn may_leave(self) -> Result<(), Rejection> {
        let context = Context { actor: self.replica.me(), now: now() };
        self.replica.peek(|state| decide(state, &self.command(), &context)).map(drop)
    }

    fn command(self) -> Command {
        Command::Organisation(OrganisationCommand::SetActive { person: self.person, active: false })
    }
}
