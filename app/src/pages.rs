//! Which page an address shows, and the gate before them all.

use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{NestedRoute, path};

use crate::area::route;
use crate::areas::routes;
use crate::format;
use crate::language::Language;
use crate::organisation::{Answers, Found, Join, Reset, SignIn};
use crate::reactive::{effect, memo};
use crate::session::{CurrentSession, Session};
use crate::shell::{FileLink, NotFound, Shell, Starting, Unreachable};
use crate::sync::Replica;
use crate::ui::Toasts;

/// The whole app: what is shown depends on who is signed in, then on the address. Another language draws it anew.
#[component]
pub fn App() -> impl IntoView {
    let language = Language::provide();
    let session = CurrentSession::provide(language);
    Toasts::provide();
    Answers::provide();
    let session = memo(move || session.get());
    view! {
        <Router>
            {move || {
                let _ = language.get();
                match session.get() {
                    Session::Unknown => view! { <Starting /> }.into_any(),
                    Session::Unreachable => view! { <Unreachable /> }.into_any(),
                    Session::Empty => part!(gate, Found)(),
                    Session::SignedOut => view! { <Gate /> }.into_any(),
                    Session::SignedIn(replica) => view! { <Workspace replica /> }.into_any(),
                }
            }}
        </Router>
    }
}

/// What somebody who is not signed in can see: the page of a link that they were sent, or the sign-in.
#[component]
fn Gate() -> impl IntoView {
    view! {
        <Routes fallback=part!(gate, SignIn)>
            <Route path=path!("/join/:token") view=part!(gate, Join) />
            <Route path=path!("/reset/:token") view=part!(gate, Reset) />
        </Routes>
    }
}

/// The pages, inside the shell.
#[component]
fn Workspace(replica: Replica) -> impl IntoView {
    provide_context(replica);
    live_in_own_zone(replica);
    Language::expect().follow(replica);
    view! {
        <Routes fallback=|| view! { <NotFound /> }>
            // Also for who has forgotten the password and is still signed in.
            <Route path=path!("/reset/:token") view=part!(gate, Reset) />
            <Pages />
        </Routes>
    }
}

/// The pages of all areas.
#[component(transparent)]
fn Pages() -> AnyNestedRoute {
    let (file, elsewhere) = (route(path!("files/:file"), FileLink), route(path!("*elsewhere"), NotFound));
    let pages: Vec<AnyNestedRoute> = routes().chain([file, elsewhere]).collect();
    NestedRoute::new(path!(""), Shell).child(StaticVec::from(pages)).into_any_nested_route()
}

/// Times are those of the person's own zone, and of the company's where they have chosen none.
fn live_in_own_zone(replica: Replica) {
    let me = replica.me();
    let zones = memo(move || {
        replica.read(|view| {
            let company = view.company();
            let own = company.people.get(&me).map(|person| person.zone.clone()).unwrap_or_default();
            (own, company.info.zone.clone())
        })
    });
    let live = move |(own, company): &(String, String)| format::live_in(own, company);
    zones.with_untracked(live);
    effect(move || zones.with(live));
}
