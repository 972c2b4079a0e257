//! Signing out, with a question first when changes would be lost.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use qibu::Fault;
use qibu::organisation::functions::sign_out;

use crate::reactive::derived;
use crate::session::CurrentSession;
use crate::sync::{Leave, Replica};
use crate::ui::{Confirm, Errors, Toasts};
use crate::words;

/// Signs the person out; asks first while changes have not reached the server.
#[derive(Clone, Copy, Debug)]
pub struct SignOut {
    asking: RwSignal<bool>,
    /// How many changes would be lost.
    unsent: RwSignal<usize>,
    /// Where it leads.
    to: RwSignal<String>,
    end: Callback<()>,
}

impl SignOut {
    /// Makes it for the pages inside.
    pub fn provide() -> Self {
        let (session, toasts, navigate) = (CurrentSession::expect(), Toasts::expect(), use_navigate());
        let to = RwSignal::new(String::new());
        let end = Callback::new(move |()| {
            // The sign-in may be over before the answer is here, and with it all that is behind the gate.
            let (navigate, to) = (navigate.clone(), to.get_untracked());
            spawn_local(async move {
                match sign_out().await {
                    Ok(()) | Err(Fault::SignedOut) => {
                        session.leave(Leave::SignedOut).await;
                        navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
                    }
                    Err(fault) => toasts.say_refused(words::fault(&fault)),
                }
            });
        });
        let sign_out = Self { asking: RwSignal::new(false), unsent: RwSignal::new(0), to, end };
        provide_context(sign_out);
        sign_out
    }

    /// The one here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The person wants to leave.
    pub fn ask(self, replica: Replica) {
        self.ask_for(replica, "/".to_owned());
    }

    /// The person wants to leave for a page that is for those who are not signed in.
    pub fn ask_for(self, replica: Replica, address: String) {
        self.to.set(address);
        spawn_local(async move {
            let unsent = replica.waiting_anywhere().await;
            if unsent == 0 {
                // Without its pages there is nobody here any more to be signed out.
                self.end.try_run(());
            } else {
                self.unsent.set(unsent);
                self.asking.set(true);
            }
        });
    }
}

/// The question.
#[component]
pub fn Leaving() -> impl IntoView {
    let SignOut { asking, unsent, end, .. } = SignOut::expect();
    let on_yes = Callback::new(move |()| {
        asking.set(false);
        end.run(());
    });
    view! {
        <Confirm
            open=asking
            title=tr!("leaving.title")
            text=derived(move || t!("leaving.text", count = unsent.get()).into_owned())
            submit=tr!("leaving.sign_out")
            on_yes
            errors=Errors::new()
        />
    }
}
