//! Invitations: new links, shown once, and those that are still open (organisation: invitations).

mod links;
mod list;
mod open;
mod shared_link;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::organisation::functions::{invitations, invite, invite_all, invite_many, revoke_invitation};
use qibu::organisation::{Invitation, OpenInvitation};
use shared::Field as FieldName;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::CompanyRole;

use self::links::Links;
use self::list::{NameList, Names};
use self::open::Open;
use self::shared_link::{SharedFields, Terms};
use super::super::directory::{DepartmentSelect, is_admin, tree};
use super::edit::RoleSelect;
use super::link::{Link, Made};
use crate::format;
use crate::reactive::{Show, derived};
use crate::sync::Replica;
use crate::ui::{Dialog, Errors, Field, Key, Toasts, focus_error};
use crate::words;

/// The dialog.
#[component]
pub fn Inviting(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=tr!("invite.title") class="dialog wide">
            <Inside />
        </Dialog>
    }
}

/// Whom links are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// One person, whoever that is.
    One,
    /// Each of those who are named.
    List,
    /// Whoever has the link.
    Shared,
}

impl Mode {
    const ALL: [Self; 3] = [Self::One, Self::List, Self::Shared];

    const fn name(self) -> Key {
        match self {
            Self::One => tr!("invite.one"),
            Self::List => tr!("invite.list"),
            Self::Shared => tr!("invite.shared"),
        }
    }
}

/// The form, and what came of it.
#[derive(Clone, Copy)]
struct Form {
    mode: RwSignal<Mode>,
    department: RwSignal<String>,
    role: RwSignal<CompanyRole>,
    names: Names,
    terms: Terms,
    errors: Errors,
    busy: RwSignal<bool>,
    /// The link for one, or for many.
    made: RwSignal<Option<Invitation>>,
    /// The links for those who were named, also of earlier lists.
    listed: RwSignal<Vec<Invitation>>,
    open: RwSignal<Option<Result<Vec<OpenInvitation>, Fault>>>,
}

#[component]
fn Inside() -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let form = Form {
        mode: RwSignal::new(Mode::One),
        department: RwSignal::new(first_department(replica)),
        role: RwSignal::new(CompanyRole::Member),
        names: Names::new(),
        terms: Terms::new(),
        errors: Errors::new(),
        busy: RwSignal::new(false),
        made: RwSignal::new(None),
        listed: RwSignal::new(Vec::new()),
        open: RwSignal::new(None),
    };
    form.load();
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.make(replica);
    };
    let revoke = Callback::new(move |person: PersonId| {
        spawn_local(async move {
            if let Err(fault) = revoke_invitation(person).await {
                toasts.say_refused(words::fault(&fault));
            }
            form.load();
        });
    });
    let mode = form.mode;
    let result = move || match mode.get() {
        Mode::List => view! { <Links listed=form.listed /> }.into_any(),
        _ => form.made.get().map(|invitation| view! { <Link made=shown(&invitation, mode.get()) /> }).into_any(),
    };
    view! {
        <div class="dialog-body">
            <form class="form invite" id="invite-form" novalidate on:submit=make>
                {move || {
                    form.errors
                        .of_form()
                        .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                }}
                <Modes form />
                <Show when=move || mode.get() == Mode::List>
                    <NameList names=form.names errors=form.errors />
                </Show>
                <div class="field-row">
                    <Place form />
                    <Show when=move || mode.get() == Mode::Shared>
                        <SharedFields terms=form.terms errors=form.errors />
                    </Show>
                </div>
                <div class="form-actions">
                    <button type="submit" class="button primary" disabled=move || form.busy.get()>
                        {move || {
                            if mode.get() == Mode::List { t!("invite.make_all") } else { t!("invite.make") }
                        }}
                    </button>
                </div>
                <div role="status">{result}</div>
            </form>
            <Open open=form.open revoke />
        </div>
    }
}

/// For one, for those on a list, or for all who have the link.
#[component]
fn Modes(form: Form) -> impl IntoView {
    let radio = move |offered: Mode| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="invite-mode"
                    prop:checked=move || form.mode.get() == offered
                    on:change=move |_| {
                        form.mode.set(offered);
                        form.made.set(None);
                        form.errors.clear();
                    }
                />
                <span>{offered.name().text()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="visually-hidden">{t!("invite.for_whom")}</legend>
            <div class="segments">{Mode::ALL.map(radio)}</div>
        </fieldset>
    }
}

