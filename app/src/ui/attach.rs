//! Files that go along with something: chosen, dropped or pasted, sent at once, and shown as links.

use std::borrow::Cow;

use icondata_lu::{LuPaperclip, LuX};
use js_sys::Uint8Array;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::Reason;
use shared::file::{Attachment, MOST_FILES, checked_attachments, file_name};
use shared::id::FileId;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, EventTarget, File, FileList, Node, RequestInit, Response};

use super::{Icon, Toasts, fresh_id};
use crate::reactive::{For, effect};
use crate::words;

/// The files that go along with something.
#[derive(Clone, Copy)]
pub struct Along {
    /// Those that have arrived.
    files: RwSignal<Vec<Attachment>>,
    /// Those that are under way.
    coming: RwSignal<Vec<Attachment>>,
    /// Whether what they go along with is to be sent once they are here.
    waits: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
}

impl Along {
    /// With a place for those that have arrived.
    pub fn of(files: RwSignal<Vec<Attachment>>) -> Self {
        Self { files, coming: RwSignal::default(), waits: RwSignal::new(false), wrong: RwSignal::new(None) }
    }

    /// Whether all are here; if not, what they go along with is sent once they are, unless it is changed meanwhile.
    pub fn are_here(self) -> bool {
        let are_here = self.coming.with_untracked(Vec::is_empty);
        self.waits.set(!are_here);
        are_here
    }

    /// What is still waited for, or how much is under way; tracked.
    fn state(self) -> Option<Cow<'static, str>> {
        let names: Vec<String> = self.coming.with(|coming| coming.iter().map(|file| file.name.clone()).collect());
        if names.is_empty() {
            None
        } else if self.waits.get() {
            Some(t!("attach.missing", names = names.join(&t!("attach.comma"))))
        } else {
            Some(t!("attach.under_way", count = names.len()))
        }
    }

    fn take(self, list: Option<&FileList>) {
        self.waits.set(false);
        self.wrong.set(None);
        let chosen = list.into_iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index)));
        for file in chosen.collect::<Vec<_>>() {
            if self.files.with_untracked(Vec::len) + self.coming.with_untracked(Vec::len) >= MOST_FILES {
                self.wrong.set(Some(words::reason(&Reason::TooMany { max: MOST_FILES })));
                return;
            }
            let named = named(&file);
            // As the server will: what it would refuse is said at once, and why.
            if let Err(rejection) = checked_attachments(std::slice::from_ref(&named)) {
                self.wrong.set(Some(words::reason(&rejection.reason)));
                continue;
            }
            self.coming.update(|coming| coming.push(named.clone()));
            spawn_local(async move {
                let came = post(named.id, &named.name, &file).await.is_some();
                self.arrived(named, came);
            });
        }
    }

    /// One is no longer under way. Whoever asked for it may have left it out, or gone, meanwhile.
    fn arrived(self, file: Attachment, came: bool) {
        let is_wanted = self.coming.try_update(|coming| take_out(coming, file.id)).unwrap_or_default();
        match (is_wanted, came) {
            (false, _) => {}
            (true, true) => self.files.update(|files| files.push(file)),
            (true, false) => {
                self.waits.set(false);
                self.wrong.set(Some(words::reason(&Reason::NotSent)));
            }
        }
    }

    fn leave_out(self, id: FileId) {
        self.waits.set(false);
        self.coming.update(|coming| {
            take_out(coming, id);
        });
        self.files.update(|files| {
            take_out(files, id);
        });
        self.wrong.set(None);
    }
}

/// Takes a file out of some; whether it was among them.
fn take_out(files: &mut Vec<Attachment>, id: FileId) -> bool {
    let before = files.len();
    files.retain(|file| file.id != id);
    files.len() < before
}

