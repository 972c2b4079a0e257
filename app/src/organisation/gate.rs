//! The cover that sign-in, invitation and first admin share, and what was typed on it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use shared::Field;
use shared::organisation::Locale;

use crate::language::{Language, other_language};
use crate::reactive::memo;
use crate::sync::is_address_refused;
use crate::ui::{Errors, focus_error};
use crate::words;

/// What somebody typed before they were in. It outlives another language, which draws the page anew.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    /// The company's name.
    pub company: RwSignal<String>,
    /// The person's name.
    pub name: RwSignal<String>,
    /// What they sign in with.
    pub email: RwSignal<String>,
    /// Their password.
    pub password: RwSignal<String>,
}

impl Answers {
    /// Makes them for the whole app.
    pub fn provide() {
        let [company, name, email, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
        provide_context(Self { company, name, email, password });
    }

    /// Those here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Forgets the secret: it has done its work.
    pub fn forget_password(self) {
        self.password.set(String::new());
    }
}

/// The cover of the book: the name on its spine, a heading, a form, and the other language.
#[component]
pub fn GatePaper(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A line under it.
    #[prop(into)]
    lead: String,
    /// A line at the foot.
    #[prop(into)]
    foot: String,
    /// The form, or what there is instead.
    children: Children,
) -> impl IntoView {
    let language = Language::expect();
    let tag = match other_language() {
        Locale::Zh => "zh-CN",
        Locale::En => "en",
    };
    view! {
        <main class="gate">
            <div class="gate-paper">
                <p class="wordmark">
                    <span lang="zh">{t!("gate.brand_han")}</span>
                    <span lang="en">{t!("gate.brand_latin")}</span>
                </p>
                <div class="gate-body">
                    <h1>{title}</h1>
                    <p class="gate-lead">{lead}</p>
                    {children()}
                    <footer class="gate-foot">
                        <span>{foot}</span>
                        <button
                            type="button"
                            class="link"
                            id="gate-language"
                            lang=tag
                            on:click=move |_| language.speak(other_language())
                        >
                            {t!("gate.other_language")}
                        </button>
                    </footer>
                </div>
            </div>
        </main>
    }
}

/// The form of the cover: why it was refused, its fields, and one wide button.
#[component]
pub fn GateForm(
    /// The verb on the button.
    #[prop(into)]
    submit: String,
    /// What the button says while the server thinks.
    #[prop(into)]
    working: String,
    /// Whether it does.
    busy: RwSignal<bool>,
    /// What belongs to no field stands above the fields.
    errors: Errors,
    /// Does it.
    on_submit: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let refused = memo(move || errors.of_form());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_submit.run(());
        }
    };
    view! {
        <form class="form" method="post" novalidate on:submit=on_submit>
            <div role="alert" hidden=move || refused.with(Option::is_none)>
                {move || {
                    refused.get().map(|text| view! { <div class="notice" data-kind="urgent"><p>{text}</p></div> })
                }}
            </div>
            {children()}
            <div class="form-actions">
                <button
                    type="submit"
                    class="button primary large wide"
                    aria-busy=move || busy.get().then_some("true")
                >
                    {move || if busy.get() { working.clone() } else { submit.clone() }}
                </button>
            </div>
        </form>
    }
}

/// The page behind a link: asks the server what the link is for, then shows a paper with that, or why there is none.
/// `title` and `reading` are said until it is known.
pub fn gate_link<T, A>(
    title: String,
    reading: String,
    ask: impl Fn() -> A + Send + Sync + 'static,
    paper: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    A: Future<Output = Result<T, Fault>> + 'static,
{
    let answer = RwSignal::new(None::<Result<T, Fault>>);
    let ask = Callback::new(move |()| {
        answer.set(None);
        let asked = ask();
        spawn_local(async move {
            let answered = asked.await;
            answer.try_set(Some(answered));
        });
    });
    ask.run(());
    move || match answer.get() {
        None => view! {
            <GatePaper title=title.clone() lead=reading.clone() foot="">
                <div class="skeleton" aria-hidden="true">
                    <span class="skeleton-line" style:--width="40%"></span>
                    <span class="skeleton-line" style:--width="70%"></span>
                    <span class="skeleton-line" style:--width="55%"></span>
                </div>
            </GatePaper>
        }
        .into_any(),
        Some(Ok(known)) => paper(known),
        Some(Err(fault)) => {
            let retry = (fault == Fault::Unavailable).then(|| {
                view! {
                    <button type="button" class="button" on:click=move |_| ask.run(())>
                        {t!("state.retry")}
                    </button>
                }
            });
            view! {
                <GatePaper title=title.clone() lead="" foot=t!("join.have_account")>
                    <div class="form">
                        <div class="notice" data-kind="urgent" role="alert">
                            <p>{words::fault(&fault)}</p>
                            {retry}
                        </div>
                        <a class="button" href="/">
                            {t!("join.to_sign_in")}
                        </a>
                    </div>
                </GatePaper>
            }
            .into_any()
        }
    }
}

/// Shows why the server refused: beside one of the form's fields, or above them all.
pub fn show_fault(errors: Errors, fault: Fault, fields: &[Field]) {
    match fault {
        Fault::Refused(rejection) if rejection.field.is_some_and(|field| !fields.contains(&field)) => {
            errors.add(rejection.reason.into());
        }
        // A server that takes the page for another's refuses it in the same way.
        Fault::Unavailable => spawn_local(async move {
            let refused = is_address_refused().await;
            errors.add_fault(&if refused { Fault::AnotherAddress } else { Fault::Unavailable });
            focus_error();
        }),
        fault => {
            errors.add_fault(&fault);
        }
    }
    focus_error();
}
