// From delivery to closing: handed in, returned, handed in again, accepted; the task goes along; a project closes when all
// of it is done, or despite what is open, on record; dates that moved are told beside the baseline.
import { boardWith, card, column, expectCards, openBoard, settled, statusName } from './board.ts';
import { expectAccessible, expectNarrow } from './looks.ts';
import { type Seat, expect, lin, newcomer, test } from './people.ts';
import { choose, typeDay } from './pickers.ts';

const TASK = '绘制首页';
const DESIGN = '首页设计稿';

const panel = (seat: Seat) => seat.page.locator('aside.task-panel');
const asks = (seat: Seat) => seat.page.locator('.asks > li');
const at = (id: string) => `/projects/${id}/deliverables`;

test('a deliverable goes from hand to hand until it is accepted, and its task and project with it', async ({ server, enter }) => {
  const here = await enter(lin);
  const there = await enter(await newcomer(server));
  const project = await boardWith(here, { members: [there.person], tasks: { todo: [TASK] } });

  // The lead says what is wanted of whom, from the task that brings it.
  await card(here, TASK).click();
  await panel(here).getByRole('link', { name: here.say('deliverable.add_to_task') }).click();
  const dialog = here.page.getByRole('dialog', { name: here.say('deliverable.add_title') });
  await dialog.getByLabel(here.say('deliverable.name'), { exact: true }).fill(DESIGN);
  await dialog.getByLabel(here.say('deliverable.criteria'), { exact: true }).fill('- 三种尺寸\n- 深色与浅色');
  await expect(dialog.getByLabel(here.say('deliverable.task'), { exact: true })).toHaveText(new RegExp(TASK));
  // Who leads accepts, so somebody else has to produce it.
  await dialog.getByRole('button', { name: here.say('deliverable.save') }).click();
  await expect(dialog.getByText(here.say('reason.own_accepter'))).toBeVisible();
  await expect(dialog.getByLabel(here.say('deliverable.name'), { exact: true })).toHaveValue(DESIGN);
  await choose(dialog.getByLabel(here.say('deliverable.producer'), { exact: true }), there.person.name);
  await dialog.getByRole('button', { name: here.say('deliverable.save') }).click();
  await expect(panel(here).getByRole('heading', { level: 2, name: DESIGN })).toBeVisible();
  await settledPage(here);

  // Who produces it is asked, and hands it in.
  await there.page.goto('/inbox');
  await expect(asks(there)).toContainText([there.say('ask.hand_in')]);
  await asks(there).getByRole('link', { name: there.like('inbox.do_it', { deed: there.say('ask.do_hand_in') }) }).click();
  await handIn(there, '', 'First');
  await expect(panel(there).getByText(there.say('deliverable.file_or_link'))).toBeVisible();
  await handIn(there, 'not a link', 'First');
  await expect(panel(there).getByText(there.say('reason.not_a_url'))).toBeVisible();
  await expect(there.field('deliverable.note')).toHaveValue('First');
  await handIn(there, 'https://design.example/1', 'First');
  await expect(panel(there).getByText(there.say('deliverable.waits', { name: lin.name }))).toBeVisible();
  await expect(panel(there)).toBeFocused();

  // A task with something that is not accepted cannot be done, and says why.
  await openBoard(here, project);
  await expectCards(here, statusName(project, 'submitted'), [TASK]);
  await card(here, TASK).click();
  await choose(panel(here).getByLabel(here.say('task.move_to_column')), statusName(project, 'done'));
  await expect(panel(here).getByText(here.say('reason.not_accepted', { name: DESIGN }))).toBeVisible();

  // The accepter is asked, and sends it back with a reason.
  await here.page.goto('/inbox');
  await asks(here).filter({ hasText: DESIGN }).getByRole('link', { name: here.like('inbox.do_it', { deed: here.say('ask.do_accept') }) }).click();
  await here.button('deliverable.return').click();
  const returning = here.page.getByRole('dialog', { name: here.say('deliverable.return_title', { number: 1 }) });
  await returning.getByRole('button', { name: here.say('deliverable.return') }).click();
  await expect(returning.getByText(here.say('reason.required'))).toBeVisible();
  const reason = returning.getByLabel(here.say('deliverable.reason'));
  await reason.fill('缺少深色');
  // Escape closes the question alone, and what was typed is there when it is asked again.
  await reason.press('Escape');
  await expect(returning).toHaveCount(0);
  await here.button('deliverable.return').click();
  await expect(reason).toHaveValue('缺少深色');
  await returning.getByRole('button', { name: here.say('deliverable.return') }).click();
  await expect(panel(here)).toBeFocused();
  await expect(panel(there).getByText('缺少深色')).toBeVisible();
  await expect(panel(there).getByText(there.say('deliverable.times', { count: 1 }))).toBeVisible();

  // Another version, with a file this time.
  await there.page.locator('input[type=file]').setInputFiles({ name: '设计稿.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await expect(panel(there).locator('.attach .attachments li:not(.coming)')).toHaveCount(1);
  await there.field('deliverable.note').fill('Dark as well');
  await there.button('deliverable.hand_in').click();
  await expect(panel(here).getByRole('link', { name: '设计稿.png' })).toBeVisible();
  await here.button('deliverable.accept').click();
  await expect(panel(here)).toBeFocused();
  await expect(panel(there).getByText(there.say('deliverable.accepted_by', { name: lin.name }))).toBeVisible();
  await expectAccessible(here);
  await expectNarrow(here);

  await openBoard(there, project);
  await expectCards(there, statusName(project, 'done'), [TASK]);
  await card(there, TASK).click();
  for (const key of ['activity.handed_in', 'activity.returned', 'activity.accepted']) {
    await expect(panel(there).locator('.activity').getByText(there.say(key)).first()).toBeVisible();
  }

  // All is accepted and done: the project closes without further ado, and its lead opens it again.
  await here.page.goto(project.overview);
  await here.button('project.begin_acceptance').click();
  await here.button('project.close_project').click();
  const closing = here.page.getByRole('dialog', { name: here.say('project.close_title') });
  await expect(closing.getByText(here.say('project.close_ready'))).toBeVisible();
  await closing.getByRole('button', { name: here.say('project.close_project') }).click();
  await expect(here.button('project.reopen')).toBeVisible();
  await there.page.goto(at(project.id));
  await expect(there.page.getByText(there.say('deliverable.over'))).toBeVisible();
  await expect(there.button('deliverable.add')).toHaveCount(0);
  await here.button('project.reopen').click();
  const reopening = here.page.getByRole('dialog', { name: here.say('project.reopen_title') });
  await reopening.getByLabel(here.say('project.reason')).fill('客户要求补充');
  await reopening.getByRole('button', { name: here.say('project.reopen') }).click();
  await expect(here.page.locator('.course').getByText('客户要求补充')).toBeVisible();
  await expect(there.button('deliverable.add')).toBeVisible();
});

test('a project with something open closes only despite it, with a reason that is on record', async ({ server, enter }) => {
  const here = await enter(lin);
  const there = await enter(await newcomer(server));
  const project = await boardWith(here, { members: [there.person], tasks: { todo: [TASK] } });
  await here.page.goto(project.overview);
  await here.button('project.begin_acceptance').click();
  await here.button('project.close_project').click();
  const closing = here.page.getByRole('dialog', { name: here.say('project.close_title') });
  await expect(closing.getByText(here.say('obstacle.tasks', { count: 1 }))).toBeVisible();
  await expect(closing.getByRole('link', { name: new RegExp(TASK) })).toBeVisible();
  await closing.getByRole('button', { name: here.say('project.close_anyway') }).click();
  await expect(closing.getByText(here.say('reason.required'))).toBeVisible();
  const note = closing.getByLabel(here.say('project.closing_note'));
  await expect(note).toBeFocused();
  await note.fill('预算用完，先行结项\n余下转入二期');
  // What is done and undone elsewhere meanwhile changes the question, not the field under whoever types.
  await openBoard(there, project);
  await card(there, TASK).click();
  const status = panel(there).getByLabel(there.say('task.move_to_column'));
  await choose(status, statusName(project, 'done'));
  await expect(closing.getByText(here.say('project.close_ready'))).toBeVisible();
  await expect(note).toBeFocused();
  await choose(status, statusName(project, 'todo'));
  await expect(closing.getByText(here.say('project.close_despite_text'))).toBeVisible();
  await expect(note).toBeFocused();
  await closing.getByRole('button', { name: here.say('project.close_anyway') }).click();
  await expect(here.button('project.reopen')).toBeFocused();
  const course = here.page.locator('.course > li').first();
  await expect(course.locator('.course-reason')).toHaveText('预算用完，先行结项\n余下转入二期', { useInnerText: true });
  await expect(course).toContainText(here.say('project.despite', { what: here.say('obstacle.tasks', { count: 1 }) }));
  await openBoard(here, project);
  await expect(column(here, statusName(project, 'todo')).getByRole('textbox')).toHaveCount(0);
});

test('a date that moves is told beside the baseline, with why', async ({ server, enter }) => {
  const here = await enter(lin);
  const project = await boardWith(here, { tasks: { todo: [TASK] } });
  const { page } = here;
  await page.goto(project.overview);
  await milestone(here, 'project.add_milestone', { name: '上线', date: '2027-03-01' });
  await here.button('project.take_baseline').click();
  const taking = page.getByRole('dialog', { name: here.say('project.take_baseline_title') });
  await taking.getByLabel(here.say('project.reason')).fill('计划完成');
  await taking.getByRole('button', { name: here.say('project.take_baseline') }).click();
  await expect(page.locator('.baselines')).toContainText('计划完成');

  const line = page.locator('.milestones > li');
  await line.getByRole('button', { name: here.say('project.edit_milestone_named', { name: '上线' }) }).click();
  const dialog = page.getByRole('dialog', { name: here.say('project.edit_milestone') });
  await typeDay(dialog.getByLabel(here.say('project.milestone_date')), '2027-03-04');
  await dialog.getByRole('button', { name: here.say('project.save') }).click();
  await expect(dialog.getByText(here.say('reason.required'))).toBeVisible();
  await dialog.getByLabel(here.say('project.why_later')).fill('接口晚到');
  await dialog.getByRole('button', { name: here.say('project.save') }).click();
  await expect(line.locator('summary')).toContainText(here.say('project.later_by', { days: 3 }));
  await expect(line.locator('summary')).toContainText(here.say('project.moved_times', { count: 1 }));
  await line.locator('summary').click();
  await expect(line.locator('q')).toHaveText('接口晚到');

  await openBoard(here, project);
  await card(here, TASK).click();
  const due = panel(here).getByLabel(here.say('task.due'), { exact: true });
  await typeDay(due, '2027-02-01');
  await expect(panel(here).locator('.moved')).toHaveCount(0);
  await typeDay(due, '2027-02-03');
  await expect(panel(here).locator('.moved summary')).toContainText(here.say('project.moved_times', { count: 1 }));
  await settled(here);

  // Somebody else leads from now on.
  const there = await newcomer(server, 'zh');
  await page.goto(project.overview);
  await here.button('project.name_a_lead').click();
  const naming = page.getByRole('dialog', { name: here.say('project.name_a_lead_title') });
  await choose(naming.getByLabel(here.say('project.new_lead')), there.name);
  await naming.getByRole('button', { name: here.say('project.hand_over') }).click();
  await expect(here.button('project.begin_acceptance')).toHaveCount(0);
  await expectAccessible(here);
  await expectNarrow(here);
});

async function handIn(seat: Seat, link: string, note: string): Promise<void> {
  await seat.field('deliverable.link').fill(link);
  await seat.field('deliverable.note').fill(note);
  await seat.button('deliverable.hand_in').click();
}

async function settledPage(seat: Seat): Promise<void> {
  await expect(seat.page.locator('.connection')).toHaveAttribute('data-state', 'live', { timeout: 15_000 });
}

async function milestone(seat: Seat, verb: string, { name, date }: { name: string; date: string }): Promise<void> {
  await seat.button(verb).click();
  const dialog = seat.page.getByRole('dialog', { name: seat.say(verb) });
  await dialog.getByLabel(seat.say('project.milestone_name'), { exact: true }).fill(name);
  await typeDay(dialog.getByLabel(seat.say('project.milestone_date')), date);
  await dialog.getByRole('button', { name: seat.say('project.save') }).click();
  await expect(dialog).toHaveCount(0);
}
