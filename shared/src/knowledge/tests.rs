//! What the rules of articles allow, and whom they refuse.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{ArticleKind, KnowledgeCommand, KnowledgeIntent, NewArticle, Readers, Source};
use crate::id::{ArticleId, DepartmentId, IncidentId, PersonId};
use crate::organisation::OrganisationCommand;
use crate::testing::{
    ADMIN, DESIGN, HEAD, LEAD, LEFT, MEMBER, NO_DEPARTMENT, OBSERVER, OPERATIONS, OUTSIDER, STRANGER, TECHNOLOGY, World,
};
use crate::{Command, Field, Reason, Rejection, Scope};

const ARTICLE: ArticleId = ArticleId::new(Uuid::from_u128(90_001));
const OTHER: ArticleId = ArticleId::new(Uuid::from_u128(90_002));

fn on(article: ArticleId, intent: KnowledgeIntent) -> Command {
    Command::Knowledge(KnowledgeCommand { article, intent })
}

fn new_article(readers: Readers) -> NewArticle {
    NewArticle {
        kind: ArticleKind::HowTo,
        title: " 支付故障处理指南 ".into(),
        body: "先看监控。\n\n再回滚。".into(),
        tags: BTreeSet::from(["支付".into()]),
        readers,
        source: None,
    }
}

fn create(readers: Readers) -> Command {
    on(ARTICLE, KnowledgeIntent::Create(Box::new(new_article(readers))))
}

fn write(base: u32, title: &str, body: &str) -> Command {
    on(ARTICLE, KnowledgeIntent::Write { base, title: title.into(), body: body.into() })
}

fn of(departments: &[DepartmentId]) -> Readers {
    Readers::Departments(departments.iter().copied().collect())
}

/// A company with an article of the lead's, who works in technology.
fn with_article(readers: Readers) -> World {
    let mut world = World::company();
    world.does(LEAD, create(readers));
    world
}

fn reads(world: &World, person: PersonId) -> bool {
    world.state.may_read(person, Scope::Article(ARTICLE))
}

#[test]
fn an_article_begins_with_its_first_revision() {
    let world = with_article(Readers::Company);
    let article = world.state.articles.get(&ARTICLE).expect("the article");
    let first = article.current().expect("a revision");
    assert_eq!((first.number, first.title.as_str(), first.by), (1, "支付故障处理指南", LEAD));
    assert_eq!((article.card.author, article.card.archived), (LEAD, false));
    assert_eq!(world.refuses(MEMBER, create(Readers::Company)), Reason::Exists.into());
}

#[test]
fn what_an_article_needs_is_named_beside_its_field() {
    let world = World::company();
    let refused = |change: fn(&mut NewArticle)| {
        let mut new = new_article(Readers::Company);
        change(&mut new);
        world.refuses(LEAD, on(ARTICLE, KnowledgeIntent::Create(Box::new(new))))
    };
    assert_eq!(refused(|new| new.title = "  ".into()), Rejection::of(Field::Title, Reason::Required));
    assert_eq!(refused(|new| new.body = "\n".into()), Rejection::of(Field::Body, Reason::Required));
    assert_eq!(refused(|new| new.body = "字".repeat(20_001)).field, Some(Field::Body));
    assert_eq!(refused(|new| new.tags.extend((0..21).map(|n| n.to_string()))).field, Some(Field::Tags));
    assert_eq!(refused(|new| new.tags = [" ".into()].into()), Rejection::of(Field::Tags, Reason::Required));
    assert_eq!(refused(|new| new.readers = of(&[])), Rejection::of(Field::Readers, Reason::Required));
    assert_eq!(refused(|new| new.readers = of(&[NO_DEPARTMENT])), Rejection::of(Field::Readers, Reason::Gone));
    for nobody in [LEFT, STRANGER] {
        assert!(!world.allows(nobody, create(Readers::Company)));
    }
}

