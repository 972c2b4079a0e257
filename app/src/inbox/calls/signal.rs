//! What a call sounds like, and what the system shows of it.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AudioContext, Notification, NotificationOptions};

/// The tones of a call: when each begins, in seconds, and how high it is, in hertz.
const TONES: [(f64, f32); 3] = [(0.0, 660.0), (0.24, 880.0), (0.48, 880.0)];
/// How long each lasts, in seconds.
const TONE: f64 = 0.18;
/// How loud it gets.
const LOUD: f32 = 0.22;
/// When all of it is over.
const OVER: Duration = Duration::from_secs(2);

/// Sounds a call. A browser that forbids it stays silent: the page says the same.
pub fn ring() {
    let Ok(context) = AudioContext::new() else { return };
    let _ = play(&context);
    set_timeout(
        move || {
            let _ = context.close();
        },
        OVER,
    );
}

fn play(context: &AudioContext) -> Result<(), JsValue> {
    let gain = context.create_gain()?;
    gain.connect_with_audio_node(&context.destination())?;
    let now = context.current_time();
    gain.gain().set_value_at_time(0.0, now)?;
    for (begins, height) in TONES {
        let (from, until) = (now + begins, now + begins + TONE);
        let tone = context.create_oscillator()?;
        tone.frequency().set_value(height);
        tone.connect_with_audio_node(&gain)?;
        // A tone that begins or ends at once clicks.
        gain.gain().set_value_at_time(0.0, from)?;
        gain.gain().linear_ramp_to_value_at_time(LOUD, from + 0.02)?;
        gain.gain().linear_ramp_to_value_at_time(0.0, until)?;
        tone.start_with_when(from)?;
        tone.stop_with_when(until)?;
    }
    Ok(())
}

/// Has the system show a call; a press on it brings this page to the front. Nothing where the system forbids it.
pub fn notify(title: &str, body: &str, id: &str, on_press: impl FnOnce() + 'static) {
    let options = NotificationOptions::new();
    options.set_body(body);
    // The same call from another tab takes the place of this one.
    options.set_tag(id);
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let shown = notification.clone();
    let pressed = Closure::once_into_js(move || {
        let _ = window().focus();
        shown.close();
        on_press();
    });
    notification.set_onclick(Some(pressed.unchecked_ref()));
}
