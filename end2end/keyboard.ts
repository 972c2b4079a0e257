// Hands that never leave the keyboard.
import type { Locator } from '@playwright/test';
import { type Seat, expect } from './people.ts';
import { chooseByKeys } from './pickers.ts';

/** Presses Tab until an element has the focus. */
export async function tabTo(seat: Seat, target: Locator, way: 'on' | 'back' = 'on'): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await seat.page.keyboard.press(way === 'on' ? 'Tab' : 'Shift+Tab');
  }
  const stuck = await seat.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300));
  throw new Error(`the keyboard does not reach ${target}; it is at ${stuck}`);
}

/** Goes to a button or a link and presses it. */
export async function press(seat: Seat, target: Locator): Promise<void> {
  await tabTo(seat, target);
  await seat.page.keyboard.press('Enter');
}

/** Goes to a group of radio buttons and on to one of them. */
export async function choose(seat: Seat, radio: Locator): Promise<void> {
  const name = await radio.getAttribute('name');
  const reached = seat.page.locator(`input[name="${name}"]:focus`);
  for (let presses = 0; (await reached.count()) === 0; presses += 1) {
    if (presses > 120) throw new Error(`the keyboard does not reach the choices of ${name}`);
    await seat.page.keyboard.press('Tab');
  }
  await seat.page.keyboard.press('Space');
  for (let presses = 0; !(await radio.isChecked()); presses += 1) {
    if (presses > 10) throw new Error(`the arrows do not reach ${radio}`);
    await seat.page.keyboard.press('ArrowDown');
  }
}

/** Goes to a picker and chooses what has this name. */
export async function pick(seat: Seat, picker: Locator, name: string): Promise<void> {
  await tabTo(seat, picker);
  await chooseByKeys(picker, name);
}

/** Something on the page has the focus: who works by keyboard is somewhere. */
export async function expectFocus(seat: Seat): Promise<void> {
  const focused = () => seat.page.evaluate(() => document.activeElement?.tagName ?? 'BODY');
  await expect.poll(focused, { message: 'what has the focus' }).not.toBe('BODY');
}