/// A button that takes files in, and those that are there or under way with a way to leave each out.
#[component]
pub fn Attach(
    along: Along,
    /// Sends what they go along with, where that waited for them.
    send: Callback<()>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let place = NodeRef::<html::Div>::new();
    let id = fresh_id("attach");
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        along.take(input.files().as_ref());
        // The same file may be chosen again after it was left out.
        input.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        along.take(event.data_transfer().and_then(|transfer| transfer.files()).as_ref());
    };
    let pasted = window_event_listener(ev::paste, move |event: ClipboardEvent| {
        let Some(files) = pictures(&event).filter(|_| is_beside(place, event.target())) else { return };
        event.prevent_default();
        along.take(Some(&files));
    });
    on_cleanup(move || pasted.remove());
    effect(move || {
        if along.waits.get() && along.coming.with(Vec::is_empty) {
            along.waits.set(false);
            untrack(|| send.run(()));
        }
    });
    let typed = window_event_listener(ev::input, move |event| {
        if is_beside(place, event.target()) {
            along.waits.set(false);
        }
    });
    let toasts = Toasts::expect();
    on_cleanup(move || {
        typed.remove();
        // Whoever leaves before the files are here sends nothing.
        if along.waits.try_get_untracked() == Some(true) {
            along.waits.set(false);
            toasts.say_refused(t!("attach.left"));
        }
    });
    view! {
        <div
            class="attach"
            node_ref=place
            on:dragover=|event: ev::DragEvent| event.prevent_default()
            on:drop=dropped
        >
            <label class="button small" for=id.clone()>
                <Icon icon=LuPaperclip small=true />
                {t!("attach.choose")}
            </label>
            <input class="visually-hidden" type="file" multiple id=id node_ref=input on:change=chosen />
            <span class="attach-state" role="status">
                {move || along.state()}
            </span>
            <ul class="attachments">
                <For each=move || along.files.get() key=|file| file.id let(file)>
                    <Row along file is_here=true />
                </For>
                <For each=move || along.coming.get() key=|file| file.id let(file)>
                    <Row along file is_here=false />
                </For>
            </ul>
            <p class="error" role="alert">
                {move || along.wrong.get()}
            </p>
        </div>
    }
}

#[component]
fn Row(along: Along, file: Attachment, is_here: bool) -> impl IntoView {
    view! {
        <li class:coming=!is_here>
            <span>{file.name.clone()}</span>
            " "
            <small>{size(file.size)}</small>
            <button
                type="button"
                class="button ghost icon small"
                aria-label=t!("attach.leave_out", name = file.name)
                on:click=move |_| along.leave_out(file.id)
            >
                <Icon icon=LuX small=true />
            </button>
        </li>
    }
}

/// The files of what is pasted, such as a screenshot. Not where there is text too: a spreadsheet copies its cells also as
/// a picture of them.
fn pictures(event: &ClipboardEvent) -> Option<FileList> {
    let data = event.clipboard_data()?;
    let has_text = data.get_data("text/plain").is_ok_and(|text| !text.is_empty());
    data.files().filter(|files| files.length() > 0 && !has_text)
}

/// Whether something lies in the same form, dialog or section as the button that takes files in.
fn is_beside(place: NodeRef<html::Div>, target: Option<EventTarget>) -> bool {
    let around = place.get_untracked().and_then(|place| place.closest("form, dialog, section").ok().flatten());
    let target = target.and_then(|target| target.dyn_into::<Node>().ok());
    around.is_some_and(|around| around.contains(target.as_ref()))
}

/// Files as links, with their sizes.
#[component]
pub fn Attachments(files: Vec<Attachment>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let link = |file: Attachment| {
            view! {
                <li>
                    <a class="link" href=format!("/files/{}", file.id) target="_blank" rel="noopener">
                        {file_name(&file.name)}
                    </a>
                    " "
                    <small>{size(file.size)}</small>
                </li>
            }
        };
        view! { <ul class="attachments">{files.into_iter().map(link).collect_view()}</ul> }
    })
}

/// A file as it will be called from now on.
fn named(file: &File) -> Attachment {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a size in bytes
    let size = file.size() as u64;
    let kind = file.type_();
    let media_type = if kind.is_empty() { "application/octet-stream".to_owned() } else { kind };
    Attachment { id: FileId::new(Uuid::now_v7()), name: file_name(&file.name()), media_type, size }
}

/// Sends a file; `None` if it did not arrive.
async fn post(id: FileId, name: &str, file: &File) -> Option<()> {
    // Read first: a file that changes under way would break the request off.
    let contents = JsFuture::from(file.array_buffer()).await.ok()?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&Uint8Array::new(&contents));
    let name = String::from(js_sys::encode_uri_component(name));
    let headers = web_sys::Headers::new().ok()?;
    headers.set("content-type", &file.type_()).ok()?;
    request.set_headers(&JsValue::from(headers));
    let answer = window().fetch_with_str_and_init(&format!("/files?id={id}&name={name}"), &request);
    let answer: Response = JsFuture::from(answer).await.ok()?.into();
    answer.ok().then_some(())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => t!("attach.bytes", count = bytes),
        1_024..1_048_576 => t!("attach.kilobytes", count = bytes / 1_024),
        _ => t!("attach.megabytes", count = bytes / 1_048_576),
    }
    .into_owned()
}