/// Where they will work, and what they may do.
#[component]
fn Place(form: Form) -> impl IntoView {
    let replica = Replica::expect();
    let me = replica.me();
    let is_admin = is_admin(replica);
    let may_join = Callback::new(move |id: DepartmentId| {
        replica.peek(|state| state.company.is_admin(me) || state.company.heads(me, id))
    });
    let none = move || is_admin.get().then(|| t!("people.no_department").into_owned());
    view! {
        <Field
            id="invite-department"
            label=t!("people.department")
            hint=t!("invite.department_hint")
            error=derived(move || form.errors.of(FieldName::Department))
        >
            {move || match none() {
                Some(none) => {
                    view! { <DepartmentSelect id="invite-department" value=form.department none of=may_join /> }
                        .into_any()
                }
                None => {
                    view! { <DepartmentSelect id="invite-department" value=form.department of=may_join /> }.into_any()
                }
            }}
        </Field>
        <Show when=move || is_admin.get() && form.mode.get() != Mode::Shared>
            <RoleSelect
                id="invite-role"
                role=form.role
                error=derived(move || form.errors.of(FieldName::Role))
            />
        </Show>
    }
}

impl Form {
    fn load(self) {
        spawn_local(async move {
            let answer = invitations().await;
            self.open.try_set(Some(answer));
        });
    }

    fn make(self, replica: Replica) {
        self.errors.clear();
        let (department, role) = (self.department.get_untracked().parse().ok(), self.role.get_untracked());
        match self.mode.get_untracked() {
            Mode::One => self.send(async move { self.take(invite(department, role).await) }),
            Mode::Shared => {
                let Some((days, uses)) = self.terms.read(self.errors) else { return focus_error() };
                self.send(async move { self.take(invite_many(department, days, uses).await) });
            }
            Mode::List => {
                let Some(invitees) = self.names.read(replica, self.errors) else { return focus_error() };
                // Of a list that is wrong throughout there is nobody to invite.
                if invitees.is_empty() {
                    return focus_error();
                }
                self.send(async move {
                    let sent = invitees.iter().map(|(_, invitee)| invitee.clone()).collect();
                    match invite_all(sent, department, role).await {
                        Ok(answers) => {
                            let made = self.names.take(&invitees, answers);
                            self.listed.try_update(|listed| listed.extend(made));
                        }
                        Err(fault) => {
                            // Nothing was made: all of it is there to be sent again.
                            self.names.give_back(&invitees);
                            self.errors.add_fault(&fault);
                        }
                    }
                });
            }
        }
    }

    fn take(self, answer: Result<Invitation, Fault>) {
        match answer {
            Ok(invitation) => {
                self.made.try_set(Some(invitation));
            }
            Err(fault) => {
                self.errors.add_fault(&fault);
            }
        }
    }

    fn send(self, work: impl Future<Output = ()> + 'static) {
        self.busy.set(true);
        spawn_local(async move {
            work.await;
            self.busy.try_set(false);
            self.load();
        });
    }
}

fn shown(invitation: &Invitation, mode: Mode) -> Made {
    let until = format::instant(invitation.expires);
    Made {
        path: path(invitation),
        title: t!("invite.link").into_owned(),
        note: if mode == Mode::Shared {
            t!("invite.shared_note", until = until).into_owned()
        } else {
            t!("invite.link_note", until = until).into_owned()
        },
    }
}

fn path(invitation: &Invitation) -> String {
    format!("/join/{}", invitation.link_token)
}

/// The department that is chosen at first: one's own if one leads it, else the first that one leads.
fn first_department(replica: Replica) -> String {
    let me = replica.me();
    replica.peek(|state| {
        let company = &state.company;
        if company.is_admin(me) {
            return String::new();
        }
        let mut led =
            tree(company).into_iter().map(|(department, _)| department.id).filter(|id| company.heads(me, *id));
        led.next().map(|id| id.to_string()).unwrap_or_default()
    })
}
