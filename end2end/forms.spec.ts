// Bad input: refused in the browser and by the server alike, beside its field, in the person's language,
// with nothing lost of what was typed.
import type { Locator } from '@playwright/test';
import { boardWith, card, register } from './board.ts';
import { PASSWORD, type Seat, daniel, expect, lin, newcomer, signIn, test, wu } from './people.ts';
import { typeDay } from './pickers.ts';

const TOO_LONG = '长'.repeat(121);

/** The message that belongs to a field: tied to it for screen readers, and told as an error. */
async function expectRefused(seat: Seat, field: Locator, reason: string, values: Record<string, number> = {}) {
  await expect(field).toHaveAccessibleDescription(new RegExp(escaped(seat.say(`reason.${reason}`, values))));
  await expect(field).toHaveAttribute('aria-invalid', 'true');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

for (const person of [lin, daniel]) {
  test(`registration refuses each field by its rule, to ${person.name}`, async ({ enter }) => {
    const seat = await enter(person);
    const { page } = seat;
    await page.goto('/projects/new');
    const name = seat.field('project.name').first();
    const contact = seat.field('project.contact');
    const start = seat.field('project.start');
    const background = seat.field('project.background');
    const submit = seat.button('project.register');

    await background.fill('What was typed stays.');
    await submit.click();
    await expectRefused(seat, name, 'required');
    await expect(name).toBeFocused();

    await name.fill(TOO_LONG);
    await contact.fill('x'.repeat(301));
    await typeDay(start, '');
    const milestone = page.getByRole('group', { name: seat.say('project.milestone_number', { number: 1 }) });
    await milestone.getByLabel(seat.say('project.milestone_name'), { exact: true }).fill('Without a date');
    await seat.button('project.add_department').click();
    const department = page.getByRole('group', { name: seat.say('project.department_number', { number: 1 }) });
    await department.getByLabel(seat.say('project.duty')).fill('A duty of nobody');
    await submit.click();
    await expectRefused(seat, name, 'too_long', { max: 120 });
    await expectRefused(seat, contact, 'too_long', { max: 300 });
    await expectRefused(seat, start, 'required');
    await expectRefused(seat, milestone.getByLabel(seat.say('project.milestone_date')), 'required');
    await expectRefused(seat, department.getByLabel(seat.say('project.department'), { exact: true }), 'required');
    await expect(name).toHaveValue(TOO_LONG);
    await expect(background).toHaveValue('What was typed stays.');
    await expect(page.getByRole('alert').filter({ hasText: seat.say('project.correct_these') })).toBeVisible();

    await typeDay(start, '2026-12-01');
    await typeDay(milestone.getByLabel(seat.say('project.milestone_date')), '2026-11-30');
    await submit.click();
    await expectRefused(seat, milestone.getByLabel(seat.say('project.milestone_date')), 'dates_reversed');
    expect(page.url()).toContain('/projects/new');
  });

  test(`a project’s fields refuse bad input where they stand, to ${person.name}`, async ({ enter }) => {
    const seat = await enter(person);
    await register(seat);
    await seat.button('project.edit_registration').click();
    const dialog = seat.page.getByRole('dialog');
    const name = dialog.getByLabel(seat.say('project.name'), { exact: true });
    await name.fill(' ');
    await dialog.getByRole('button', { name: seat.say('project.save') }).click();
    await expectRefused(seat, name, 'required');
    await name.fill(TOO_LONG);
    await dialog.getByRole('button', { name: seat.say('project.save') }).click();
    await expectRefused(seat, name, 'too_long', { max: 120 });
    await expect(name).toHaveValue(TOO_LONG);
  });
}

for (const locale of ['zh', 'en'] as const) {
  test(`the sign-in refuses bad input in ${locale}`, async ({ visit }) => {
    const seat = await visit(locale);
    await seat.page.goto('/');
    const email = seat.field('sign_in.email');
    const password = seat.field('sign_in.password');
    const submit = seat.button('sign_in.submit');
    await submit.click();
    await expectRefused(seat, email, 'required');
    await expectRefused(seat, password, 'required');

    await email.fill(`nobody.${locale}@qiming.example`);
    await password.fill('not the password');
    await submit.click();
    await expect(seat.page.getByRole('alert').filter({ hasText: seat.say('fault.wrong_credentials') })).toBeVisible();
    await expect(email).toHaveValue(`nobody.${locale}@qiming.example`);
    await expect(password).toHaveValue('not the password');
  });

  test(`joining refuses bad input in ${locale}`, async ({ server, visit }) => {
    const admin = await signIn(server.url, wu);
    const link = await admin.post('/api/invite', { data: { department: null, role: 'Member' } });
    const { link_token: token } = (await link.json()) as { link_token: string };
    await admin.dispose();

    const seat = await visit(locale);
    await seat.page.goto(`/join/${token}`);
    const [name, email, password] = [seat.field('found.name'), seat.field('sign_in.email'), seat.field('sign_in.password')];
    const submit = seat.button('join.submit');
    await submit.click();
    for (const field of [name, email, password]) await expectRefused(seat, field, 'required');

    await name.fill(TOO_LONG);
    await email.fill('not an address');
    await password.fill('short');
    await submit.click();
    await expectRefused(seat, name, 'too_long', { max: 120 });
    await expectRefused(seat, email, 'not_an_email');
    await expectRefused(seat, password, 'too_short', { min: 10 });
    await expect(email).toHaveValue('not an address');

    // Which passwords are guessed first, and who is there already, only the server knows.
    await name.fill('马可');
    await email.fill(`marco.${locale}@qiming.example`);
    await password.fill('password123');
    await submit.click();
    await expectRefused(seat, password, 'password_too_common');
    await email.fill(lin.email);
    await password.fill('copper kettle 77');
    await submit.click();
    await expectRefused(seat, email, 'email_taken');
    await expect(name).toHaveValue('马可');
    await expect(password).toHaveValue('copper kettle 77');
  });
}

for (const locale of ['zh', 'en'] as const) {
  test(`another password is refused by its rules in ${locale}`, async ({ enter, server }) => {
    const seat = await enter(await newcomer(server, locale), { fresh: true });
    await seat.page.goto('/account');
    const [old, next] = [seat.field('account.old_password'), seat.field('account.new_password')];
    const submit = seat.button('account.change_password');
    await old.fill(PASSWORD);
    await next.fill('short');
    await submit.click();
    await expectRefused(seat, next, 'too_short', { min: 10 });
    await expect(next).toHaveValue('short');
    await next.fill('password123');
    await submit.click();
    await expectRefused(seat, next, 'password_too_common');
    await old.fill('not the old one');
    await next.fill('copper kettle 77');
    await submit.click();
    await expect(old).toHaveAccessibleDescription(seat.say('account.old_password_wrong'));
    await expect(next).toHaveValue('copper kettle 77');
  });

  test(`a person’s own fields refuse bad input in ${locale}`, async ({ enter, server }) => {
    const seat = await enter(await newcomer(server, locale), { fresh: true });
    await seat.page.goto('/account');
    const [name, phone] = [seat.field('account.name'), seat.field('account.phone')];
    await name.fill(' ');
    await phone.fill('0'.repeat(41));
    await seat.button('account.save').click();
    await expectRefused(seat, name, 'required');
    await name.fill('Somebody');
    await seat.button('account.save').click();
    await expectRefused(seat, phone, 'too_long', { max: 40 });
    await expect(phone).toHaveValue('0'.repeat(41));
  });
}

for (const person of [lin, daniel]) {
  test(`a task’s fields refuse bad input, to ${person.name}`, async ({ enter }) => {
    const seat = await enter(person);
    await boardWith(seat, { tasks: { todo: ['A', 'B'] } });
    await card(seat, 'A').getByRole('link').click();
    const panel = seat.page.locator('aside.task-panel');

    const title = panel.getByRole('textbox', { name: seat.say('task.name') });
    await title.fill(TOO_LONG);
    await title.press('Enter');
    await expectRefused(seat, title, 'too_long', { max: 120 });
    await expect(title).toHaveValue(TOO_LONG);
    await title.press('Escape');

    await panel.getByRole('button', { name: seat.say('task.add_label') }).click();
    const label = panel.getByRole('combobox', { name: seat.say('task.add_label') });
    await label.fill('标'.repeat(41));
    await label.press('Enter');
    await expectRefused(seat, label, 'too_long', { max: 40 });
    await expect(label).toHaveValue('标'.repeat(41));

    const step = panel.getByRole('textbox', { name: seat.say('task.new_item') });
    await step.fill('步'.repeat(301));
    await step.press('Enter');
    await expectRefused(seat, step, 'too_long', { max: 300 });

    const estimate = panel.getByLabel(seat.say('task.estimate_in_hours'));
    await estimate.fill('10001');
    await estimate.press('Enter');
    await expectRefused(seat, estimate, 'out_of_range', { min: 1, max: 10_000 });
  });
}

test('the server refuses the same when it is asked past the page', async ({ request, server }) => {
  const admin = await signIn(server.url, wu);
  const link = await admin.post('/api/invite', { data: { department: null, role: 'Member' } });
  const { link_token: token } = (await link.json()) as { link_token: string };
  await admin.dispose();
  const right = { token, name: 'Forged', email: 'forged@qiming.example', password: 'copper kettle 77', locale: 'En' };
  const refused = async (bad: Partial<typeof right>, field: string, reason: unknown) => {
    const answer = await request.post('/api/join', { data: { form: { ...right, ...bad } } });
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toEqual({ Refused: { field, reason } });
  };
  await refused({ name: ' ' }, 'Name', 'Required');
  await refused({ name: TOO_LONG }, 'Name', { TooLong: { max: 120 } });
  await refused({ email: 'not an address' }, 'Email', 'NotAnEmail');
  await refused({ email: lin.email }, 'Email', 'EmailTaken');
  await refused({ password: 'short' }, 'Password', { TooShort: { min: 10 } });
  await refused({ password: 'password123' }, 'Password', 'PasswordTooCommon');

  const unsigned = await request.post('/api/change_password', { data: { old: PASSWORD, new: 'copper kettle 77' } });
  expect(unsigned.status()).toBe(401);
  const member = await signIn(server.url, daniel);
  const notAllowed = await member.post('/api/invite', { data: { department: null, role: 'Admin' } });
  expect(notAllowed.status()).toBe(403);
  await member.dispose();
});
