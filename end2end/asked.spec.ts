// Being asked reaches people: what one does to a task is in the other's inbox and at their home, once, and goes.
import type { Locator } from '@playwright/test';
import { type Project, boardWith, card, settled, statusName } from './board.ts';
import { drag, mouse } from './drag.ts';
import { type Person, type Seat, expect, lin, newcomer, test } from './people.ts';
import { choose, typeDay } from './pickers.ts';
import { pointsMall } from './demo.ts';

const TASK = '编写接口文档';

/** Heads 技术部, which tests block on. */
const TECH = '技术部';
const head: Person = { id: '', email: 'sun.hao@qiming.example', name: '孙浩', locale: 'zh' };

test('a task that is given is in the inbox and at home of whose it is now, until it is begun', async ({ server, enter }) => {
  const { here, there, project } = await bothAtATask(enter, await newcomer(server));
  await there.page.goto('/');
  await expect(there.page.getByText(there.say('home.no_tasks'))).toBeVisible();

  await ownedBy(here, there.person);
  await expect(mine(there)).toHaveText([new RegExp(`${TASK}.*${project.name}`)]);
  await mine(there).getByText(TASK).click();
  await expect(panel(there).getByRole('textbox', { name: there.say('task.name') })).toHaveValue(TASK);
  await there.page.goto('/inbox');
  await expect(asks(there)).toHaveText([about(there, 'ask.owned', project)]);

  // It says what is new of it, wherever that was done.
  await panel(here).getByRole('textbox', { name: here.say('task.name') }).fill('写完接口文档');
  await panel(here).getByRole('textbox', { name: here.say('task.name') }).press('Enter');
  await expect(asks(there)).toContainText(['写完接口文档']);
  await asks(there).getByRole('link', { name: there.like('inbox.do_it', { deed: there.say('ask.do_assignment') }) }).click();
  await expect(panel(there).getByRole('textbox', { name: there.say('task.name') })).toHaveValue('写完接口文档');
  await panel(there).getByRole('button', { name: there.say('task.close') }).click();
  await drag(there, mouse(there), '写完接口文档', { column: statusName(project, 'in_progress') });
  await settled(there);
  await there.page.goto('/inbox');
  await expect(there.page.getByRole('heading', { name: there.say('inbox.empty_title') })).toBeVisible();

  // Whose it is no more knows nothing of it any more, also without a reload.
  await there.page.goto('/');
  await expect(mine(there)).toHaveCount(1);
  await ownedBy(here, here.person);
  await expect(there.page.getByText(there.say('home.no_tasks'))).toBeVisible();
});

test('what is late presses, and another date asks anew', async ({ server, enter }) => {
  const { here, there, project } = await bothAtATask(enter, await newcomer(server));
  await ownedBy(here, there.person);
  await due(here, '2026-01-05');
  await there.page.goto('/inbox');
  await expect(asks(there)).toHaveText([about(there, 'ask.owned', project)]);
  await expect(asks(there)).toHaveAttribute('data-presses');
  await putAside(there);
  await expect(asks(there)).toHaveText([about(there, 'ask.overdue', project)]);
  await putAside(there);
  await expect(there.page.getByRole('heading', { name: there.say('inbox.empty_title') })).toBeVisible();
  await due(here, '2026-01-06');
  await expect(asks(there)).toHaveText([about(there, 'ask.overdue', project)]);
  await there.page.goto('/');
  await expect(mine(there).locator('.due')).toHaveAttribute('data-due', 'overdue');
});

test('a lead sees at home what is late in their projects', async ({ server, enter }) => {
  const person = await newcomer(server);
  const { here, project } = await bothAtATask(enter, person);
  await ownedBy(here, person);
  await due(here, '2026-01-05');
  await settled(here);
  await here.page.goto('/');
  const late = here.page.getByRole('region', { name: here.say('home.late_tasks') });
  await expect(late.getByRole('listitem').filter({ hasText: project.name })).toContainText([person.name]);
});

