//! Tasks, articles and incidents found together, as the palette does, by those who may read them.

use qibu::knowledge::{Found, Hit, find};
use shared::id::{PersonId, ProjectId, TaskId};
use shared::project::task::{TaskCommand, TaskEdit, TaskIntent};
use shared::project::{ProjectCommand, ProjectEdit, ProjectIntent, Role};
use shared::{Command, Scope};
use uuid::Uuid;

use crate::Place;
use crate::history::{Work, register};
use crate::search::Library;

engines![
    tasks_are_found_by_whatever_they_say,
    only_readers_of_the_project_find_its_tasks,
    whoever_leaves_a_project_finds_its_tasks_no_more_before_the_index_knows,
    a_task_that_is_removed_is_not_found_before_the_index_knows,
    the_same_id_on_two_boards_is_two_tasks,
    any_form_of_a_text_is_found,
    tasks_are_not_among_the_articles,
];

/// A project of the engineer's, which the designer does not read.
struct Space {
    library: Library,
    work: Work,
}

impl Space {
    async fn of(place: &Place) -> Self {
        let library = Library::of(place).await;
        let (work, registered) = register(library.engineer, &[]);
        library.act(library.engineer, registered).await;
        Self { library, work }
    }

    async fn task(&self, name: &str) -> TaskId {
        let (task, create) = self.work.create(self.library.engineer, name);
        self.library.act(self.library.engineer, create).await;
        task
    }

    async fn edit(&self, task: TaskId, edit: TaskEdit) {
        let intent = TaskIntent::Edit { task, edit };
        let command = Command::Task(TaskCommand { project: self.work.project, intent });
        self.library.act(self.library.engineer, command).await;
    }

    async fn lead(&self, intent: ProjectIntent) {
        let command = Command::Project(ProjectCommand::On { project: self.work.project, intent });
        self.library.act(self.library.engineer, command).await;
    }

    async fn hits(&self, who: PersonId, query: &str) -> Vec<Hit> {
        let (_, state) = self.library.engine.read(&[Scope::Company]).await.expect("it reads");
        let projects = self.library.engine.projects_read_by(who);
        find(&self.library.store, (&state.company, who, projects), query, 20).await.expect("an answer")
    }

    /// The tasks that are found, with their projects.
    async fn found(&self, who: PersonId, query: &str) -> Vec<(ProjectId, TaskId)> {
        let hits = self.hits(who, query).await.into_iter();
        let task = |hit: Hit| match hit.found {
            Found::Task(card) => Some((card.project, card.id)),
            Found::Article(_) | Found::Incident(_) => None,
        };
        hits.filter_map(task).collect()
    }

    fn here(&self, task: TaskId) -> Vec<(ProjectId, TaskId)> {
        vec![(self.work.project, task)]
    }
}

async fn tasks_are_found_by_whatever_they_say(place: Place) {
    let space = Space::of(&place).await;
    let engineer = space.library.engineer;
    let task = space.task("兑换接口开发").await;
    let other = space.task("联调").await;
    // A number in the text is not the number of a task.
    space.edit(other, TaskEdit::Description { base: String::new(), text: "先做 1 次".to_owned() }).await;
    space.edit(task, TaskEdit::Description { base: String::new(), text: "按 **错误码** 返回".to_owned() }).await;
    space.edit(task, TaskEdit::AddLabel("后端".to_owned())).await;
    let step = TaskEdit::AddItem { id: shared::id::ItemId::new(Uuid::now_v7()), text: "幂等校验".to_owned() };
    space.edit(task, step).await;
    assert_eq!(space.library.index().await, 2);
    for query in ["兑换接口开发", "接口", "错误码", "后端", "幂等", "#1 兑换", "#1"] {
        assert_eq!(space.found(engineer, query).await, space.here(task), "{query}");
    }
    space.edit(task, TaskEdit::Name("积分查询".to_owned())).await;
    space.library.index().await;
    assert_eq!(space.found(engineer, "兑换").await, []);
    assert_eq!(space.found(engineer, "积分查询").await, space.here(task));
}

