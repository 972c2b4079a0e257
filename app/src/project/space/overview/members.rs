//! Who works on it or watches it: by role; the lead adds, changes, removes and hands over; everybody may leave.

use icondata_lu::{LuEllipsis, LuPlus};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::Field;
use shared::arrange::Arrange as _;
use shared::id::PersonId;
use shared::project::{ProjectIntent, Role};

use super::super::register::role_named;
use super::Here;
use crate::reactive::{For, Show, derived, effect, memo};
use crate::ui::{Choice, Combobox, Confirm, Errors, Field as FieldView, FormDialog, Icon, PersonTag, people_named};
use crate::words;

/// How many are shown before the rest is asked for.
const SHOWN: usize = 20;

/// The members by role, then by name.
#[component]
pub fn Members() -> impl IntoView {
    let here = Here::expect();
    let me = here.replica.me();
    let members = memo(move || {
        let members = here.project.with(|project| project.members.clone());
        here.replica.read(|view| {
            let people = &view.company().people;
            let named =
                members.into_iter().map(|(id, role)| (people.get(&id).map_or("", |it| it.name.as_str()), id, role));
            let mut list: Vec<(&str, PersonId, Role)> = named.collect();
            words::sort_by_name(&mut list, |(name, ..)| name);
            list.arrange_by_key(|(_, _, role)| rank(*role));
            list.into_iter().map(|(_, id, role)| (id, role)).collect::<Vec<_>>()
        })
    });
    let all = RwSignal::new(false);
    let shown = move || {
        let mut list = members.get();
        if !all.get() {
            list.truncate(SHOWN);
        }
        list
    };
    let rest = move || if all.get() { 0 } else { members.with(Vec::len).saturating_sub(SHOWN) };
    let adding = RwSignal::new(false);
    let changing = RwSignal::new(None::<PersonId>);
    let leaving = RwSignal::new(false);
    let may_leave = here.map(move |project| project.commented_by(me).is_ok() && project.lead != me);
    view! {
        <section class="section" aria-labelledby="members-title">
            <header class="section-head">
                <h2 id="members-title">
                    {t!("project.members")} " "
                    <span class="column-count">{move || members.with(Vec::len)}</span>
                </h2>
                <div class="section-actions">
                    <Show when=move || here.manages.get()>
                        <button
                            type="button"
                            class="button ghost icon small"
                            aria-label=t!("project.add_member")
                            on:click=move |_| adding.set(true)
                        >
                            <Icon icon=LuPlus small=true />
                        </button>
                    </Show>
                    <Show when=move || may_leave.get()>
                        <button type="button" class="button ghost small" on:click=move |_| leaving.set(true)>
                            {t!("project.leave")}
                        </button>
                    </Show>
                </div>
            </header>
            <ul class="members">
                <For each=shown key=|(person, role)| (*person, rank(*role)) let((person, role))>
                    <li>
                        <PersonTag person />
                        <span class="member-role">{words::role(role)}</span>
                        <Show when=move || here.manages.get() && role != Role::Lead>
                            <button
                                type="button"
                                class="button ghost icon small"
                                aria-label=move || {
                                    t!("project.change_member", name = words::person_name(here.replica, person))
                                }
                                on:click=move |_| changing.set(Some(person))
                            >
                                <Icon icon=LuEllipsis small=true />
                            </button>
                        </Show>
                    </li>
                </For>
            </ul>
            <Show when=move || { rest() > 0 }>
                <button type="button" class="button ghost small" on:click=move |_| all.set(true)>
                    {move || t!("project.show_rest", count = rest())}
                </button>
            </Show>
            <Add open=adding />
            <Change changing />
            <Leave open=leaving />
        </section>
    }
}

const fn rank(role: Role) -> u8 {
    match role {
        Role::Lead => 0,
        Role::Member => 1,
        Role::Observer => 2,
    }
}

/// The dialog for a new member.
#[component]
fn Add(open: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let text = RwSignal::new(String::new());
    let person = RwSignal::new(None::<PersonId>);
    let role = RwSignal::new(Role::Member);
    effect(move || {
        if open.get() {
            text.set(String::new());
            person.set(None);
            role.set(Role::Member);
            errors.clear();
        }
    });
    let find = Callback::new(move |text: String| {
        let members = here.now(|project| project.members.clone());
        people_named(here.replica, &text, |person| !members.contains_key(&person))
    });
    let pick = Callback::new(move |choice: Choice| {
        text.set(choice.label);
        person.set(choice.value.parse().ok());
    });
    let save = Callback::new(move |()| {
        errors.clear();
        // A name typed in full is as good as one picked.
        let typed = text.get_untracked();
        let named = |person: &PersonId| {
            here.replica
                .peek(|state| state.company.people.get(person).is_some_and(|person| person.name == typed.trim()))
        };
        let chosen = person.get_untracked().filter(named).or_else(|| {
            let mut found =
                find.run(typed.clone()).into_iter().filter_map(|choice| choice.value.parse().ok()).filter(named);
            found.next().filter(|_| found.next().is_none())
        });
        let Some(person) = chosen else {
            errors.add(shared::Rejection::of(Field::Member, shared::Reason::Required));
            return;
        };
        let intent = ProjectIntent::PutMember { person, role: role.get_untracked() };
        if errors.keep(here.act(intent)).is_some() {
            open.set(false);
        }
    });
    view! {
        <FormDialog
            open
            title=t!("project.add_member").into_owned()
            submit=t!("project.add").into_owned()
            errors
            on_submit=save
        >
            <FieldView
                id="member-name"
                label=t!("project.person")
                error=derived(move || errors.of(Field::Member))
            >
                <Combobox
                    id="member-name"
                    label=t!("project.person")
                    placeholder=t!("project.add_member_by_name")
                    text
                    find
                    on_pick=pick
                    autofocus=true
                />
            </FieldView>
            <Roles role />
        </FormDialog>
    }
}

