// The palette finds whatever one may read by its full name: what is here at once, the rest as the server answers.
import type { Route } from '@playwright/test';
import { boardWith, isLive } from './board.ts';
import { SECRETS, pointsMall, task } from './demo.ts';
import { type Seat, daniel, expect, lin, sophie, test, wu } from './people.ts';

const input = (seat: Seat) => seat.page.getByRole('combobox', { name: seat.say('palette.input') });
const options = (seat: Seat) => seat.page.getByRole('listbox', { name: seat.say('palette.results') }).getByRole('option');
const under = (seat: Seat, heading: string) =>
  seat.page.getByRole('group', { name: seat.say(heading), exact: true }).getByRole('option');
const status = (seat: Seat, key: string) => seat.page.getByRole('dialog').getByText(seat.say(key), { exact: true });
/** How long the index may take to know of a change. */
const INDEXED = { timeout: 10_000 };

async function open(seat: Seat): Promise<void> {
  await isLive(seat);
  await seat.page.keyboard.press('Control+k');
  await expect(input(seat)).toBeFocused();
}

/** Types something until it is found: the index lags a little. */
async function type(seat: Seat, text: string, heading: string, name: string): Promise<void> {
  await expect(async () => {
    await input(seat).fill('');
    await input(seat).fill(text);
    await expect(under(seat, heading).filter({ hasText: name }).first()).toBeVisible({ timeout: 1_500 });
  }).toPass(INDEXED);
}

test('a task of a board that was never opened is found by its full name, and opens there', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.goto('/');
  await open(seat);
  await type(seat, '兑换接口开发', 'palette.tasks', '兑换接口开发');
  await expect(options(seat).first()).toHaveAttribute('aria-selected', 'true');
  await seat.page.keyboard.press('Enter');
  await expect.poll(() => seat.page.url()).toContain(`${pointsMall.board}?task=${task('points-mall', '兑换接口开发')}`);
  const panel = seat.page.locator('aside.task-panel');
  await expect(panel.getByRole('textbox', { name: seat.say('task.name') })).toHaveValue('兑换接口开发');
});

test('people are found by name, by pinyin and by initials, projects too', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.goto('/');
  await open(seat);
  for (const typed of ['林晓', 'linxiao', 'lx', 'LinXiao']) {
    await input(seat).fill(typed);
    await expect(under(seat, 'palette.people').filter({ hasText: '林晓' }), typed).toBeVisible();
  }
  for (const typed of ['8312', '021-5555 8312', '02155558312']) {
    await input(seat).fill(typed);
    await expect(under(seat, 'palette.people').filter({ hasText: 'Daniel Chen' }), typed).toBeVisible();
  }
  for (const typed of ['积分商城上线', 'jifenshangcheng', 'jfsc']) {
    await input(seat).fill(typed);
    await expect(under(seat, 'palette.projects').filter({ hasText: pointsMall.name }), typed).toBeVisible();
  }
  await input(seat).fill('林晓');
  await seat.page.keyboard.press('Enter');
  await expect.poll(() => new URL(seat.page.url()).pathname).toBe('/admin/people');
  await expect(seat.page.getByRole('row').filter({ hasText: '林晓' })).toBeVisible();
});

test('articles and incidents that are over are found, and reached by the arrows', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.goto('/');
  await open(seat);
  await type(seat, '回滚', 'palette.knowledge', '回滚');
  const articles = await under(seat, 'palette.knowledge').evaluateAll((all) => all.map((option) => option.id));
  const count = await options(seat).count();
  const chosen = () => input(seat).getAttribute('aria-activedescendant');
  for (let step = 0; step < count && !articles.includes((await chosen()) ?? ''); step += 1) {
    await seat.page.keyboard.press('ArrowDown');
  }
  expect(articles).toContain(await chosen());
  await seat.page.keyboard.press('Enter');
  await expect.poll(() => seat.page.url()).toContain('/knowledge/');
  await open(seat);
  await type(seat, 'I-2026', 'palette.incidents', 'I-2026');
});

test('nothing of a project that one may not read is found', async ({ enter }) => {
  const [member, outsider] = [await enter(wu), await enter(sophie)];
  for (const seat of [member, outsider]) {
    await seat.page.goto('/');
    await open(seat);
  }
  const secret = SECRETS[3];
  if (!secret) throw new Error('no secret');
  // That a member finds it shows that it can be found.
  await type(member, secret, 'palette.tasks', secret);
  await input(outsider).fill(secret);
  await expect(status(outsider, 'palette.none')).toBeVisible();
  await expect(options(outsider)).toHaveCount(0);
});

test('an emoji, a long word and letters of full width are found', async ({ enter }) => {
  const seat = await enter(lin);
  const key = Array.from({ length: 80 }, (_, at) => String.fromCharCode(97 + ((at * 7) % 26))).join('');
  const name = `🚀 发布 ＡＢＣ Café ${key} ${process.pid}`;
  await boardWith(seat, { tasks: { todo: [name] } });
  await seat.page.goto('/');
  await seat.page.reload();
  await open(seat);
  for (const typed of [`🚀 ${process.pid}`, key, key.slice(0, 70), `abc ${process.pid}`, `cafe\u0301 ${process.pid}`]) {
    await type(seat, typed, 'palette.tasks', key);
  }
});

test('that there is nothing is said when the server has answered, and Enter waits for it', async ({ enter }) => {
  const seat = await enter(daniel, { faulty: true });
  let go: (() => void) | undefined;
  const letGo = () => go?.();
  let answer = (route: Route) => new Promise<void>((resolve) => (go = resolve)).then(() => route.continue());
  await seat.page.route('**/api/find', (route) => answer(route));
  await seat.page.goto('/');
  await open(seat);
  await input(seat).fill('qqxxqq');
  await expect(status(seat, 'palette.searching')).toBeVisible();
  await expect.poll(() => go !== undefined).toBe(true);
  await expect(status(seat, 'palette.none')).toHaveCount(0);
  letGo();
  await expect(status(seat, 'palette.none')).toBeVisible();
  // Enter before the answer opens what it brings.
  go = undefined;
  await input(seat).fill('兑换接口开发');
  await seat.page.keyboard.press('Enter');
  await expect.poll(() => go !== undefined).toBe(true);
  expect(new URL(seat.page.url()).pathname).toBe('/');
  letGo();
  await expect.poll(() => new URL(seat.page.url()).search).toContain(task('points-mall', '兑换接口开发'));
  // Without an answer there is what is here, and that is said.
  answer = (route) => route.abort();
  await open(seat);
  await input(seat).fill('林晓');
  await expect(status(seat, 'palette.silence')).toBeVisible();
  await expect(under(seat, 'palette.people').filter({ hasText: '林晓' })).toBeVisible();
});

test('what is chosen stays chosen when the server adds to the list', async ({ enter }) => {
  const seat = await enter(daniel);
  let go: (() => void) | undefined;
  await seat.page.route('**/api/find', (route) => new Promise<void>((resolve) => (go = resolve)).then(() => route.continue()));
  await seat.page.goto('/');
  await open(seat);
  await input(seat).fill('积分');
  await seat.page.keyboard.press('ArrowDown');
  const chosen = seat.page.getByRole('option', { selected: true });
  const before = await chosen.textContent();
  await expect.poll(() => go !== undefined).toBe(true);
  const there = await options(seat).count();
  go?.();
  await expect.poll(() => options(seat).count()).toBeGreaterThan(there);
  expect(await chosen.textContent()).toBe(before);
  const all = await under(seat, 'palette.tasks').allTextContents();
  expect(new Set(all).size, 'nothing twice').toBe(all.length);
});