async fn only_readers_of_the_project_find_its_tasks(place: Place) {
    let space = Space::of(&place).await;
    let Library { engineer, designer, admin, .. } = space.library;
    let task = space.task("兑换接口开发").await;
    space.library.index().await;
    for (who, reads) in [(engineer, true), (designer, false), (admin, false)] {
        assert_eq!(space.found(who, "接口").await, if reads { space.here(task) } else { Vec::new() });
        // Neither by a part of a word, for which no index helps.
        assert_eq!(space.found(who, "换接").await, if reads { space.here(task) } else { Vec::new() });
    }
    // At once, without anything of the task being written anew.
    space.lead(ProjectIntent::Edit(ProjectEdit::Open(true))).await;
    assert_eq!(space.library.index().await, 0);
    assert_eq!(space.found(designer, "接口").await, space.here(task));
}

async fn whoever_leaves_a_project_finds_its_tasks_no_more_before_the_index_knows(place: Place) {
    let space = Space::of(&place).await;
    let designer = space.library.designer;
    let task = space.task("兑换接口开发").await;
    space.library.index().await;
    space.lead(ProjectIntent::PutMember { person: designer, role: Role::Member }).await;
    assert_eq!(space.found(designer, "接口").await, space.here(task));
    space.lead(ProjectIntent::RemoveMember(designer)).await;
    assert_eq!(space.found(designer, "接口").await, []);
}

async fn a_task_that_is_removed_is_not_found_before_the_index_knows(place: Place) {
    let space = Space::of(&place).await;
    let engineer = space.library.engineer;
    let (gone, stays) = (space.task("兑换接口开发").await, space.task("接口评审").await);
    space.library.index().await;
    space.library.act(engineer, space.work.remove(gone)).await;
    assert_eq!(space.found(engineer, "接口").await, space.here(stays));
    assert_eq!(space.found(engineer, "换接").await, []);
    space.library.index().await;
    assert_eq!(space.found(engineer, "接口").await, space.here(stays));
    assert_eq!(space.found(engineer, "换接").await, []);
}

async fn the_same_id_on_two_boards_is_two_tasks(place: Place) {
    let space = Space::of(&place).await;
    let Library { engineer, designer, .. } = space.library;
    let task = space.task("兑换接口开发").await;
    let (other, registered) = register(designer, &[]);
    space.library.act(designer, registered).await;
    space.library.act(designer, other.create_as(task, designer, "接口视觉稿")).await;
    space.library.index().await;
    assert_eq!(space.found(engineer, "接口").await, space.here(task));
    assert_eq!(space.found(designer, "接口").await, [(other.project, task)]);
}

async fn any_form_of_a_text_is_found(place: Place) {
    let space = Space::of(&place).await;
    let engineer = space.library.engineer;
    let key = |length: u8| (0..length).map(|nth| char::from(b'a' + nth % 26 * 7 % 26)).collect::<String>();
    let task = space.task(&format!("🚀 上线 Café 𠮷野家 {} ＡＰＩ３", key(70))).await;
    space.task("👍🏽 联调").await;
    space.library.index().await;
    for query in [
        "🚀",
        "CAFE\u{301}",
        "caf",
        "café api",
        "𠮷野家",
        "𠮷",
        &key(70),
        &key(66),
        &key(40),
        "api3",
        "ａｐｉ",
        "上线🚀",
    ] {
        assert_eq!(space.found(engineer, query).await, space.here(task), "{query}");
    }
    for query in ["🎉", "。", &key(80)] {
        assert_eq!(space.found(engineer, query).await, [], "{query}");
    }
}

async fn tasks_are_not_among_the_articles(place: Place) {
    let space = Space::of(&place).await;
    let library = &space.library;
    let article = library.write("接口规范", "正文").await;
    let task = space.task("接口开发").await;
    library.index().await;
    assert_eq!(library.found(library.engineer, "接口").await, [article]);
    assert_eq!(space.found(library.engineer, "接口").await, space.here(task));
    assert_eq!(space.hits(library.engineer, "接口").await.len(), 2);
}
