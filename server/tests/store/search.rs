//! Articles found and listed, by those who may read them.

use std::collections::BTreeSet;
use std::sync::Arc;

use qibu::knowledge::{Filter, Found, Fragment, Hit};
use qibu::knowledge::{Indexer, articles, search};
use qibu::store::Store;
use qibu::sync::Engine;
use shared::id::{ArticleId, CommandId, DepartmentId, PersonId};
use shared::knowledge::{ArticleKind, KnowledgeCommand, KnowledgeIntent, NewArticle, Readers};
use shared::organisation::{Company, CompanyRole, Department, NewPerson, OrganisationCommand};
use shared::{Command, Scope};
use uuid::Uuid;

use crate::Place;
use crate::history::person;

engines![
    chinese_words_are_found_inside_sentences,
    what_is_in_the_title_comes_first,
    only_readers_find_and_list_an_article,
    what_readers_lost_is_not_found_before_the_index_knows,
    the_archive_is_apart,
    a_list_is_read_in_pages,
    lists_and_searches_are_narrowed,
    an_index_of_another_edition_is_made_anew,
];

/// A company of a department with a team beneath it, and another department.
pub(crate) struct Library {
    pub(crate) store: Store,
    pub(crate) engine: Engine,
    pub(crate) admin: PersonId,
    /// Is in the team.
    pub(crate) engineer: PersonId,
    /// Is in the other department.
    pub(crate) designer: PersonId,
    technology: DepartmentId,
    design: DepartmentId,
}

impl Library {
    pub(crate) async fn of(place: &Place) -> Self {
        let store = place.open().await;
        let engine = Engine::start(store.clone()).await.expect("it starts");
        let admin = person("Admin", CompanyRole::Admin);
        let [technology, team, design] = std::array::from_fn(|_| DepartmentId::new(Uuid::now_v7()));
        let department = |id, parent| Department { id, name: format!("{id}"), parent, head: None };
        let member = |name, department| NewPerson { department: Some(department), ..person(name, CompanyRole::Member) };
        let (engineer, designer) = (member("Engineer", team), member("Designer", design));
        let library =
            Self { store, engine, admin: admin.id, engineer: engineer.id, designer: designer.id, technology, design };
        let commands = [
            OrganisationCommand::Found { name: "启明科技".to_owned(), admin },
            OrganisationCommand::AddDepartment(department(technology, None)),
            OrganisationCommand::AddDepartment(department(team, Some(technology))),
            OrganisationCommand::AddDepartment(department(design, None)),
            OrganisationCommand::AddPerson(engineer),
            OrganisationCommand::AddPerson(designer),
        ];
        for command in commands {
            library.act(library.admin, Command::Organisation(command)).await;
        }
        library
    }

    pub(crate) async fn act(&self, actor: PersonId, command: Command) {
        let acted = self.engine.act(actor, CommandId::new(Uuid::now_v7()), command.clone()).await;
        assert!(acted.is_ok(), "{command:?}: {acted:?}");
    }

    /// Something the designer does.
    async fn intend(&self, article: ArticleId, intent: KnowledgeIntent) {
        self.act(self.designer, Command::Knowledge(KnowledgeCommand { article, intent })).await;
    }

    /// An article of the designer's that everybody reads.
    pub(crate) async fn write(&self, title: &str, body: &str) -> ArticleId {
        self.write_for(Readers::Company, (title, body, &[])).await
    }

    async fn write_for(&self, readers: Readers, (title, body, tags): (&str, &str, &[&str])) -> ArticleId {
        let new = NewArticle {
            kind: ArticleKind::HowTo,
            title: title.to_owned(),
            body: body.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            readers,
            source: None,
        };
        let article = ArticleId::new(Uuid::now_v7());
        self.intend(article, KnowledgeIntent::Create(Box::new(new))).await;
        article
    }

    pub(crate) async fn index(&self) -> usize {
        let indexer = Indexer::open(self.store.clone()).await.expect("an index");
        indexer.catch_up().await.expect("it catches up")
    }

