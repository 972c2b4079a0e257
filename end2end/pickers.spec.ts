// Choosing a person, a department, a day: by keyboard and pointer, in both languages, on a desk and on a phone.
import type { Locator } from '@playwright/test';
import { boardWith, card } from './board.ts';
import { type Person, type Seat, daniel, expect, lin, test } from './people.ts';
import { choose, opened, typeDay } from './pickers.ts';

const panel = (seat: Seat) => seat.page.locator('aside.task-panel');

async function atATask(enter: (person: Person) => Promise<Seat>, person: Person): Promise<Seat> {
  const seat = await enter(person);
  await boardWith(seat, { members: [person === lin ? daniel : lin], departments: ['后端组', '产品部'], tasks: { todo: ['Only'] } });
  await card(seat, 'Only').getByRole('link').click();
  await expect(panel(seat).getByRole('textbox', { name: seat.say('task.name') })).toBeVisible();
  return seat;
}

const owner = (seat: Seat) => panel(seat).getByRole('combobox', { name: seat.say('task.owner'), exact: true });
const due = (seat: Seat) => panel(seat).getByLabel(seat.say('task.due'), { exact: true });

for (const person of [lin, daniel]) {
  test(`a person is found by the first letters of the name, to ${person.name}`, async ({ enter }) => {
    const seat = await atATask(enter, person);
    // The few of a project are shown whole: letters lead to one of them.
    await owner(seat).focus();
    await seat.page.keyboard.type('lq');
    await expect(opened(owner(seat)).locator('[data-active]')).toHaveText(/李强/);
    await seat.page.keyboard.press('Enter');
    await expect(owner(seat)).toHaveText('李强');
    await expect(owner(seat)).toBeFocused();
    await owner(seat).click();
    await expect(opened(owner(seat)).getByRole('option', { selected: true })).toHaveText(/李强/);
    // It closes the list alone: the task stays open, and nothing has been chosen.
    await seat.page.keyboard.press('Escape');
    await expect(opened(owner(seat))).toHaveCount(0);
    await expect(owner(seat)).toBeFocused();
    await expect(owner(seat)).toHaveText('李强');
    await choose(owner(seat), person.name);
    await expect(owner(seat)).toHaveText(person.name);

    // Among the many of a company letters leave out the others.
    await seat.page.goto('/projects/new');
    const lead = seat.page.getByRole('combobox', { name: seat.say('project.lead'), exact: true });
    await lead.focus();
    await seat.page.keyboard.type('lq');
    await expect(opened(lead).getByRole('option')).toHaveText([/李强/]);
    await seat.page.keyboard.press('Enter');
    await expect(lead).toHaveText('李强');
    await lead.click();
    await opened(lead).getByRole('combobox').fill('没有这个人');
    await expect(opened(lead).getByRole('option')).toHaveText([seat.say('ui.nothing_fits')]);
    await seat.page.keyboard.press('Escape');
    await choose(lead, person.name);
    await expect(lead).toHaveText(person.name);
  });

  test(`people are listed by pinyin, Latin names apart, to ${person.name}`, async ({ enter }) => {
    const seat = await enter(person);
    await seat.page.goto('/projects/new');
    await seat.field('project.lead').click();
    const names = await opened(seat.field('project.lead')).locator('[role=option] > span').allTextContents();
    const isLatin = (name: string) => /^[A-Za-z]/.test(name);
    const han = names.filter((name) => !isLatin(name));
    expect(han).toEqual([...han].sort(new Intl.Collator('zh-CN').compare));
    expect(han.length).toBeGreaterThan(5);
    const latin = names.filter(isLatin);
    expect(names).toEqual(person.locale === 'en' ? [...latin, ...han] : [...han, ...latin]);
  });

  test(`a day is typed as one says it, or picked by keys, to ${person.name}`, async ({ enter }) => {
    const seat = await atATask(enter, person);
    const { keyboard } = seat.page;
    const shown = (day: string) => new Date(`${day}T00:00Z`).toLocaleDateString(person.locale === 'zh' ? 'zh-CN' : 'en', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });

    const tomorrow = new Date(Date.now() + (8 + 24) * 3_600_000).toISOString().slice(0, 10);
    await typeDay(due(seat), person.locale === 'zh' ? '明天' : 'tomorrow');
    await expect(due(seat)).toHaveValue(shown(tomorrow));
    await typeDay(due(seat), person.locale === 'zh' ? '2026年12月1日' : '1 Dec 2026');
    await expect(due(seat)).toHaveValue(shown('2026-12-01'));
    await typeDay(due(seat), 'soon');
    await expect(panel(seat).getByText(seat.say('date.no_day'))).toBeVisible();
    await expect(due(seat)).toHaveValue('soon');
    await typeDay(due(seat), '2026-12-31');
    await expect(panel(seat).getByText(seat.say('date.no_day'))).toHaveCount(0);

    await due(seat).focus();
    await keyboard.press('ArrowDown');
    const calendar = seat.page.getByRole('dialog', { name: seat.say('date.choose') });
    const at = (day: number) => calendar.locator('td button:focus').filter({ hasText: new RegExp(`^${day}$`) });
    await expect(at(31)).toBeVisible();
    for (const [key, day] of [['ArrowLeft', 30], ['ArrowUp', 23], ['Home', 21], ['End', 27], ['PageUp', 27], ['ArrowDown', 4]] as const) {
      await keyboard.press(key);
      await expect(at(day)).toBeVisible();
    }
    await keyboard.press('Escape');
    await expect(calendar).toBeHidden();
    await expect(due(seat)).toBeFocused();
    await expect(due(seat)).toHaveValue(shown('2026-12-31'));
    await keyboard.press('ArrowDown');
    await expect(at(31)).toBeVisible();
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await expect(due(seat)).toHaveValue(shown('2027-01-01'));
    await expect(due(seat)).toBeFocused();
  });
}

