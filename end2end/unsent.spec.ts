// What is typed and not sent: it stays through other pages, a reload and the end of a sign-in, and goes with signing out.
import { PASSWORD, type Seat, expect, newcomer, test } from './people.ts';

const WHAT = 'The badge printer is on fire';

/** What this browser keeps of texts that were not sent. */
const keptTexts = (seat: Seat) =>
  seat.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('qibu.unsent')).length);

test('what is typed into a form stays until it is sent, begun anew or signed out of', async ({ enter, server }) => {
  const person = await newcomer(server);
  const seat = await enter(person, { fresh: true, faulty: true });
  const { page } = seat;
  const what = seat.field('report_form.what');
  const reach = page.getByRole('radio', { name: seat.say('reach.most') });
  await page.goto('/incidents/new');
  const second = await seat.context.newPage();
  await second.goto('/incidents/new');
  await expect(second.getByLabel(seat.say('report_form.what'), { exact: true })).toBeVisible();
  await what.fill(WHAT);
  await reach.check();
  // A tab in which nobody types into the form leaves alone what the other keeps.
  await second.keyboard.press('Control+k');
  await second.getByRole('combobox', { name: seat.say('palette.input') }).fill('abc');
  await second.close();
  await page.getByRole('navigation', { name: seat.say('rail.label') }).getByRole('link', { name: seat.say('rail.projects') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.projects'));
  await page.goBack();
  await expect(what).toHaveValue(WHAT);
  await page.reload();
  await expect(what).toHaveValue(WHAT);
  await expect(reach).toBeChecked();

  // Rows of a form as well.
  await page.goto('/projects/new');
  const milestone = page.getByRole('textbox', { name: seat.say('project.milestone_name') }).first();
  await milestone.fill('First badge');
  await page.reload();
  await expect(milestone).toHaveValue('First badge');

  // The sign-in ends; whoever signs in again finds it.
  await page.goto('/incidents/new');
  await seat.context.clearCookies();
  await page.reload();
  await seat.field('sign_in.email').fill(person.email);
  await seat.field('sign_in.password').fill(PASSWORD);
  await seat.button('sign_in.submit').click();
  await expect(what).toHaveValue(WHAT);

  await seat.button('ui.begin_anew').click();
  await expect(what).toHaveValue('');
  await page.reload();
  await expect(what).toHaveValue('');

  expect(await keptTexts(seat)).toBe(1);
  await page.goto('/account');
  await seat.button('account.sign_out').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(seat.say('sign_in.title'));
  expect(await keptTexts(seat)).toBe(0);
});
