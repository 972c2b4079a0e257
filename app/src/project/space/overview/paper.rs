//! The paper form: on paper the overview looks as the company's registration form does.

use leptos::prelude::*;
use shared::id::PersonId;
use shared::project::{Project, Role};

use super::Here;
use crate::words;
use crate::words::department_name;

/// Template one as a ruled table.
#[component]
pub fn Paper() -> impl IntoView {
    let here = Here::expect();
    let replica = here.replica;
    let name = move |person: PersonId| words::person_name(replica, person);
    move || {
        let project = here.project.get();
        let form = &project.registration;
        let results = form.expected_results.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        let milestones = project.milestones.iter().map(|milestone| {
            let done = milestone.done.then(|| t!("project.done"));
            view! { <tr><td>{milestone.name.clone()}</td><td>{milestone.date.to_string()}</td><td>{done}</td></tr> }
        });
        let departments = project.departments.iter().map(|(id, part)| {
            let representative = part.representative.map(name);
            view! {
                <tr>
                    <td>{department_name(replica, *id)}</td>
                    <td>{representative}</td>
                    <td>{part.duty.clone()}</td>
                </tr>
            }
        });
        let members = words_of_members(&project, &name);
        view! {
            <div class="paper-form">
                <h1>{t!("project.paper_title")}</h1>
                <table>
                    <tbody>
                        <tr>
                            <th scope="row">{t!("project.name")}</th>
                            <td>{form.name.clone()}</td>
                            <th scope="row">{t!("project.number")}</th>
                            <td>{project.number.clone()}</td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.lead")}</th>
                            <td>{name(project.lead)}</td>
                            <th scope="row">{t!("project.contact")}</th>
                            <td>{form.contact.clone()}</td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.start")}</th>
                            <td>{form.start.to_string()}</td>
                            <th scope="row">{t!("project.stage")}</th>
                            <td>{words::stage(project.stage)}</td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.background")}</th>
                            <td colspan="3" style:white-space="pre-line">{form.background.clone()}</td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.problem")}</th>
                            <td colspan="3" style:white-space="pre-line">{form.problem.clone()}</td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.expected_results")}</th>
                            <td colspan="3"><ol class="goals">{results}</ol></td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.milestones")}</th>
                            <td colspan="3"><table><tbody>{milestones.collect_view()}</tbody></table></td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.departments_and_duties")}</th>
                            <td colspan="3"><table><tbody>{departments.collect_view()}</tbody></table></td>
                        </tr>
                        <tr>
                            <th scope="row">{t!("project.members")}</th>
                            <td colspan="3">{members}</td>
                        </tr>
                    </tbody>
                </table>
            </div>
        }
    }
}

/// The members but the lead, observers marked.
fn words_of_members(project: &Project, name: &impl Fn(PersonId) -> String) -> String {
    let line = |(person, role): (&PersonId, &Role)| match role {
        Role::Lead => None,
        Role::Member => Some(name(*person)),
        Role::Observer => {
            Some(t!("project.name_and_role", name = name(*person), role = words::role(*role)).into_owned())
        }
    };
    let names: Vec<String> = project.members.iter().filter_map(line).collect();
    names.join(&t!("project.list_comma"))
}
