//! What people write in Markdown, as a flat list of pieces: nothing that draws or reads it calls itself over the text.
//!
//! Raw HTML is the text that it is, links lead only to the web, to mail and to our own pages, and pictures are links,
//! since a page loads nothing from elsewhere. Nothing that was written vanishes: what cannot be shown as it is meant
//! shows as text, and what is more pieces than a page may have shows as it was typed.

mod chinese;
mod inline;
mod names;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TextMergeWithOffset};

use self::names::Names;
use crate::id::PersonId;

pub use self::names::named;

/// The most pieces of a text that is a page.
pub const MOST_OF_A_PAGE: usize = 5_000;
/// The most pieces of a text that is one of many on a page.
pub const MOST_AMONG_OTHERS: usize = 2_000;
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

/// A piece of a text. Each [`Piece::Open`] has its [`Piece::Close`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// An element begins.
    Open(Element),
    /// The element ends that began last.
    Close,
    /// Text.
    Text(String),
    /// A few words of code.
    Code(String),
    /// The name of somebody who is mentioned, with its @.
    Mention(PersonId, String),
    /// A new line.
    Break,
    /// A line across.
    Rule,
    /// A step of a list, done or not.
    Step(bool),
}

/// What has other pieces in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading, with how far it is beneath the highest.
    Heading(u8),
    /// A quote.
    Quote,
    /// Lines of code.
    Code,
    /// A list with dots.
    Bullets,
    /// A list with numbers, from this one on.
    Numbers(u64),
    /// An entry of a list.
    Item,
    /// A table.
    Table,
    /// Its first row.
    Head,
    /// Another row.
    Row,
    /// A cell of the first row.
    HeadCell,
    /// A cell of another row.
    Cell,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// What holds no more.
    Deleted,
    /// A link to somewhere else.
    Link(String),
    /// A link to a page of ours, by its path.
    OwnLink(String),
    /// Lines as they were typed.
    Typed,
}

/// A text in about so many pieces at the most, with those marked who are mentioned.
pub fn pieces(text: &str, mentions: &[Mentioned], most: usize) -> Vec<Piece> {
    let names = Names::new(mentions.iter().map(|mentioned| (mentioned.person, mentioned.name.as_str())));
    reading(text, &names, most)
}

