//! Inviting many at once: names and addresses as people paste them (organisation: invitations).

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Company, checked_email};
use crate::text::{NAME, line};
use crate::{Field, Reason, Rejection};

/// How many are invited at once.
pub const MOST_INVITED: usize = 200;

/// What stands between two people on a line.
const SEPARATORS: [char; 5] = [',', ';', '，', '；', '、'];

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

/// Those who are pasted: one a line, or with commas or semicolons between them, as an address, a name, or as
/// `Name <address>`. An address that comes twice is refused the second time.
pub fn invitees(company: &Company, text: &str) -> Vec<Pasted> {
    let mut seen = BTreeSet::new();
    let lines = text.lines().enumerate().flat_map(|(index, line)| parts(line).map(move |part| (index + 1, part)));
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

/// What stands between separators on a line, but not between those in quotes, as in `"Chen, Daniel" <address>`.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let ends = move |c: char| {
        quoted ^= c == '"';
        !quoted && SEPARATORS.contains(&c)
    };
    line.split(ends).map(str::trim).filter(|part| !part.is_empty())
}

fn read(text: &str) -> Invitee {
    let of = |name: &str, email: &str| Invitee {
        name: name.trim().trim_matches('"').trim().to_owned(),
        email: email.trim().to_owned(),
    };
    if let Some((name, email)) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        return of(name, email);
    }
    // As a spreadsheet has it: a name, and the address in the column beside it.
    match text.rsplit_once(char::is_whitespace) {
        Some((name, email)) if email.contains('@') => of(name, email),
        _ if text.contains('@') => of("", text),
        _ => of(text, ""),
    }
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