    async fn company(&self) -> Arc<Company> {
        self.engine.read(&[Scope::Company]).await.expect("it reads").1.company
    }

    async fn hits(&self, who: PersonId, query: &str, filter: &Filter) -> Vec<Hit> {
        search(&self.store, (&*self.company().await, who), query, filter, 50).await.expect("an answer")
    }

    pub(crate) async fn found(&self, who: PersonId, query: &str) -> Vec<ArticleId> {
        ids(&self.hits(who, query, &Filter::default()).await)
    }

    async fn listed(&self, who: PersonId, filter: &Filter) -> Vec<ArticleId> {
        let page = articles(&self.store, (&*self.company().await, who), filter, None, 50).await.expect("an answer");
        assert_eq!(page.next, None);
        ids(&page.hits)
    }
}

fn ids(hits: &[Hit]) -> Vec<ArticleId> {
    let id = |hit: &Hit| match &hit.found {
        Found::Article(card) => card.id,
        other => panic!("no article: {other:?}"),
    };
    hits.iter().map(id).collect()
}

fn shown(fragments: &[Fragment]) -> String {
    fragments.iter().map(|f| if f.marked { format!("[{}]", f.text) } else { f.text.clone() }).collect()
}

async fn chinese_words_are_found_inside_sentences(place: Place) {
    let library = Library::of(&place).await;
    let article = library.write("数据规范", "# 存储\n\n- 订单数据必须加密存储。\n- Keep **backups**.").await;
    library.write("会议室", "投影仪在三楼。").await;
    assert_eq!(library.index().await, 2);
    for query in ["加密", "订单", "加密 存储", "数据必须加密", "ＢＡＣＫＵＰＳ", "back"] {
        assert_eq!(library.found(library.engineer, query).await, [article], "{query}");
    }
    for query in ["解密", "", "。", "三楼的打印机在哪里呢"] {
        assert!(!library.found(library.engineer, query).await.contains(&article), "{query}");
    }
    let hits = library.hits(library.engineer, "加密", &Filter::default()).await;
    assert_eq!(shown(&hits[0].excerpt), "存储 · 订单数据必须[加密]存储。 Keep backups.");
}

async fn what_is_in_the_title_comes_first(place: Place) {
    let library = Library::of(&place).await;
    let title = library.write("回滚步骤", "先看监控。").await;
    let tag = library.write_for(Readers::Company, ("发布", "先看监控。", &["回滚"])).await;
    let body = library.write("监控", "出错就回滚。").await;
    library.index().await;
    assert_eq!(library.found(library.engineer, "回滚").await, [title, tag, body]);
}

async fn only_readers_find_and_list_an_article(place: Place) {
    let library = Library::of(&place).await;
    let design = Readers::Departments(BTreeSet::from([library.design]));
    let article = library.write_for(design, ("规范", "订单数据必须加密存储", &[])).await;
    library.index().await;
    let all = Filter::default();
    for (who, reads) in [(library.designer, true), (library.admin, true), (library.engineer, false)] {
        let expected = if reads { vec![article] } else { Vec::new() };
        assert_eq!(library.found(who, "加密").await, expected);
        assert_eq!(library.listed(who, &all).await, expected);
    }
    // A department reads with the teams beneath it.
    let wider = BTreeSet::from([library.design, library.technology]);
    library.intend(article, KnowledgeIntent::SetReaders(Readers::Departments(wider))).await;
    library.index().await;
    assert_eq!(library.found(library.engineer, "加密").await, [article]);
    assert_eq!(library.listed(library.engineer, &all).await, [article]);
}

async fn what_readers_lost_is_not_found_before_the_index_knows(place: Place) {
    let library = Library::of(&place).await;
    let article = library.write("规范", "订单数据必须加密存储").await;
    library.index().await;
    let design = BTreeSet::from([library.design]);
    library.intend(article, KnowledgeIntent::SetReaders(Readers::Departments(design))).await;
    assert_eq!(library.found(library.engineer, "加密").await, []);
    assert_eq!(library.listed(library.engineer, &Filter::default()).await, []);
    // Nor by the engineer's own words: the author is another.
    assert_eq!(library.found(library.designer, "加密").await, [article]);
}

