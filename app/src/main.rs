//! Qibu in the browser: client-side rendered, live from its replica, one page per thing that a person does.
//!
//! The app never decides what is right: `shared` does, on the replica that [`sync`] keeps. It shows what the replica
//! shows, turns gestures into commands, and puts a refusal beside the field that it is about. Each area has its folder
//! with its pages, and a line in [`areas`]; [`ui`] holds the small pieces that they share, [`words`] the translation of
//! what `shared` says.

#[macro_use]
mod texts;
#[macro_use]
mod part;

mod area;
mod areas;
mod format;
mod home;
mod inbox;
mod incident;
mod kept;
mod knowledge;
mod language;
mod later;
mod operation;
mod organisation;
mod pages;
mod project;
mod reactive;
mod session;
mod shell;
mod sync;
mod ui;
mod webhook;
mod words;

fn main() {
    console_error_panic_hook::set_once();
    words::speak_browser_language();
    ui::keep_composing_keys();
    // What stood in for the app until now.
    if let Some(frame) = leptos::prelude::document().get_element_by_id("frame") {
        frame.remove();
    }
    leptos::mount::mount_to_body(pages::App);
}
