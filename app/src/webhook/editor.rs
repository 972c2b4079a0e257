//! The dialog of one target: its address, its secret, and what it may reach.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::webhook::functions::put_webhook;
use qibu::webhook::{Format, Settings, Webhook};
use shared::Field as FieldName;
use shared::organisation::Locale;
use uuid::Uuid;

use super::format_name;
use crate::reactive::{Show, derived};
use crate::ui::{Errors, Field, FormDialog, Restored, TextInput, Unsent, focus_error};

/// What is being edited, and what was typed so far.
#[derive(Clone, Copy)]
pub struct Editor {
    open: RwSignal<bool>,
    id: RwSignal<Uuid>,
    /// Where it is kept what is typed.
    place: StoredValue<String>,
    unsent: StoredValue<Option<Unsent>>,
    /// The format whose secret is kept.
    signs: RwSignal<Option<Format>>,
    name: RwSignal<String>,
    url: RwSignal<String>,
    secret: RwSignal<String>,
    format: RwSignal<Format>,
    locale: RwSignal<Locale>,
    active: RwSignal<bool>,
    may_be_private: RwSignal<bool>,
    /// A secret that was made, to be shown this once.
    made: RwSignal<Option<String>>,
    errors: Errors,
}

impl Editor {
    /// With nothing in it.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            id: RwSignal::new(Uuid::nil()),
            place: StoredValue::new(String::new()),
            unsent: StoredValue::new(None),
            signs: RwSignal::new(None),
            name: RwSignal::default(),
            url: RwSignal::default(),
            secret: RwSignal::default(),
            format: RwSignal::new(Format::Feishu),
            locale: RwSignal::new(Locale::Zh),
            active: RwSignal::new(true),
            may_be_private: RwSignal::new(false),
            made: RwSignal::new(None),
            errors: Errors::new(),
        }
    }

    /// Asks for a new target.
    pub fn add(self) {
        let settings = Settings {
            name: String::new(),
            format: Format::Feishu,
            url: String::new(),
            locale: crate::words::spoken(),
            active: true,
            may_be_private: false,
        };
        self.place.set_value("webhook".to_owned());
        self.ask(Uuid::now_v7(), settings, false);
    }

    /// Asks for changes of one that is there.
    pub fn edit(self, webhook: &Webhook) {
        self.place.set_value(format!("webhook.{}", webhook.id));
        self.ask(webhook.id, webhook.settings.clone(), webhook.has_secret);
    }

    fn ask(self, id: Uuid, settings: Settings, had_secret: bool) {
        self.errors.clear();
        self.id.set(id);
        self.signs.set(had_secret.then_some(settings.format));
        self.name.set(settings.name);
        self.url.set(settings.url);
        self.secret.set(String::new());
        self.format.set(settings.format);
        self.locale.set(settings.locale);
        self.active.set(settings.active);
        self.may_be_private.set(settings.may_be_private);
        self.made.set(None);
        self.open.set(true);
    }

    fn save(self, load: Callback<()>) {
        self.errors.clear();
        let settings = Settings {
            name: self.name.get_untracked(),
            format: self.format.get_untracked(),
            url: self.url.get_untracked(),
            locale: self.locale.get_untracked(),
            active: self.active.get_untracked(),
            may_be_private: self.may_be_private.get_untracked(),
        };
        // An empty field keeps the secret that is there.
        let secret = self.secret.get_untracked();
        let secret = (!secret.trim().is_empty()).then_some(secret);
        let id = self.id.get_untracked();
        spawn_local(async move {
            match put_webhook(id, settings, secret).await {
                Ok(made) => {
                    if let Some(unsent) = self.unsent.try_get_value().flatten() {
                        unsent.forget();
                    }
                    load.try_run(());
                    if made.is_some() {
                        self.made.set(made);
                    } else {
                        self.open.set(false);
                    }
                }
                Err(fault) => {
                    self.errors.add_fault(&fault);
                    focus_error();
                }
            }
        });
    }
}

