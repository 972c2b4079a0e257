//! Inviting many at once: names and addresses as people paste them (organisation: invitations).

use std::collections::BTreeSet;
use std::ops::Range;
use std::{fmt, iter};

use serde::{Deserialize, Serialize};

use super::{Company, checked_email};
use crate::text::{NAME, line};
use crate::{Field, Reason, Rejection};

/// How many are invited at once.
pub const MOST_INVITED: usize = 200;

/// What stands between two people on a line.
const SEPARATORS: [char; 5] = [',', ';', '，', '；', '、'];
/// Those of them that may also stand within what is said of one.
const COMMAS: [char; 2] = [',', '，'];
/// What stands between the columns of a spreadsheet.
const COLUMNS: [char; 3] = [',', '，', '\t'];

/// Somebody to invite.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// Their name; may be empty where there is an address.
    pub name: String,
    /// Their address; may be empty where there is a name.
    pub email: String,
}

/// What was pasted of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// On which line, from 1.
    pub line: usize,
    /// As it was pasted.
    pub text: String,
    /// Who it is, or what is wrong with it.
    pub invitee: Result<Invitee, Rejection>,
}

impl Invitee {
    /// The same as it is kept, if somebody can be invited so.
    pub fn checked(&self, company: &Company) -> Result<Self, Rejection> {
        let name = line(Field::Invitees, &self.name, NAME)?;
        if self.email.trim().is_empty() {
            let is_named = !name.is_empty();
            return if is_named { Ok(Self { name, email: String::new() }) } else { Err(refused(Reason::Required)) };
        }
        let email = checked_email(&self.email).map_err(|refusal| refused(refusal.reason))?;
        if company.people.values().any(|person| person.email == email) {
            return Err(refused(Reason::EmailTaken));
        }
        Ok(Self { name, email })
    }
}

/// As somebody can be pasted again.
impl fmt::Display for Invitee {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match (self.name.as_str(), self.email.as_str()) {
            ("", text) | (text, "") => out.write_str(text),
            (name, email) if name.contains(SEPARATORS) => write!(out, "\"{name}\" <{email}>"),
            (name, email) => write!(out, "{name} <{email}>"),
        }
    }
}

/// Those who are pasted: one a line, or with commas or semicolons between them, as an address, a name, both, as
/// `Name <address>`, or as rows of a spreadsheet. An address that comes twice is refused the second time.
pub fn invitees(company: &Company, text: &str) -> Vec<Pasted> {
    let mut seen = BTreeSet::new();
    let lines =
        text.lines().enumerate().flat_map(|(index, line)| parts(line).into_iter().map(move |part| (index + 1, part)));
    lines
        .map(|(line, text)| {
            let invitee = read(text).checked(company).and_then(|invitee| {
                let is_new = invitee.email.is_empty() || seen.insert(invitee.email.clone());
                if is_new { Ok(invitee) } else { Err(refused(Reason::NamedTwice)) }
            });
            Pasted { line, text: text.to_owned(), invitee }
        })
        .collect()
}

fn refused(reason: Reason) -> Rejection {
    Rejection::of(Field::Invitees, reason)
}

/// Each person of a line, with all that the line has of them.
fn parts(line: &str) -> Vec<&str> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for cell in cells(line, &SEPARATORS) {
        match parts.last_mut() {
            Some(part) if goes_on(&line[part.clone()], &line[part.end..cell.start], &line[cell.clone()]) => {
                part.end = cell.end;
            }
            _ => parts.push(cell),
        }
    }
    parts.into_iter().map(|part| &line[part]).collect()
}

