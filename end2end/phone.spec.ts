// On a phone: what is pressed is as large as a thumb, what is asked can be answered, and a page scrolls as one.
import type { BrowserContextOptions } from '@playwright/test';
import { boardWith, card } from './board.ts';
import { incident, pointsMall, task } from './demo.ts';
import { type Person, type Seat, daniel, expect, lin, test, wu } from './people.ts';

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const open = `${pointsMall.board}?task=${task('points-mall', '兑换接口开发')}`;

const pages: [string, string, Person][] = [
  ['home', '/', daniel],
  ['inbox', '/inbox', daniel],
  ['projects', '/projects', lin],
  ['a new project', '/projects/new', daniel],
  ['an overview', pointsMall.overview, lin],
  ['a board', pointsMall.board, lin],
  ['a task', open, lin],
  ['incidents', '/incidents', lin],
  ['a report', '/incidents/new', daniel],
  ['a room', incident('coupons'), daniel],
  ['the roster', '/incidents/roster', wu],
  ['figures', '/incidents/figures', lin],
  ['the library', '/knowledge', lin],
];

for (const [name, address, person] of pages) {
  test(`a thumb finds everything on ${name}`, async ({ enter }) => {
    const seat = await enter(person, PHONE);
    await seat.page.goto(address);
    await expect(seat.page.getByRole('heading').first()).toBeVisible();
    await expect(seat.page.locator('.skeleton')).toHaveCount(0);
    expect(await tooSmall(seat)).toEqual([]);
    const sizes = await seat.page.locator('input:visible, textarea:visible, select:visible').evaluateAll((fields) =>
      fields.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)),
    );
    // Safari zooms to a field whose text is smaller.
    expect(sizes.filter((size) => size < 16)).toEqual([]);
  });
}

/**
 * What can be pressed and answers over less than 44 px in either direction, measured through its middle. Links within a
 * sentence are as high as their line.
 */