test('a day is picked by pointer, and days off look like it', async ({ enter }) => {
  const seat = await atATask(enter, lin);
  await typeDay(due(seat), '2026-10-12');
  await panel(seat).getByRole('button', { name: seat.say('date.choose') }).click();
  const calendar = seat.page.getByRole('dialog', { name: seat.say('date.choose') });
  const day = (name: RegExp): Locator => calendar.getByRole('button', { name });
  // The national holiday is off on weekdays, and made up for on a Saturday.
  await expect(day(/10月1日.*休息日/)).toBeVisible();
  await expect(day(/^10月10日星期六$/)).toBeVisible();
  await expect(day(/10月11日.*休息日/)).toBeVisible();
  await calendar.getByRole('button', { name: seat.say('date.next_month') }).click();
  await day(/11月24日/).click();
  await expect(calendar).toBeHidden();
  await expect(due(seat)).toHaveValue('2026年11月24日');
});

test('since when is a day and a time, and what is neither is said beside it', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.goto('/incidents/new');
  const since = seat.field('report_form.since');
  const time = seat.field('date.time');
  await typeDay(since, 'today');
  await expect(since).toHaveAccessibleDescription(new RegExp(seat.say('date.no_moment').slice(0, 20)));
  await typeDay(time, '905');
  await expect(time).toHaveValue('09:05');
  await expect(since).not.toHaveAccessibleDescription(/./);
  await typeDay(time, 'noon');
  await seat.button('report_form.submit').click();
  expect(new URL(seat.page.url()).pathname).toBe('/incidents/new');
  await expect(since).toHaveAccessibleDescription(new RegExp(seat.say('date.no_moment').slice(0, 20)));
});

test('what was refused is no longer complained of once it is answered', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.goto('/incidents/new');
  await expect(seat.field('report_form.what')).toBeFocused();
  await seat.button('report_form.submit').click();
  const refusals = seat.page.getByText(seat.say('reason.required'));
  await expect(refusals).toHaveCount(2);
  await seat.field('report_form.what').fill('Nothing opens');
  await expect(refusals).toHaveCount(1);
  await expect(seat.field('report_form.what')).not.toHaveAttribute('aria-invalid');
  await seat.page.getByRole('radio', { name: seat.say('severity.normal') }).check();
  await expect(refusals).toHaveCount(0);
});