fn reading(text: &str, names: &Names<'_>, most: usize) -> Vec<Piece> {
    let source = chinese::loosened(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events = TextMergeWithOffset::new(Parser::new_ext(&source, options).into_offset_iter());
    let mut builder = Builder { pieces: Vec::new(), open: Vec::new(), depth: 0, names, most };
    for (event, Range { start, .. }) in events {
        // Where something ends says nothing of where the rest begins.
        if builder.is_full() && !matches!(event, Event::End(_)) {
            builder.give_up(&source[start..]);
            break;
        }
        builder.take(event);
    }
    // Of nothing but the addresses of links that it has not.
    if builder.pieces.is_empty() && !text.is_empty() {
        builder.give_up(&source);
    }
    builder.pieces
}

/// What a text says, without its marks.
pub fn plain(text: &str) -> String {
    let (mut plain, mut open) = (String::with_capacity(text.len()), Vec::new());
    for piece in pieces(text, &[], MOST_OF_A_PAGE) {
        match piece {
            Piece::Open(element) => open.push(element),
            Piece::Text(text) | Piece::Code(text) | Piece::Mention(_, text) => plain.push_str(&text),
            Piece::Break => plain.push('\n'),
            Piece::Rule | Piece::Step(_) => {}
            Piece::Close => match open.pop() {
                Some(Element::Cell | Element::HeadCell) => plain.push(' '),
                Some(element) if is_block(&element) && !plain.ends_with('\n') => plain.push('\n'),
                _ => {}
            },
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

const fn is_block(element: &Element) -> bool {
    use Element as E;
    matches!(element, E::Paragraph | E::Heading(_) | E::Code | E::Item | E::Head | E::Row | E::Typed)
}

/// An element whose end has not come yet.
struct Open {
    /// What it is, where it is among the pieces.
    element: Option<Element>,
    /// Where what is in it begins.
    from: usize,
    /// Where it would have led, if it is a link.
    address: Option<String>,
    /// Whether a new line stands for its end, since it is none of the pieces.
    breaks: bool,
}

struct Builder<'a> {
    pieces: Vec<Piece>,
    open: Vec<Open>,
    /// How many of those that are open are among the pieces.
    depth: usize,
    names: &'a Names<'a>,
    most: usize,
}

impl Builder<'_> {
    fn is_full(&self) -> bool {
        self.pieces.len() >= self.most
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&chinese::restored(&text)),
            Event::Code(text) => self.pieces.push(Piece::Code(chinese::restored(&text))),
            Event::Html(text) | Event::InlineHtml(text) => self.pieces.push(Piece::Text(chinese::restored(&text))),
            // A line break that was typed is meant, in Chinese all the more: there is no space that could stand for it.
            Event::SoftBreak | Event::HardBreak => self.pieces.push(Piece::Break),
            Event::Rule => self.pieces.push(Piece::Rule),
            Event::TaskListMarker(done) => self.pieces.push(Piece::Step(done)),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.pieces.push(Piece::Text(chinese::restored(&text)));
            }
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let address = address(tag);
        let element = match &address {
            // Links are not inside links.
            Some(_) if self.is_in(is_link) => None,
            Some(address) => link(address),
            None => self.element(tag),
        };
        let element = element.filter(|_| self.depth < DEEPEST);
        let breaks = element.is_none() && matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::Item);
        if let Some(element) = &element {
            self.pieces.push(Piece::Open(element.clone()));
            self.depth += 1;
        }
        self.open.push(Open { element, from: self.pieces.len(), address, breaks });
    }

    fn end(&mut self) {
        let Some(Open { element, from, address, breaks }) = self.open.pop() else { return };
        let is_empty = self.pieces.len() == from;
        match address {
            // A picture without a description.
            Some(address) if is_empty => self.pieces.push(Piece::Text(address)),
            // Where it would have led is said, since it does not lead there.
            Some(address) if element.is_none() => self.pieces.push(Piece::Text(format!(" ({address})"))),
            _ => {}
        }
        if element.is_some() {
            self.pieces.push(Piece::Close);
            self.depth -= 1;
        } else if breaks && !is_empty {
            self.pieces.push(Piece::Break);
        }
    }

    /// The rest as it was typed: it is too much to be drawn in pieces.
    fn give_up(&mut self, rest: &str) {
        self.pieces.extend(std::iter::repeat_n(Piece::Close, self.depth));
        let rest = Piece::Text(chinese::restored(rest));
        self.pieces.extend([Piece::Open(Element::Typed), rest, Piece::Close]);
    }

    fn is_in(&self, so: fn(&Element) -> bool) -> bool {
        self.open.iter().filter_map(|open| open.element.as_ref()).any(so)
    }

    fn element(&self, tag: &Tag<'_>) -> Option<Element> {
        Some(match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, .. } => Element::Heading(below(*level)),
            Tag::BlockQuote(_) => Element::Quote,
            Tag::CodeBlock(_) => Element::Code,
            Tag::List(None) => Element::Bullets,
            Tag::List(Some(first)) => Element::Numbers(*first),
            Tag::Item => Element::Item,
            Tag::Table(_) => Element::Table,
            Tag::TableHead => Element::Head,
            Tag::TableRow => Element::Row,
            Tag::TableCell => {
                let in_head = matches!(self.open.last(), Some(Open { element: Some(Element::Head), .. }));
                if in_head { Element::HeadCell } else { Element::Cell }
            }
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Deleted,
            _ => return None,
        })
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

const fn is_link(element: &Element) -> bool {
    matches!(element, Element::Link(_) | Element::OwnLink(_))
}

fn address(tag: &Tag<'_>) -> Option<String> {
    match tag {
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => Some(format!("mailto:{dest_url}")),
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Some(chinese::restored(dest_url)),
        _ => None,
    }
}

/// A link, if it leads where a link may lead.
fn link(address: &str) -> Option<Element> {
    // Browsers take both for the beginning of a host.
    let is_own = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
    if is_own {
        return Some(Element::OwnLink(address.to_owned()));
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    matches!(scheme.as_str(), "http" | "https" | "mailto").then(|| Element::Link(address.to_owned()))
}
