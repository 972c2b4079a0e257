// A task: every field, comments, activity, undo, and two people in one text.
import type { Locator } from '@playwright/test';
import { boardWith, card, expectCards, openBoard, settled, statusName } from './board.ts';
import { drag, mouse } from './drag.ts';
import { BACKEND, type Person, type Seat, daniel, expect, lin, test } from './people.ts';
import { choose, typeDay } from './pickers.ts';

test('every field is edited in the panel and seen by the other', async ({ enter }) => {
  const { here, there } = await bothAtATask(enter);
  const [ours, theirs] = [panel(here), panel(there)];
  const name = ours.getByRole('textbox', { name: here.say('task.name') });
  await name.fill('编写接口文档 V2');
  await endComposition(name);
  await expect(card(there, '编写接口文档 V2')).toBeHidden();
  await name.press('Enter');
  await expect(theirs.getByRole('textbox', { name: there.say('task.name') })).toHaveValue('编写接口文档 V2');
  await expect(card(there, '编写接口文档 V2')).toBeVisible();

  await choose(ours.getByLabel(here.say('task.owner'), { exact: true }), daniel.name);
  await expect(theirs.getByLabel(there.say('task.owner'), { exact: true })).toHaveText(daniel.name);
  await typeDay(ours.getByLabel(here.say('task.due'), { exact: true }), '2027-01-15');
  await expect(theirs.getByLabel(there.say('task.due'), { exact: true })).toHaveValue('Jan 15, 2027');
  await choose(ours.getByLabel(here.say('task.priority'), { exact: true }), here.say('priority.high'));
  await expect(theirs.getByLabel(there.say('task.priority'), { exact: true })).toHaveText(there.say('priority.high'));
  const estimate = ours.getByLabel(here.say('task.estimate_in_hours'));
  await estimate.fill('16');
  await estimate.press('Enter');
  await expect(theirs.getByLabel(there.say('task.estimate_in_hours'))).toHaveValue('16');

  await ours.getByRole('button', { name: here.say('task.add_label') }).click();
  const label = ours.getByRole('combobox', { name: here.say('task.add_label') });
  await label.fill('后端');
  await endComposition(label);
  await expect(label).toHaveValue('后端');
  await label.press('Enter');
  await expect(theirs.locator('.chip').getByText('后端', { exact: true })).toBeVisible();
  await ours.getByRole('button', { name: here.say('task.add_collaborator') }).click();
  await ours.getByRole('combobox', { name: here.say('task.add_collaborator') }).fill('李强');
  await here.page.getByRole('listbox').getByRole('option', { name: '李强' }).click();
  await expect(theirs.getByRole('button', { name: there.say('task.remove_collaborator', { name: '李强' }) })).toBeVisible();

  await ours.getByLabel(here.say('task.percent_label')).fill('40');
  await ours.getByLabel(here.say('task.progress_note')).fill('字段已经确认');
  await ours.getByRole('button', { name: here.say('task.update') }).click();
  await expect(theirs.getByText('字段已经确认').first()).toBeVisible();
  await expect(card(there, '编写接口文档 V2')).toContainText('40');
});

test('a checklist is written and ticked off together', async ({ enter }) => {
  const { here, there } = await bothAtATask(enter);
  const [ours, theirs] = [panel(here), panel(there)];
  const step = ours.getByRole('textbox', { name: here.say('task.new_item') });
  for (const text of ['列出字段', '写例子']) {
    await step.fill(text);
    await endComposition(step);
    await expect(step).toHaveValue(text);
    await step.press('Enter');
  }
  await theirs.getByRole('checkbox', { name: '列出字段' }).check();
  await expect(ours.getByRole('checkbox', { name: '列出字段' })).toBeChecked();
  await expect(card(here, TASK)).toContainText('1/2');
  await theirs.getByRole('button', { name: there.say('task.remove_item', { text: '写例子' }) }).click();
  await expect(ours.getByRole('checkbox')).toHaveCount(1);
});

test('a comment names a colleague, and is edited and removed by who wrote it', async ({ enter }) => {
  const { here, there } = await bothAtATask(enter);
  const composer = panel(here).getByRole('textbox', { name: here.say('task.new_comment') });
  await composer.pressSequentially('请看一下 @Dan');
  await here.page.getByRole('listbox').getByRole('option', { name: daniel.name }).click();
  await composer.pressSequentially('谢谢');
  await panel(here).getByRole('button', { name: here.say('task.send') }).click();
  const comment = panel(there).getByRole('article').filter({ hasText: '请看一下' });
  await expect(comment.locator('.mention')).toHaveText(`@${daniel.name}`);
  await expect(composer).toHaveValue('');
  await expect(comment.getByRole('button', { name: there.say('task.edit') })).toHaveCount(0);

  const own = panel(here).getByRole('article', { name: here.say('task.comment_of', { name: lin.name }) });
  await own.hover();
  await own.getByRole('button', { name: here.say('task.edit') }).click();
  await own.getByRole('textbox').fill('已经看过了');
  await own.getByRole('button', { name: here.say('task.save') }).click();
  await expect(panel(there).getByRole('article').filter({ hasText: '已经看过了' })).toBeVisible();
});

