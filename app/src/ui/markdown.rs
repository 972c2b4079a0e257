//! Markdown as views: what people write can never become markup of its own.
//!
//! The parser's events turn straight into elements. Raw HTML is shown as the text that it is, links lead only to the
//! web and to mail, and pictures are links, since the page loads nothing from elsewhere.

use leptos::prelude::*;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TextMergeStream};
use rust_i18n::t;
use shared::id::PersonId;

/// Deeper than this quotes and lists are not indented further: nobody reads it, and views are built by recursion.
const DEEPEST: usize = 16;

/// A person named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// Who.
    pub person: PersonId,
    /// As they are named, without the @.
    pub name: String,
}

/// A text in Markdown, with the `@name` of those who are mentioned marked; the reader's own stands out.
pub fn markdown(text: &str, mentions: Vec<Mentioned>, reader: Option<PersonId>) -> AnyView {
    // The page's and the panel's own headings stand above these.
    render(text, mentions, reader, 4)
}

/// A text in Markdown that is the page: its headings stand right beneath the page's own.
pub fn prose(text: &str) -> AnyView {
    render(text, Vec::new(), None, 2)
}

fn render(text: &str, mentions: Vec<Mentioned>, reader: Option<PersonId>, top: u8) -> AnyView {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events = TextMergeStream::new(Parser::new_ext(text, options));
    let open = vec![Open { element: Element::Flat, children: Vec::new() }];
    let mut builder = Builder { open, mentions, reader, top };
    events.for_each(|event| builder.take(event));
    let children = builder.open.into_iter().flat_map(|open| open.children).collect::<Vec<_>>();
    view! { <div class="prose">{children}</div> }.into_any()
}

/// An element whose end has not come yet.
struct Open {
    element: Element,
    children: Vec<AnyView>,
}

enum Element {
    /// No element: its children belong to the one around it.
    Flat,
    Paragraph,
    /// With its level in the page.
    Heading(u8),
    Quote,
    Code,
    Bullets,
    Numbers(u64),
    Item,
    Table,
    Head,
    Row,
    HeadCell,
    Cell,
    Emphasis,
    Strong,
    Deleted,
    Link(String),
}

struct Builder {
    open: Vec<Open>,
    mentions: Vec<Mentioned>,
    reader: Option<PersonId>,
    /// The level of the highest heading.
    top: u8,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                let element = if self.open.len() > DEEPEST { Element::Flat } else { self.element(tag) };
                self.open.push(Open { element, children: Vec::new() });
            }
            Event::End(_) => {
                let Some(Open { element, children }) = self.open.pop() else { return };
                let views = close(element, children);
                self.put(views);
            }
            Event::Text(text) => {
                let is_code = self.open.iter().any(|open| matches!(open.element, Element::Code));
                let views = if is_code { vec![plain(&text)] } else { self.text(&text) };
                self.put(views);
            }
            Event::Code(text) => self.put(vec![view! { <code>{text.into_string()}</code> }.into_any()]),
            Event::Html(text) | Event::InlineHtml(text) => self.put(vec![plain(&text)]),
            // A line break that was typed is meant, in Chinese all the more: there is no space that could stand for it.
            Event::SoftBreak | Event::HardBreak => self.put(vec![view! { <br /> }.into_any()]),
            Event::Rule => self.put(vec![view! { <hr /> }.into_any()]),
            Event::TaskListMarker(done) => {
                let label = if done { t!("task.step_done") } else { t!("task.step_open") };
                let mark = view! { <input type="checkbox" disabled checked=done aria-label=label /> };
                self.put(vec![mark.into_any(), plain(" ")]);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.put(vec![plain(&text)]);
            }
        }
    }

    fn put(&mut self, views: Vec<AnyView>) {
        if let Some(open) = self.open.last_mut() {
            open.children.extend(views);
        }
    }

    fn element(&self, tag: Tag<'_>) -> Element {
        match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, .. } => Element::Heading(self.top + below(level)),
            Tag::BlockQuote(_) => Element::Quote,
            Tag::CodeBlock(_) => Element::Code,
            Tag::List(None) => Element::Bullets,
            Tag::List(Some(first)) => Element::Numbers(first),
            Tag::Item => Element::Item,
            Tag::Table(_) => Element::Table,
            Tag::TableHead => Element::Head,
            Tag::TableRow => Element::Row,
            Tag::TableCell => {
                let in_head = matches!(self.open.last(), Some(Open { element: Element::Head, .. }));
                if in_head { Element::HeadCell } else { Element::Cell }
            }
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Deleted,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => link(&dest_url),
            _ => Element::Flat,
        }
    }

    /// Text with its mentions marked, and with addresses as links.
    fn text(&self, text: &str) -> Vec<AnyView> {
        let first = self.mentions.iter().filter_map(|mentioned| {
            let at = text.find(&format!("@{}", mentioned.name))?;
            Some((at, std::cmp::Reverse(mentioned.name.len()), mentioned))
        });
        let Some((at, _, mentioned)) = first.min_by_key(|(at, length, _)| (*at, *length)) else {
            return self.addresses(text);
        };
        let end = at + 1 + mentioned.name.len();
        let is_reader = self.reader == Some(mentioned.person);
        let mark = view! {
            <span class="mention" data-self=is_reader.then_some("")>
                {text[at..end].to_owned()}
            </span>
        };
        let mut views = self.addresses(&text[..at]);
        views.push(mark.into_any());
        views.extend(self.text(&text[end..]));
        views
    }

    fn addresses(&self, text: &str) -> Vec<AnyView> {
        let in_link = self.open.iter().any(|open| matches!(open.element, Element::Link(_)));
        let found = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min().filter(|_| !in_link);
        let Some(at) = found else {
            return if text.is_empty() { Vec::new() } else { vec![plain(text)] };
        };
        // Chinese goes on without a space, and a sentence may end with the address.
        let end =
            text[at..].find(|c: char| !c.is_ascii_graphic() || "<>\"".contains(c)).map_or(text.len(), |end| at + end);
        let address = text[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        let mut views = vec![plain(&text[..at])];
        views.extend(close(link(&CowStr::from(address)), vec![plain(address)]));
        views.extend(self.addresses(&text[at + address.len()..]));
        views
    }
}

/// How far beneath the highest heading one is: the first two are the same, since either may be a text's first.
const fn below(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => 0,
        HeadingLevel::H3 => 1,
        _ => 2,
    }
}

fn plain(text: &str) -> AnyView {
    text.to_owned().into_any()
}

/// A link, if it leads where a link may lead.
fn link(address: &CowStr<'_>) -> Element {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => Element::Link(address.to_string()),
        _ => Element::Flat,
    }
}

fn close(element: Element, children: Vec<AnyView>) -> Vec<AnyView> {
    let view = match element {
        Element::Flat => return children,
        Element::Paragraph => view! { <p>{children}</p> }.into_any(),
        Element::Heading(2) => view! { <h2>{children}</h2> }.into_any(),
        Element::Heading(3) => view! { <h3>{children}</h3> }.into_any(),
        Element::Heading(4) => view! { <h4>{children}</h4> }.into_any(),
        Element::Heading(5) => view! { <h5>{children}</h5> }.into_any(),
        Element::Heading(_) => view! { <h6>{children}</h6> }.into_any(),
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
        Element::Link(address) => {
            view! { <a href=address target="_blank" rel="noopener noreferrer">{children}</a> }.into_any()
        }
    };
    vec![view]
}