function tooSmall(seat: Seat): Promise<string[]> {
  return seat.page.evaluate(async () => {
    // A panel that slides in covers what is beside it for a moment.
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    const most = 44;
    const pressed = 'a[href], button, select, input:not([type=file]), textarea, summary, [role=combobox]';
    const inSentence = 'p a, dd a, .timeline-words a, .prose a, .card-title, .skip-link, .breadcrumb a, li > a, .visually-hidden';
    const extent = (element: Element, x: number, y: number, dx: number, dy: number) => {
      let steps = 0;
      for (; steps < most; steps += 1) {
        const hit = document.elementFromPoint(x + dx * steps, y + dy * steps);
        if (!hit || !element.contains(hit)) break;
      }
      return steps;
    };
    const found: string[] = [];
    for (const control of document.querySelectorAll(pressed)) {
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || control.matches(inSentence)) continue;
      const isTicked = control.matches('[type=checkbox], [type=radio]');
      const element = (isTicked && control.closest('label')) || control;
      element.scrollIntoView({ block: 'center', inline: 'nearest' });
      const box = element.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (box.width < 2 || extent(element, x, y, 1, 0) === 0) continue;
      const across = (dx: number, dy: number) => extent(element, x, y, dx, dy) + extent(element, x, y, -dx, -dy);
      const [wide, tall] = [across(1, 0), across(0, 1)];
      if (Math.min(wide, tall) < most - 1) found.push(`${wide}x${tall} ${element.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
}

const dialogs: [string, string, Person, string][] = [
  ['turns', '/incidents/roster', wu, 'roster.add'],
  ['a progress update', incident('coupons'), daniel, 'room.post_update'],
  ['an invitation', '/admin/people', wu, 'people.invite'],
  ['a target', '/admin/webhooks', wu, 'webhook.add'],
];

for (const [name, address, person, button] of dialogs) {
  test(`the buttons of a dialog stay in view: ${name}`, async ({ enter }) => {
    const seat = await enter(person, { ...PHONE, viewport: { width: 360, height: 520 } });
    await seat.page.goto(address);
    await seat.button(button).first().click();
    const dialog = seat.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    for (const button of await dialog.locator('.dialog-foot button, .dialog-head button').all()) {
      await expect(button).toBeInViewport({ ratio: 1 });
    }
    const beyond = () => dialog.evaluate((dialog) => dialog.getBoundingClientRect().bottom - window.innerHeight);
    await expect.poll(beyond).toBeLessThanOrEqual(0);
  });
}

test('a room scrolls as one, its head along with it, and leads to what was said last', async ({ enter }) => {
  const seat = await enter(daniel, PHONE);
  await seat.page.goto(incident('coupons'));
  const lines = seat.page.getByRole('list', { name: seat.say('room.timeline') }).getByRole('listitem');
  await expect(lines.first()).toBeVisible();
  const title = seat.page.getByRole('heading', { level: 1 });
  await expect(title).toBeInViewport();
  await expect(lines.last()).not.toBeInViewport();
  await seat.button('room.latest').click();
  await expect(lines.last()).toBeInViewport();
  await expect(title).not.toBeInViewport();
  const scrollers = await seat.page.locator('.page, .page *').evaluateAll((all) =>
    all.filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1).map((element) => element.className),
  );
  expect(scrollers).toEqual(['page']);
});

test('a room begins at its top, also when its lines come later and another one was read to its end', async ({ enter }) => {
  const seat = await enter(daniel, PHONE);
  const { page } = seat;
  const title = page.getByRole('heading', { level: 1 });
  const lines = page.getByRole('list', { name: seat.say('room.timeline') }).getByRole('listitem');
  const goTo = async (name: string) => {
    await page.getByRole('link', { name }).click();
    await expect(title).toContainText(name);
    await expect(lines.first()).toBeAttached();
    await twoFrames(seat);
  };
  await page.goto('/incidents');
  await goTo('优惠券无法叠加');
  await expect(title).toBeInViewport({ ratio: 1 });
  await seat.button('room.latest').click();
  await expect(title).not.toBeInViewport();
  await page.goBack();
  await goTo('Search returns no results');
  await expect(title).toBeInViewport({ ratio: 1 });
});

/** Whatever waits for the next frame has been done. */
const twoFrames = (seat: Seat) =>
  seat.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

test('a list is a table for who cannot see it, and its facts have their names', async ({ enter }) => {
  const seat = await enter(lin, PHONE);
  await seat.page.goto('/incidents');
  const row = seat.page.getByRole('row').filter({ hasText: '优惠券无法叠加' });
  await expect(row).toBeVisible();
  await expect(row.getByRole('rowheader')).toHaveCount(1);
  expect(await row.getByRole('cell').count()).toBeGreaterThan(4);
  const named = await row.locator('td[data-label]').first().evaluate((cell) => getComputedStyle(cell, '::before').content);
  expect(named).not.toBe('none');
});

test('a message covers no button', async ({ enter }) => {
  const seat = await enter(lin, PHONE);
  await boardWith(seat, { tasks: { todo: ['Only'] } });
  await card(seat, 'Only').getByRole('link').click();
  await seat.button('task.copy_link').click();
  const message = seat.page.getByText(seat.say('task.link_copied'));
  await expect(message).toBeInViewport();
  const covered = await message.evaluate((message) => {
    const toast = message.closest('.toast')?.getBoundingClientRect();
    if (!toast) return ['no message'];
    const beneath = [...document.querySelectorAll('button, a[href], input, textarea')].filter((element) => {
      const box = element.getBoundingClientRect();
      const meets = box.left < toast.right && box.right > toast.left && box.top < toast.bottom && box.bottom > toast.top;
      return meets && !element.closest('.toast') && element.checkVisibility() && box.width > 1;
    });
    // What scrolls beneath the edge of its own page is not there to be pressed.
    return beneath.filter((element) => !element.closest('.page')).map((element) => element.outerHTML.slice(0, 100));
  });
  expect(covered).toEqual([]);
  const page = await seat.page.locator('main').boundingBox();
  const toast = await seat.page.locator('.toast').boundingBox();
  expect((page?.y ?? 0) + (page?.height ?? 0)).toBeLessThanOrEqual((toast?.y ?? 0) + 1);
});