test('a blocked task says what is awaited and from whom', async ({ enter }) => {
  const { here, there } = await bothAtATask(enter);
  await panel(here).getByRole('button', { name: here.say('task.block') }).click();
  const form = panel(here).getByRole('form', { name: here.say('task.block') });
  const submit = form.getByRole('button', { name: here.say('task.block') });
  await choose(panel(here).getByLabel(here.say('task.awaited_from'), { exact: true }), '技术部');
  await submit.click();
  const awaiting = panel(here).getByLabel(here.say('task.awaiting'));
  await expect(awaiting).toHaveAccessibleDescription(new RegExp(here.say('reason.required')));
  await awaiting.fill('需技术部提供接口文档');
  await submit.click();
  await expect(panel(there)).toContainText('需技术部提供接口文档');
  await expect(card(there, TASK)).toHaveAttribute('data-blocked');
  await panel(there).getByRole('button', { name: there.say('task.unblock') }).click();
  await expect(card(here, TASK)).not.toHaveAttribute('data-blocked');
});

test('a circle of dependencies is refused by name', async ({ enter }) => {
  const { here } = await bothAtATask(enter);
  await addDependency(here, OTHER, '3');
  await expect(panel(here)).toContainText(OTHER);
  await card(here, OTHER).getByRole('link').click();
  await expect(panel(here).getByRole('textbox', { name: here.say('task.name') })).toHaveValue(OTHER);
  await addDependency(here, TASK, '0');
  const cycle = `${OTHER} → ${TASK} → ${OTHER}`;
  await expect(panel(here).getByRole('alert').filter({ hasText: cycle })).toHaveText(
    here.say('reason.dependency_cycle', { cycle }),
  );
});

/** The Enter that ends a composition, as Safari tells of it: after the end, and with nothing but its code to tell. */
async function endComposition(field: Locator): Promise<void> {
  await field.dispatchEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 229, bubbles: true, cancelable: true });
}

const HOSTILE = `# A heading

**Bold**, [a link](https://example.com), [no link](javascript:alert(1))

<script>document.title = 'stolen'</script>
<img src=x onerror="document.title='stolen'">

- [ ] one`;

test('Markdown is drawn, and raw HTML in it is only text', async ({ enter }) => {
  const { here, there } = await bothAtATask(enter);
  const title = await there.page.title();
  await describe(here, HOSTILE);
  const prose = panel(there).locator('.prose').first();
  await expect(prose.getByRole('heading', { name: 'A heading' })).toBeVisible();
  await expect(prose.locator('strong')).toHaveText('Bold');
  await expect(prose.getByRole('link', { name: 'a link' })).toHaveAttribute('rel', /noopener/);
  await expect(prose).toContainText('<script>');
  await expect(prose).toContainText('onerror');
  await expect(prose.locator('script, img, [onerror], a[href^="javascript:"]')).toHaveCount(0);
  expect(await there.page.title()).toBe(title);

  const composer = panel(here).getByRole('textbox', { name: here.say('task.new_comment') });
  // More than can be drawn one by one takes nothing along: the rest shows as it was typed.
  const many = `@${lin.name} `.repeat(4_900);
  await composer.fill(`**注意：**请看 ${many}`);
  await composer.press('Control+Enter');
  const long = panel(there).getByRole('article').filter({ hasText: '请看' });
  await expect(long.locator('.prose strong')).toHaveText('注意：');
  await expect(long).toContainText(many.trim());
  await composer.fill('<img src=x onerror=alert(1)>');
  await composer.press('Control+Enter');
  await expect(panel(there).getByRole('article').last()).toContainText('<img src=x');
  await expect(panel(there).getByRole('article').locator('img')).toHaveCount(0);
});

test('the activity says in words who changed what', async ({ enter }) => {
  const { here, there, project } = await bothAtATask(enter);
  await choose(panel(here).getByLabel(here.say('task.priority'), { exact: true }), here.say('priority.high'));
  await typeDay(panel(here).getByLabel(here.say('task.due'), { exact: true }), '2027-01-15');
  await choose(panel(here).getByLabel(here.say('task.move_to_column'), { exact: true }), statusName(project, 'done'));
  const activity = panel(there).getByRole('region', { name: there.say('task.activity') });
  for (const words of [there.say('priority.high'), '15', statusName(project, 'done')]) {
    await expect(activity.getByRole('listitem').filter({ hasText: words }).first()).toContainText(lin.name);
  }
});

