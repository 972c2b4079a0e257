//! Menus on the browser's own popovers: arrows go through the items, Escape closes and gives the focus back.

use icondata_core::IconData;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use shared::id::TaskId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::desk::{Desk, Question};
use crate::reactive::{Show, derived};
use crate::ui::{Icon, Key};

/// The id of the menu that all cards share.
pub const CARD_MENU: &str = "card-menu";

/// A menu under the button whose `popovertarget` is its id; its contents are made when it opens.
#[component]
pub fn Menu(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Buttons with `role="menuitem"` or `menuitemradio`.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let toggled = move |_| {
        let Some(menu) = element.get_untracked() else { return };
        let is_open = menu.matches(":popover-open").unwrap_or_default();
        open.set(is_open);
        if is_open {
            request_animation_frame(move || {
                if let Some(first) = items(&menu).first() {
                    let _ = first.focus();
                }
            });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(menu) = element.get_untracked() else { return };
        let items = items(&menu);
        let active = document().active_element();
        let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
        let last = items.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowDown" => at.map_or(0, |at| if at >= last { 0 } else { at + 1 }),
            "ArrowUp" => at.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
            "Home" => 0,
            "End" => last,
            "Tab" => {
                let _ = menu.hide_popover();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(item) = items.get(next) {
            let _ = item.focus();
        }
    };
    // Whatever an item does, the menu has done its part.
    let on_click = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let in_item = target.is_some_and(|target| target.closest("[role^=menuitem]").is_ok_and(|item| item.is_some()));
        if let Some(menu) = element.get_untracked().filter(|_| in_item) {
            let _ = menu.hide_popover();
        }
    };
    view! {
        <div
            class="menu"
            popover="auto"
            role="menu"
            id=id
            aria-label=move || label.get()
            node_ref=element
            on:toggle=toggled
            on:keydown=on_key
            on:click=on_click
        >
            <Show when=move || open.get()>{children()}</Show>
        </div>
    }
    .into_any()
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role^=menuitem]:not(:disabled)") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// One thing to do in a menu.
#[component]
pub fn MenuItem(
    /// What it says.
    label: Key,
    /// Its icon.
    icon: &'static IconData,
    /// Whether it takes something away.
    #[prop(optional)]
    danger: bool,
    /// Whether it cannot be done now.
    #[prop(optional)]
    disabled: bool,
    /// A key that does the same.
    #[prop(optional)]
    key: Option<&'static str>,
    /// Does it.
    on_pick: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=danger
            role="menuitem"
            tabindex="-1"
            disabled=disabled
            on:click=move |_| on_pick.run(())
        >
            <Icon icon small=true />
            <span>{label.text()}</span>
            {key.map(|key| view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> })}
        </button>
    }
    .into_any()
}

/// The menu that all cards share.
#[component]
pub fn CardMenu(
    /// Whose menu it is.
    card: RwSignal<Option<TaskId>>,
) -> impl IntoView {
    use icondata_lu::{LuArrowRightLeft, LuPanelRightOpen, LuSquareCheck, LuTrash2};
    let desk = Desk::expect();
    let name = derived(move || card.get().map(|card| desk.task_name(card)).unwrap_or_default());
    let with_card = move |act: fn(Desk, TaskId)| {
        Callback::new(move |()| {
            if let Some(card) = card.get_untracked() {
                act(desk, card);
            }
        })
    };
    view! {
        <Menu id=CARD_MENU label=derived(move || t!("board.card_menu", name = name.get()).into_owned())>
            <MenuItem
                label=tr!("board.open")
                icon=LuPanelRightOpen
                key="Enter"
                on_pick=with_card(Desk::open)
            />
            {move || {
                desk.rights
                    .get()
                    .works
                    .then(|| {
                        view! {
                            <MenuItem
                                label=tr!("board.move_to")
                                icon=LuArrowRightLeft
                                key="M"
                                on_pick=with_card(|desk, card| {
                                    desk.question.set(Some(Question::Move(desk.lifted_with(card))));
                                })
                            />
                            <MenuItem
                                label=tr!("board.select")
                                icon=LuSquareCheck
                                key="X"
                                on_pick=with_card(Desk::toggle)
                            />
                            <hr />
                            <MenuItem
                                label=tr!("board.delete")
                                icon=LuTrash2
                                danger=true
                                on_pick=with_card(|desk, card| {
                                    desk.question.set(Some(Question::Delete(desk.lifted_with(card))));
                                })
                            />
                        }
                    })
            }}
        </Menu>
    }
    .into_any()
}