test('who is named is told once, and so is whose task is commented on', async ({ server, enter }) => {
  const { here, there, project } = await bothAtATask(enter, await newcomer(server));
  await there.page.goto('/inbox');
  await says(here, `\`@${there.person.name}\` x@${there.person.name} @${there.person.name}0`);
  await settled(here);
  await says(here, `@${there.person.name} 请看一下`);
  await expect(asks(there)).toHaveText([about(there, 'ask.mentioned', project)]);
  await panel(here).getByRole('article').filter({ hasText: '请看一下' }).hover();
  const comment = panel(here).getByRole('article').filter({ hasText: '请看一下' });
  await comment.getByRole('button', { name: here.say('task.remove') }).click();
  await here.page.getByRole('dialog').getByRole('button', { name: here.say('task.remove') }).click();
  await expect(there.page.getByRole('heading', { name: there.say('inbox.empty_title') })).toBeVisible();

  await ownedBy(here, there.person);
  await expect(asks(there)).toHaveText([about(there, 'ask.owned', project)]);
  await says(here, '第一条');
  await says(here, '第二条');
  await expect(asks(there)).toHaveText([about(there, 'ask.owned', project), about(there, 'ask.commented', project)]);
  await there.page.goto('/');
  const waiting = there.page.locator('.home-asks').getByRole('listitem');
  await expect(waiting, 'the list of tasks has the other').toHaveText([about(there, 'ask.commented', project)]);
  const inbox = there.page.locator('.home-asks').getByRole('link', { name: `${there.say('home.to_inbox')} 2`, exact: true });
  await expect(inbox, 'and the inbox both').toBeVisible();
});

test('what was read is asked no more, and neither is what was answered', async ({ server, enter }) => {
  const { here, there, project } = await bothAtATask(enter, await newcomer(server));
  await there.page.goto('/inbox');
  await says(here, `@${there.person.name} 请看一下`);
  for (let index = 0; index < 12; index += 1) await says(here, `第 ${index} 条\n\n补充`);
  await settled(here);
  await expect(asks(there)).toHaveText([about(there, 'ask.mentioned', project)]);
  await expect(asks(there)).toContainText(here.person.name);

  // Reading leads to the words themselves.
  const read = () => asks(there).getByRole('link', { name: there.like('inbox.do_it', { deed: there.say('ask.do_read') }) });
  await read().click();
  const comment = panel(there).getByRole('article').filter({ hasText: '请看一下' });
  await expect(comment).toBeInViewport();
  await expect(comment).toBeFocused();
  await expect(comment).toHaveAttribute('data-found');
  await there.page.goBack();
  await expect(there.page.getByRole('heading', { name: there.say('inbox.empty_title') })).toBeVisible();
  await there.page.getByRole('status').getByRole('button', { name: there.say('inbox.undo') }).click();
  await expect(asks(there)).toHaveText([about(there, 'ask.mentioned', project)]);

  // So does a word about it, however one came there.
  await there.page.goto(project.board);
  await openTask(there);
  await says(there, '看过了');
  await settled(there);
  await there.page.goto('/inbox');
  await expect(there.page.getByRole('heading', { name: there.say('inbox.empty_title') })).toBeVisible();
});

test('a description that names somebody tells them', async ({ server, enter }) => {
  const { here, there, project } = await bothAtATask(enter, await newcomer(server));
  await there.page.goto('/inbox');
  await panel(here).getByRole('button', { name: here.say('task.edit_description') }).click();
  const description = panel(here).getByRole('textbox', { name: here.say('task.description') });
  // As in comments, @ offers those who may be named.
  await description.pressSequentially(`@${there.person.name.slice(0, -1)}`);
  await expect(panel(here).getByRole('option', { name: there.person.name })).toBeVisible();
  await description.press('Enter');
  await expect(description).toHaveValue(`@${there.person.name} `);
  await description.pressSequentially('核对字段');
  await panel(here).getByRole('button', { name: here.say('task.save') }).click();
  await expect(panel(here).locator('.mention')).toHaveText(`@${there.person.name}`);
  await expect(asks(there)).toHaveText([about(there, 'ask.mentioned', project)]);
});

