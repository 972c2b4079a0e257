// Somebody leaves: what they hold is handed over in one press, and nothing is left behind unsaid.
import { type Seat, expect, newcomer, test, wu } from './people.ts';
import { choose } from './pickers.ts';
import { appoint, plant, putOnDuty } from './seed.ts';

/** Opens the question whether somebody leaves, once it says what they hold. */
async function askAbout(admin: Seat, leaver: { email: string; name: string }) {
  await admin.page.goto('/admin/people');
  const row = admin.page.getByRole('row').filter({ hasText: leaver.email });
  await row.getByRole('button', { name: admin.say('people.deactivate', { name: leaver.name }) }).click();
  return admin.page.getByRole('dialog', { name: admin.say('people.deactivate', { name: leaver.name }) });
}

test('an admin hands over all that somebody holds, and another browser shows it at once', async ({ enter, server }) => {
  const [leaver, heir, standby] = [await newcomer(server), await newcomer(server), await newcomer(server)];
  const [admin, leaving, other] = await Promise.all([enter(wu), enter(leaver), enter(heir)]);
  const [name, department] = [`Handed on ${process.pid}`, `交接部 ${process.pid}`];
  const project = await plant(leaving, { name, tasks: { todo: ['Write the hand-over', 'Return the keys'], done: ['Old work'] } });
  await appoint(admin, department, leaver);
  await putOnDuty(admin, leaver, standby);
  await other.page.goto('/projects');
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText(other.say('project.projects'));
  await expect(other.page.getByRole('link', { name })).toHaveCount(0);

  const dialog = await askAbout(admin, leaver);
  await expect(dialog.getByRole('listitem')).toHaveCount(4);
  await expect(dialog.getByText(admin.like('handing.tasks', { name, count: 2 }))).toBeVisible();
  await expect(dialog.getByText(admin.like('handing.project', { name }))).toBeVisible();
  await expect(dialog.getByText(admin.say('handing.department', { name: department }))).toBeVisible();
  await expect(dialog.getByText(admin.like('handing.duty_lead'))).toBeVisible();
  await expect(dialog.getByText(admin.say('handing.stays', { count: 4, name: leaver.name }))).toBeVisible();
  const opens = dialog.getByText(admin.say('handing.opens'));
  await expect(opens).toHaveCount(0);
  await choose(dialog.getByLabel(admin.say('handing.all'), { exact: true }), heir.name);
  // A project that is its members' alone says whom it would open to, for the lead and for the tasks.
  await expect(opens).toHaveCount(2);
  await dialog.getByRole('button', { name: admin.say('handing.submit') }).click();
  await expect(dialog.getByText(admin.say('handing.done', { name: heir.name }))).toHaveCount(4);
  await expect(dialog.getByText(admin.say('handing.deactivated', { name: leaver.name }))).toBeVisible();

  // The project is there, and the open tasks are theirs; what was done stays with who did it.
  await other.page.getByRole('link', { name }).first().click();
  await other.page.goto(`/projects/${project}/board`);
  const card = (task: string) => other.page.getByRole('listitem').filter({ hasText: task });
  for (const task of ['Write the hand-over', 'Return the keys']) {
    await expect(card(task)).toContainText(other.say('board.owned_by', { name: heir.name }));
  }
  const left = other.say('person.who_has_left', { name: leaver.name });
  await expect(card('Old work')).toContainText(other.say('board.owned_by', { name: left }));
  await other.page.goto('/incidents/roster');
  const turn = other.page.getByRole('listitem').filter({ hasText: standby.name });
  await expect(turn).toContainText(heir.name);
  await expect(turn).not.toContainText(leaver.name);
  await other.page.goto('/admin/departments');
  await expect(other.page.getByRole('listitem').filter({ hasText: department })).toContainText(heir.name);
});

test('what stays is said before, and shown as somebody’s who has left', async ({ enter, server }) => {
  const [leaver, standby] = [await newcomer(server), await newcomer(server)];
  const admin = await enter(wu);
  const department = `留守部 ${process.pid}`;
  await appoint(admin, department, leaver);
  await putOnDuty(admin, leaver, standby);
  const dialog = await askAbout(admin, leaver);
  const heads = dialog.getByLabel(admin.say('handing.to', { what: admin.say('handing.department', { name: department }) }));
  // One row goes to somebody, the other stays.
  await heads.focus();
  await choose(heads, standby.name);
  await expect(dialog.getByText(admin.say('handing.stays', { count: 1, name: leaver.name }))).toBeVisible();
  await dialog.getByRole('button', { name: admin.say('handing.submit') }).click();
  await expect(dialog.getByText(admin.say('handing.done', { name: standby.name }))).toHaveCount(1);
  await dialog.getByRole('button', { name: admin.say('ui.close') }).last().click();
  await expect(dialog).toHaveCount(0);

  await admin.page.goto('/incidents/roster');
  const turn = admin.page.getByRole('listitem').filter({ hasText: leaver.name });
  await expect(turn).toContainText(admin.say('person.has_left'));

  // It can be handed over later as well.
  await admin.page.goto('/admin/people');
  await admin.button('handing.title', { name: leaver.name }).click();
  const later = admin.page.getByRole('dialog', { name: admin.say('handing.title', { name: leaver.name }) });
  await choose(later.getByLabel(admin.say('handing.all'), { exact: true }), standby.name);
  await later.getByRole('button', { name: admin.say('handing.submit_alone'), exact: true }).click();
  await expect(later.getByText(admin.say('handing.done', { name: standby.name }))).toHaveCount(1);
  await admin.page.goto('/incidents/roster');
  await expect(admin.page.getByRole('listitem').filter({ hasText: standby.name })).toHaveCount(1);
  await expect(turn).toHaveCount(0);
});

test('the last admin is told so before anything is handed over', async ({ enter }) => {
  const admin = await enter(wu);
  const dialog = await askAbout(admin, wu);
  await dialog.getByRole('button', { name: admin.say('people.deactivate_submit') }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: admin.say('reason.last_admin') })).toBeVisible();
});
