//! Files that go along with something: chosen, dropped or pasted, sent at once, and shown as links.

use icondata_lu::{LuPaperclip, LuX};
use js_sys::Uint8Array;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use rust_i18n::t;
use shared::file::{Attachment, MOST_FILES, checked_attachments, file_name};
use shared::id::FileId;
use shared::{Reason, Rejection};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, EventTarget, File, FileList, Node, RequestInit, Response};

use super::{Icon, fresh_id};
use crate::words;

/// A button that takes files in, and those that are there with a way to leave each out.
#[component]
pub fn Attach(
    /// Those that have arrived.
    files: RwSignal<Vec<Attachment>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let place = NodeRef::<html::Div>::new();
    let id = fresh_id("attach");
    let under_way = RwSignal::new(0_usize);
    let wrong = RwSignal::new(None::<String>);
    let take = move |list: Option<FileList>| {
        wrong.set(None);
        let chosen = list.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index)));
        for file in chosen.collect::<Vec<_>>() {
            if files.with_untracked(Vec::len) + under_way.get_untracked() >= MOST_FILES {
                wrong.set(Some(words::reason(&Reason::TooMany { max: MOST_FILES })));
                return;
            }
            under_way.update(|count| *count += 1);
            spawn_local(async move {
                match sent(&file).await {
                    Ok(file) => {
                        let _ = files.try_update(|files| files.push(file));
                    }
                    Err(rejection) => {
                        wrong.try_set(Some(words::reason(&rejection.reason)));
                    }
                }
                let _ = under_way.try_update(|count| *count -= 1);
            });
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        take(input.files());
        // The same file may be chosen again after it was left out.
        input.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        take(event.data_transfer().and_then(|transfer| transfer.files()));
    };
    let pasted = window_event_listener(ev::paste, move |event: ClipboardEvent| {
        let Some(files) = pictures(&event).filter(|_| is_beside(place, event.target())) else { return };
        event.prevent_default();
        take(Some(files));
    });
    on_cleanup(move || pasted.remove());
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
                {move || (under_way.get() > 0).then(|| t!("attach.under_way", count = under_way.get()))}
            </span>
            <ul class="attachments">
                <For each=move || files.get() key=|file| file.id let(file)>
                    <li>
                        <span>{file.name.clone()}</span>
                        " "
                        <small>{size(file.size)}</small>
                        <button
                            type="button"
                            class="button ghost icon small"
                            aria-label=t!("attach.leave_out", name = file.name)
                            on:click=move |_| files.update(|files| files.retain(|other| other.id != file.id))
                        >
                            <Icon icon=LuX small=true />
                        </button>
                    </li>
                </For>
            </ul>
            <p class="error" role="alert">
                {move || wrong.get()}
            </p>
        </div>
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

/// Sends a file; what it is called from then on.
async fn sent(file: &File) -> Result<Attachment, Rejection> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a size in bytes
    let size = file.size() as u64;
    let kind = file.type_();
    let media_type = if kind.is_empty() { "application/octet-stream".to_owned() } else { kind };
    let named = Attachment { id: FileId::new(Uuid::now_v7()), name: file_name(&file.name()), media_type, size };
    // As the server will: what it would refuse is said at once, and why.
    checked_attachments(std::slice::from_ref(&named))?;
    post(named.id, &named.name, file).await.ok_or(Reason::NotSent)?;
    Ok(named)
}

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