test('a block on a department is in the inbox of its head while it lasts', async ({ enter }) => {
  const there = await enter(head);
  const here = await enter(lin);
  const project = await boardWith(here, { departments: ['产品部'], tasks: { todo: [TASK] } });
  await here.page.goto(project.overview);
  await here.page.getByRole('switch', { name: here.say('project.open_switch') }).check();
  await settled(here);
  await here.page.goto(project.board);
  await openTask(here);
  await there.page.goto('/inbox');
  const waiting = asks(there).filter({ hasText: project.name });
  await expect(there.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(waiting).toHaveCount(0);

  await panel(here).getByRole('button', { name: here.say('task.block') }).click();
  await choose(panel(here).getByLabel(here.say('task.awaited_from')), TECH);
  await panel(here).getByLabel(here.say('task.awaiting')).fill('接口文档');
  const form = panel(here).getByRole('form', { name: here.say('task.block') });
  await form.getByRole('button', { name: here.say('task.block') }).click();
  await expect(waiting).toHaveText([about(there, 'ask.awaited', project)]);
  await panel(here).getByRole('button', { name: here.say('task.unblock') }).click();
  await expect(waiting).toHaveCount(0);
});

test('the demo has tasks at home, without a network too', async ({ enter }) => {
  const seat = await enter(lin, { faulty: true });
  await seat.page.goto('/');
  await expect(mine(seat).first()).toContainText(pointsMall.name);
  await seat.whole();
  await seat.context.setOffline(true);
  await seat.page.getByRole('link', { name: seat.say('rail.inbox') }).first().click();
  await seat.page.getByRole('link', { name: seat.say('rail.home') }).first().click();
  await expect(mine(seat).first()).toContainText(pointsMall.name);
});

/** A task of Lin's, open there; the other is a member of the project, and elsewhere. */
async function bothAtATask(enter: (person: Person) => Promise<Seat>, person: Person) {
  const [here, there] = await Promise.all([enter(lin), enter(person)]);
  const project = await boardWith(here, { members: [person], tasks: { todo: [TASK] } });
  await openTask(here);
  return { here, there, project };
}

async function openTask(seat: Seat): Promise<void> {
  await card(seat, TASK).getByRole('link').click();
  await expect(panel(seat).getByRole('textbox', { name: seat.say('task.name') })).toHaveValue(TASK);
}

function panel(seat: Seat): Locator {
  return seat.page.locator('aside.task-panel');
}

/** What asks something of a person, at their inbox. */
function asks(seat: Seat): Locator {
  return seat.page.locator('.ask');
}

/** A person's own tasks, at their home. */
function mine(seat: Seat): Locator {
  return seat.page.getByRole('region', { name: seat.say('home.my_tasks') }).getByRole('listitem');
}

/** What an ask says, with the project that it is about. */
function about(seat: Seat, sentence: string, project: Project): RegExp {
  return new RegExp(`^\\s*${seat.say(sentence)}.*${project.name}`);
}

async function ownedBy(seat: Seat, person: Person): Promise<void> {
  await choose(panel(seat).getByLabel(seat.say('task.owner')), person.name);
}

async function due(seat: Seat, date: string): Promise<void> {
  await typeDay(panel(seat).getByLabel(seat.say('task.due'), { exact: true }), date);
}

async function says(seat: Seat, text: string): Promise<void> {
  const composer = panel(seat).getByRole('textbox', { name: seat.say('task.new_comment') });
  await composer.fill(text);
  await panel(seat).getByRole('button', { name: seat.say('task.send') }).click();
  await expect(composer).toHaveValue('');
}

async function putAside(seat: Seat): Promise<void> {
  await asks(seat).getByRole('button', { name: seat.like('inbox.put_it_aside') }).click();
}
