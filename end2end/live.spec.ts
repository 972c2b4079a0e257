// The main line: one registers a project, the other sees it come alive, and cards move in both browsers at once.
import {
  boardWith,
  card,
  column,
  expectCards,
  openBoard,
  quickAdd,
  register,
  settled,
  statusName,
} from './board.ts';
import { type Place, carry, drag, finger, lift, mouse } from './drag.ts';
import { BACKEND, type Seat, daniel, expect, lin, test } from './people.ts';
import { choose } from './pickers.ts';

test('a project, its board and its tasks appear at a colleague without a reload', async ({ enter }) => {
  const [here, there] = await Promise.all([enter(lin), enter(daniel)]);
  await there.page.goto('/projects');
  await expect(there.page.getByRole('heading', { level: 1, name: there.say('project.projects') })).toBeVisible();

  const project = await register(here, { name: `会员日 ${process.pid}`, departments: [BACKEND] });
  const row = there.page.getByRole('row').filter({ hasText: project.name });
  await expect(row).toBeVisible();
  await row.getByRole('link', { name: there.say('project.open_board_of', { name: project.name }) }).click();
  await expect(column(there, statusName(project, 'todo'))).toBeVisible();

  await openBoard(here, project);
  const todo = statusName(project, 'todo');
  for (const name of ['确认活动规则', '编写接口文档', '设计活动页']) {
    await quickAdd(here, todo, name);
    await expect(card(there, name)).toBeVisible();
  }
  await expectCards(there, todo, ['确认活动规则', '编写接口文档', '设计活动页']);
});

test('a card dragged by mouse moves in the other browser, held meanwhile for all to see', async ({ enter }) => {
  const { here, there, todo, doing } = await bothAtABoard(enter);
  const hand = mouse(here);
  await lift(here, hand, 'Two');
  await expect(card(there, 'Two')).toHaveAttribute('data-held');
  await expect(card(there, 'Two').locator('.card-holder')).toContainText(lin.name);

  await carry(here, hand, { column: doing });
  await hand.release();
  await expectCards(there, todo, ['One', 'Three']);
  await expectCards(there, doing, ['Two', 'Four']);
  await expectCards(here, doing, ['Two', 'Four']);
  await expect(card(there, 'Two')).not.toHaveAttribute('data-held');

  await drag(here, mouse(here), 'One', { column: doing, after: 'Two' });
  await expectCards(there, doing, ['Two', 'One', 'Four']);
  await drag(here, mouse(here), 'Four', { column: doing });
  await expectCards(there, doing, ['Four', 'Two', 'One']);
});

test('Escape puts a dragged card back, and nobody sees it move', async ({ enter }) => {
  const { here, there, todo, doing } = await bothAtABoard(enter);
  const hand = mouse(here);
  await lift(here, hand, 'One');
  await carry(here, hand, { column: doing, after: 'Four' });
  await here.page.keyboard.press('Escape');
  await expect(here.page.locator('html[data-dragging]')).not.toBeAttached();
  await hand.release();
  await expectCards(here, todo, ['One', 'Two', 'Three']);
  await quickAdd(here, todo, 'Five');
  await expectCards(there, todo, ['One', 'Two', 'Three', 'Five']);
  await expectCards(there, doing, ['Four']);
});

test('a card is moved by keyboard, each step announced', async ({ enter }) => {
  const { here, there, todo, doing } = await bothAtABoard(enter);
  const announced = here.page.locator('[data-voice="board"]');
  const what = here.say('board.task_quoted', { name: 'One' });
  const { keyboard } = here.page;
  await card(here, 'One').focus();
  await keyboard.press('Space');
  await expect(announced).toHaveText(here.say('board.said_lifted', { what, column: todo, position: 1, count: 3 }));
  await expect(card(there, 'One').locator('.card-holder')).toContainText(lin.name);
  await keyboard.press('ArrowDown');
  await expect(announced).toHaveText(here.say('board.said_over', { column: todo, position: 2, count: 3 }));
  await keyboard.press('ArrowRight');
  await expect(announced).toHaveText(here.like('board.said_over', { column: doing, count: 2 }));
  await keyboard.press('Space');
  await expect(announced).toHaveText(here.like('board.said_dropped', { what, column: doing, count: 2 }));
  await expectCards(there, todo, ['Two', 'Three']);
  await expect(card(there, 'One').locator('.card-holder')).toHaveCount(0);
  await expect(card(here, 'One')).toBeFocused();

  await keyboard.press('Space');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Escape');
  await expect(announced).toHaveText(here.say('board.said_cancelled', { what }));
  await expect(column(here, doing).getByRole('link', { name: 'One', exact: true })).toBeVisible();
  await settled(here);
  await expectCards(there, todo, ['Two', 'Three']);
});

test('a card is moved by a finger that presses long', async ({ enter }) => {
  const { here, there, todo, doing } = await bothAtABoard(enter, { hasTouch: true });
  await drag(here, await finger(here), 'Three', { column: doing, after: 'Four' });
  await expectCards(there, todo, ['One', 'Two']);
  await expectCards(there, doing, ['Four', 'Three']);
});

test('a card is moved by its menu, without dragging', async ({ enter }) => {
  const { here, there, doing } = await bothAtABoard(enter);
  await card(here, 'Two').hover();
  await here.button('board.card_menu', { name: 'Two' }).click();
  await here.page.getByRole('menuitem', { name: here.say('board.move_to') }).click();
  const dialog = here.page.getByRole('dialog');
  await choose(dialog.getByLabel(here.say('board.column')), doing);
  await choose(dialog.getByLabel(here.say('board.position')), here.say('board.after', { number: 4, name: 'Four' }));
  await dialog.getByRole('button', { name: here.say('board.move'), exact: true }).click();
  await expectCards(there, doing, ['Four', 'Two']);
  await expect(card(here, 'Two')).toBeFocused();
});

test('each sees who else looks at the board', async ({ enter }) => {
  const { here, there } = await bothAtABoard(enter);
  const faces = (seat: Seat) => seat.page.getByRole('group', { name: seat.say('board.onlookers') });
  await expect(faces(here).getByTitle(daniel.name)).toBeVisible();
  await expect(faces(there).getByTitle(lin.name)).toBeVisible();
  await there.page.goto('/projects');
  await expect(faces(here).getByTitle(daniel.name)).toHaveCount(0);
});

test('several selected cards move together, in their order', async ({ enter }) => {
  const { here, there, todo, doing } = await bothAtABoard(enter);
  for (const name of ['One', 'Three']) {
    await card(here, name).focus();
    await here.page.keyboard.press('x');
  }
  const place: Place = { column: doing, after: 'Four' };
  await drag(here, mouse(here), 'Three', place);
  await expectCards(there, todo, ['Two']);
  await expectCards(there, doing, ['Four', 'One', 'Three']);
});

/** Three cards to do and one in progress, seen by both. */
async function bothAtABoard(
  enter: (person: typeof lin, options?: { hasTouch?: boolean }) => Promise<Seat>,
  options: { hasTouch?: boolean } = {},
) {
  const [here, there] = await Promise.all([enter(lin, options), enter(daniel)]);
  const project = await boardWith(here, {
    departments: [BACKEND],
    tasks: { todo: ['One', 'Two', 'Three'], in_progress: ['Four'] },
  });
  await openBoard(there, project);
  await expect(card(there, 'Four')).toBeVisible();
  return { here, there, project, todo: statusName(project, 'todo'), doing: statusName(project, 'in_progress') };
}
