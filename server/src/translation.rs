//! What the server itself says to people, in the language that they chose: the texts of `server/locales`.

use std::sync::LazyLock;

use serde_json::Value;
use shared::organisation::Locale;

static CHINESE: LazyLock<Value> = LazyLock::new(|| parsed(include_str!("../locales/webhook.zh.json")));
static ENGLISH: LazyLock<Value> = LazyLock::new(|| parsed(include_str!("../locales/webhook.en.json")));

/// A text by its key, groups and name joined with dots. The tidy test refuses a key that a language lacks.
pub(crate) fn tr(key: &'static str, locale: Locale) -> &'static str {
    let texts: &'static Value = match locale {
        Locale::Zh => &CHINESE,
        Locale::En => &ENGLISH,
    };
    key.split('.').try_fold(texts, |group, name| group.get(name)).and_then(Value::as_str).unwrap_or(key)
}

fn parsed(texts: &str) -> Value {
    serde_json::from_str(texts).unwrap_or_default()
}
