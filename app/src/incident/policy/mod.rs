//! The response policy: how long each step may take, who plays which part, who is called (incident: clocks, calls).

mod draft;
mod rules;
mod terms;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::Field as FieldName;
use shared::incident::{Policy, Team};

use self::draft::Draft;
use self::rules::Rules;
use self::terms::TermsFields;
use super::words;
use crate::organisation::{AdminHead, DepartmentSelect, Section, is_admin};
use crate::reactive::{Show, derived, memo};
use crate::sync::Replica;
use crate::ui::{Errors, Field, Restored, Toasts, Unsent, focus_error, kept_form, page_title};

/// The page behind `/admin/policy`: everybody reads it, admins change it.
#[component]
pub fn PolicyPage() -> impl IntoView {
    page_title(|| t!("policy.title"));
    view! {
        <AdminHead section=Section::Policy />
        {kept_form("policy", form)}
    }
}

fn form(unsent: Unsent) -> AnyView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let is_admin = is_admin(replica);
    let current = memo(move || replica.read(|view| view.incidents().policy.clone()));
    let draft = unsent.of(Draft::of(current.get_untracked()));
    let is_outdated = memo(move || current.with(|current| draft.is_of_another(current)));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if draft.save(replica) {
            unsent.rest(&draft);
            toasts.say(t!("policy.saved"));
        } else {
            focus_error();
        }
    };
    let restore = move |_| {
        draft.fill(&Policy::default());
        toasts.say(t!("policy.restored"));
    };
    view! {
        <div class="page-body" tabindex="0">
            <form class="form policy" novalidate aria-label=t!("policy.title") on:submit=on_submit>
                <Restored unsent />
                <Guide is_admin />
                <div role="status">
                    <Show when=move || is_outdated.get()>
                        <div class="notice" data-kind="warn">
                            <p>{t!("policy.outdated")}</p>
                            <button
                                type="button"
                                class="button small"
                                on:click=move |_| draft.load(current.get_untracked())
                            >
                                {t!("policy.load")}
                            </button>
                        </div>
                    </Show>
                </div>
                <fieldset class="policy-parts" disabled=move || !is_admin.get()>
                    <legend class="visually-hidden">{t!("policy.title")}</legend>
                    {draft.terms.map(|terms| view! { <TermsFields terms /> })}
                    <Teams draft />
                    <Rules draft is_admin />
                </fieldset>
                {move || draft.errors.of_form().map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })}
                <Show when=move || is_admin.get()>
                    <div class="form-actions">
                        <button type="submit" class="button primary">
                            {t!("policy.save")}
                        </button>
                        <button type="button" class="button" on:click=restore>
                            {t!("policy.restore")}
                        </button>
                    </div>
                </Show>
            </form>
        </div>
    }
    .into_any()
}

/// What the policy is, and what it was when the product came.
#[component]
fn Guide(is_admin: Memo<bool>) -> impl IntoView {
    view! {
        <div class="policy-guide">
            <p>{t!("policy.intro")}</p>
            <details>
                <summary>{t!("policy.guide")}</summary>
                <ul>
                    <li>{t!("policy.guide_urgent")}</li>
                    <li>{t!("policy.guide_severe")}</li>
                    <li>{t!("policy.guide_normal")}</li>
                    <li>{t!("policy.guide_update")}</li>
                </ul>
            </details>
            <Show when=move || !is_admin.get()>
                <p class="form-note">{t!("policy.admins_only")}</p>
            </Show>
        </div>
    }
}

/// Which department plays which part.
#[component]
fn Teams(draft: Draft) -> impl IntoView {
    let errors: Errors = draft.errors;
    let team = |(team, value): (Team, RwSignal<String>)| {
        let id = format!("policy-team-{}", team as u8);
        view! {
            <Field id=id.clone() label=words::team(team) error=derived(move || errors.of(FieldName::Team(team)))>
                <DepartmentSelect id value none=t!("policy.no_department") of=Callback::new(|_| true) />
            </Field>
        }
    };
    view! {
        <section class="form-section">
            <h2>{t!("policy.teams")}</h2>
            <p class="form-note">{t!("policy.teams_note")}</p>
            <div class="field-row">{draft.teams.map(team)}</div>
        </section>
    }
}