test('Ctrl+Z takes back one’s own last move and edit, in the other browser too', async ({ enter }) => {
  const { here, there, project } = await bothAtATask(enter);
  const todo = statusName(project, 'todo');
  const doing = statusName(project, 'in_progress');
  await here.page.keyboard.press('Escape');
  await drag(here, mouse(here), TASK, { column: doing });
  await expectCards(there, doing, [TASK]);
  await here.page.keyboard.press('Control+z');
  const moved = here.say('change.move', { name: here.say('change.quoted', { name: TASK }) });
  await expect(here.page.getByText(here.say('shortcuts.undone', { what: moved }))).toBeVisible();
  await expectCards(there, doing, []);
  await expectCards(there, todo, [TASK, OTHER]);

  await card(here, OTHER).getByRole('link').click();
  await choose(panel(here).getByLabel(here.say('task.priority'), { exact: true }), here.say('priority.low'));
  await card(there, OTHER).getByRole('link').click();
  const priority = panel(there).getByLabel(there.say('task.priority'), { exact: true });
  await expect(priority).toHaveText(there.say('priority.low'));
  // What somebody else did meanwhile is not one's own to take back.
  await drag(there, mouse(there), TASK, { column: doing });
  await expectCards(here, doing, [TASK]);
  await here.page.keyboard.press('Escape');
  await here.page.keyboard.press('Control+z');
  await expect(priority).toHaveText(there.say('priority.medium'));
  // It says which field that was, in the place of what was taken back before.
  const field = here.say('task.priority').toLowerCase();
  const what = here.say('change.field_of', { field, name: OTHER });
  await expect(here.page.locator('.toast')).toHaveText(here.say('shortcuts.undone', { what }));
  await settled(here);
  await expectCards(here, doing, [TASK]);
});

test('a description that two edit at once is merged', async ({ enter }) => {
  const { here, there } = await bothAtATask(enter);
  await describe(here, '第一段\n\n第二段\n\n第三段');
  await expect(panel(there).locator('.prose').first()).toContainText('第三段');
  const [ours, theirs] = [await editDescription(here), await editDescription(there)];
  await ours.fill('第一段,林晓改过\n\n第二段\n\n第三段');
  await theirs.fill('第一段\n\n第二段\n\n第三段, as Daniel knows it');
  await saveDescription(here);
  await settled(here);
  await saveDescription(there);
  for (const seat of [here, there]) {
    await expect(panel(seat).locator('.prose').first()).toContainText('林晓改过');
    await expect(panel(seat).locator('.prose').first()).toContainText('as Daniel knows it');
  }

  const [mine, other] = [await editDescription(here), await editDescription(there)];
  await mine.fill('只有一段,林晓写的');
  await other.fill('只有一段, which Daniel wrote');
  await saveDescription(here);
  await settled(here);
  await saveDescription(there);
  await expect(panel(there)).toContainText(there.say('reason.text_conflict'));
  await expect(other).toHaveValue('只有一段, which Daniel wrote');
});

const TASK = '编写接口文档';
const OTHER = '确认字段';

/** A task open at both; Lin leads, Daniel is a member. */
async function bothAtATask(enter: (person: Person) => Promise<Seat>) {
  const [here, there] = await Promise.all([enter(lin), enter(daniel)]);
  const project = await boardWith(here, { departments: [BACKEND], tasks: { todo: [TASK, OTHER] } });
  await openBoard(there, project);
  for (const seat of [here, there]) {
    await card(seat, TASK).getByRole('link').click();
    await expect(panel(seat).getByRole('textbox', { name: seat.say('task.name') })).toHaveValue(TASK);
  }
  return { here, there, project };
}

function panel(seat: Seat): Locator {
  return seat.page.locator('aside.task-panel');
}

async function editDescription(seat: Seat): Promise<Locator> {
  await panel(seat).getByRole('button', { name: seat.say('task.edit_description') }).click();
  return panel(seat).getByRole('textbox', { name: seat.say('task.description') });
}

async function saveDescription(seat: Seat): Promise<void> {
  await panel(seat).getByRole('button', { name: seat.say('task.save') }).click();
}

async function describe(seat: Seat, text: string): Promise<void> {
  await (await editDescription(seat)).fill(text);
  await saveDescription(seat);
}

async function addDependency(seat: Seat, on: string, days: string): Promise<void> {
  await panel(seat).getByRole('button', { name: seat.say('task.add_dependency') }).click();
  await panel(seat).getByRole('combobox', { name: seat.say('task.task_that_comes_first') }).fill(on);
  await seat.page.getByRole('listbox').getByRole('option', { name: on }).click();
  await panel(seat).getByLabel(seat.say('task.working_days_before')).fill(days);
  const form = panel(seat).getByRole('form', { name: seat.say('task.add_dependency') });
  await form.getByRole('button', { name: seat.say('task.add'), exact: true }).click();
}
