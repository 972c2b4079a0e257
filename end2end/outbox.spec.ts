// What has not arrived can be looked at: what waits, where and since when; what was refused, and why.
import { boardWith, card, connection, expectCards, isLive, openBoard, quickAdd, statusName } from './board.ts';
import { drag, mouse } from './drag.ts';
import { expectDialogAccessible } from './looks.ts';
import { back, test } from './network.ts';
import { type Seat, expect, lin, newcomer } from './people.ts';

test.slow();

for (const locale of ['en', 'zh'] as const) {
  test(`what waits and what was refused, in ${locale}, by keyboard, on a desk and a phone`, async ({ enter, network, server }) => {
    const person = await newcomer(server, locale);
    const [here, there] = await Promise.all([enter(lin), enter(person, { baseURL: network.url, faulty: true })]);
    const project = await boardWith(here, { members: [person], tasks: { todo: ['A', 'B'], in_progress: ['X'] } });
    await openBoard(there, project);
    const doing = statusName(project, 'in_progress');
    await expectCards(there, doing, ['X']);

    const outbox = there.page.getByRole('dialog', { name: there.say('outbox.title') });
    await connection(there).getByRole('button').focus();
    await there.page.keyboard.press('Enter');
    await expect(outbox).toContainText(there.say('outbox.live'));
    await expect(outbox).toContainText(there.say('outbox.keeps_all'));
    await expect(outbox.getByRole('heading', { name: there.say('outbox.empty_title') })).toBeVisible();
    await there.page.keyboard.press('Escape');
    await expect(connection(there).getByRole('button')).toBeFocused();

    await there.whole();
    network.cut();
    await drag(there, mouse(there), 'A', { column: doing });
    await quickAdd(there, statusName(project, 'todo'), 'Written offline');
    await here.page.bringToFront();
    await setLimit(here, doing, 1);

    await connection(there).getByRole('button').click();
    await expect(outbox).toContainText(there.say('outbox.offline'));
    await expect(outbox.getByRole('heading', { name: there.say('outbox.waiting', { count: 2 }) })).toBeVisible();
    const rows = outbox.getByRole('listitem');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText(there.say('change.move', { name: there.say('change.quoted', { name: 'A' }) }));
    await expect(rows.first()).toContainText(project.name);
    await expect(rows.first().getByRole('time')).toBeVisible();
    await looksRight(there);

    await back(there, network);
    await expect(outbox.getByRole('heading', { name: there.say('refused.count', { count: 1 }) })).toBeVisible();
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(there.say('reason.wip_limit', { column: doing, limit: 1 }));
    await looksRight(there);
    await outbox.getByRole('button', { name: there.say('outbox.dismiss', { what: there.say('change.move', { name: there.say('change.quoted', { name: 'A' }) }) }) }).click();
    await expect(outbox.getByRole('heading', { name: there.say('outbox.empty_title') })).toBeVisible();
    await there.page.keyboard.press('Escape');
    await expect(card(there, 'A')).toBeVisible();
    // What was seen does not come back.
    await there.page.reload();
    await isLive(there);
    await expect(there.page.getByRole('alert').getByRole('button')).toHaveCount(0);
  });
}

test('the palette opens it too', async ({ enter }) => {
  const seat = await enter(lin);
  await seat.page.goto('/');
  await isLive(seat);
  await seat.page.keyboard.press('Control+k');
  await seat.page.getByRole('combobox').fill(seat.say('palette.outbox'));
  await seat.page.keyboard.press('Enter');
  await expect(seat.page.getByRole('dialog', { name: seat.say('outbox.title') })).toBeVisible();
});

/** Neither theme has anything that axe objects to, and nothing scrolls sideways on a phone. */
async function looksRight(seat: Seat): Promise<void> {
  const { page } = seat;
  await expectDialogAccessible(seat);
  const desk = page.viewportSize() ?? { width: 1440, height: 900 };
  await page.setViewportSize({ width: 360, height: 740 });
  const sideways = await page.locator('dialog[open] .dialog-body').evaluate((body) => body.scrollWidth - body.clientWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  await page.setViewportSize(desk);
}

async function setLimit(seat: Seat, name: string, limit: number): Promise<void> {
  const column = seat.page.getByRole('region', { name, exact: true });
  await column.getByRole('button', { name: seat.say('board.column_menu', { column: name }) }).click();
  await seat.page.getByRole('menuitem', { name: seat.say('board.set_limit') }).click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByLabel(seat.say('board.limit')).fill(String(limit));
  await dialog.getByRole('button', { name: seat.say('board.save') }).click();
  await expect(dialog).toBeHidden();
}
