// An incident by keyboard alone, its files, and what is said aloud of it: what others do and the clocks, never a tick.
import { isLive } from './board.ts';
import { incident, pointsMall } from './demo.ts';
import { choose, expectFocus, pick, press, tabTo } from './keyboard.ts';
import { type Seat, daniel, emma, expect, sophie, test } from './people.ts';

const MINUTE = 60;
const HOUR = 3_600;
const TITLE = 'Payments fail by keyboard';

/** How far ahead noon of tomorrow in Shanghai is, in seconds: Daniel is on duty then, whatever today is. */
function untilTomorrowNoon(): number {
  const shanghai = Date.now() / 1_000 + 8 * HOUR;
  return (Math.floor(shanghai / (24 * HOUR)) + 1) * 24 * HOUR + 12 * HOUR - shanghai;
}

const timeline = (seat: Seat) => seat.page.getByRole('list', { name: seat.say('room.timeline') });

async function reads(seat: Seat, key: string, values = {}): Promise<void> {
  await expect(timeline(seat).getByText(seat.like(key, values)).first()).toBeVisible({ timeout: 20_000 });
}

/** Opens a dialog of the room, writes its text, and sends it. */
async function answer(seat: Seat, action: string, label: string, text: string): Promise<void> {
  await press(seat, seat.button(action));
  const dialog = seat.page.getByRole('dialog');
  await tabTo(seat, dialog.getByLabel(seat.say(label), { exact: true }));
  await seat.page.keyboard.type(text);
  await press(seat, dialog.getByRole('button', { name: seat.say(action), exact: true }));
  await expect(dialog).toBeHidden();
}

