//! Filing the report, and closing the incident.

use leptos::prelude::*;
use shared::id::{ArticleId, ProjectId};
use shared::incident::{IncidentIntent, Stage};
use shared::{Field, Scope};
use uuid::Uuid;

use super::article;
use super::here::Here;
use crate::reactive::{Show, derived, effect, memo};
use crate::ui::{Choice, Errors, Field as Labelled, Picker, focus, focus_error, focus_later};

const ENDING: &str = "report-ending";

/// What is missing, and what comes next.
#[component]
pub fn Ending() -> impl IntoView {
    let here = Here::expect();
    let standing =
        memo(move || here.incident.with(|incident| (incident.stage, incident.filed.is_some(), incident.article)));
    let part = move || {
        let (stage, filed, article) = standing.get();
        let runs = here.runs.get();
        match (stage, filed) {
            (Stage::Resolved, _) => {
                view! { <p class="form-note">{t!("incident_report.after_confirmation")}</p> }.into_any()
            }
            (Stage::Confirmed, false) if runs => view! { <File /> }.into_any(),
            (Stage::Confirmed, true) if runs => view! { <Close /> }.into_any(),
            (Stage::Closed, _) => {
                let article = article.map(|article| {
                    view! {
                        <a class="button" href=format!("/knowledge/{article}")>
                            {t!("incident_report.to_the_article")}
                        </a>
                    }
                });
                view! {
                    <div class="report-closed">
                        <span class="seal" aria-hidden="true">
                            {t!("incident_report.seal")}
                        </span>
                        <p>{t!("incident_report.closed")}</p>
                        {article}
                    </div>
                }
                .into_any()
            }
            _ => ().into_any(),
        }
    };
    view! {
        <div class="report-ending" id=ENDING tabindex="-1">
            {part}
        </div>
    }
}

/// The id of the control that a missing part is entered in.
const fn control(field: Field) -> &'static str {
    match field {
        Field::Noticed => "report-noticed",
        Field::Impact => "report-impact",
        Field::Whys => "report-why-1",
        Field::RootCause => "report-root-cause",
        Field::TemporaryFix => "report-temporary-fix",
        _ => "report-measures",
    }
}

fn named(field: Field) -> String {
    match field {
        Field::Noticed => t!("incident_report.noticed"),
        Field::Impact => t!("incident_report.impact"),
        Field::Whys => t!("incident_report.whys"),
        Field::RootCause => t!("incident_report.root_cause"),
        Field::TemporaryFix => t!("incident_report.temporary_fix"),
        _ => t!("incident_report.measures"),
    }
    .into_owned()
}

#[component]
fn File() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let me = here.replica.me();
    let project = RwSignal::new(None::<ProjectId>);
    let missing = memo(move || here.report.with(shared::incident::Report::missing));
    let projects = here.replica.peek(|state| {
        let mine = state.projects.values().filter(|project| project.worked_on_by(me).is_ok());
        let mine =
            mine.map(|project| Choice::new(project.id, format!("{} {}", project.number, project.registration.name)));
        std::iter::once(Choice::none(t!("room.choose"))).chain(mine).collect::<Vec<_>>()
    });
    let chosen = derived(move || project.get().map(|id| id.to_string()).unwrap_or_default());
    // The rules look at the board in which the measures become tasks.
    effect(move || {
        if let Some(project) = project.get() {
            here.replica.watch(Scope::Board(project));
        }
    });
    let file = move || {
        errors.clear();
        if errors.keep(here.act(IncidentIntent::File { project: project.get_untracked() })).is_some() {
            // The button goes when it is done.
            focus_later(ENDING.to_owned());
        } else {
            focus_error();
        }
    };
    // Who is faster than the board has the report filed when it is there.
    let waits = RwSignal::new(false);
    let is_here = move || project.get().is_none_or(|project| here.replica.holds(Scope::Board(project)));
    effect(move || {
        if waits.get() && is_here() {
            waits.set(false);
            file();
        }
    });
    view! {
        <section class="form-section">
            <h2>{t!("incident_report.file")}</h2>
            <Show when=move || missing.with(|missing| !missing.is_empty())>
                <div class="notice" data-kind="info">
                    <p>{t!("incident_report.missing")}</p>
                    <ul>
                        {move || {
                            missing
                                .get()
                                .into_iter()
                                .map(|field| {
                                    let id = control(field);
                                    view! {
                                        <li>
                                            <a
                                                href=format!("#{id}")
                                                on:click=move |event| {
                                                    event.prevent_default();
                                                    event.stop_propagation();
                                                    focus(id);
                                                }
                                            >
                                                {named(field)}
                                            </a>
                                        </li>
                                    }
                                })
                                .collect_view()
                        }}
                    </ul>
                </div>
            </Show>
            <Labelled
                id="report-project"
                label=t!("incident_report.project")
                hint=t!("incident_report.project_hint")
                error=derived(move || errors.of(Field::MeasureProject).or_else(|| errors.of(Field::Owner)))
            >
                <Picker
                    id="report-project"
                    chosen
                    options=projects
                    on_pick=Callback::new(move |id: String| project.set(id.parse().ok()))
                />
            </Labelled>
            <p class="error" role="alert">
                {move || errors.of_form()}
            </p>
            <div class="form-actions">
                <button type="button" class="button primary" on:click=move |_| waits.set(true)>
                    {t!("incident_report.file")}
                </button>
            </div>
        </section>
    }
}

#[component]
fn Close() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let close = move |_| {
        errors.clear();
        let id = ArticleId::new(Uuid::now_v7());
        if errors.keep(here.act(IncidentIntent::Close { article: id, body: article::body(here) })).is_some() {
            focus_later(ENDING.to_owned());
        }
    };
    view! {
        <section class="form-section">
            <h2>{t!("incident_report.close")}</h2>
            <p class="form-note">{t!("incident_report.close_hint")}</p>
            <p class="error" role="alert">
                {move || errors.of_form()}
            </p>
            <div class="form-actions">
                <button type="button" class="button primary" on:click=close>
                    {t!("incident_report.close")}
                </button>
            </div>
        </section>
    }
}
