//! Who is called for which incidents: one row a rule.

use std::collections::BTreeSet;

use icondata_lu::LuX;
use leptos::prelude::*;
use shared::Field as FieldName;
use shared::incident::{Callee, IncidentKind, Rule, Severity, Team};

use super::draft::{Draft, callee_key, is_whole};
use crate::incident::words;
use crate::reactive::{For, Show, derived, memo};
use crate::sync::Replica;
use crate::ui::{Choice, Icon, Picker};
use crate::words::sort_by_name;

/// The rules.
#[component]
pub fn Rules(draft: Draft, is_admin: Memo<bool>) -> impl IntoView {
    let places = memo(move || {
        draft.rules.with(|rules| rules.iter().map(|(key, _)| *key).zip(1..).collect::<Vec<(u32, usize)>>())
    });
    view! {
        <section class="form-section">
            <h2>{t!("policy.calls")}</h2>
            <p class="form-note">{t!("policy.calls_note")}</p>
            <div class="table-wrap">
                <table class="table policy-rules">
                    <thead>
                        <tr>
                            <th scope="col">{t!("policy.severities")}</th>
                            <th scope="col">{t!("policy.kinds")}</th>
                            <th scope="col">{t!("policy.callees")}</th>
                            <th scope="col">
                                <span class="visually-hidden">{t!("policy.actions")}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || places.get() key=|place| *place let((key, place))>
                            <Row draft key_of=key place is_admin />
                        </For>
                    </tbody>
                </table>
            </div>
            <div class="field">
                <p class="error" role="alert">
                    {move || draft.errors.of(FieldName::Callees)}
                </p>
            </div>
            <Show when=move || is_admin.get()>
                <button type="button" class="button ghost rows-add" on:click=move |_| draft.add_rule()>
                    {t!("policy.add_rule")}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn Row(draft: Draft, key_of: u32, place: usize, is_admin: Memo<bool>) -> impl IntoView {
    let rule = draft.rule(key_of);
    let severity = move |severity: Severity| {
        let on = derived(move || rule.read().severities.contains(&severity));
        let toggle = move |checked| draft.edit(key_of, |rule| put(&mut rule.severities, severity, checked));
        check(words::severity(severity), on, toggle)
    };
    let kind = move |kind: IncidentKind| {
        let on = derived(move || rule.read().kinds.contains(&kind));
        let toggle = move |checked| draft.edit(key_of, |rule| put(&mut rule.kinds, kind, checked));
        check(words::kind(kind), on, toggle)
    };
    view! {
        <tr>
            <td>
                <fieldset class="policy-checks">
                    <legend class="visually-hidden">{t!("policy.severities_of", place = place)}</legend>
                    {Severity::ALL.map(severity)}
                </fieldset>
            </td>
            <td>
                <fieldset class="policy-checks">
                    <legend class="visually-hidden">{t!("policy.kinds_of", place = place)}</legend>
                    {IncidentKind::ALL.map(kind)}
                </fieldset>
            </td>
            <td>
                <Callees draft key_of place rule is_admin />
            </td>
            <td class="policy-actions">
                <Show when=move || is_admin.get()>
                    <button
                        type="button"
                        class="button ghost icon small"
                        aria-label=t!("policy.remove_rule", place = place)
                        on:click=move |_| draft.remove_rule(key_of)
                    >
                        <Icon icon=LuX small=true />
                    </button>
                </Show>
            </td>
        </tr>
    }
}

fn put<T: Ord>(set: &mut BTreeSet<T>, value: T, is_in: bool) {
    if is_in {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}

fn check(name: String, on: Signal<bool>, toggle: impl Fn(bool) + Send + 'static) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change=move |event| toggle(event_target_checked(&event))
            />
            <span>{name}</span>
        </label>
    }
}

/// Whom a rule calls, and who can be added.
#[component]
fn Callees(draft: Draft, key_of: u32, place: usize, rule: Memo<Rule>, is_admin: Memo<bool>) -> impl IntoView {
    let replica = Replica::expect();
    let chosen = RwSignal::new(String::new());
    let offered = memo(move || {
        let taken = rule.read().callees.clone();
        offered(replica).into_iter().filter(|callee| !taken.contains(callee)).collect::<Vec<_>>()
    });
    let options = derived(move || {
        let callees =
            offered.get().into_iter().map(|callee| Choice::new(callee_key(callee), words::callee(replica, callee)));
        std::iter::once(Choice::none(t!("policy.choose"))).chain(callees).collect::<Vec<_>>()
    });
    let add = move |_| {
        let key = chosen.get_untracked();
        let found = offered.with_untracked(|all| all.iter().copied().find(|callee| callee_key(*callee) == key));
        if let Some(callee) = found {
            draft.edit(key_of, |rule| put(&mut rule.callees, callee, true));
            chosen.set(String::new());
        }
    };
    let chip = move |callee: Callee| {
        let name = move || words::callee(replica, callee);
        view! {
            <li class="chip">
                <span>{name}</span>
                <Show when=move || is_admin.get()>
                    <button
                        type="button"
                        class="chip-remove"
                        aria-label=move || t!("policy.leave_out", name = name(), place = place)
                        on:click=move |_| draft.edit(key_of, |rule| put(&mut rule.callees, callee, false))
                    >
                        <Icon icon=LuX small=true />
                    </button>
                </Show>
            </li>
        }
    };
    view! {
        <ul class="policy-callees" aria-label=t!("policy.callees_of", place = place)>
            <For each=move || rule.get().callees key=|callee| *callee let(callee)>
                {chip(callee)}
            </For>
        </ul>
        <Show when=move || is_admin.get()>
            <div class="policy-add">
                <Picker
                    id=format!("policy-add-{key_of}")
                    label=t!("policy.choose_for", place = place).into_owned()
                    chosen
                    options
                    on_pick=Callback::new(move |key| chosen.set(key))
                />
                <button type="button" class="button" aria-label=t!("policy.add_to", place = place) on:click=add>
                    {t!("policy.add")}
                </button>
            </div>
        </Show>
        <Show when=move || !is_whole(&rule.read())>
            <p class="policy-part">{t!("policy.incomplete")}</p>
        </Show>
    }
}

/// All who can be called: parts first, then people by name.
fn offered(replica: Replica) -> Vec<Callee> {
    let heads = Team::ALL.map(Callee::Head);
    let staffs = Team::ALL.map(Callee::Staff);
    let others = [Callee::ReportersHead, Callee::Admins];
    let people = replica.read(|view| {
        let mut people: Vec<_> = view.company().people.values().filter(|person| person.active).collect();
        sort_by_name(&mut people, |person| &person.name);
        people.into_iter().map(|person| Callee::Person(person.id)).collect::<Vec<_>>()
    });
    heads.into_iter().chain(staffs).chain(others).chain(people).collect()
}
