//! Parts of the app: each group of pages is a file of its own, which is loaded when somebody goes there.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::ui::{Stand, ask_again};

/// What a part has drawn, or that it could not be loaded.
pub type Drawn = Result<AnyView, SplitLoaderError>;
/// A view that is drawn once its part is loaded.
pub type Drawing = std::pin::Pin<Box<dyn Future<Output = Drawn>>>;
/// A part that is being loaded.
pub type Loading = std::pin::Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// Names the part in which a component is, for a route or a fallback: what draws it, and loads it first if need be.
macro_rules! part {
    ($part:ident, $page:ident) => {
        part!($part, $page, page)
    };
    ($part:ident, $page:ident, $drawn_as:ident) => {{
        #[allow(unsafe_code, reason = "what is in another file is imported")]
        fn view() -> ::leptos::prelude::AnyView {
            #[::leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload(load))]
            fn draw() -> $crate::part::Drawn {
                Ok(::leptos::prelude::IntoAny::into_any(::leptos::prelude::view! { <$page /> }))
            }
            $crate::part::$drawn_as(|| Box::pin(load()), || Box::pin(draw()))
        }
        view
    }};
}

/// Draws a page that is in a part: at once where that is loaded, or when it is.
pub fn page(load: fn() -> Loading, draw: fn() -> Drawing) -> AnyView {
    boxed(load, Box::new(draw), || view! { <div class="page-body" aria-busy="true"></div> }.into_any(), failed)
}

/// Draws something on a page that is in a part; until that is loaded it is not there.
pub fn view(load: fn() -> Loading, draw: impl Fn() -> Drawing + Send + 'static) -> AnyView {
    boxed(load, Box::new(draw), || ().into_any(), failed)
}

/// Draws what opens over the pages; until its part is loaded it is not there, and a page goes on without it.
pub fn over(load: fn() -> Loading, draw: fn() -> Drawing) -> AnyView {
    boxed(load, Box::new(draw), || ().into_any(), |_| ().into_any())
}

fn boxed(
    load: fn() -> Loading,
    draw: Box<dyn Fn() -> Drawing + Send>,
    meanwhile: fn() -> AnyView,
    failed: fn(Callback<()>) -> AnyView,
) -> AnyView {
    if let Some(view) = drawn(&draw) {
        return view;
    }
    let stand = RwSignal::new(Stand::OnItsWay);
    let ask = move || {
        spawn_local(async move {
            let now = if load().await.is_ok() { Stand::There } else { Stand::Silence };
            // Who asked may have gone elsewhere; who reads that it failed is left to read.
            if stand.try_get_untracked().is_some_and(|before| before != now) {
                stand.set(now);
            }
        });
    };
    ask();
    (move || match stand.get() {
        Stand::OnItsWay => meanwhile(),
        Stand::There => drawn(&draw).unwrap_or_else(meanwhile),
        Stand::Silence => {
            ask_again(ask);
            failed(Callback::new(move |()| {
                stand.set(Stand::OnItsWay);
                ask();
            }))
        }
    })
    .into_any()
}

/// What a part draws if it is loaded: then nothing is waited for.
fn drawn(draw: &dyn Fn() -> Drawing) -> Option<AnyView> {
    match pin!(draw()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(drawn) => drawn.ok(),
        Poll::Pending => None,
    }
}

/// A server of another version has other parts: then all is loaded anew.
fn failed(again: Callback<()>) -> AnyView {
    let reload = move |_| {
        let _ = window().location().reload();
    };
    view! {
        <div class="page-body">
            <div class="empty" role="alert">
                <h2>{t!("state.part_title")}</h2>
                <p>{t!("state.part_text")}</p>
                <button type="button" class="button primary" on:click=move |_| again.run(())>
                    {t!("state.retry")}
                </button>
                <button type="button" class="button" on:click=reload>
                    {t!("state.reload")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