/** Fills in the form that is open and sends it. */
async function report(seat: Seat): Promise<void> {
  await tabTo(seat, seat.field('report_form.what'));
  await seat.page.keyboard.type(TITLE);
  await choose(seat, seat.page.getByRole('radio', { name: seat.say('reach.most') }));
  await choose(seat, seat.page.getByRole('radio', { name: seat.say('hindrance.stopped') }));
  await press(seat, seat.button('report_form.submit'));
  await expect(seat.page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
}

test('from the report to the confirmation by keyboard alone, and the focus is never lost', async ({ own, enter }) => {
  test.setTimeout(120_000);
  const server = own();
  await server.fill();
  server.ahead(untilTomorrowNoon());
  await server.start();
  const [reporter, lead] = (await Promise.all([emma, daniel].map((person) => enter(person, { at: server })))) as [Seat, Seat];

  await reporter.page.goto(pointsMall.board);
  await expect(reporter.page.locator('.card').first()).toBeVisible();
  await isLive(reporter);
  await reporter.page.keyboard.press('!');
  await expect(reporter.page.getByRole('heading', { level: 1 })).toHaveText(reporter.say('report_form.title'));
  await expectFocus(reporter);
  await report(reporter);
  await expectFocus(reporter);

  await lead.page.goto('/');
  await isLive(lead, 20_000);
  await press(lead, lead.page.getByRole('complementary', { name: lead.say('bar.label') }).getByRole('link').first());
  await expect(lead.page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expectFocus(lead);
  await press(lead, lead.button('room.take'));
  await reads(lead, 'entry.taken');
  await expect(lead.button('room.post_update')).toBeVisible();
  await expectFocus(lead);

  await answer(lead, 'room.post_update', 'room.update_text', 'Found it: the pool is exhausted');
  await reads(lead, 'entry.updated');
  await expectFocus(lead);

  await press(lead, lead.button('room.assign'));
  const dialog = lead.page.getByRole('dialog');
  await tabTo(lead, dialog.getByLabel(lead.say('room.what'), { exact: true }));
  await lead.page.keyboard.type('Restart the gateway');
  await pick(lead, dialog.getByLabel(lead.say('room.who'), { exact: true }), daniel.name);
  await press(lead, dialog.getByRole('button', { name: lead.say('room.assign'), exact: true }));
  await expect(dialog).toBeHidden();
  await expectFocus(lead);
  const done = lead.page.getByRole('checkbox', { name: 'Restart the gateway' });
  await tabTo(lead, done);
  await lead.page.keyboard.press('Space');
  await expect(done).toBeChecked();
  await expect(done).toBeFocused();

  const message = lead.page.getByRole('textbox', { name: lead.say('room.message') });
  await tabTo(lead, message);
  await lead.page.keyboard.type('Restarted.');
  await lead.page.keyboard.press('Control+Enter');
  await expect(timeline(lead).getByText('Restarted.')).toBeVisible();
  await expect(message).toBeFocused();

  await answer(lead, 'room.resolve', 'room.solution', 'A larger pool, and an alarm on it');
  await reads(lead, 'entry.resolved');
  await expect(lead.page.getByText(lead.say('room.waits_for_reporter'))).toBeVisible();
  await expectFocus(lead);

  await press(reporter, reporter.button('room.confirm'));
  await reads(reporter, 'entry.confirmed');
  await expect(reporter.button('room.confirm')).toBeHidden();
  await expectFocus(reporter);
  await press(lead, lead.page.getByRole('link', { name: lead.say('room.report'), exact: true }));
  await expect(lead.field('incident_report.noticed')).toBeVisible();
  await expectFocus(lead);
});

test('who has the focus on a step that somebody else takes keeps a place', async ({ own, enter }) => {
  const server = own();
  await server.fill();
  server.ahead(untilTomorrowNoon());
  await server.start();
  const [lead, other] = (await Promise.all([daniel, daniel].map((person) => enter(person, { at: server })))) as [Seat, Seat];
  await lead.page.goto('/incidents/new');
  await report(lead);
  await other.page.goto(lead.page.url());
  await tabTo(other, other.button('room.take'));
  await lead.button('room.take').click();
  await reads(other, 'entry.taken');
  await expect(other.button('room.take')).toBeHidden();
  await expectFocus(other);
});

test('files are listed with the way to their message, while one is under way and without a network', async ({ own, enter }) => {
  const server = own();
  await server.fill();
  await server.start();
  const seat = await enter(daniel, { at: server, faulty: true });
  const { page } = seat;
  await page.goto(incident('coupons'));
  await isLive(seat);
  const files = page.getByRole('region', { name: seat.say('room.files') });
  await expect(files.getByText(seat.say('room.no_file'))).toBeVisible();
  const chosen = page.locator('.room-timeline input[type=file]');
  const message = page.getByRole('textbox', { name: seat.say('room.message') });
  const log = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });

  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/files?*', async (route) => {
    await held;
    await route.continue();
  });
  await chosen.setInputFiles(log('first.log'));
  await expect(page.getByText(seat.say('attach.under_way', { count: 1 }))).toBeVisible();
  // It does not go without the file: what is missing is said by name. Who changes what goes says it again.
  const missing = page.getByText(seat.say('attach.missing', { names: 'first.log' }));
  await message.fill('Here it is.');
  await message.press('Control+Enter');
  await expect(missing).toBeVisible();
  await expect(message).toHaveValue('Here it is.');
  await expect(timeline(seat).getByText('Here it is.')).toHaveCount(0);
  await chosen.setInputFiles(log('wrong.log'));
  await seat.button('attach.leave_out', { name: 'wrong.log' }).click();
  await expect(missing).toBeHidden();
  await message.press('Control+Enter');
  await expect(missing).toBeVisible();
  arrive();
  await expect(page.getByText(seat.say('attach.under_way', { count: 1 }))).toBeHidden();
  await expect(seat.button('attach.leave_out', { name: 'wrong.log' })).toHaveCount(0);
  await expect(files.getByRole('link')).toHaveText(['first.log']);

  // Without a network nothing is sent and nothing is lost; what is listed stays.
  await seat.context.setOffline(true);
  await chosen.setInputFiles(log('second.log'));
  await expect(page.getByText(seat.say('reason.not_sent'))).toBeVisible();
  await message.fill('No network here.');
  await message.press('Control+Enter');
  await expect(timeline(seat).getByText('No network here.')).toBeVisible();
  await expect(files.getByRole('link')).toHaveText(['first.log']);
  await seat.context.setOffline(false);
  await chosen.setInputFiles(log('second.log'));
  await expect(seat.button('attach.leave_out', { name: 'second.log' })).toBeVisible();
  await expect(page.getByText(seat.say('attach.under_way', { count: 1 }))).toBeHidden();
  await message.press('Control+Enter');
  await expect(files.getByRole('link')).toHaveText(['second.log', 'first.log']);

  // A screenshot is pasted; what comes with text, as cells of a spreadsheet do, is the text.
  const paste = (withText: boolean) =>
    message.evaluate((field, withText) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['picture'], 'image.png', { type: 'image/png' }));
      if (withText) clipboardData.setData('text/plain', 'A1');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, withText);
  await paste(true);
  await paste(false);
  await expect(seat.button('attach.leave_out', { name: 'image.png' })).toHaveCount(1);
  await seat.button('attach.leave_out', { name: 'image.png' }).click();

  // The filter leaves what came with files; the way back to a message shows all, and goes there.
  const lines = timeline(seat).getByRole('listitem').filter({ has: page.locator('.timeline-words') });
  await press(seat, seat.page.getByRole('button', { name: seat.say('room.filter_files'), exact: true }));
  await expect(lines).toHaveCount(2);
  await press(seat, files.getByRole('button', { name: seat.say('room.to_the_message') }).nth(1));
  const line = lines.filter({ hasText: 'Here it is.' });
  await expect(line).toBeFocused();
  await expect(line).toBeInViewport();
  await expect(timeline(seat).getByText('No network here.')).toBeVisible();
});