/// The dialog.
#[component]
pub fn Dialog(editor: Editor, load: Callback<()>) -> impl IntoView {
    let errors = editor.errors;
    let submit = derived(move || {
        let done = editor.made.with(Option::is_some);
        if done { t!("webhook.noted") } else { t!("webhook.save") }.into_owned()
    });
    let save = Callback::new(move |()| {
        if editor.made.with_untracked(Option::is_some) {
            editor.open.set(false);
        } else {
            editor.save(load);
        }
    });
    let title = tr!("webhook.target");
    view! {
        <FormDialog open=editor.open title submit errors on_submit=save>
            <Kept editor />
            <Show when=move || editor.made.with(Option::is_none) fallback=move || view! { <Made editor /> }>
                <TextInput
                    id="webhook-name"
                    label=t!("webhook.name")
                    value=editor.name
                    error=derived(move || errors.of(FieldName::Name))
                    autofocus=true
                />
                <div class="field-row">
                    <FormatField editor />
                    <LocaleField editor />
                </div>
                <TextInput
                    id="webhook-url"
                    label=t!("webhook.url")
                    value=editor.url
                    error=derived(move || errors.of(FieldName::Url))
                />
                <Secret editor />
                {switch(editor.active, t!("webhook.active").into_owned())}
                {switch(editor.may_be_private, t!("webhook.may_be_private").into_owned())}
            </Show>
        </FormDialog>
    }
}

/// Keeps what is typed, for as long as the dialog is open, and afterwards until it is saved. Neither the secret nor the
/// address, in which robots have theirs.
#[component]
fn Kept(editor: Editor) -> impl IntoView {
    let unsent = Unsent::at(&editor.place.get_value());
    unsent.fill((editor.name, editor.format, editor.locale, editor.active, editor.may_be_private));
    editor.unsent.set_value(Some(unsent));
    view! { <Restored unsent /> }
}

/// The secret that was made: the program that receives needs it, and nobody sees it again.
#[component]
fn Made(editor: Editor) -> impl IntoView {
    view! {
        <div class="field">
            <p>{t!("webhook.made")}</p>
            <code class="webhook-secret">{move || editor.made.get()}</code>
        </div>
    }
}

#[component]
fn FormatField(editor: Editor) -> impl IntoView {
    view! {
        <Field id="webhook-format" label=t!("webhook.format") error=Signal::stored(None::<String>)>
            <select
                class="input"
                id="webhook-format"
                on:change=move |event| {
                    let index = event_target_value(&event).parse::<usize>().unwrap_or_default();
                    editor.format.set(Format::ALL.get(index).copied().unwrap_or(Format::Standard));
                }
            >
                {Format::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(index, format)| {
                        view! {
                            <option value=index.to_string() prop:selected=move || editor.format.get() == format>
                                {format_name(format)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Field>
    }
}

#[component]
fn LocaleField(editor: Editor) -> impl IntoView {
    view! {
        <Field id="webhook-locale" label=t!("webhook.language") error=Signal::stored(None::<String>)>
            <select
                class="input"
                id="webhook-locale"
                on:change=move |event| {
                    editor.locale.set(if event_target_value(&event) == "en" { Locale::En } else { Locale::Zh });
                }
            >
                <option value="zh" prop:selected=move || editor.locale.get() == Locale::Zh>
                    {t!("webhook.chinese")}
                </option>
                <option value="en" prop:selected=move || editor.locale.get() == Locale::En>
                    {t!("webhook.english")}
                </option>
            </select>
        </Field>
    }
}

/// The secret; a WeCom robot has none, its key is in the address.
#[component]
fn Secret(editor: Editor) -> impl IntoView {
    let hint = move || match (editor.format.get(), editor.signs.get() == Some(editor.format.get())) {
        (_, true) => t!("webhook.secret_stays"),
        (Format::Standard, false) => t!("webhook.secret_is_made"),
        _ => t!("webhook.secret_hint"),
    };
    view! {
        {move || {
            (editor.format.get() != Format::WeCom)
                .then(|| {
                    view! {
                        <TextInput
                            id="webhook-secret"
                            label=t!("webhook.secret")
                            hint=hint().into_owned()
                            value=editor.secret
                            error=derived(move || editor.errors.of(FieldName::Secret))
                        />
                    }
                })
        }}
    }
}

fn switch(value: RwSignal<bool>, label: String) -> AnyView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}
