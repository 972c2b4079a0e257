//! The framework's reactive parts with their closures boxed: these are compiled once for each type of value, where the
//! framework's own are compiled once for each place that uses them.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use leptos::children::{TypedChildrenFn, ViewFn};
use leptos::prelude::{AnyView, Effect, Get as _, IntoAny as _, IntoView, Memo, Signal, component};

/// A value that is computed anew when what it reads has changed, and tells only of another one.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(value))
}

#[inline(never)]
fn boxed_memo<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// A value that is computed whenever it is read.
pub fn derived<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    boxed_derived(Box::new(value))
}

#[inline(never)]
fn boxed_derived<T: Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(value)
}

/// Does something now, and again when what it reads has changed.
pub fn effect(act: impl FnMut() + 'static) {
    boxed_effect(Box::new(act));
}

#[inline(never)]
fn boxed_effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// What is shown while something holds, and else.
#[component]
pub fn Show<C: IntoView + 'static>(
    /// What is shown.
    children: TypedChildrenFn<C>,
    /// While this holds.
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// What is shown while it does not.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> AnyView {
    let children = children.into_inner();
    shown(memo(when), Box::new(move || children().into_any()), fallback)
}

#[inline(never)]
fn shown(when: Memo<bool>, children: Box<dyn Fn() -> AnyView + Send>, fallback: ViewFn) -> AnyView {
    (move || if when.get() { children() } else { fallback.run() }).into_any()
}

/// A list whose rows stay as long as their keys do.
#[component]
pub fn For<I, T, K, N>(
    /// What the list shows.
    each: impl Fn() -> I + Send + 'static,
    /// What a row is known by.
    key: impl Fn(&T) -> K + Send + 'static,
    /// Draws a row, once for each key.
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> AnyView
where
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    K: Hash,
    N: IntoView + 'static,
{
    let draw: Arc<dyn Fn(T) -> AnyView + Send + Sync> = Arc::new(move |item| children(item).into_any());
    let row = move |item: T| {
        let (key, draw) = (fingerprint(&key(&item)), draw.clone());
        Row { key, draw: Box::new(move || draw(item)) }
    };
    listed(Box::new(move || each().into_iter().map(&row).collect()))
}

/// A row before it is drawn, if its key is a new one.
struct Row {
    key: u128,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

#[inline(never)]
fn listed(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    use leptos::prelude::{For, ForProps};
    For(ForProps::builder().each(rows).key(|row: &Row| row.key).children(|row: Row| (row.draw)()).build()).into_any()
}

/// A key of any type in one: of 128 bits, two keys of a list are never the same by chance.
fn fingerprint(key: &impl Hash) -> u128 {
    let half = |first: u8| {
        let mut hasher = DefaultHasher::new();
        first.hash(&mut hasher);
        key.hash(&mut hasher);
        hasher.finish()
    };
    u128::from(half(0)) << 64 | u128::from(half(1))
}
