// The first hour of a company: its founder is led from one step to the next, and its people come in.
import { PASSWORD, type Seat, expect, test } from './people.ts';
import { choose } from './pickers.ts';
import type { Server } from './server.ts';

type Visit = (locale: 'en' | 'zh', at?: Server) => Promise<Seat>;

/** A company of one, at home. */
async function founder(visit: Visit, server: Server): Promise<Seat> {
  await server.start();
  const seat = await visit('en', server);
  await seat.page.goto('/');
  await seat.field('found.company').fill('Harbour Works');
  await seat.field('found.name').fill('Mara Lind');
  await seat.field('sign_in.email').fill('mara@harbour.example');
  await seat.field('sign_in.password').fill(PASSWORD);
  await seat.button('found.submit').click();
  await expect(seat.page.getByRole('navigation', { name: seat.say('rail.label') })).toBeVisible();
  return seat;
}

/** Joins by a link, as somebody new in a browser of their own. */
async function join(seat: Seat, link: string, name: string, email: string): Promise<void> {
  await seat.page.goto(new URL(link).pathname);
  await seat.field('found.name').fill(name);
  await seat.field('sign_in.email').fill(email);
  await seat.field('sign_in.password').fill(PASSWORD);
  await seat.button('join.submit').click();
}

/** Opens the invitations, on one of their three ways. */
async function invite(seat: Seat, way: 'invite.one' | 'invite.list' | 'invite.shared') {
  await seat.page.goto('/admin/people');
  await seat.button('people.invite').click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByRole('radio', { name: seat.say(way) }).check();
  return dialog;
}

test('a founder is led from step to step, and what is done is ticked', async ({ own, visit }) => {
  const server = own();
  const seat = await founder(visit, server);
  const steps = seat.page.getByRole('region', { name: seat.say('founding.title') });
  const done = (count: number) => expect(steps).toContainText(seat.say('founding.done', { done: count, count: 5 }));
  const step = (key: string) => steps.getByRole('listitem').filter({ hasText: seat.say(key) });
  await done(0);

  await steps.getByRole('link', { name: seat.say('founding.company') }).click();
  await seat.field('found.company').fill(' ');
  await seat.button('company.save').click();
  await expect(seat.field('found.company')).toHaveAccessibleDescription(seat.say('reason.required'));
  await seat.field('found.company').fill('Harbour Works Ltd');
  await choose(seat.field('account.zone'), 'Europe/Berlin');
  await seat.button('company.save').click();
  await expect(seat.page.getByText(seat.say('company.saved'))).toBeVisible();
  await seat.page.goto('/');
  await done(1);
  await expect(step('founding.company')).toContainText(seat.say('founding.is_done'));

  await steps.getByRole('link', { name: seat.say('founding.departments') }).click();
  await seat.button('departments.add').click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByLabel(seat.say('departments.name')).fill('Docks');
  await dialog.getByRole('button', { name: seat.say('departments.add_submit') }).click();
  await expect(seat.page.getByRole('link', { name: 'Docks' })).toBeVisible();

  const invitation = await invite(seat, 'invite.one');
  await invitation.getByRole('button', { name: seat.say('invite.make') }).click();
  const link = (await invitation.locator('.secret').textContent()) ?? '';
  await seat.page.goto('/');
  await done(2);

  // A colleague who joins ticks the next one here at once, and sees nothing of it themself.
  const colleague = await visit('en', server);
  await join(colleague, link, 'Jon Berg', 'jon@harbour.example');
  await expect(colleague.page.getByRole('navigation', { name: colleague.say('rail.label') })).toBeVisible();
  await done(3);
  await expect(colleague.page.getByRole('region', { name: colleague.say('founding.title') })).toHaveCount(0);

  await steps.getByRole('button', { name: seat.say('founding.put_away') }).click();
  await expect(steps).toHaveCount(0);
  await seat.page.reload();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('home.title'));
  await expect(steps).toHaveCount(0);
});

test('the company’s zone moves the times of those who have chosen none', async ({ own, visit }) => {
  const server = own();
  const seat = await founder(visit, server);
  await seat.page.goto('/incidents/roster');
  await seat.button('roster.add').click();
  const dialog = seat.page.getByRole('dialog');
  await choose(dialog.getByLabel(seat.say('roster.leads'), { exact: true }), 'Mara Lind');
  await dialog.getByRole('button', { name: seat.say('roster.add_lead') }).click();
  await dialog.getByRole('button', { name: seat.say('roster.add') }).click();
  const turn = seat.page.getByRole('listitem').filter({ hasText: 'Mara Lind' }).first();
  await expect(turn).toContainText('09:00');
  await seat.page.goto('/admin/company');
  await choose(seat.field('account.zone'), 'Asia/Tokyo');
  await seat.button('company.save').click();
  await expect(seat.page.getByText(seat.say('company.saved'))).toBeVisible();
  await seat.page.goto('/incidents/roster');
  await expect(turn).toContainText('10:00');
});

