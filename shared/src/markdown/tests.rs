//! What is shown of a text, whatever it is.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::text::LONG;

fn somebody(name: &str) -> Mentioned {
    Mentioned { person: PersonId::new(Uuid::from_u128(7)), name: name.to_owned() }
}

/// The pieces in short, as a reader of the page would find them.
fn shown(text: &str, mentions: &[Mentioned]) -> String {
    let mut open = Vec::new();
    let mut shown = String::new();
    for piece in pieces(text, mentions, MOST_OF_A_PAGE) {
        match piece {
            Piece::Open(element) => {
                let name = match &element {
                    Element::Paragraph => String::new(),
                    Element::Strong => "b:".to_owned(),
                    Element::Deleted => "del:".to_owned(),
                    Element::Link(address) => format!("a {address}:"),
                    Element::OwnLink(address) => format!("own {address}:"),
                    other => format!("{other:?}:"),
                };
                let is_shown = !name.is_empty();
                if is_shown {
                    shown.extend(["<", &name]);
                }
                open.push(is_shown);
            }
            Piece::Close => {
                if open.pop().expect("each end has its beginning") {
                    shown.push('>');
                }
            }
            Piece::Text(text) | Piece::Code(text) => shown += &text,
            Piece::Mention(_, name) => shown.extend(["<", &name, ">"]),
            Piece::Break => shown.push('\n'),
            Piece::Rule => shown += "---",
            Piece::Step(done) => shown += if done { "[x]" } else { "[ ]" },
        }
    }
    assert!(open.is_empty(), "each beginning has its end");
    shown
}

/// The names among these that stand in a text.
fn who(text: &str, names: &[&str]) -> Vec<usize> {
    let id = |index: usize| PersonId::new(Uuid::from_u128(index as u128));
    let found = named(text, names.iter().enumerate().map(|(index, name)| (id(index), *name)));
    (0..names.len()).filter(|index| found.contains(&id(*index))).collect()
}

#[test]
fn the_longest_name_that_stands_there_is_named() {
    let names = ["Ann", "Ann Lee", "王磊", "王磊磊", "Anna", "Ann"];
    assert_eq!(who("@Ann Lee, please", &names), [1]);
    assert_eq!(who("@Ann Leeds", &names), [0, 5], "a shorter one is a word there, and two have it");
    assert_eq!(who("@Anna", &names), [4]);
    assert_eq!(who("@Annabel @Anna-Lena @", &names), [0; 0]);
    assert_eq!(who("@王磊磊请看", &names), [3]);
    assert_eq!(who("@王磊请看 @王磊磊", &names), [2, 3]);
    assert_eq!(who("`@Ann` \n\n    @Anna\n\nx@Anna [@王磊](https://a.b) https://a.b/@王磊", &names), [0; 0]);
    assert_eq!(who("@Ann", &["", "A", "An", "Annn"]), [0; 0]);
}

