//! The head of a page: what is above it, its name, the way to the pages beside it, what can be done on it.

use leptos::prelude::*;

use super::key::Key;

/// A page above or beside the one that is shown.
pub struct Way {
    /// Where it is.
    pub address: String,
    /// What it is called.
    pub name: Signal<String>,
    /// Whether it is the one that is shown.
    pub is_here: bool,
}

impl Way {
    /// To another page.
    pub fn to(address: impl Into<String>, name: Key) -> Self {
        Self { address: address.into(), name: name.into(), is_here: false }
    }

    /// To this page, if it is the one that is shown.
    pub fn here_if(self, is_here: bool) -> Self {
        Self { is_here, ..self }
    }
}

/// The head of a page.
#[component]
pub fn PageHead(
    /// The page's name; an article says its own below.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// The pages above it.
    #[prop(optional)]
    above: Vec<Way>,
    /// What is said beside the name.
    #[prop(optional)]
    subtitle: Option<AnyView>,
    /// What stands beside it: the way to other pages, see [`tabs`], or clocks.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let above = (!above.is_empty()).then(|| {
        view! {
            <nav class="breadcrumb" aria-label=t!("ui.breadcrumb")>
                {above.into_iter().map(way).collect_view()}
            </nav>
        }
    });
    view! {
        <header class="page-head">
            <div class="page-title">
                {above} {title.map(|title| view! { <h1 title=move || title.get()>{move || title.get()}</h1> })} {subtitle}
            </div>
            {beside}
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}

/// The way to the pages beside the one that is shown.
pub fn tabs(label: Key, ways: Vec<Way>) -> AnyView {
    view! {
        <nav class="tabs" aria-label=label.text()>
            {ways.into_iter().map(way).collect_view()}
        </nav>
    }
    .into_any()
}

fn way(way: Way) -> AnyView {
    let Way { address, name, is_here } = way;
    view! {
        <a href=address aria-current=is_here.then_some("page") data-name=move || name.get()>
            {move || name.get()}
        </a>
    }
    .into_any()
}
