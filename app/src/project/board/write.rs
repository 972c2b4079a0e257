//! Writing into elements that are clones: what a view does for each of its parts, by hand, where dozens are drawn at once.

use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{DocumentFragment, Element, HtmlElement, Node};

/// Elements to be cloned.
pub fn blank(view: impl IntoView) -> DocumentFragment {
    let blank = document().create_document_fragment();
    // Whatever takes nodes in is an element to the framework.
    view.into_any().build().mount(blank.unchecked_ref::<Element>(), None);
    // What the framework would find its places by.
    while let Some(mark) = blank.last_child().filter(|last| last.node_type() == Node::COMMENT_NODE) {
        let _ = blank.remove_child(&mark);
    }
    blank
}

/// Adds clones of some elements to one.
pub fn copy(blank: &DocumentFragment, to: &Element) {
    if let Ok(clones) = blank.clone_node_with_deep(true) {
        let _ = to.append_child(&clones);
    }
}

/// Puts the clone of an element before another one, and answers it.
pub fn place(blank: &DocumentFragment, before: &Element) -> Option<HtmlElement> {
    let clone = blank.clone_node_with_deep(true).ok()?;
    before.before_with_node_1(&clone).ok()?;
    before.previous_element_sibling().map(JsCast::unchecked_into)
}

/// The elements in one.
pub fn children(of: &Element) -> Vec<HtmlElement> {
    // An icon is none, and is asked for nothing that it has not.
    std::iter::successors(of.first_element_child(), Element::next_element_sibling).map(JsCast::unchecked_into).collect()
}

/// Sets an attribute, or takes it away.
pub fn put(element: &Element, name: &str, value: Option<&str>) {
    // The names are ours, and allowed.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Sets a style, or takes it away: by itself, since the page's policy allows none in attributes.
pub fn style(element: &HtmlElement, name: &str, value: Option<&str>) {
    let style = element.style();
    let _ = match value {
        Some(value) => style.set_property(name, value),
        None => style.remove_property(name).map(drop),
    };
}

/// Keeps an effect for as long as the current owner lives.
pub fn keep<T: 'static>(effect: RenderEffect<T>) {
    StoredValue::new_local(effect);
}
