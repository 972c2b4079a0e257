//! Names and bare addresses inside a line of text.

use super::{Builder, Element, Piece, is_link};

/// What follows an address in a sentence rather than being of it.
const AFTER: [char; 9] = ['.', ',', ';', ':', '!', '?', '\'', '*', '~'];

impl Builder<'_> {
    /// Text with its mentions marked, and with addresses as links.
    pub(super) fn text(&mut self, text: &str) {
        if self.is_in(|element| matches!(element, Element::Code)) {
            self.put(text);
            return;
        }
        let in_link = self.is_in(is_link);
        let (mut done, mut at) = (0, 0);
        while let Some(next) = text[at..].find(['@', 'h']).filter(|_| !self.is_full()) {
            at += next;
            let (before, rest) = (&text[..at], &text[at..]);
            let begins = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let found = match rest.strip_prefix('@') {
                // Where a link leads may stand in its text, too.
                _ if in_link => None,
                Some(named) => self.mention(named),
                None => bare_address(rest).map(|address| {
                    vec![Piece::Open(Element::Link(address.to_owned())), Piece::Text(address.to_owned()), Piece::Close]
                }),
            };
            let Some(found) = found.filter(|_| begins) else {
                at += 1;
                continue;
            };
            self.put(&text[done..at]);
            at += found.iter().map(length).sum::<usize>();
            done = at;
            self.pieces.extend(found);
        }
        self.put(&text[done..]);
    }

    fn put(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    /// The mention that an `@` begins, if a name follows it.
    fn mention(&self, named: &str) -> Option<Vec<Piece>> {
        let (name, person) = self.names.beginning(named)?;
        Some(vec![Piece::Mention(person, format!("@{name}"))])
    }
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) | Piece::Mention(_, text) => text.len(),
        _ => 0,
    }
}

/// The address that a text begins with: as far as GitHub's Markdown takes one.
fn bare_address(text: &str) -> Option<&str> {
    let host = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme))?;
    let scheme = text.len() - host.len();
    // Chinese goes on without a space.
    let end = text.find(|c: char| !c.is_ascii_graphic() || "<>\"".contains(c)).unwrap_or(text.len());
    let mut address = &text[..end];
    let excess = |(open, close)| address.matches(close).count().saturating_sub(address.matches(open).count());
    let mut unopened = [(')', excess(('(', ')'))), (']', excess(('[', ']')))];
    while let Some(last) = address.chars().next_back() {
        match unopened.iter_mut().find(|(close, _)| *close == last) {
            Some((_, excess)) if *excess > 0 => *excess -= 1,
            _ if AFTER.contains(&last) => {}
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    (address.len() > scheme).then_some(address)
}
