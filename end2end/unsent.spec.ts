// What is typed and not sent: it stays through other pages, a reload and the end of a sign-in, and goes with signing out.
import type { Locator } from '@playwright/test';
import { boardWith, isLive } from './board.ts';
import { incident } from './demo.ts';
import { PASSWORD, type Person, type Seat, daniel, expect, newcomer, test, wu } from './people.ts';

const WHAT = 'The badge printer is on fire';

/** What this browser keeps of texts that were not sent. */
const keptTexts = (seat: Seat) =>
  seat.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('qibu.unsent')).length);

test('what is typed into a form stays until it is sent, begun anew or signed out of', async ({ enter, server }) => {
  const person = await newcomer(server);
  const seat = await enter(person, { fresh: true, faulty: true });
  const { page } = seat;
  const what = seat.field('report_form.what');
  const reach = page.getByRole('radio', { name: seat.say('reach.most') });
  await page.goto('/incidents/new');
  const second = await seat.context.newPage();
  await second.goto('/incidents/new');
  await expect(second.getByLabel(seat.say('report_form.what'), { exact: true })).toBeVisible();
  await what.fill(WHAT);
  await reach.check();
  // A tab in which nobody types into the form leaves alone what the other keeps.
  await second.keyboard.press('Control+k');
  await second.getByRole('combobox', { name: seat.say('palette.input') }).fill('abc');
  await second.close();
  await page.getByRole('navigation', { name: seat.say('rail.label') }).getByRole('link', { name: seat.say('rail.projects') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.projects'));
  await page.goBack();
  await expect(what).toHaveValue(WHAT);
  await page.reload();
  await expect(what).toHaveValue(WHAT);
  await expect(reach).toBeChecked();

  // Rows of a form as well.
  await page.goto('/projects/new');
  const milestone = page.getByRole('textbox', { name: seat.say('project.milestone_name') }).first();
  await milestone.fill('First badge');
  await page.reload();
  await expect(milestone).toHaveValue('First badge');

  // The sign-in ends; whoever signs in again finds it.
  await page.goto('/incidents/new');
  await seat.context.clearCookies();
  await page.reload();
  await seat.field('sign_in.email').fill(person.email);
  await seat.field('sign_in.password').fill(PASSWORD);
  await seat.button('sign_in.submit').click();
  await expect(what).toHaveValue(WHAT);

  await seat.button('ui.begin_anew').click();
  await expect(what).toHaveValue('');
  await page.reload();
  await expect(what).toHaveValue('');

  expect(await keptTexts(seat)).toBe(1);
  await page.goto('/account');
  await seat.button('account.sign_out').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(seat.say('sign_in.title'));
  expect(await keptTexts(seat)).toBe(0);
});

interface Form {
  what: string;
  person: Person;
  address: string | ((seat: Seat) => Promise<string>);
  /** Brings the field up, where it is not there at once. */
  open?: (seat: Seat) => Promise<void>;
  field: (seat: Seat) => Locator;
  /** What closes it again, so that one can go elsewhere. */
  close?: 'Escape';
  /** Opens it again after coming back, where it does not open by itself; `open` otherwise. */
  again?: (seat: Seat) => Promise<void>;
}

const press = (key: string) => async (seat: Seat) => seat.button(key).first().click();
const inDialog = (key: string) => (seat: Seat) =>
  seat.page.getByRole('dialog').getByLabel(seat.say(key), { exact: true });
const taskPanel = async (seat: Seat) => {
  const project = await boardWith(seat, { tasks: { todo: ['Unsent'] } });
  await seat.page.getByRole('link', { name: 'Unsent' }).first().click();
  await expect(seat.page.locator('aside.task-panel')).toBeVisible();
  expect(seat.page.url()).toContain(project.board);
  return seat.page.url();
};
const coupons = incident('coupons');
const nothing = async () => {};

const FORMS: Form[] = [
  { what: 'a progress update', person: daniel, address: coupons, open: press('room.post_update'), field: inDialog('room.update_text'), close: 'Escape' },
  { what: 'a solution', person: daniel, address: coupons, open: press('room.resolve'), field: inDialog('room.solution'), close: 'Escape' },
  { what: 'a pinned note', person: daniel, address: coupons, open: press('room.edit_pinned'), field: inDialog('room.pinned'), close: 'Escape' },
  { what: 'an assignment', person: daniel, address: coupons, open: press('room.assign'), field: inDialog('room.what'), close: 'Escape' },
  {
    what: 'a background',
    person: daniel,
    address: async (seat) => (await boardWith(seat, {})).overview,
    open: press('project.edit_background'),
    field: (seat) => seat.page.getByRole('textbox', { name: seat.say('project.background'), exact: true }),
    again: nothing,
  },
  { what: 'a note on the progress', person: daniel, address: taskPanel, field: (seat) => seat.field('task.progress_note') },
  { what: 'a percentage', person: daniel, address: taskPanel, field: (seat) => seat.field('task.percent_label') },
  { what: 'a step', person: daniel, address: taskPanel, field: (seat) => seat.page.getByRole('textbox', { name: seat.say('task.new_item') }) },
  {
    what: 'a new card',
    person: daniel,
    address: async (seat) => (await boardWith(seat, {})).board,
    field: (seat) => seat.page.locator('.quick-add input').first(),
  },
  { what: 'a phone number', person: daniel, address: '/account', field: (seat) => seat.field('account.phone') },
  { what: 'the name of a target', person: wu, address: '/admin/webhooks', open: press('webhook.add'), field: inDialog('webhook.name'), close: 'Escape' },
];

for (const { what, person, address, open = nothing, field, close, again = open } of FORMS) {
  test(`${what} that was typed and not sent is there after another page and after a reload`, async ({ enter }) => {
    const seat = await enter(person, { fresh: true });
    const { page } = seat;
    await page.goto('/');
    const there = typeof address === 'string' ? address : await address(seat);
    await page.goto(there);
    await isLive(seat);
    await open(seat);
    await field(seat).fill('73');
    if (close) await page.keyboard.press(close);
    await page.getByRole('navigation', { name: seat.say('rail.label') }).getByRole('link', { name: seat.say('rail.knowledge') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(seat.say('library.title'));
    await page.goBack();
    await again(seat);
    await expect(field(seat)).toHaveValue('73');
    await page.reload();
    await again(seat);
    await expect(field(seat)).toHaveValue('73');
  });
}

test('an article that was half changed says so, and what is discarded is gone', async ({ enter }) => {
  const seat = await enter(daniel, { fresh: true });
  const { page } = seat;
  await page.goto('/knowledge/new');
  await seat.field('article.title').fill(`Half changed ${process.pid}`);
  await seat.field('article.body').fill('As it was.');
  await seat.button('article.publish').click();
  await seat.button('article.edit').click();
  await seat.field('article.body').fill('Half changed.');
  await page.reload();
  await expect(page.getByText(seat.say('article.unfinished'))).toBeVisible();
  await seat.button('article.go_on').click();
  await expect(seat.field('article.body')).toHaveValue('Half changed.');
  await page.reload();
  await seat.button('article.discard').click();
  await expect(page.getByText(seat.say('article.unfinished'))).toHaveCount(0);
  await seat.button('article.edit').click();
  await expect(seat.field('article.body')).toHaveValue('As it was.');
});

test('what one tab has sent, another does not offer as unsent', async ({ enter }) => {
  const seat = await enter(daniel, { fresh: true });
  const { page } = seat;
  const project = await boardWith(seat, {});
  await page.goto(project.board);
  const input = page.locator('.quick-add input').first();
  await input.fill('Sent once');
  const second = await seat.context.newPage();
  await second.goto(project.board);
  const other = second.locator('.quick-add input').first();
  await expect(other).toHaveValue('Sent once');
  // Typed on in the first: the second has never been touched.
  await input.fill('Sent once, and only once');
  await input.press('Enter');
  await expect(page.locator('.card').filter({ hasText: 'only once' })).toBeVisible();
  await expect(other).toHaveValue('');
  await second.reload();
  await expect(other).toHaveValue('');
  // What somebody types in a tab of their own stays there.
  await other.fill('Mine');
  await input.fill('Another');
  await input.press('Enter');
  await expect(other).toHaveValue('Mine');
});

test('neither the secret of a target nor its address is kept', async ({ enter }) => {
  const seat = await enter(wu, { fresh: true });
  await seat.page.goto('/admin/webhooks');
  await seat.button('webhook.add').click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByLabel(seat.say('webhook.name'), { exact: true }).fill('On call');
  await dialog.getByLabel(seat.say('webhook.url'), { exact: true }).fill('https://robot.example/hook/t0ken');
  await dialog.getByLabel(seat.say('webhook.secret'), { exact: true }).fill('s3cret');
  await expect.poll(() => keptTexts(seat)).toBe(1);
  const kept = await seat.page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).toContain('On call');
  expect(kept).not.toContain('t0ken');
  expect(kept).not.toContain('s3cret');
});
