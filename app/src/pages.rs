//! Which page an address shows, and the gate before them all.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::home::Home;
use crate::inbox::InboxPage;
use crate::incident::{Centre, FiguresPage, PolicyPage, ReportIncident, ReportPage, RoomPage, RosterPage, Wall};
use crate::knowledge::{ArticlePage, Library, NewArticlePage};
use crate::organisation::{Account, Answers, Departments, Found, Join, People, SignIn};
use crate::project::board::BoardPage;
use crate::project::{Overview, ProjectList, RegisterProject};
use crate::session::{CurrentSession, Session};
use crate::shell::{Language, NotFound, Shell, Starting, Unreachable};
use crate::sync::Replica;
use crate::ui::Toasts;
use crate::webhook::Webhooks;

/// The whole app: what is shown depends on who is signed in, then on the address. Another language draws it anew.
#[component]
pub fn App() -> impl IntoView {
    let language = Language::provide();
    let session = CurrentSession::provide(language);
    Toasts::provide();
    Answers::provide();
    let session = Memo::new(move |_| session.get());
    view! {
        <Router>
            {move || {
                let _ = language.get();
                match session.get() {
                    Session::Unknown => view! { <Starting /> }.into_any(),
                    Session::Unreachable => view! { <Unreachable /> }.into_any(),
                    Session::Empty => view! { <Found /> }.into_any(),
                    Session::SignedOut => view! { <Gate /> }.into_any(),
                    Session::SignedIn(replica) => view! { <Workspace replica /> }.into_any(),
                }
            }}
        </Router>
    }
}

/// What somebody who is not signed in can see: an invitation, or the sign-in.
#[component]
fn Gate() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <SignIn /> }>
            <Route path=path!("/join/:token") view=Join />
        </Routes>
    }
}

/// The pages, inside the shell.
#[component]
fn Workspace(replica: Replica) -> impl IntoView {
    provide_context(replica);
    Language::expect().follow(replica);
    view! {
        <Routes fallback=|| view! { <NotFound /> }>
            <ParentRoute path=path!("") view=Shell>
                <Route path=path!("") view=Home />
                <Route path=path!("projects") view=ProjectList />
                <Route path=path!("projects/new") view=RegisterProject />
                <Route path=path!("projects/:project") view=Overview />
                <Route path=path!("projects/:project/board") view=BoardPage />
                <Route path=path!("inbox") view=InboxPage />
                <Route path=path!("incidents") view=Centre />
                <Route path=path!("incidents/new") view=ReportIncident />
                <Route path=path!("incidents/wall") view=Wall />
                <Route path=path!("incidents/figures") view=FiguresPage />
                <Route path=path!("incidents/roster") view=RosterPage />
                <Route path=path!("incidents/:incident") view=RoomPage />
                <Route path=path!("incidents/:incident/report") view=ReportPage />
                <Route path=path!("knowledge") view=Library />
                <Route path=path!("knowledge/new") view=NewArticlePage />
                <Route path=path!("knowledge/:article") view=ArticlePage />
                <Route path=path!("admin/policy") view=PolicyPage />
                <Route path=path!("admin/webhooks") view=Webhooks />
                <Route path=path!("admin/departments") view=Departments />
                <Route path=path!("admin/people") view=People />
                <Route path=path!("account") view=Account />
                <Route path=path!("*elsewhere") view=NotFound />
            </ParentRoute>
        </Routes>
    }
}