#[test]
fn whoever_may_read_an_article_may_write_it() {
    let mut world = with_article(Readers::Company);
    world.does(MEMBER, write(1, "支付故障处理指南", "先看监控。\n\n再降级。"));
    let article = world.state.articles.get(&ARTICLE).expect("the article");
    let numbers: Vec<u32> = article.revisions.keys().copied().collect();
    assert_eq!(numbers, [1, 2], "what it said stays");
    assert_eq!(
        article.current().map(|current| (current.by, current.body.as_str())),
        Some((MEMBER, "先看监控。\n\n再降级。"))
    );
    world.has_nothing_to_do(LEAD, write(1, "支付故障处理指南", "先看监控。\n\n再降级。"));
    let sort = |tags: &[&str]| {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        on(ARTICLE, KnowledgeIntent::Sort { kind: ArticleKind::Decision, tags })
    };
    world.does(OUTSIDER, sort(&["回滚"]));
    world.has_nothing_to_do(OUTSIDER, sort(&["回滚"]));
    assert_eq!(world.state.articles.get(&ARTICLE).map(|article| article.card.kind), Some(ArticleKind::Decision));
}

#[test]
fn who_writes_on_an_older_revision_is_told() {
    let mut world = with_article(Readers::Company);
    world.does(MEMBER, write(1, "指南", "甲"));
    let conflict = Rejection::of(Field::Body, Reason::TextConflict);
    assert_eq!(world.refuses(LEAD, write(1, "指南", "乙")), conflict);
    assert_eq!(world.refuses(LEAD, write(7, "指南", "乙")), conflict);
    world.does(LEAD, write(2, "指南", "乙"));
}

#[test]
fn readers_are_departments_with_those_beneath_and_always_the_author_and_admins() {
    let world = with_article(of(&[OPERATIONS]));
    for (person, may) in [
        (HEAD, true),
        (MEMBER, true), // in design, which is beneath operations
        (LEAD, true),   // the author, of technology
        (ADMIN, true),
        (OUTSIDER, false),
        (OBSERVER, false),
        (LEFT, false),
        (STRANGER, false),
    ] {
        assert_eq!(reads(&world, person), may, "{person}");
        assert_eq!(world.allows(person, write(1, "指南", "甲")), may, "{person}");
    }
    // Nobody learns from a refusal that there is something.
    assert_eq!(world.refuses(OUTSIDER, write(1, "指南", "甲")), Reason::Gone.into());
    let nowhere = KnowledgeIntent::SetArchived(true);
    assert_eq!(world.refuses(OUTSIDER, on(OTHER, nowhere)), Reason::Gone.into());
}

#[test]
fn who_changes_department_reads_what_that_one_reads() {
    let mut world = with_article(of(&[DESIGN]));
    assert!(!reads(&world, OUTSIDER));
    world.does(ADMIN, OrganisationCommand::SetDepartment { person: OUTSIDER, department: Some(DESIGN) });
    assert!(reads(&world, OUTSIDER));
}

#[test]
fn readers_and_the_archive_are_the_authors_and_the_admins() {
    let mut world = with_article(Readers::Company);
    let narrow = on(ARTICLE, KnowledgeIntent::SetReaders(of(&[TECHNOLOGY])));
    let archive = |archived| on(ARTICLE, KnowledgeIntent::SetArchived(archived));
    assert_eq!(world.refuses(MEMBER, narrow.clone()), Reason::NotAllowed.into());
    assert_eq!(world.refuses(MEMBER, archive(true)), Reason::NotAllowed.into());
    world.does(LEAD, archive(true));
    world.has_nothing_to_do(LEAD, archive(true));
    assert!(reads(&world, MEMBER), "a link to it goes on working");
    world.does(ADMIN, archive(false));
    world.does(LEAD, narrow);
    assert!(!reads(&world, MEMBER));
}

#[test]
fn an_article_says_where_it_came_from() {
    let mut world = World::company();
    let source = Some(Source::Incident(IncidentId::new(Uuid::from_u128(1))));
    let new = NewArticle { source, ..new_article(Readers::Company) };
    world.does(LEAD, on(ARTICLE, KnowledgeIntent::Create(Box::new(new))));
    assert_eq!(world.state.articles.get(&ARTICLE).map(|article| article.card.source), Some(source));
}
