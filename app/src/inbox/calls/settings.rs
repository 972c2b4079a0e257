//! How one wants to be called in this browser.

use crate::kept::{keep, kept};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationPermission};

use super::signal::{notify, ring};

const SOUND: &str = "qibu.calls.sound";
const NOTIFICATIONS: &str = "qibu.calls.notifications";

/// Whether a call is heard here; so it is until it is switched off.
pub fn sounds() -> bool {
    kept(SOUND).as_deref() != Some("off")
}

/// Whether the system shows a call; not until it is switched on and the system agrees.
pub fn notifies() -> bool {
    kept(NOTIFICATIONS).as_deref() == Some("on") && permission() == Some(NotificationPermission::Granted)
}

/// What the system says; `None` where it has no notifications.
fn permission() -> Option<NotificationPermission> {
    let is_there = js_sys::Reflect::has(&window(), &"Notification".into()).unwrap_or_default();
    is_there.then(Notification::permission)
}

/// The section of the account page.
#[component]
pub fn CallSettings() -> impl IntoView {
    let sound = RwSignal::new(sounds());
    let shown = RwSignal::new(notifies());
    let refused = RwSignal::new(permission() == Some(NotificationPermission::Denied));
    let has_notifications = permission().is_some();
    let switch_sound = move |event| {
        let on = event_target_checked(&event);
        keep(SOUND, (!on).then_some("off"));
        sound.set(on);
    };
    let switch_shown = move |event| {
        let on = event_target_checked(&event);
        keep(NOTIFICATIONS, on.then_some("on"));
        shown.set(on);
        if on {
            spawn_local(async move {
                let agreed = ask_the_system().await;
                shown.try_set(agreed);
                refused.try_set(!agreed);
            });
        }
    };
    let try_it = move |_| {
        if sound.get_untracked() {
            ring();
        }
        if notifies() {
            notify(&t!("calls.trial"), &t!("calls.trial_text"), "trial", || {});
        }
    };
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("calls.title")}</h2>
            </header>
            <p class="section-note">{t!("calls.note")}</p>
            <div class="form">
                <div class="field">
                    <label class="switch">
                        <input type="checkbox" role="switch" prop:checked=move || sound.get() on:change=switch_sound />
                        <span>{t!("calls.sound")}</span>
                    </label>
                    <label class="switch">
                        <input
                            type="checkbox"
                            role="switch"
                            disabled=!has_notifications
                            aria-describedby="calls-hint"
                            prop:checked=move || shown.get()
                            on:change=switch_shown
                        />
                        <span>{t!("calls.notifications")}</span>
                    </label>
                    <p class="hint" id="calls-hint" role="status">
                        {move || {
                            if !has_notifications {
                                t!("calls.none_here")
                            } else if refused.get() {
                                t!("calls.refused")
                            } else {
                                t!("calls.hint")
                            }
                        }}
                    </p>
                </div>
                <div class="form-actions">
                    <button type="button" class="button" on:click=try_it>
                        {t!("calls.try_it")}
                    </button>
                </div>
            </div>
        </section>
    }
}

/// Asks for permission; the browser lets a page ask only after a press.
async fn ask_the_system() -> bool {
    if let Ok(asked) = Notification::request_permission() {
        let _ = JsFuture::from(asked).await;
    }
    permission() == Some(NotificationPermission::Granted)
}
