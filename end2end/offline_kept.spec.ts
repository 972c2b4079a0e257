// What a browser keeps: it starts without a network, goes on from what it showed, and delivers each change once.
import { request } from '@playwright/test';
import {
  allCards,
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
import { databases, nothingWaits, put, rewrite, rows, worksOffline } from './browser.ts';
import { incident, rollback } from './demo.ts';
import { drag, mouse } from './drag.ts';
import { RECONNECTED, back, test } from './network.ts';
import { BACKEND, PASSWORD, Seat, daniel, emma, expect, lin, newcomer } from './people.ts';
import type { Proxy } from './proxy.ts';

test.slow();

type Enter = Parameters<Parameters<typeof test>[2]>[0]['enter'];

/** Lin on a sound network; Daniel behind one that is cut, with the shell kept; a third browser that looks at the end. */
async function eitherSide(enter: Enter, network: Proxy, options: { fresh?: boolean } = {}) {
  const [here, there, fresh] = await Promise.all([
    enter(lin),
    enter(daniel, { baseURL: network.url, faulty: true, serviceWorkers: 'allow', ...options }),
    enter(lin),
  ]);
  const project = await boardWith(here, {
    departments: [BACKEND],
    tasks: { todo: ['A', 'B', 'C'], in_progress: ['X'] },
  });
  await openBoard(there, project);
  const todo = statusName(project, 'todo');
  const doing = statusName(project, 'in_progress');
  await expectCards(there, todo, ['A', 'B', 'C']);
  await worksOffline(there);
  return { here, there, fresh, project, todo, doing };
}

async function isOffline(seat: Seat): Promise<void> {
  await expect(connection(seat)).toHaveAttribute('data-state', 'offline');
}

test('a browser is reloaded and closed without a network, and goes on from what it showed', async ({ enter, watch, network }) => {
  const { here, there, fresh, project, todo, doing } = await eitherSide(enter, network);
  network.cut();
  await drag(there, mouse(there), 'A', { column: doing });
  await quickAdd(there, todo, 'Written offline');
  await there.page.reload();
  await expectCards(there, todo, ['B', 'C', 'Written offline']);
  await expectCards(there, doing, ['A', 'X']);
  await isOffline(there);

  await drag(there, mouse(there), 'B', { column: doing, after: 'A' });
  await rename(there, 'C', 'C, renamed offline');
  await comment(there, 'C, renamed offline', 'Said offline.');
  await there.page.close();
  const page = await there.context.newPage();
  watch(page, true);
  const later = new Seat(daniel, page);
  await page.goto(project.board);
  await expectCards(later, todo, ['C, renamed offline', 'Written offline']);
  await expectCards(later, doing, ['A', 'B', 'X']);
  await expect(connection(later)).toContainText(later.say('connection.unsent', { count: 5 }));
  await quickAdd(later, todo, 'Written after that');

  // Meanwhile others went on.
  await drag(here, mouse(here), 'X', { column: todo });
  await back(later, network);
  const board = await expectSame([here, later], fresh, project);
  expect(allCards(board)).toEqual(['A', 'B', 'C, renamed offline', 'Written after that', 'Written offline', 'X'].sort());
  await card(here, 'C, renamed offline').getByRole('link').click();
  await expect(here.page.getByRole('article')).toHaveCount(1);
  await nothingWaits(page);
});

test('a board that was left is there without a network, and one that never was says so', async ({ enter, network }) => {
  const { there, here, project, todo } = await eitherSide(enter, network);
  const other = await boardWith(here, { departments: [BACKEND], tasks: { todo: ['Elsewhere'] } });
  await there.page.goto('/projects');
  await expect(there.page.getByRole('row').filter({ hasText: other.name })).toBeVisible();
  network.cut();
  await there.page.goto(project.board);
  await expectCards(there, todo, ['A', 'B', 'C']);
  await there.page.goto(other.board);
  await expect(there.page.getByText(there.say('board.not_here'))).toBeVisible();
  network.heal();
  await expect(card(there, 'Elsewhere')).toBeVisible({ timeout: RECONNECTED });
});

test('a start with a replica asks the server for what is new, and for nothing else', async ({ enter, network }) => {
  const { here, there, todo } = await eitherSide(enter, network);
  await there.page.goto('about:blank');
  await quickAdd(here, todo, 'New since');
  const asked: string[] = [];
  there.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await there.page.goBack();
  await expectCards(there, todo, ['A', 'B', 'C', 'New since']);
  await settled(there);
  expect(asked.filter((path) => path.startsWith('/sync') && path !== '/sync/socket')).toEqual([]);
});

test('a room and an article that were left are there without a network, and are not followed meanwhile', async ({ enter, network }) => {
  const there = await enter(daniel, { baseURL: network.url, faulty: true, serviceWorkers: 'allow' });
  const room = incident('coupons');
  const timeline = there.page.getByRole('list', { name: there.say('room.timeline') });
  const steps = there.page.getByRole('heading', { name: '支付服务回滚步骤' });
  for (const [address, sign] of [[room, timeline], [rollback, steps]] as const) {
    await there.page.goto(address);
    await expect(sign).toBeVisible({ timeout: RECONNECTED });
    const id = address.split('/').at(-1) ?? '';
    const isKept = async () => (await rows<{ scope: string }>(there.page, 'scopes')).some(({ scope }) => scope.endsWith(id));
    await expect.poll(isKept, { timeout: RECONNECTED }).toBe(true);
    // The worker takes over a page that stays; one that begins to load while it starts is nobody's until it is loaded anew.
    await worksOffline(there);
  }
  const sent: Buffer[] = [];
  there.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(Buffer.from(payload))));
  await there.page.goto('/');
  await isLive(there, RECONNECTED);
  const id = Buffer.from(room.replace('/incidents/', '').replaceAll('-', ''), 'hex');
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((frame) => frame.includes(id)), 'frames that speak of the room').toEqual([]);

  network.cut();
  await there.page.goto(room);
  await expect(timeline).toBeVisible({ timeout: RECONNECTED });
  await there.page.goto(rollback);
  await expect(steps).toBeVisible({ timeout: RECONNECTED });
});

