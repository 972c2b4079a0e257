//! What is typed to find something by its name, in whatever form the keyboard writes it.

use js_sys::JsString;

use super::pinyin::spelled;

/// Typed words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<String>);

impl Typed {
    /// The words of what was typed.
    pub fn of(text: &str) -> Self {
        Self(folded(text).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word is in a name, as it is written or spelled, or in what else it is found by. All of that is
    /// [`folded`].
    pub fn find(&self, name: &str, spelling: impl Fn() -> String, besides: &[&str]) -> bool {
        let is_written = |word: &str| name.contains(word) || besides.iter().any(|text| text.contains(word));
        if self.0.iter().all(|word| is_written(word)) {
            return true;
        }
        // Letters alone are compared with spellings: making one takes longer than looking at a name.
        if !self.0.iter().any(|word| word.is_ascii()) {
            return false;
        }
        let spelling = spelling();
        self.0.iter().all(|word| is_written(word) || spelling.contains(word.as_str()))
    }

    /// Whether each word is in a name, as it is written or spelled, or in what else it is found by.
    pub fn finds(&self, name: &str, besides: &[&str]) -> bool {
        self.find(&folded(name), || spelled(name), besides)
    }

    /// Whether a name begins with the first word.
    pub fn begins(&self, name: &str) -> bool {
        self.0.first().is_some_and(|word| folded(name).starts_with(word.as_str()))
    }
}

/// A text as it is compared: in small letters, and compatible characters are one.
pub fn folded(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}');
    if text.chars().all(is_plain) {
        return text.to_ascii_lowercase();
    }
    String::from(JsString::from(text).normalize("NFKC")).to_lowercase()
}
