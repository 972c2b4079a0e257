//! Template one, empty: a calm form on one page, sent as one command.

mod check;
mod draft;
mod parts;
mod people;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::Command;
use shared::project::ProjectCommand;

use self::check::{Problems, check};
use self::draft::Draft;
pub use self::parts::{AddRow, RemoveRow};
use self::parts::{Milestones, Results};
pub use self::people::role_named;
use self::people::{Basics, Departments, Members};
use super::projects::overview_address;
use crate::sync::Replica;
use crate::ui::{PageHead, Restored, Text, TextInput, Unsent, Way, focus, kept_form, page_title};

/// The page behind `/projects/new`.
#[component]
pub fn RegisterProject() -> impl IntoView {
    page_title(|| t!("project.register_a_project"));
    view! {
        <PageHead title=tr!("project.register_a_project") above=vec![Way::to("/projects", tr!("project.projects"))] />
        {kept_form("project", form)}
    }
}

fn form(unsent: Unsent) -> AnyView {
    let replica = Replica::expect();
    let draft = unsent.of(Draft::new(replica.me()));
    let problems = Problems::new();
    provide_context(problems);
    let navigate = StoredValue::new_local(use_navigate());

    let send = move |is_draft: bool| {
        problems.set(check(replica, draft, is_draft));
        if problems.show_first() {
            return;
        }
        let form = draft.filled(is_draft);
        let address = format!("{}?registered", overview_address(form.id));
        match replica.act(Command::Project(ProjectCommand::Register(Box::new(form)))) {
            Ok(()) => {
                unsent.forget();
                navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
            }
            Err(rejection) => {
                problems.set(vec![check::Problem::of_form(rejection)]);
                problems.show_first();
            }
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(false);
    };
    view! {
        <div class="page-body">
            <form class="form" novalidate aria-label=t!("project.register_a_project") on:submit=on_submit>
                <Restored unsent />
                <Summary problems />
                <section class="form-section">
                    <h2>{t!("project.basics")}</h2>
                    <p class="form-note">{t!("project.number_is_given")}</p>
                    <Basics draft />
                </section>
                <section class="form-section">
                    <h2>{t!("project.background_and_goals")}</h2>
                    <TextInput
                        id="background"
                        label=t!("project.background")
                        hint=t!("project.background_hint")
                        kind=Text::Lines
                        value=draft.background
                        error=problems.of("background")
                    />
                    <TextInput
                        id="problem"
                        label=t!("project.problem")
                        hint=t!("project.problem_hint")
                        kind=Text::Lines
                        value=draft.problem
                        error=problems.of("problem")
                    />
                    <Results rows=draft.results />
                </section>
                <section class="form-section">
                    <h2>{t!("project.milestones")}</h2>
                    <Milestones rows=draft.milestones />
                </section>
                <section class="form-section">
                    <h2>{t!("project.departments_and_duties")}</h2>
                    <p class="form-note">{t!("project.department_people_join")}</p>
                    <Departments rows=draft.departments />
                </section>
                <section class="form-section">
                    <h2>{t!("project.further_members")}</h2>
                    <Members rows=draft.members />
                </section>
                <section class="form-section">
                    <h2>{t!("project.readers")}</h2>
                    <label class="switch">
                        <input
                            type="checkbox"
                            role="switch"
                            prop:checked=move || draft.open.get()
                            on:change=move |event| draft.open.set(event_target_checked(&event))
                        />
                        <span>{t!("project.open_switch")}</span>
                    </label>
                    <p class="form-note">{t!("project.open_hint")}</p>
                </section>
                <div class="form-actions">
                    <button type="submit" class="button primary">
                        {t!("project.register")}
                    </button>
                    <button type="button" class="button" on:click=move |_| send(true)>
                        {t!("project.save_as_draft")}
                    </button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// What is wrong, at the head of the form: each a way to its field.
#[component]
fn Summary(problems: Problems) -> impl IntoView {
    move || {
        let all = problems.all();
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|problem| {
                let address = format!("#{}", problem.id);
                let text = problem.text();
                view! {
                    <li>
                        <a
                            href=address
                            on:click=move |event| {
                                event.prevent_default();
                                event.stop_propagation();
                                focus(&problem.id);
                            }
                        >
                            {text}
                        </a>
                    </li>
                }
            });
            view! {
                <div class="error-summary" role="alert">
                    <h2>{t!("project.correct_these")}</h2>
                    <ul>{lines.collect_view()}</ul>
                </div>
            }
        })
    }
}