test('an incident that is over is there without a network once it was looked at', async ({ enter, network }) => {
  const there = await enter(daniel, { baseURL: network.url, faulty: true, serviceWorkers: 'allow' });
  const { page } = there;
  const title = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const timeline = page.getByRole('list', { name: there.say('room.timeline') });
  await page.goto(incident('spinning'));
  await expect(title('客户反馈提交订单一直转圈')).toBeVisible();
  // It was merged into another one, which is not at hand, and leads there.
  await page.getByRole('link', { name: there.say('entry.another_incident'), exact: true }).click();
  await expect(page).toHaveURL(incident('orders'));
  await expect(title('下单接口超时，大促页无法提交订单')).toBeVisible();
  await expect(timeline).toBeVisible();
  await worksOffline(there);

  network.cut();
  await page.goto(incident('spinning'));
  await expect(page.locator('.room-marks')).toContainText(there.say('incident_stage.merged'));
  await expect(timeline).toBeVisible();
  // What was not looked at is not called gone.
  await page.goto(incident('push'));
  await expect(page.getByText(there.say('room.not_here'))).toBeVisible();
  await expect(page.getByText(there.say('room.gone_title'))).toBeHidden();
  for (const [address, silence] of [['/incidents?state=over', 'centre.silence'], ['/incidents/figures', 'figures.silence']] as const) {
    await page.goto(address);
    await expect(page.getByText(there.say(silence))).toBeVisible();
  }

  await back(there, network);
  await expect(page.getByRole('heading', { name: there.say('figures.by_month') })).toBeVisible();
  await page.goto(incident('push'));
  await expect(timeline).toBeVisible();
});

test('a sign-in that has ended keeps the queue for the same person alone', async ({ enter, network, server }) => {
  const { there, fresh, project, todo } = await eitherSide(enter, network, { fresh: true });
  network.cut();
  await quickAdd(there, todo, 'Not lost');
  const api = await request.newContext({ baseURL: server.url, storageState: await there.context.storageState() });
  await api.post('/api/sign_out', { data: {} });
  await api.dispose();
  await back(there, network, there.page.getByText(there.say('sign_in.held_back', { count: 1 })));
  expect(await rows(there.page, 'scopes'), 'of the pages nothing stays').toEqual([]);

  await signIn(there, emma.email);
  await isLive(there);
  await there.page.goto('/');
  await expect(there.page.getByText('Not lost')).toHaveCount(0);
  await openOutbox(there);
  await expect(there.page.getByRole('dialog')).toContainText(there.say('outbox.empty_title'));
  await there.page.keyboard.press('Escape');
  await signOut(there);

  await signIn(there, daniel.email);
  await openBoard(there, project);
  await expectCards(there, todo, ['A', 'B', 'C', 'Not lost']);
  await expectSame([there], fresh, project);
  await nothingWaits(there.page);
});