test('of twenty pasted invitations two are wrong: eighteen are made, and two are left to correct', async ({ own, visit }) => {
  const server = own();
  const seat = await founder(visit, server);
  const people = Array.from({ length: 18 }, (_, nth) => `Worker ${nth + 1} <worker.${nth + 1}@harbour.example>`);
  const wrong = ['not@an@address', 'Mara <mara@harbour.example>'];
  const pasted = [...people.slice(0, 6), wrong[0], people.slice(6, 12).join('; '), wrong[1], ...people.slice(12)].join('\n');
  const dialog = await invite(seat, 'invite.list');
  await dialog.getByRole('button', { name: seat.say('invite.make_all') }).click();
  const names = dialog.getByLabel(seat.say('invite.names'));
  await expect(names).toHaveAccessibleDescription(new RegExp(seat.say('reason.required')));
  await names.fill(pasted);
  await dialog.getByRole('button', { name: seat.say('invite.make_all') }).click();

  await expect(dialog.getByRole('heading', { name: seat.say('invite.links', { count: 18 }) })).toBeVisible();
  await expect(names).toHaveValue(wrong.join('\n'));
  await expect(names).toHaveAccessibleDescription(new RegExp(seat.say('invite.wrong_count', { count: 2 })));
  const faults = dialog.getByRole('list', { name: seat.say('invite.wrong') }).getByRole('listitem');
  await expect(faults).toHaveText([
    seat.say('invite.wrong_line', { line: 7, text: 'not@an@address', why: seat.say('reason.not_an_email') }),
    seat.say('invite.wrong_line', { line: 9, text: wrong[1] ?? '', why: seat.say('reason.email_taken') }),
  ]);

  // Corrected, they are made beside the others.
  await names.fill('Nina Oak <nina@harbour.example>');
  await dialog.getByRole('button', { name: seat.say('invite.make_all') }).click();
  await expect(dialog.getByRole('heading', { name: seat.say('invite.links', { count: 19 }) })).toBeVisible();
  await expect(faults).toHaveCount(0);
  await seat.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: seat.say('invite.copy_all') }).click();
  await expect(dialog.getByRole('button', { name: seat.say('invite.copied') })).toBeVisible();
  const lines = (await seat.page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(lines).toHaveLength(19);
  const link = /^Nina Oak <nina@harbour\.example>\t(\S+)$/.exec(lines[18] ?? '')?.[1] ?? '';

  // The link knows whom it is for.
  const nina = await visit('en', server);
  await nina.page.goto(new URL(link).pathname);
  await expect(nina.field('found.name')).toHaveValue('Nina Oak');
  await expect(nina.field('sign_in.email')).toHaveValue('nina@harbour.example');
  await nina.field('sign_in.password').fill(PASSWORD);
  await nina.button('join.submit').click();
  await expect(nina.page.getByRole('navigation', { name: nina.say('rail.label') })).toBeVisible();
  await expect(seat.page.getByRole('row').filter({ hasText: 'nina@harbour.example' })).not.toHaveCount(0);
});

test('a link for many lets two in, and nobody once it is revoked', async ({ own, visit }) => {
  const server = own();
  const seat = await founder(visit, server);
  const dialog = await invite(seat, 'invite.shared');
  await dialog.getByLabel(seat.say('invite.uses')).fill('many');
  await dialog.getByRole('button', { name: seat.say('invite.make') }).click();
  const limits = seat.say('reason.out_of_range', { min: 1, max: 500 });
  await expect(dialog.getByLabel(seat.say('invite.uses'))).toHaveAccessibleDescription(limits);
  await dialog.getByLabel(seat.say('invite.uses')).fill('20');
  await dialog.getByRole('button', { name: seat.say('invite.make') }).click();
  const link = (await dialog.locator('.secret').textContent()) ?? '';
  await dialog.getByRole('button', { name: seat.say('invite.qr') }).click();
  await expect(dialog.getByRole('img', { name: seat.say('invite.qr_of_link') })).toBeVisible();

  for (const name of ['Ada', 'Ben']) {
    const newcomer = await visit('en', server);
    await newcomer.page.goto(new URL(link).pathname);
    await expect(newcomer.page.getByText(newcomer.say('join.for_many'))).toBeVisible();
    await join(newcomer, link, name, `${name.toLowerCase()}@harbour.example`);
    await expect(newcomer.page.getByRole('navigation', { name: newcomer.say('rail.label') })).toBeVisible();
    await expect(seat.page.getByRole('row').filter({ hasText: `${name.toLowerCase()}@harbour.example` })).toBeVisible();
  }

  const open = await invite(seat, 'invite.shared');
  const row = open.getByRole('row').filter({ hasText: seat.say('invite.for_many', { used: 2, most: 20 }) });
  await row.getByRole('button', { name: seat.like('invite.revoke_for') }).click();
  await expect(row).toHaveCount(0);
  const late = await visit('en', server);
  await late.page.goto(new URL(link).pathname);
  await expect(late.page.getByRole('alert')).toContainText(late.say('fault.invitation_not_valid'));
});
