// How a page must look: without fault for axe in both themes, and as wide as a phone.
import AxeBuilder from '@axe-core/playwright';
import { type Seat, expect } from './people.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** The rules that look at colours, which are all that a theme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Neither theme has anything that axe objects to. */
export async function expectAccessible(seat: Seat): Promise<void> {
  await expectFaultless(seat, 'light', axe(seat).withTags(RULES));
  await expectFaultless(seat, 'dark', axe(seat).withRules(COLOURS));
}

/** The same of an open dialog alone, by all rules of axe. */
export async function expectDialogAccessible(seat: Seat): Promise<void> {
  await expectFaultless(seat, 'light', axe(seat).include('dialog[open]'));
  await expectFaultless(seat, 'dark', axe(seat).include('dialog[open]').withRules(COLOURS));
}

/** Pages have no frames: what axe opens a page of its own for otherwise, to put their findings together, is not needed. */
const axe = (seat: Seat) => new AxeBuilder({ page: seat.page }).setLegacyMode(true);

async function expectFaultless(seat: Seat, theme: 'light' | 'dark', axe: AxeBuilder): Promise<void> {
  await seat.page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), theme);
  // One whose element goes meanwhile is over as well.
  await seat.page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 4).map((node) => node.failureSummary + ' ' + node.html) }));
  expect(found, `${seat.page.url()}, ${theme}`).toEqual([]);
}

/** Nothing scrolls sideways on a phone. */
export async function expectNarrow(seat: Seat): Promise<void> {
  const desk = seat.page.viewportSize();
  await seat.page.setViewportSize({ width: 360, height: 740 });
  const wide = () =>
    seat.page.evaluate(() => {
      const page = document.scrollingElement?.scrollWidth ?? 0;
      const beyond = [...document.querySelectorAll('main *')].find((element) => element.getBoundingClientRect().right > 361);
      return page > 360 ? `${page} px: ${beyond?.outerHTML.slice(0, 200)}` : '';
    });
  await expect.poll(wide, { message: `${seat.page.url()} at 360 px` }).toBe('');
  if (desk) await seat.page.setViewportSize(desk);
}
