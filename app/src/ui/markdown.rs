//! Markdown as views: what people write can never become markup of its own.
//!
//! `shared` says what a text's pieces are, how many and how deep; here each becomes an element.

use leptos::prelude::*;
use shared::id::PersonId;
pub use shared::markdown::Mentioned;
use shared::markdown::{Element, MOST_AMONG_OTHERS, MOST_OF_A_PAGE, Piece, pieces};

/// A text in Markdown, with the `@name` of those who are mentioned marked; the reader's own stands out.
pub fn markdown(text: &str, mentions: &[Mentioned], reader: Option<PersonId>) -> AnyView {
    // The page's and the panel's own headings stand above these.
    render(pieces(text, mentions, MOST_AMONG_OTHERS), reader, 4)
}

/// A text in Markdown that is the page: its headings stand right beneath the page's own.
pub fn prose(text: &str) -> AnyView {
    render(pieces(text, &[], MOST_OF_A_PAGE), None, 2)
}

fn render(pieces: Vec<Piece>, reader: Option<PersonId>, top: u8) -> AnyView {
    // The elements that are not over, each with what is in it so far; what is in none comes first.
    let mut open: Vec<(Option<Element>, Vec<AnyView>)> = vec![(None, Vec::new())];
    for piece in pieces {
        let view = match piece {
            Piece::Open(element) => {
                open.push((Some(element), Vec::new()));
                continue;
            }
            Piece::Close => match open.pop() {
                Some((Some(element), children)) => drawn(element, children, top),
                _ => continue,
            },
            Piece::Text(text) => text.into_any(),
            Piece::Code(text) => view! { <code>{text}</code> }.into_any(),
            Piece::Mention(person, name) => {
                let is_reader = reader == Some(person);
                view! { <span class="mention" data-self=is_reader.then_some("")>{name}</span> }.into_any()
            }
            Piece::Break => view! { <br /> }.into_any(),
            Piece::Rule => view! { <hr /> }.into_any(),
            Piece::Step(done) => step(done),
        };
        if let Some((_, children)) = open.last_mut() {
            children.push(view);
        }
    }
    let children = open.into_iter().flat_map(|(_, children)| children).collect::<Vec<_>>();
    view! { <div class="prose">{children}</div> }.into_any()
}

fn step(done: bool) -> AnyView {
    let label = if done { t!("task.step_done") } else { t!("task.step_open") };
    view! {
        <input type="checkbox" disabled checked=done aria-label=label />
        " "
    }
    .into_any()
}

fn drawn(element: Element, children: Vec<AnyView>, top: u8) -> AnyView {
    match element {
        Element::Paragraph => view! { <p>{children}</p> }.into_any(),
        Element::Heading(below) => match top + below {
            2 => view! { <h2>{children}</h2> }.into_any(),
            3 => view! { <h3>{children}</h3> }.into_any(),
            4 => view! { <h4>{children}</h4> }.into_any(),
            5 => view! { <h5>{children}</h5> }.into_any(),
            _ => view! { <h6>{children}</h6> }.into_any(),
        },
        Element::Quote => view! { <blockquote>{children}</blockquote> }.into_any(),
        Element::Code => view! { <pre tabindex="0"><code>{children}</code></pre> }.into_any(),
        Element::Bullets => view! { <ul>{children}</ul> }.into_any(),
        Element::Numbers(first) => view! { <ol start=first.to_string()>{children}</ol> }.into_any(),
        Element::Item => view! { <li>{children}</li> }.into_any(),
        Element::Table => view! { <table>{children}</table> }.into_any(),
        Element::Head => view! { <thead><tr>{children}</tr></thead> }.into_any(),
        Element::Row => view! { <tr>{children}</tr> }.into_any(),
        Element::HeadCell => view! { <th scope="col">{children}</th> }.into_any(),
        Element::Cell => view! { <td>{children}</td> }.into_any(),
        Element::Emphasis => view! { <em>{children}</em> }.into_any(),
        Element::Strong => view! { <strong>{children}</strong> }.into_any(),
        Element::Deleted => view! { <del>{children}</del> }.into_any(),
        // What is uploaded is none of the app's pages.
        Element::OwnLink(address) if !address.starts_with("/files/") => {
            view! { <a href=address>{children}</a> }.into_any()
        }
        Element::Link(address) | Element::OwnLink(address) => {
            view! { <a href=address target="_blank" rel="noopener noreferrer">{children}</a> }.into_any()
        }
        Element::Typed => view! { <p class="typed">{children}</p> }.into_any(),
    }
}