/// Member or observer.
#[component]
fn Roles(role: RwSignal<Role>) -> impl IntoView {
    let choice = move |each: Role, value: &'static str, hint: String| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="member-role"
                    value=value
                    prop:checked=move || role.get() == each
                    on:change=move |event| role.set(role_named(&event_target_value(&event)))
                />
                <span>{words::role(each)} " " <span class="hint">{hint}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{t!("project.role")}</legend>
            {choice(Role::Member, "member", t!("project.member_hint").into_owned())}
            {choice(Role::Observer, "observer", t!("project.observer_hint").into_owned())}
        </fieldset>
    }
}

/// The dialog for one member: another role, hand over, remove.
#[component]
fn Change(changing: RwSignal<Option<PersonId>>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let handing_over = RwSignal::new(false);
    let role = RwSignal::new(Role::Member);
    effect(move || {
        if let Some(person) = changing.get() {
            role.set(here.now(|project| project.role(person)).unwrap_or(Role::Member));
            errors.clear();
            open.set(true);
        }
    });
    let name =
        derived(move || changing.get().map(|person| words::person_name(here.replica, person)).unwrap_or_default());
    let act = move |intent: fn(PersonId) -> ProjectIntent, dialog: RwSignal<bool>| {
        Callback::new(move |()| {
            errors.clear();
            let Some(person) = changing.get_untracked() else { return };
            if errors.keep(here.act(intent(person))).is_some() {
                dialog.set(false);
            }
        })
    };
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(person) = changing.get_untracked() else { return };
        let intent = ProjectIntent::PutMember { person, role: role.get_untracked() };
        if errors.keep(here.act(intent)).is_some() {
            open.set(false);
        }
    });
    let ask = move |dialog: RwSignal<bool>| {
        open.set(false);
        dialog.set(true);
    };
    view! {
        <FormDialog open title=name submit=t!("project.save").into_owned() errors on_submit=save>
            <Roles role />
            <div class="field">
                <p class="error" role="alert">
                    {move || errors.of(Field::Member)}
                </p>
            </div>
            <div class="form-actions">
                <button type="button" class="button" on:click=move |_| ask(handing_over)>
                    {t!("project.hand_over")}
                </button>
                <button type="button" class="button ghost danger" on:click=move |_| ask(removing)>
                    {t!("project.remove_from_project")}
                </button>
            </div>
        </FormDialog>
        <Confirm
            open=removing
            title=derived(move || t!("project.remove_member_named", name = name.get()).into_owned())
            text=t!("project.remove_member_text").into_owned()
            submit=t!("project.remove").into_owned()
            on_yes=act(ProjectIntent::RemoveMember, removing)
            errors
        />
        <FormDialog
            open=handing_over
            title=derived(move || t!("project.hand_over_to", name = name.get()).into_owned())
            submit=t!("project.hand_over").into_owned()
            errors
            on_submit=act(ProjectIntent::HandOver, handing_over)
        >
            <p>{t!("project.hand_over_text")}</p>
            <div class="field">
                <p class="error" role="alert">
                    {move || errors.of(Field::Lead)}
                </p>
            </div>
        </FormDialog>
    }
}

/// Leaving of one's own will.
#[component]
fn Leave(open: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let navigate = StoredValue::new_local(use_navigate());
    let leave = Callback::new(move |()| {
        errors.clear();
        let is_open = here.now(|project| project.registration.open);
        if errors.keep(here.act(ProjectIntent::RemoveMember(here.replica.me()))).is_some() {
            open.set(false);
            if !is_open {
                navigate.with_value(|navigate| navigate("/projects", NavigateOptions::default()));
            }
        }
    });
    view! {
        <Confirm
            open
            title=t!("project.leave_title").into_owned()
            text=t!("project.leave_text").into_owned()
            submit=t!("project.leave").into_owned()
            on_yes=leave
            errors
        />
    }
}
