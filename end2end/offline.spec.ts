// A network that is cut and a server that dies: people work on, and nothing that was acknowledged or typed is lost.
import {
  boardWith,
  card,
  column,
  connection,
  expectCards,
  expectSame,
  isLive,
  openBoard,
  quickAdd,
  settled,
  statusName,
} from './board.ts';
import { drag, mouse } from './drag.ts';
import { RECONNECTED, back, test } from './network.ts';
import { BACKEND, type Seat, daniel, expect, lin } from './people.ts';
import type { Proxy } from './proxy.ts';
import { Server } from './server.ts';

test.slow();

test('cards moved on both sides of a cut are all there when it heals', async ({ enter, network }) => {
  const { here, there, fresh, project, todo, doing, done } = await eitherSide(enter, network);
  network.cut();
  await expect(connection(there)).not.toHaveAttribute('data-state', 'live');
  await drag(there, mouse(there), 'A', { column: doing });
  await drag(there, mouse(there), 'B', { column: doing, after: 'A' });
  await quickAdd(there, todo, 'Written offline');
  await drag(here, mouse(here), 'C', { column: done });
  await drag(here, mouse(here), 'X', { column: todo });

  await expect(connection(there)).toHaveAttribute('data-state', 'offline');
  await expect(connection(there)).toContainText(there.say('connection.unsent', { count: 3 }));
  await expectCards(here, todo, ['X', 'A', 'B']);

  await back(there, network);
  await expectSame([here, there], fresh, project);
  await expectCards(here, todo, ['X', 'Written offline']);
  await expectCards(here, doing, ['A', 'B']);
  await expectCards(there, done, ['C']);
});

test('what the rules refuse after a cut is said on screen, and nothing typed is lost', async ({ enter, network }) => {
  const { here, there, fresh, project, todo, doing } = await eitherSide(enter, network);
  await setLimit(here, doing, 2);
  await expect(column(there, doing)).toContainText('1 / 2');
  network.cut();
  await expect(connection(there)).not.toHaveAttribute('data-state', 'live');
  await drag(there, mouse(there), 'A', { column: doing });
  await drag(here, mouse(here), 'B', { column: doing });

  await back(there, network);
  const refusal = there.page.getByRole('alert').filter({ hasText: there.say('reason.wip_limit', { column: doing, limit: 2 }) });
  await expect(refusal).toBeVisible();
  await expect(refusal).toContainText('A');
  await expectSame([here, there], fresh, project);
  await expectCards(there, doing, ['B', 'X']);
  await expectCards(there, todo, ['A', 'C']);
  await refusal.getByRole('button', { name: there.say('refused.dismiss') }).click();
  await expect(refusal).toHaveCount(0);
});

test('a comment on a task that was removed meanwhile is kept with its text', async ({ enter, network }) => {
  const { here, there } = await eitherSide(enter, network);
  await card(there, 'A').getByRole('link').click();
  const composer = there.page.getByRole('complementary').getByRole('textbox', { name: there.say('task.new_comment') });
  await composer.fill('This took me ten minutes to write.');
  await there.whole();
  network.cut();
  await expect(connection(there)).not.toHaveAttribute('data-state', 'live');
  await composer.press('Control+Enter');
  await expect(there.page.getByRole('article')).toContainText('ten minutes');
  await remove(here, 'A');

  await back(there, network);
  const refusal = there.page.getByRole('alert').filter({ hasText: there.say('reason.gone') });
  await expect(refusal).toBeVisible();
  await refusal.getByText(there.say('refused.typed')).click();
  await expect(refusal).toContainText('This took me ten minutes to write.');
});

test('a page opened without a network and with nothing kept says so, and comes by itself', async ({ enter, network }) => {
  const there = await enter(daniel, { baseURL: network.url, faulty: true });
  await there.page.goto('/projects');
  await isLive(there);
  // The assets come from the browser's cache; only the first snapshot has no answer, and no replica stands in for it.
  await there.page.route('**/sync/start*', (route) => route.abort());
  // A page that is at work says again whose replica it is: the last word is the test's.
  await there.page.evaluate(() => addEventListener('pagehide', () => localStorage.removeItem('qibu.person')));
  await there.page.reload();
  await expect(there.page.getByRole('heading', { level: 1 })).toHaveText(there.say('state.unreachable_title'));
  await there.page.unroute('**/sync/start*');
  await there.button('state.retry').click();
  await expect(there.page.getByRole('heading', { level: 1 })).toHaveText(there.say('project.projects'));
});

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`the server ends by ${signal} while both are at work, and nothing acknowledged is lost`, async ({ enter, own }) => {
    // A server of the test's own: the worker's others go on.
    const server = own();
    await server.fill();
    await server.start();
    await survives(server, enter, signal);
  });
}

type Enter = (person: typeof lin, options?: { baseURL?: string; faulty?: boolean; at?: Server }) => Promise<Seat>;

async function survives(server: Server, enter: Enter, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const options = { at: server, faulty: true };
  const [here, there, fresh] = await Promise.all([enter(lin, options), enter(daniel, options), enter(lin, options)]);
  const tasks = { todo: ['A', 'B', 'C'], in_progress: ['X'] };
  const project = await boardWith(here, { departments: [BACKEND], tasks });
  await openBoard(there, project);
  const todo = statusName(project, 'todo');
  const doing = statusName(project, 'in_progress');
  await drag(here, mouse(here), 'B', { column: doing });
  await settled(here);

  await server.stop(signal);
  await drag(here, mouse(here), 'C', { column: doing, after: 'B' });
  await drag(there, mouse(there), 'X', { column: todo });
  await server.start();
  await Promise.all([isLive(here, RECONNECTED), isLive(there, RECONNECTED)]);
  await expectSame([here, there], fresh, project);
  await expectCards(here, doing, ['B', 'C']);
  await expectCards(there, todo, ['X', 'A']);
}

/** Lin on a sound network, Daniel behind the one that is cut, and a third browser that looks at the end. */
async function eitherSide(enter: Enter, network: Proxy) {
  const [here, there, fresh] = await Promise.all([
    enter(lin),
    enter(daniel, { baseURL: network.url, faulty: true }),
    enter(lin),
  ]);
  const project = await boardWith(here, {
    departments: [BACKEND],
    tasks: { todo: ['A', 'B', 'C'], in_progress: ['X'] },
  });
  await openBoard(there, project);
  const todo = statusName(project, 'todo');
  await expectCards(there, todo, ['A', 'B', 'C']);
  await there.whole();
  return {
    here,
    there,
    fresh,
    project,
    todo,
    doing: statusName(project, 'in_progress'),
    done: statusName(project, 'done'),
  };
}

async function setLimit(seat: Seat, name: string, limit: number): Promise<void> {
  await column(seat, name).getByRole('button', { name: seat.say('board.column_menu', { column: name }) }).click();
  await seat.page.getByRole('menuitem', { name: seat.say('board.set_limit') }).click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByLabel(seat.say('board.limit')).fill(String(limit));
  await dialog.getByRole('button', { name: seat.say('board.save') }).click();
  await expect(dialog).toBeHidden();
}

async function remove(seat: Seat, name: string): Promise<void> {
  await card(seat, name).focus();
  await seat.page.keyboard.press('Delete');
  await seat.page.getByRole('dialog').getByRole('button', { name: seat.say('board.delete'), exact: true }).click();
  await expect(card(seat, name)).toHaveCount(0);
}
