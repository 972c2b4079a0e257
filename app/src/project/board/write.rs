//! Writing into elements that are clones: what a view does for each of its parts, by hand, where dozens are drawn at once.

use icondata_core::IconData;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::ui::Icon;

/// Elements to be cloned. What they say is the clones': a text stands in each place where one has some.
pub fn blanks(html: &str) -> Vec<HtmlElement> {
    let within = document().create_element("div").ok();
    let first = within.and_then(|within| {
        within.set_inner_html(html);
        within.first_element_child()
    });
    std::iter::successors(first, Element::next_element_sibling).map(JsCast::unchecked_into).collect()
}

/// Puts an icon into an element, before whatever else is in it.
pub fn give_icon(element: &Element, icon: &'static IconData) {
    let mut icon = view! { <Icon icon small=true /> }.into_any().build();
    icon.mount(element, element.first_child().as_ref());
}

/// A clone.
pub fn clone_of(blank: &HtmlElement) -> Option<HtmlElement> {
    blank.clone_node_with_deep(true).ok().map(JsCast::unchecked_into)
}

/// The texts in an element, wherever in it they are.
pub fn texts(of: &Node) -> Vec<Node> {
    let mut found = Vec::new();
    gather(of, &mut found);
    found
}

fn gather(of: &Node, texts: &mut Vec<Node>) {
    let mut next = of.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if node.node_type() == Node::TEXT_NODE {
            texts.push(node);
        } else {
            gather(&node, texts);
        }
    }
}

/// Sets an attribute or a style, or takes it away. A style is named with two dashes: the page's policy allows none in
/// attributes.
pub fn put(element: &HtmlElement, name: &str, value: Option<&str>) {
    if name.starts_with("--") {
        return style(element, name, value);
    }
    // The names are ours, and allowed.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Sets a style, or takes it away.
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
