//! The dialog for a deliverable, new or not.

use leptos::prelude::*;
use shared::id::{DeliverableId, PersonId, TaskId};
use shared::project::deliverable::{Deliverable, DeliverableEdit, DeliverableIntent, NewDeliverable};
use shared::{Field, Reason, Rejection};
use uuid::Uuid;

use super::{Draft, Here};
use crate::reactive::{derived, effect, memo};
use crate::ui::{Choice, Errors, Field as Labelled, FormDialog, PersonPicker, Picker, Text, TextInput};

/// The fields as they are being filled in.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    criteria: RwSignal<String>,
    task: RwSignal<Option<TaskId>>,
    producer: RwSignal<Option<PersonId>>,
    accepter: RwSignal<Option<PersonId>>,
}

impl Fields {
    /// As it was, or as a new one is likely to be: who owns the task produces what it brings. Who leads accepts, and so says
    /// who produces.
    fn begin(self, draft: &Draft, here: Here) {
        let was = if let Draft::Of(was) = draft { Some(was) } else { None };
        self.name.set(was.map(|was| was.name.clone()).unwrap_or_default());
        self.criteria.set(was.map(|was| was.criteria.clone()).unwrap_or_default());
        let task = if let Draft::New(task) = draft { *task } else { was.and_then(|was| was.task) };
        self.task.set(task);
        let me = here.replica.me();
        let (project, leads) = here.project.with_untracked(|project| (project.id, project.lead == me));
        let owner = untrack(|| here.replica.read(|view| Some(view.board(project)?.task(task?).ok()?.owner)));
        self.producer.set(was.map(|was| was.producer).or(owner).or((!leads).then_some(me)));
        self.accepter.set(was.and_then(|was| was.accepter));
    }

    /// What differs from how it was; what others changed meanwhile stays.
    fn edits(self, was: &Deliverable, producer: PersonId) -> Vec<DeliverableEdit> {
        let (name, criteria) = (self.name.get_untracked(), self.criteria.get_untracked());
        let (task, accepter) = (self.task.get_untracked(), self.accepter.get_untracked());
        let name = (name != was.name).then_some(DeliverableEdit::Name(name));
        let criteria = (criteria != was.criteria).then_some(DeliverableEdit::Criteria(criteria));
        let task = (task != was.task).then_some(DeliverableEdit::Task(task));
        let people = ((producer, accepter) != (was.producer, was.accepter))
            .then_some(DeliverableEdit::People { producer, accepter });
        // What may be refused stands first.
        people.into_iter().chain(task).chain(name).chain(criteria).collect()
    }
}

/// The dialog; open while something is being made or changed.
#[component]
pub fn Edit() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let fields = Fields {
        name: RwSignal::new(String::new()),
        criteria: RwSignal::new(String::new()),
        task: RwSignal::new(None),
        producer: RwSignal::new(None),
        accepter: RwSignal::new(None),
    };
    effect(move || {
        if let Some(draft) = here.editing.get() {
            errors.clear();
            fields.begin(&draft, here);
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            here.editing.set(None);
        }
    });
    let is_new = memo(move || here.editing.with(|draft| !matches!(draft, Some(Draft::Of(_)))));
    let title = derived(move || {
        if is_new.get() { t!("deliverable.add_title") } else { t!("deliverable.edit_title") }.into_owned()
    });
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(producer) = fields.producer.get_untracked() else {
            errors.add(Rejection::of(Field::Producer, Reason::Required));
            return;
        };
        match here.editing.get_untracked() {
            Some(Draft::New(_)) => {
                let id = DeliverableId::new(Uuid::now_v7());
                let new = NewDeliverable {
                    id,
                    name: fields.name.get_untracked(),
                    criteria: fields.criteria.get_untracked(),
                    task: fields.task.get_untracked(),
                    producer,
                    accepter: fields.accepter.get_untracked(),
                };
                if errors.keep(here.act(DeliverableIntent::Add(new))).is_some() {
                    open.set(false);
                    here.open(id);
                }
            }
            Some(Draft::Of(was)) => {
                let edits = fields.edits(&was, producer).into_iter();
                let edits = edits.map(|edit| DeliverableIntent::Edit { deliverable: was.id, edit });
                if errors.keep(here.act_all(edits)).is_some() {
                    open.set(false);
                }
            }
            None => {}
        }
    });
    view! {
        <FormDialog open title submit=t!("deliverable.save").into_owned() errors on_submit=save>
            <TextInput
                id="deliverable-name"
                label=t!("deliverable.name")
                value=fields.name
                error=derived(move || errors.of(Field::Name))
                autofocus=true
            />
            <TextInput
                id="deliverable-criteria-text"
                label=t!("deliverable.criteria")
                hint=t!("deliverable.criteria_hint")
                kind=Text::Lines
                value=fields.criteria
                error=derived(move || errors.of(Field::Criteria))
            />
            <Task fields errors />
            <Person id="deliverable-producer" label=t!("deliverable.producer").into_owned() chosen=fields.producer none=t!("deliverable.choose").into_owned() field=Field::Producer errors />
            <Person
                id="deliverable-accepter"
                label=t!("deliverable.accepter").into_owned()
                hint=t!("deliverable.accepter_hint").into_owned()
                chosen=fields.accepter
                none=t!("deliverable.by_the_lead").into_owned()
                field=Field::Accepter
                errors
            />
        </FormDialog>
    }
}

/// One of the tasks that go on, or none.
#[component]
fn Task(fields: Fields, errors: Errors) -> impl IntoView {
    let here = Here::expect();
    let tasks = here.on_board(move |board| {
        let goes_on = shared::project::stage::not_over(board).map(|task| (task.id, task.number, task.name.clone()));
        goes_on.collect::<Vec<_>>()
    });
    let options = derived(move || {
        let tasks = tasks.get().unwrap_or_default().into_iter();
        let tasks = tasks.map(|(id, number, name)| Choice::new(id, format!("#{number} {name}")));
        std::iter::once(Choice::none(t!("deliverable.no_task"))).chain(tasks).collect::<Vec<_>>()
    });
    let chosen = derived(move || fields.task.get().map(|task| task.to_string()).unwrap_or_default());
    let pick = Callback::new(move |value: String| fields.task.set(value.parse().ok()));
    view! {
        <Labelled
            id="deliverable-task"
            label=t!("deliverable.task")
            error=derived(move || errors.of(Field::Task))
        >
            <Picker id="deliverable-task" chosen options on_pick=pick />
        </Labelled>
    }
}

/// One of the project's members.
#[component]
fn Person(
    id: &'static str,
    label: String,
    #[prop(optional, into)] hint: Option<String>,
    chosen: RwSignal<Option<PersonId>>,
    none: String,
    field: Field,
    errors: Errors,
) -> impl IntoView {
    let here = Here::expect();
    let of = Callback::new(move |(person, _)| here.project.with(|project| project.role(person).is_some()));
    let on_pick = Callback::new(move |person| chosen.set(person));
    view! {
        <Labelled id label hint=hint.unwrap_or_default() error=derived(move || errors.of(field))>
            <PersonPicker id chosen none of on_pick />
        </Labelled>
    }
}