interface Heard {
  spoken: string[];
  ticks: number;
  tickingInside: string[];
}

/** Writes down from now on what the live regions of the page say, and how often its countdowns tick. */
async function listen(seat: Seat): Promise<void> {
  await seat.page.evaluate(() => {
    const heard: Heard = { spoken: [], ticks: 0, tickingInside: [] };
    (globalThis as unknown as { heard: Heard }).heard = heard;
    const region = '[aria-live="polite"], [aria-live="assertive"], [role=status], [role=alert], [role=log]';
    new MutationObserver((changes) => {
      const told = new Set<string>();
      for (const change of changes) {
        const at = change.target instanceof Element ? change.target : change.target.parentElement;
        const timer = at?.closest('[role=timer]');
        if (timer) {
          heard.ticks += 1;
          const around = timer.closest(`${region}, [role=timer]:not([aria-live=off])`);
          if (around) heard.tickingInside.push(around.outerHTML.slice(0, 200));
        } else if (at?.closest(region)) {
          const added = change.type === 'characterData' ? [change.target] : [...change.addedNodes];
          for (const node of added) told.add(node.textContent?.trim() ?? '');
        }
      }
      told.delete('');
      heard.spoken.push(...told);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

const heard = (seat: Seat) => seat.page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);

/** At least five more seconds are seen to pass on the countdowns. */
async function fiveTicks(seat: Seat): Promise<void> {
  const { ticks } = await heard(seat);
  await expect.poll(async () => (await heard(seat)).ticks, { timeout: 20_000 }).toBeGreaterThanOrEqual(ticks + 5);
}

test('live regions say what others do and when a clock runs out, and no tick', async ({ own, enter }) => {
  test.setTimeout(120_000);
  const server = own();
  await server.fill();
  const noon = untilTomorrowNoon();
  server.ahead(noon);
  await server.start();
  const [lead, listener] = (await Promise.all([daniel, sophie].map((person) => enter(person, { at: server })))) as [Seat, Seat];
  await lead.page.goto('/incidents/new');
  await report(lead);
  await lead.button('room.take').click();
  await reads(lead, 'entry.taken');
  await listener.page.goto(lead.page.url());
  await reads(listener, 'entry.taken');
  await isLive(listener);
  await listen(listener);
  const spoken: string[] = [];
  const hears = async (...words: string[]) => {
    spoken.push(...words);
    await expect.poll(async () => (await heard(listener)).spoken, { timeout: 20_000 }).toEqual(spoken);
  };
  const message = (seat: Seat) => seat.page.getByRole('textbox', { name: seat.say('room.message') });
  const say = async (seat: Seat, text: string) => {
    await message(seat).fill(text);
    await seat.page.keyboard.press('Control+Enter');
  };

  // The same words of somebody else are said each time; one's own are not.
  await say(lead, 'We look.');
  await hears(`${daniel.name} ${listener.say('entry.said')}`);
  await say(lead, 'Still looking.');
  await hears(`${daniel.name} ${listener.say('entry.said')}`);
  await say(listener, 'Thank you.');
  await expect(timeline(listener).getByText('Thank you.')).toBeVisible();
  await lead.button('room.post_update').click();
  const dialog = lead.page.getByRole('dialog');
  await dialog.getByLabel(lead.say('room.update_text'), { exact: true }).fill('Halfway.');
  await dialog.getByRole('button', { name: lead.say('room.post_update'), exact: true }).click();
  await hears(`${daniel.name} ${listener.say('entry.updated')}`);
  await fiveTicks(listener);
  await hears();

  // Twenty-four minutes on nothing is near; at five minutes and at the end it is said once each.
  const clock = { clock: listener.say('clock.update') };
  server.ahead(noon + 24 * MINUTE);
  await fiveTicks(listener);
  await hears();
  server.ahead(noon + 25 * MINUTE + 30);
  await hears(listener.say('room.clock_last', clock));
  await reads(listener, 'alarm.update_soon');
  await fiveTicks(listener);
  await hears();
  server.ahead(noon + 31 * MINUTE);
  await hears(listener.say('room.clock_late', clock));
  await reads(listener, 'alarm.update_missed');
  await fiveTicks(listener);
  await hears();
  expect((await heard(listener)).tickingInside).toEqual([]);
});
