// The app comes in parts: a person loads what they look at, once, and is told when a part does not come.
import { boardWith, card, quickAdd, statusName } from './board.ts';
import { pointsMall } from './demo.ts';
import { type Seat, expect, lin, test } from './people.ts';

/** What was cut off the app: it comes after the first page. */
const LATER = /\/assets\/\w+_later\./;

/** The parts that a page asks for from now on. */
function asked(seat: Seat): string[] {
  const paths: string[] = [];
  seat.page.on('request', (request) => {
    const part = /\/assets\/(\w+)\.[0-9a-f]+\.wasm$/.exec(new URL(request.url()).pathname)?.[1];
    if (part) paths.push(part);
  });
  return paths;
}

test('a page comes with its own part alone, and a part comes once', async ({ enter }) => {
  const seat = await enter(lin);
  const parts = asked(seat);
  await seat.page.goto('/projects');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.projects'));
  expect(parts).toContain('projects');
  for (const other of ['board', 'incidents', 'knowledge', 'admin', 'home', 'gate']) expect(parts).not.toContain(other);

  await seat.page.getByRole('link', { name: pointsMall.name }).first().click();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(pointsMall.name);
  await seat.page.goto(pointsMall.board);
  await expect(seat.page.getByRole('listitem', { name: /./ }).first()).toBeVisible();
  expect(parts).toContain('board');
  const loads = parts.filter((part) => part === 'app').length;
  expect(loads).toBe(2);
  for (const part of parts) expect(parts.filter((other) => other === part).length).toBeLessThanOrEqual(loads);
});

test('a page goes on without what opens over it, which comes by itself once it can', async ({ enter }) => {
  const seat = await enter(lin, { faulty: true });
  const part = /\/assets\/overlays\./;
  const missed = seat.page.waitForEvent('requestfailed', (request) => part.test(request.url()));
  await seat.page.route(part, (route) => route.abort());
  await seat.page.goto('/');
  await missed;
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('home.title'));
  await expect(seat.page.getByText(seat.say('state.part_title'))).toHaveCount(0);
  await seat.page.unroute(part);
  await seat.page.keyboard.press('Control+k');
  await seat.page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(seat.page.getByRole('dialog', { name: seat.say('palette.label') })).toBeVisible();
});

test('a part that does not come is asked for again', async ({ enter }) => {
  const seat = await enter(lin, { faulty: true });
  await seat.page.goto('/');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('home.title'));
  const part = /\/assets\/knowledge\./;
  await seat.page.route(part, (route) => route.abort());
  await seat.page.getByRole('link', { name: seat.say('rail.knowledge'), exact: true }).click();
  const alert = seat.page.getByRole('alert').filter({ hasText: seat.say('state.part_title') });
  await expect(alert).toBeVisible();
  await seat.page.unroute(part);
  await alert.getByRole('button', { name: seat.say('state.retry') }).click();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('library.title'));
});

test('what is needed sooner than it comes is brought at once', { tag: '@cut' }, async ({ enter }) => {
  const seat = await enter(lin, { faulty: true });
  const project = await boardWith(seat, { tasks: { todo: ['First'] } });
  await seat.page.route(LATER, (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.fallback()));
  await seat.page.goto(project.board);
  await expect(card(seat, 'First')).toBeVisible();
  const brought = seat.page.waitForRequest((request) => LATER.test(request.url()) && request.resourceType() === 'xhr');
  await quickAdd(seat, statusName(project, 'todo'), 'Second');
  await brought;
});

test('a page begins anew once there is again what it was broken off for', { tag: '@cut' }, async ({ enter }) => {
  const seat = await enter(lin, { faulty: true });
  const project = await boardWith(seat, { tasks: { todo: ['First'] } });
  await seat.page.route(LATER, (route) => route.abort());
  await seat.page.goto(project.board);
  await expect(card(seat, 'First')).toBeVisible();
  const input = seat.page.getByRole('region', { name: statusName(project, 'todo'), exact: true }).getByRole('textbox');
  await input.fill('Second');
  const failed = seat.page.waitForEvent('requestfailed', (request) => request.resourceType() === 'xhr');
  await input.press('Enter');
  await failed;
  const anew = seat.page.waitForEvent('load');
  await seat.page.unroute(LATER);
  await anew;
  await quickAdd(seat, statusName(project, 'todo'), 'Second');
});