async fn the_archive_is_apart(place: Place) {
    let library = Library::of(&place).await;
    let article = library.write("规范", "订单数据必须加密存储").await;
    library.index().await;
    let (all, archive) = (Filter::default(), Filter { archived: true, ..Filter::default() });
    assert_eq!(library.listed(library.engineer, &archive).await, []);
    library.intend(article, KnowledgeIntent::SetArchived(true)).await;
    assert_eq!(library.found(library.engineer, "加密").await, [], "at once");
    assert_eq!(library.listed(library.engineer, &all).await, []);
    library.index().await;
    assert_eq!(library.listed(library.engineer, &all).await, []);
    assert_eq!(library.listed(library.engineer, &archive).await, [article]);
    assert_eq!(ids(&library.hits(library.engineer, "加密", &archive).await), [article]);
    library.intend(article, KnowledgeIntent::SetArchived(false)).await;
    library.index().await;
    assert_eq!(library.found(library.engineer, "加密").await, [article]);
    assert_eq!(library.listed(library.engineer, &archive).await, []);
}

async fn a_list_is_read_in_pages(place: Place) {
    let library = Library::of(&place).await;
    let mut written = Vec::new();
    for number in 0..6 {
        written.push(library.write(&format!("第 {number} 篇"), "正文").await);
    }
    // Writing it again brings the first one to the top.
    let again = KnowledgeIntent::Write { base: 1, title: "第 0 篇".to_owned(), body: "新正文".to_owned() };
    library.intend(written[0], again).await;
    library.index().await;
    written.rotate_left(1);
    written.reverse();
    let company = library.company().await;
    for size in [1, 2, 3, 4, 6] {
        let (mut read, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let filter = Filter::default();
            let asked = articles(&library.store, (&*company, library.engineer), &filter, after, size).await;
            let page = asked.expect("an answer");
            read.extend(ids(&page.hits));
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((read, pages), (written.clone(), 6_u32.div_ceil(size)), "{size} at a time");
    }
}

async fn lists_and_searches_are_narrowed(place: Place) {
    let library = Library::of(&place).await;
    let tagged = library.write_for(Readers::Company, ("发布", "回滚步骤", &["C++ 100%", "支付"])).await;
    let other = library.write_for(Readers::Company, ("支付", "回滚会议", &["C++"])).await;
    let sort = KnowledgeIntent::Sort { kind: ArticleKind::Decision, tags: BTreeSet::from(["C++".to_owned()]) };
    library.intend(other, sort).await;
    library.index().await;
    let tag = |tag: &str| Filter { tag: Some(tag.to_owned()), ..Filter::default() };
    let kind = |kind| Filter { article: Some(kind), ..Filter::default() };
    let cases = [
        (tag("C++"), vec![other]),
        (tag("C++ 100%"), vec![tagged]),
        (tag("支付"), vec![tagged]),
        (tag("支"), Vec::new()),
        (kind(ArticleKind::Decision), vec![other]),
        (kind(ArticleKind::News), Vec::new()),
        (Filter { tag: Some("支付".to_owned()), ..kind(ArticleKind::Decision) }, Vec::new()),
    ];
    for (filter, expected) in cases {
        assert_eq!(library.listed(library.engineer, &filter).await, expected, "{filter:?}");
        assert_eq!(ids(&library.hits(library.engineer, "回滚", &filter).await), expected, "{filter:?}");
    }
}

async fn an_index_of_another_edition_is_made_anew(place: Place) {
    let library = Library::of(&place).await;
    let article = library.write("规范", "订单数据必须加密存储").await;
    assert_eq!((library.index().await, library.index().await), (1, 0));
    library.store.begin_index("another").await.expect("an index");
    assert_eq!(library.found(library.engineer, "加密").await, []);
    assert_eq!(library.index().await, 1);
    assert_eq!(library.found(library.engineer, "加密").await, [article]);
}