test('signing out asks about what waits, and leaves nothing of the person', async ({ enter, network }) => {
  const { there, todo } = await eitherSide(enter, network, { fresh: true });
  expect(await databases(there.page)).toHaveLength(1);
  // It waits in another tab than the one that signs out, which has a connection.
  await there.page.routeWebSocket(/\/sync\/socket$/, (socket) => socket.close());
  network.cut();
  await quickAdd(there, todo, 'Thrown away');
  const second = new Seat(daniel, await there.context.newPage());
  await second.page.goto('/account');
  network.heal();
  await second.button('account.sign_out').click();
  const question = second.page.getByRole('dialog');
  await expect(question).toContainText(second.say('leaving.text', { count: 1 }));
  await question.getByRole('button', { name: second.say('leaving.sign_out') }).click();
  await expect(second.page.getByRole('heading', { level: 1 })).toHaveText(second.say('sign_in.title'));
  await expect.poll(() => databases(second.page)).toEqual([]);
  expect(await second.page.evaluate(() => localStorage.getItem('qibu.person'))).toBeNull();
  const cached = await second.page.evaluate(async () => {
    const caught = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return caught.flat().map((request) => new URL(request.url).pathname);
  });
  expect(cached.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);
});

test('a queue of another version is kept and shown, and neither sent nor deleted', async ({ enter, network }) => {
  const { there, todo } = await eitherSide(enter, network);
  const strange = [
    { id: 'x', client: 'gone', waits: true, text: '{"id":"x","command":{"Levitate":{}},"at":1}' },
    { client: 'gone', plan: 'of a schema to come' },
  ];
  await put(there.page, 'commands', strange);
  await there.page.reload();
  await settled(there);
  await openOutbox(there);
  const outbox = there.page.getByRole('dialog');
  await expect(outbox.getByRole('heading', { name: there.say('outbox.unread', { count: 2 }) })).toBeVisible();
  await outbox.getByText(there.say('outbox.unread_show')).first().click();
  await expect(outbox).toContainText('Levitate');
  await there.page.keyboard.press('Escape');
  await quickAdd(there, todo, 'Beside it');
  await settled(there);
  await expect.poll(() => rows(there.page, 'commands')).toHaveLength(2);
  expect((await rows(there.page, 'commands')).map((row) => row.text)).toEqual([strange[0]?.text, undefined]);
});

test('a queue of the version before, which wrote JSON, is delivered', async ({ enter, network }) => {
  const { here, there, todo, project } = await eitherSide(enter, network);
  const task = await card(there, 'A').getAttribute('data-task');
  const intent = { Edit: { task, edit: { Name: 'Renamed before the update' } } };
  const command = { Task: { project: project.id, intent } };
  const text = JSON.stringify({ id: crypto.randomUUID(), command, at: Date.now() * 1_000, refused: null });
  await put(there.page, 'commands', [{ id: 'of-before', client: 'gone', waits: true, text }]);
  await there.page.reload();
  await expectCards(here, todo, ['Renamed before the update', 'B', 'C']);
  await settled(there);
});

test('a replica of another protocol is thrown away, and the queue beside it is not', async ({ enter, network }) => {
  const { there, fresh, project, todo } = await eitherSide(enter, network);
  // What writes commands as text comes with the first of them.
  const plain = there.page.waitForResponse(/\/assets\/plain\./);
  await quickAdd(there, todo, 'Before');
  await (await plain).finished();
  await settled(there);
  network.cut();
  await quickAdd(there, todo, 'By the old version');
  await expect.poll(async () => (await rows(there.page, 'commands')).map((row) => typeof row.text)).toEqual(['string']);
  await rewrite(there.page, 'scopes', { edition: '0/another', bytes: new Array(64).fill(255) });
  await rewrite(there.page, 'commands', { edition: '0', bytes: new Array(64).fill(255) });
  network.heal();
  await there.page.reload();
  await expectCards(there, todo, ['A', 'B', 'C', 'Before', 'By the old version']);
  await expectSame([there], fresh, project);
  await nothingWaits(there.page);
});

test('a full disk loses nothing on screen, and the person is told', async ({ enter, network }) => {
  const { there, fresh, project, todo } = await eitherSide(enter, network);
  await there.page.evaluate(() => {
    const refuse = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.put = refuse;
    IDBObjectStore.prototype.add = refuse;
  });
  network.cut();
  await isOffline(there);
  await quickAdd(there, todo, 'On screen alone');
  await expect(there.page.getByRole('status').filter({ hasText: there.say('outbox.keeps_nothing') })).toBeVisible();
  await expectCards(there, todo, ['A', 'B', 'C', 'On screen alone']);
  await back(there, network);
  await expect(there.page.getByText(there.say('outbox.keeps_nothing'))).toHaveCount(0);
  await expectSame([there], fresh, project);
});

