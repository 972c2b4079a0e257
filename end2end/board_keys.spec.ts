// A board by keyboard and on paper: the way in, the focus after a card is gone, columns that are not empty, printing.
import { boardWith, card, column, expectCards, statusName } from './board.ts';
import { tabTo } from './keyboard.ts';
import { type Seat, expect, lin, daniel, test } from './people.ts';

async function confirm(seat: Seat): Promise<void> {
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByRole('button', { name: seat.say('board.delete'), exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('an arrow from anywhere on the board reaches a card', async ({ enter }) => {
  const seat = await enter(daniel);
  const project = await boardWith(seat, { tasks: { todo: ['One', 'Two'], done: ['Three'] } });
  const { keyboard } = seat.page;
  await seat.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await keyboard.press('ArrowDown');
  await expect(card(seat, 'One')).toBeFocused();
  const menu = column(seat, statusName(project, 'done')).getByRole('button', { name: seat.say('board.column_menu', { column: statusName(project, 'done') }) });
  await tabTo(seat, menu);
  await keyboard.press('ArrowDown');
  await expect(card(seat, 'Three')).toBeFocused();
  // In a field an arrow is the field's own.
  const field = column(seat, statusName(project, 'todo')).getByRole('textbox');
  await field.focus();
  await keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
});

test('the focus goes to the next card when one is deleted, and to the board after the last', async ({ enter }) => {
  const seat = await enter(lin);
  const project = await boardWith(seat, { tasks: { todo: ['One', 'Two', 'Three'], done: ['Four'] } });
  const todo = statusName(project, 'todo');
  await card(seat, 'Two').focus();
  await seat.page.keyboard.press('Delete');
  await confirm(seat);
  await expectCards(seat, todo, ['One', 'Three']);
  await expect(card(seat, 'Three')).toBeFocused();

  // From the open task as well.
  await seat.page.keyboard.press('Enter');
  const panel = seat.page.locator('aside.task-panel');
  await panel.getByRole('button', { name: seat.say('task.remove_task') }).click();
  // There is no column for what was given up.
  await expect(seat.page.getByRole('dialog')).not.toContainText(seat.like('task.remove_instead'));
  await seat.page.getByRole('dialog').getByRole('button', { name: seat.say('task.remove_task'), exact: true }).click();
  await expectCards(seat, todo, ['One']);
  await expect(card(seat, 'One')).toBeFocused();

  await seat.page.keyboard.press('Delete');
  await confirm(seat);
  await expect(card(seat, 'Four')).toBeFocused();
  await seat.page.keyboard.press('Delete');
  await confirm(seat);
  await expect(seat.page.locator('#board')).toBeFocused();
});

test('a column that has tasks says so instead of offering to delete it', async ({ enter }) => {
  const seat = await enter(lin);
  const project = await boardWith(seat, { tasks: { todo: ['One'] } });
  const ask = async (name: string) => {
    await seat.button('board.column_menu', { column: name }).click();
    await seat.page.getByRole('menuitem', { name: seat.say('board.remove_column') }).click();
  };
  const dialog = seat.page.getByRole('dialog');
  const submit = dialog.getByRole('button', { name: seat.say('board.remove_column'), exact: true });
  await ask(statusName(project, 'todo'));
  await expect(dialog).toContainText(seat.say('board.remove_first', { count: 1 }));
  await expect(submit).toHaveCount(0);
  await dialog.getByRole('button', { name: seat.say('ui.cancel') }).click();
  await ask(statusName(project, 'done'));
  await submit.click();
  await expect(column(seat, statusName(project, 'done'))).toHaveCount(0);
});

test('a board prints all its columns with all their cards, on paper that lies', async ({ enter }) => {
  const seat = await enter(lin);
  const names = Array.from({ length: 60 }, (_, index) => `第 ${index + 1} 项`);
  const project = await boardWith(seat, { tasks: { done: ['Last column'] } });
  await seat.page.goto(project.board);
  const field = column(seat, statusName(project, 'todo')).getByRole('textbox');
  for (const name of names) {
    await field.fill(name);
    await field.press('Enter');
  }
  await expect(column(seat, statusName(project, 'todo'))).toContainText('60');
  // The screen draws only those in view.
  expect(await seat.page.locator('.board .card').count()).toBeLessThan(61);
  await seat.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await seat.page.emulateMedia({ media: 'print' });
  const paper = seat.page.locator('.board-paper');
  await expect(paper.getByRole('listitem')).toHaveCount(61);
  await expect(seat.page.locator('.board')).toBeHidden();
  const lefts = await paper.locator('section').evaluateAll((sections) => sections.map((section) => section.getBoundingClientRect().left));
  expect(lefts).toHaveLength(4);
  expect([...lefts].sort((a, b) => a - b)).toEqual(lefts);
  await seat.page.emulateMedia({ media: null });
  await seat.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(paper).toHaveCount(0);

  const pdf = (await seat.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => Number(width) > Number(height));
  expect(boxes.length).toBeGreaterThan(1);
  expect(boxes.every(Boolean), 'lies').toBe(true);
});
