// Choosing from lists and calendars, by pointer or keyboard.
import type { Locator } from '@playwright/test';
import { expect } from './people.ts';

/** The list of a picker that is open, or its calendar. */
export function opened(control: Locator): Locator {
  return control.page().locator('.menu:popover-open');
}

/** Opens a picker and takes what has this name, or one whose name this is a part of. */
export async function choose(control: Locator, name: string | RegExp): Promise<void> {
  await control.click();
  await expect(opened(control).getByRole('listbox')).toBeVisible();
  const search = opened(control).getByRole('combobox');
  // The longest lists are not drawn whole.
  if (typeof name === 'string' && (await search.count()) > 0) await search.fill(name);
  const option = opened(control).getByRole('option');
  const names = option.locator('span');
  await names.filter({ hasText: typeof name === 'string' ? new RegExp(`^\\s*${escaped(name)}$`) : name }).first().click();
  await expect(opened(control)).toHaveCount(0);
}

/** Opens the picker that has the focus and takes what has this name, never leaving the keyboard. */
export async function chooseByKeys(control: Locator, name: string): Promise<void> {
  const { keyboard } = control.page();
  await expect(control).toBeFocused();
  await keyboard.press('ArrowDown');
  const list = opened(control);
  await expect(list.getByRole('listbox')).toBeVisible();
  const search = list.getByRole('combobox');
  if ((await search.count()) > 0) {
    await expect(search).toBeFocused();
    await keyboard.type(name);
  }
  const active = list.locator('[role=option][data-active]');
  for (let presses = 0; !(await active.textContent())?.includes(name); presses += 1) {
    if (presses > 120) throw new Error(`${name} cannot be chosen`);
    await keyboard.press('ArrowDown');
  }
  await keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await expect(control).toBeFocused();
}

/** Types a day, and leaves the field. */
export async function typeDay(control: Locator, day: string): Promise<void> {
  await control.fill(day);
  await control.blur();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