/// What stands between separators, but not between those in quotes, as in `"Chen, Daniel" <address>`.
fn cells(text: &str, separators: &[char]) -> Vec<Range<usize>> {
    let (mut ends, mut quoted) = (Vec::new(), false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if !quoted && separators.contains(&c) {
            ends.push((at, at + c.len_utf8()));
        }
    }
    let starts = iter::once(0).chain(ends.iter().map(|(_, next)| *next));
    let ends = ends.iter().map(|(end, _)| *end).chain([text.len()]);
    let cells = starts.zip(ends).map(|(start, end)| {
        let cell = &text[start..end];
        let start = start + (cell.len() - cell.trim_start().len());
        start..start + cell.trim().len()
    });
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// Whether a comma stands within what is said of one person: before the address that goes with a name, or a phone number.
fn goes_on(part: &str, between: &str, cell: &str) -> bool {
    let is_comma = between.chars().all(|c| c.is_whitespace() || COMMAS.contains(&c));
    is_comma && (is_phone(cell) || (cell.contains('@') && !part.contains('@')))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits > 4 && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().（）".contains(c))
}

/// Name and address, as a spreadsheet has them in two of its columns; what else it has of a person is theirs to say.
fn read(text: &str) -> Invitee {
    let (addresses, others): (Vec<&str>, Vec<&str>) =
        cells(text, &COLUMNS).into_iter().map(|cell| &text[cell]).partition(|cell| cell.contains('@'));
    let name = others.iter().find(|cell| !is_phone(cell)).or(others.first()).map_or("", |name| unquoted(name));
    match addresses.first() {
        Some(address) => {
            let one = read_one(address);
            if one.name.is_empty() { Invitee { name: name.to_owned(), ..one } } else { one }
        }
        None => read_one(name),
    }
}

fn read_one(text: &str) -> Invitee {
    let of = |name: &str, email: &str| Invitee { name: unquoted(name).to_owned(), email: unquoted(email).to_owned() };
    if let Some((name, email)) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        return of(name, email);
    }
    match text.rsplit_once(char::is_whitespace) {
        Some((name, email)) if email.contains('@') => of(name, email),
        _ if text.contains('@') => of("", text),
        _ => of(text, ""),
    }
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map_or(text, str::trim)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::World;

    /// A line, and the name and address on it, or what is wrong there.
    type Read = (usize, Result<(String, String), Reason>);

    fn read_all(text: &str) -> Vec<Read> {
        let pasted = invitees(&World::company().state.company, text);
        let told = |invitee: Result<Invitee, Rejection>| {
            invitee.map(|it| (it.name, it.email)).map_err(|refusal| refusal.reason)
        };
        pasted.into_iter().map(|pasted| (pasted.line, told(pasted.invitee))).collect()
    }

    fn who(line: usize, name: &str, email: &str) -> Read {
        (line, Ok((name.into(), email.into())))
    }

    #[test]
    fn names_and_addresses_are_read_in_all_their_forms() {
        let text = "he.miao@qiming.example\n何苗\n Anna Berg <Anna@Qiming.example> ;\"Chen, Daniel\" <d@qiming.example>\n\n\
                    李雷\tli.lei@qiming.example，han@qiming.example；韩梅梅";
        assert_eq!(
            read_all(text),
            [
                who(1, "", "he.miao@qiming.example"),
                who(2, "何苗", ""),
                who(3, "Anna Berg", "anna@qiming.example"),
                who(3, "Chen, Daniel", "d@qiming.example"),
                who(5, "李雷", "li.lei@qiming.example"),
                who(5, "", "han@qiming.example"),
                who(5, "韩梅梅", ""),
            ]
        );
    }

    #[test]
    fn a_name_and_an_address_beside_it_are_one_person_and_a_phone_number_is_theirs_to_say() {
        let text = "李明，li.ming@x.example\n王芳\twang.fang@x.example\t13800000001\n赵静\t+86 138-0000-0002\n\
                    \"Berg, Anna\",13800000003,anna@x.example\n何苗, 韩梅, han.mei@x.example, 钱多；sun@x.example";
        assert_eq!(
            read_all(text),
            [
                who(1, "李明", "li.ming@x.example"),
                who(2, "王芳", "wang.fang@x.example"),
                who(3, "赵静", ""),
                who(4, "Berg, Anna", "anna@x.example"),
                who(5, "何苗", ""),
                who(5, "韩梅", "han.mei@x.example"),
                who(5, "钱多", ""),
                who(5, "", "sun@x.example"),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_said_of_each_line() {
        let text = format!(
            "not@an@address\nADMIN@qiming.example\nx@qiming.example\nX <X@qiming.example>\nAnna <>\n<>\n{}\na\u{1}",
            "长".repeat(NAME + 1)
        );
        assert_eq!(
            read_all(&text),
            [
                (1, Err(Reason::NotAnEmail)),
                (2, Err(Reason::EmailTaken)),
                who(3, "", "x@qiming.example"),
                (4, Err(Reason::NamedTwice)),
                who(5, "Anna", ""),
                (6, Err(Reason::Required)),
                (7, Err(Reason::TooLong { max: NAME })),
                (8, Err(Reason::Unprintable)),
            ]
        );
    }

    #[test]
    fn somebody_who_is_written_out_is_read_again() {
        for (name, email) in [("", "a@b.example"), ("何苗", ""), ("Anna", "a@b.example"), ("Berg, Anna", "a@b.example")]
        {
            let invitee = Invitee { name: name.into(), email: email.into() };
            assert_eq!(read_all(&invitee.to_string()), [who(1, name, email)]);
        }
    }

    proptest! {
        /// Whatever is pasted, each part of it comes back as it was, with its line, and is read again as the same.
        #[test]
        fn nothing_of_what_was_pasted_is_lost(text in "[a-c@<>\",; \\n\\t，何.]{0,60}") {
            let company = World::company().state.company;
            let pasted = invitees(&company, &text);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric() || *c == '@').collect::<String>();
            let kept: String = pasted.iter().map(|pasted| letters(&pasted.text)).collect();
            prop_assert_eq!(kept, letters(&text));
            prop_assert!(pasted.iter().all(|pasted| text.lines().nth(pasted.line - 1).is_some_and(|line| line.contains(&pasted.text))));
        }
    }
}