#[test]
fn marks_beside_chinese_are_marks() {
    for (text, expected) in [
        ("**注意：**请", "<b:注意：>请"),
        ("请**“注意”**看", "请<b:“注意”>看"),
        ("**注意：**Please", "<b:注意：>Please"),
        ("~~（旧）~~新", "<del:（旧）>新"),
        ("**(a)**的", "<b:(a)>的"),
        ("**注意**请", "<b:注意>请"),
        // None of these is a mark.
        ("注意\\**：请", "注意**：请"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`**注意：**请`", "**注意：**请"),
    ] {
        assert_eq!(shown(text, &[]), expected);
    }
}

#[test]
fn a_bare_address_keeps_the_brackets_that_are_its_own() {
    for (text, expected) in [
        (
            "见https://zh.wikipedia.org/wiki/齐步",
            "见<a https://zh.wikipedia.org/wiki/:https://zh.wikipedia.org/wiki/>齐步",
        ),
        ("https://a.b/C_(D)。", "<a https://a.b/C_(D):https://a.b/C_(D)>。"),
        ("(https://a.b/C_(D)).", "(<a https://a.b/C_(D):https://a.b/C_(D)>)."),
        ("(see https://a.b/c).", "(see <a https://a.b/c:https://a.b/c>)."),
        ("http:// is none", "http:// is none"),
        ("[https://a.b](https://a.b)", "<a https://a.b:https://a.b>"),
    ] {
        assert_eq!(shown(text, &[]), expected);
    }
}

#[test]
fn nothing_that_was_written_vanishes() {
    for (text, expected) in [
        ("![](https://a.b/c.png)", "<a https://a.b/c.png:https://a.b/c.png>"),
        ("![图](https://a.b/c.png)", "<a https://a.b/c.png:图>"),
        ("[我们的页](/incidents/1)", "<own /incidents/1:我们的页>"),
        ("[x](//evil.example)", "x (//evil.example)"),
        ("[x](javascript:alert)", "x (javascript:alert)"),
        ("[x](docs/a.md)", "x (docs/a.md)"),
        ("<a@b.example>", "<a mailto:a@b.example:a@b.example>"),
        ("[![](https://a.b/c.png)](https://a.b)", "<a https://a.b:https://a.b/c.png>"),
        ("<b>x</b>", "<b>x</b>"),
        ("[重要]: 今晚停机", "<Typed:[重要]: 今晚停机>"),
    ] {
        assert_eq!(shown(text, &[]), expected);
    }
}

#[test]
fn names_are_marked_outside_of_code_and_addresses() {
    let both = [somebody("Ann"), somebody("Ann Lee")];
    let text = "@Ann Lee and @Ann, not @Anna, `@Ann`, x@Ann or https://a.b/@Ann";
    let expected = "<@Ann Lee> and <@Ann>, not @Anna, @Ann, x@Ann or <a https://a.b/@Ann:https://a.b/@Ann>";
    assert_eq!(shown(text, &both), expected);
    assert_eq!(shown("@王芳请看", &[somebody("王芳")]), "<@王芳>请看");
    let dashed = "@Ann-Marie, @Ann_2, @Anné and a_@Ann, but @Ann's, @Ann- and (@Ann)";
    let expected = "@Ann-Marie, @Ann_2, @Anné and a_@Ann, but <@Ann>'s, <@Ann>- and (<@Ann>)";
    assert_eq!(shown(dashed, &[somebody("Ann")]), expected);
    assert_eq!(shown("<https://a.b/@Ann>", &both), "<a https://a.b/@Ann:https://a.b/@Ann>");
}

#[test]
fn more_than_a_page_can_draw_shows_as_it_was_typed() {
    let text = "@A ".repeat(7_342);
    let shown = pieces(&text, &[somebody("A")], MOST_AMONG_OTHERS);
    assert!(shown.len() < MOST_AMONG_OTHERS + 10, "{}", shown.len());
    let said: String = shown
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Mention(_, text) => text,
            _ => "",
        })
        .collect();
    assert!(said.trim_end() == text.trim_end(), "all of it shows, once: {} of {}", said.len(), text.len());
    let table = format!("{}\n{}\n{}", "|a".repeat(2_000), "|-".repeat(2_000), "|\n".repeat(2_000));
    assert!(pieces(&table, &[], MOST_OF_A_PAGE).len() < MOST_OF_A_PAGE + 10);
}

#[test]
fn depth_ends_where_nobody_reads_it_and_what_is_in_it_stays() {
    for sign in [">", "> ", "- ", "1. ", "*_"] {
        let text = format!("{}深", sign.repeat(LONG / sign.len()));
        let (mut depth, mut deepest) = (0, 0);
        for piece in pieces(&text, &[], MOST_OF_A_PAGE) {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close => depth -= 1,
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        assert!(deepest <= DEEPEST + 1, "{sign}: {deepest}");
        assert!(plain(&text).contains('深'), "{sign}");
    }
}

#[test]
fn what_a_text_says_has_no_marks() {
    let markdown =
        "# 标题\n\n先看**监控**,再看[日志](https://example.com)。\n\n- 一\n- 二\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |";
    assert_eq!(plain(markdown), "标题\n先看监控,再看日志。\n一\n二\n甲 乙 \n1 2");
}

proptest! {
    #[test]
    fn every_text_has_its_pieces(text in r"([*_~`>#|\-\[\]()!<\\@h：。“”注意a \n]|https://|\*\*|@A){0,60}") {
        let mut depth = 0_i32;
        for piece in pieces(&text, &[somebody("A")], 20) {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close => depth -= 1,
                _ => {}
            }
            prop_assert!(depth >= 0);
        }
        prop_assert_eq!(depth, 0);
    }
}
