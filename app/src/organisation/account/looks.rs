//! What this browser keeps for itself: the theme, and whether single keys are shortcuts.

use crate::ui::{Theme, letters_are_on, switch_letters};
use leptos::prelude::*;

/// The section.
#[component]
pub fn Looks() -> impl IntoView {
    let chosen = RwSignal::new(Theme::kept());
    let letters = RwSignal::new(letters_are_on());
    let themes = Theme::ALL.map(|theme| {
        let choose = move |_| {
            theme.apply();
            chosen.set(theme);
        };
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="theme"
                    prop:checked=move || chosen.get() == theme
                    on:change=choose
                />
                <span>{theme.name().text()}</span>
            </label>
        }
    });
    let switch = move |event| {
        let on = event_target_checked(&event);
        switch_letters(on);
        letters.set(on);
    };
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("account.this_browser")}</h2>
            </header>
            <p class="section-note">{t!("account.this_browser_note")}</p>
            <div class="form">
                <fieldset class="field">
                    <legend>{t!("account.theme")}</legend>
                    {themes}
                </fieldset>
                <div class="field">
                    <label class="switch">
                        <input
                            type="checkbox"
                            role="switch"
                            aria-describedby="account-letters-hint"
                            prop:checked=move || letters.get()
                            on:change=switch
                        />
                        <span>{t!("account.letters")}</span>
                    </label>
                    <p class="hint" id="account-letters-hint">
                        {t!("account.letters_hint")}
                    </p>
                </div>
            </div>
        </section>
    }
}
