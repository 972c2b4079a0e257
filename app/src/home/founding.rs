//! The first steps of a young company, for its admins: what is done is found in the state, and what is finished goes.

use icondata_lu::LuX;
use leptos::prelude::*;
use shared::id::PersonId;
use shared::incident::Incidents;
use shared::organisation::Company;

use crate::kept::{keep, kept};
use crate::reactive::memo;
use crate::sync::{Replica, now};
use crate::ui::{Icon, Key};

/// A company with more people than this is past its first steps, whatever it has left out.
const YOUNG: usize = 30;

/// A step: what it says, why, where it is done, and whether it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    name: Key,
    why: Key,
    address: &'static str,
    is_done: bool,
}

fn steps(company: &Company, incidents: &Incidents) -> [Step; 5] {
    let step = |name, why, address, is_done| Step { name, why, address, is_done };
    let here = company.people.values().filter(|person| person.active).count();
    let is_planned = !incidents.roster.after(now()).is_empty();
    [
        step(tr!("founding.company"), tr!("founding.company_why"), "/admin/company", !company.info.zone.is_empty()),
        step(
            tr!("founding.departments"),
            tr!("founding.departments_why"),
            "/admin/departments",
            !company.departments.is_empty(),
        ),
        step(tr!("founding.people"), tr!("founding.people_why"), "/admin/people", here > 1),
        step(tr!("founding.roster"), tr!("founding.roster_why"), "/incidents/roster", is_planned),
        step(tr!("founding.policy"), tr!("founding.policy_why"), "/admin/policy", !incidents.policy.teams.is_empty()),
    ]
}

/// The steps; nothing for who is no admin, once all are done, or once they were put away.
#[component]
pub fn Founding() -> impl IntoView {
    let replica = Replica::expect();
    let me = replica.me();
    let is_put_away = RwSignal::new(kept(&put_away_name(me)).is_some());
    let shown = memo(move || {
        replica.read(|view| {
            let company = view.company();
            let is_young = company.people.len() <= YOUNG;
            let steps = steps(company, view.incidents());
            let is_asked = is_young && company.is_admin(me) && steps.iter().any(|step| !step.is_done);
            (is_asked && !is_put_away.get()).then_some(steps)
        })
    });
    let put_away = move |_| {
        keep(&put_away_name(me), Some(""));
        is_put_away.set(true);
    };
    move || {
        shown.get().map(|steps| {
            let done = steps.iter().filter(|step| step.is_done).count();
            view! {
                <section class="section founding" aria-labelledby="founding">
                    <header class="section-head">
                        <h2 id="founding">{t!("founding.title")}</h2>
                        <span class="section-note">{t!("founding.done", done = done, count = steps.len())}</span>
                        <div class="section-actions">
                            <button
                                type="button"
                                class="button ghost icon small"
                                aria-label=t!("founding.put_away")
                                title=t!("founding.put_away")
                                on:click=put_away
                            >
                                <Icon icon=LuX small=true />
                            </button>
                        </div>
                    </header>
                    <ol class="founding-steps">{steps.map(step_row)}</ol>
                </section>
            }
        })
    }
}

fn step_row(step: Step) -> AnyView {
    let (status, word) = if step.is_done { ("done", t!("founding.is_done")) } else { ("todo", t!("founding.is_open")) };
    view! {
        <li class="founding-step" data-done=step.is_done.then_some("")>
            <span class="status" data-status=status>
                <span class="visually-hidden">{word}</span>
            </span>
            <a class="founding-name" href=step.address>
                {step.name.text()}
            </a>
            <span class="founding-why">{step.why.text()}</span>
        </li>
    }
    .into_any()
}

fn put_away_name(person: PersonId) -> String {
    format!("qibu.founding.{person}")
}
