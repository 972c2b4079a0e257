//! Five whys: each asks of the answer before it.

use leptos::prelude::*;
use shared::Field;
use shared::incident::{ReportEdit, WHYS};

use super::here::Here;
use crate::reactive::{derived, memo};
use crate::ui::{Errors, Field as Labelled};

/// The five questions.
#[component]
pub fn Whys() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let kept = memo(move || here.report.with(|report| report.whys.clone()));
    let texts = StoredValue::new([(); WHYS].map(|()| RwSignal::new(String::new())));
    Effect::new(move |before: Option<Vec<String>>| {
        let kept = kept.get();
        for (index, text) in texts.get_value().into_iter().enumerate() {
            let (was, is) = (before.as_ref().and_then(|before| before.get(index)), kept.get(index));
            // What others changed shows; what one is typing stays.
            if before.is_none() || was != is {
                text.set(is.cloned().unwrap_or_default());
            }
        }
        kept
    });
    let save = move || {
        // A field that is removed while it has the focus loses it then, and says so: its text may be gone already.
        let Some(texts) = texts.try_get_value() else { return };
        errors.clear();
        let mut whys: Vec<String> = texts.iter().map(|text| text.get_untracked().trim().to_owned()).collect();
        while whys.last().is_some_and(String::is_empty) {
            whys.pop();
        }
        if whys != kept.get_untracked() {
            let _ = errors.keep(here.edit(ReportEdit::Whys(whys)));
        }
    };
    view! {
        <section class="form-section report-whys">
            <h2>{t!("incident_report.whys")}</h2>
            <p class="form-note">{t!("incident_report.whys_hint")}</p>
            {texts
                .get_value()
                .into_iter()
                .enumerate()
                .map(|(index, text)| {
                    let id = format!("report-why-{}", index + 1);
                    let error = derived(move || if index == 0 { errors.of(Field::Whys) } else { None });
                    view! {
                        <Labelled id=id.clone() label=t!("incident_report.why_nth", nth = index + 1) error>
                            {answer(here, id, text, save)}
                        </Labelled>
                    }
                })
                .collect_view()}
        </section>
    }
}

fn answer(here: Here, id: String, text: RwSignal<String>, save: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let writes = here.writes;
    let input = move || {
        writes.get().then(|| {
            view! {
                <input
                    class="input"
                    id=id.clone()
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                    on:blur=move |_| {
                        if writes.try_get_untracked() == Some(true) {
                            save();
                        }
                    }
                />
            }
        })
    };
    view! {
        {input}
        <p class="report-said" class:paper-only=move || writes.get()>
            {move || text.get()}
        </p>
    }
    .into_any()
}