test('a browser without a database works as long as its tab is open', async ({ enter, network, server }) => {
  const person = await newcomer(server, 'zh');
  const there = await enter(person, { baseURL: network.url, faulty: true });
  await there.page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not in a private window', 'SecurityError');
    };
  });
  const project = await boardWith(there, { tasks: { todo: ['甲'] } });
  const todo = statusName(project, 'todo');
  await there.whole();
  network.cut();
  await quickAdd(there, todo, '乙');
  await expect(there.page.getByRole('status').filter({ hasText: there.say('outbox.keeps_nothing') })).toBeVisible();
  await back(there, network);
  await settled(there);
  await there.page.reload();
  await expectCards(there, todo, ['甲', '乙']);
});

async function rename(seat: Seat, from: string, to: string): Promise<void> {
  await card(seat, from).getByRole('link').click();
  const panel = seat.page.getByRole('complementary');
  await panel.getByLabel(seat.say('task.name'), { exact: true }).fill(to);
  await seat.page.keyboard.press('Enter');
  await expect(card(seat, to)).toBeVisible();
  await seat.page.keyboard.press('Escape');
}

async function comment(seat: Seat, on: string, text: string): Promise<void> {
  await card(seat, on).getByRole('link').click();
  const composer = seat.page.getByRole('complementary').getByRole('textbox', { name: seat.say('task.new_comment') });
  await composer.fill(text);
  await composer.press('Control+Enter');
  await expect(seat.page.getByRole('article')).toContainText(text);
}

async function openOutbox(seat: Seat): Promise<void> {
  await connection(seat).getByRole('button').click();
  await expect(seat.page.getByRole('dialog')).toContainText(seat.say('outbox.title'));
}

async function signIn(seat: Seat, email: string): Promise<void> {
  await seat.field('sign_in.email').fill(email);
  await seat.field('sign_in.password').fill(PASSWORD);
  await seat.button('sign_in.submit').click();
  await expect(seat.page.locator('.rail')).toBeVisible();
}

async function signOut(seat: Seat): Promise<void> {
  await seat.page.goto('/account');
  await seat.button('account.sign_out').click();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('sign_in.title'));
}

test.describe('tabs', () => {
  test('what a closed tab has left is delivered by the one that is open', async ({ enter, watch, network }) => {
    const { there, fresh, project, todo } = await eitherSide(enter, network);
    const second = await secondTab(there, watch, project.board);
    network.cut();
    await quickAdd(there, todo, 'Of the first tab');
    await quickAdd(second, todo, 'Of the second tab');
    await second.page.close();
    // An open tab looks for what others have left every few seconds.
    await expect(card(there, 'Of the second tab')).toBeVisible({ timeout: RECONNECTED });
    await expectCards(there, todo, ['A', 'B', 'C', 'Of the first tab', 'Of the second tab']);
    await back(there, network);
    const board = await expectSame([there], fresh, project);
    expect(allCards(board)).toEqual(['A', 'B', 'C', 'Of the first tab', 'Of the second tab', 'X']);
    await nothingWaits(there.page);
  });

  test('what all tabs have left is delivered by the next, while those that live keep theirs', async ({ enter, watch, network }) => {
    const { there, fresh, project, todo } = await eitherSide(enter, network);
    network.cut();
    await quickAdd(there, todo, 'One');
    await quickAdd(there, todo, 'Two');
    const second = await secondTab(there, watch, project.board);
    // The first still lives: what waits there is its own.
    await expectCards(second, todo, ['A', 'B', 'C']);
    await quickAdd(second, todo, 'Three');
    await there.page.close();
    await second.page.close();
    const third = await secondTab(there, watch, project.board);
    await expectCards(third, todo, ['A', 'B', 'C', 'One', 'Two', 'Three']);
    await back(third, network);
    await expectSame([third], fresh, project);
    await expectCards(fresh, todo, ['A', 'B', 'C', 'One', 'Two', 'Three']);
    await nothingWaits(third.page);
  });
});

async function secondTab(seat: Seat, watch: (page: Seat['page'], faulty?: boolean) => void, address: string): Promise<Seat> {
  const page = await seat.context.newPage();
  watch(page, true);
  const tab = new Seat(seat.person, page);
  await page.goto(address);
  await expect(column(tab, statusName({ id: '', name: '', locale: 'zh', overview: '', board: '' }, 'todo'))).toBeVisible();
  return tab;
}
