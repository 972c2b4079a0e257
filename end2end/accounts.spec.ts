// Accounts from the first admin to the last sign-out.
import { incident } from './demo.ts';
import { PASSWORD, Seat, expect, lin, newcomer, signIn, test, wu } from './people.ts';
import { choose } from './pickers.ts';
import { say } from './words.ts';

for (const locale of ['zh', 'en'] as const) {
  test(`the first admin founds the company, in ${locale}`, async ({ own, visit }) => {
    const server = own();
    await server.start();
    const seat = await visit(locale, server);
    await seat.page.goto('/projects');
    await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('found.title'));
    await seat.button('found.submit').click();
    await expect(seat.field('found.company')).toHaveAccessibleDescription(seat.say('reason.required'));
    await seat.field('found.company').fill('齐步科技');
    await seat.field('found.name').fill('吴敏');
    await seat.field('sign_in.email').fill('wu.min@qibu.example');
    await seat.field('sign_in.password').fill('copper kettle 77');
    await seat.button('found.submit').click();
    await expect(seat.page.getByRole('navigation', { name: seat.say('rail.label') })).toBeVisible();

    // Nobody founds it twice.
    const other = await visit(locale, server);
    await other.page.goto('/');
    await expect(other.page.getByRole('heading', { level: 1 })).toHaveText(other.say('sign_in.title'));
    await signInAt(other, 'wu.min@qibu.example', 'copper kettle 77');
    await expect(other.page.getByRole('navigation', { name: other.say('rail.label') })).toBeVisible();
  });
}

test('an invitation makes a person, who appears in the directory at once', async ({ enter, visit }) => {
  const admin = await enter(wu);
  await admin.page.goto('/admin/people');
  await admin.button('people.invite').click();
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByRole('button', { name: admin.say('invite.make') }).click();
  const link = await dialog.locator('.secret').textContent();
  await admin.page.keyboard.press('Escape');

  const name = `Nora ${process.pid}`;
  const email = `nora.${process.pid}@qiming.example`;
  const seat = await visit('en');
  await seat.page.goto(new URL(link ?? '').pathname);
  await seat.field('found.name').fill(name);
  await seat.field('sign_in.email').fill(email);
  await seat.field('sign_in.password').fill('copper kettle 77');
  await seat.button('join.submit').click();
  await expect(seat.page.getByRole('navigation', { name: seat.say('rail.label') })).toBeVisible();
  await expect(admin.page.getByRole('row').filter({ hasText: name })).toBeVisible();

  // Whoever is signed in is told so, and can go on without the account.
  await seat.page.goto(new URL(link ?? '').pathname);
  await expect(seat.page.getByText(seat.say('join.signed_in', { name, email }))).toBeVisible();
  await seat.button('join.sign_out_and_join').click();
  await expect(seat.page.getByRole('alert')).toContainText(seat.say('fault.invitation_not_valid'));

  // The link is good once.
  const second = await visit('en');
  await second.page.goto(new URL(link ?? '').pathname);
  await expect(second.page.getByRole('alert')).toContainText(second.say('fault.invitation_not_valid'));
});

test('a person who is deactivated is signed out at once, and stays out', async ({ enter, server, visit }) => {
  const leaver = await newcomer(server);
  const [admin, seat] = await Promise.all([enter(wu), enter(leaver)]);
  await seat.page.goto('/projects');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.projects'));
  await admin.page.goto('/admin/people');
  const row = admin.page.getByRole('row').filter({ hasText: leaver.email });
  await row.getByRole('button', { name: admin.say('people.deactivate', { name: leaver.name }) }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: admin.say('people.deactivate_submit') }).click();

  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('sign_in.title'));
  const again = await visit('en');
  await again.page.goto('/');
  await signInAt(again, leaver.email, PASSWORD);
  await expect(again.page.getByRole('alert').filter({ hasText: again.say('fault.wrong_credentials') })).toBeVisible();
});

test('a change of password ends the other sign-ins', async ({ enter, server, visit }) => {
  const person = await newcomer(server);
  const [here, there] = await Promise.all([enter(person, { fresh: true }), enter(person, { fresh: true })]);
  await there.page.goto('/');
  await expect(there.page.getByRole('navigation', { name: there.say('rail.label') })).toBeVisible();
  await here.page.goto('/account');
  await here.field('account.old_password').fill(PASSWORD);
  await here.field('account.new_password').fill('copper kettle 77');
  await here.button('account.change_password').click();
  await expect(here.page.getByText(here.say('account.password_changed'))).toBeVisible();
  await expect(there.page.getByRole('heading', { level: 1 })).toHaveText(there.say('sign_in.title'));
  // The one that changed it goes on.
  await here.page.reload();
  await expect(here.page.getByRole('heading', { level: 1 })).toHaveText(here.say('account.title'));

  const seat = await visit('en');
  await seat.page.goto('/');
  await signInAt(seat, person.email, PASSWORD);
  await expect(seat.page.getByRole('alert').filter({ hasText: seat.say('fault.wrong_credentials') })).toBeVisible();
  await seat.field('sign_in.password').fill('copper kettle 77');
  await seat.button('sign_in.submit').click();
  await expect(seat.page.getByRole('navigation', { name: seat.say('rail.label') })).toBeVisible();
});

test('an admin corrects a name and a phone number, and everybody sees it', async ({ enter, server }) => {
  const person = await newcomer(server);
  const [admin, there] = await Promise.all([enter(wu), enter(person)]);
  await there.page.goto('/account');
  await admin.page.goto('/admin/people');
  const row = admin.page.getByRole('row').filter({ hasText: person.email });
  await row.getByRole('button', { name: admin.say('people.edit', { name: person.name }) }).click();
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByLabel(admin.say('account.name')).fill(' ');
  await dialog.getByRole('button', { name: admin.say('people.save') }).click();
  await expect(dialog.getByLabel(admin.say('account.name'))).toHaveAccessibleDescription(admin.say('reason.required'));
  const name = `Corrected ${process.pid}`;
  await dialog.getByLabel(admin.say('account.name')).fill(name);
  await dialog.getByLabel(admin.say('account.phone')).fill('021-5555 0199');
  await dialog.getByRole('button', { name: admin.say('people.save') }).click();
  await expect(dialog).toHaveCount(0);
  await there.page.goto('/admin/people');
  for (const seat of [admin, there]) {
    const corrected = seat.page.getByRole('row').filter({ hasText: person.email });
    await expect(corrected).toContainText(name);
    await expect(corrected).toContainText('021-5555 0199');
  }
});

test('a forgotten password is set anew by a link of an admin', async ({ enter, server, visit }) => {
  const person = await newcomer(server);
  const [admin, there] = await Promise.all([enter(wu), enter(person)]);
  await there.page.goto('/account');
  await admin.page.goto('/admin/people');
  const row = admin.page.getByRole('row').filter({ hasText: person.email });
  await row.getByRole('button', { name: admin.say('reset.title', { name: person.name }) }).click();
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByRole('button', { name: admin.say('invite.make') }).click();
  const link = new URL((await dialog.locator('.secret').textContent()) ?? '').pathname;

  // Where they are still signed in it works as well.
  await there.page.goto(link);
  await there.field('account.new_password').fill('silver kettle 78');
  await there.button('reset.submit').click();
  await expect(there.page.getByRole('navigation', { name: there.say('rail.label') })).toBeVisible();
  await expect(there.page).toHaveURL(/\/$/);

  const second = await visit('en');
  await second.page.goto(link);
  await expect(second.page.getByRole('alert')).toContainText(second.say('fault.reset_not_valid'));
  await second.page.goto('/');
  await signInAt(second, person.email, 'silver kettle 78');
  await expect(second.page.getByRole('navigation', { name: second.say('rail.label') })).toBeVisible();
});

test('another language redraws everything, here and in the other tab', async ({ enter, server }) => {
  const person = await newcomer(server, 'en');
  const seat = await enter(person);
  const chinese = new Seat({ ...person, locale: 'zh' }, seat.page);
  const second = await seat.context.newPage();
  await second.goto('/projects');
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.projects'));
  await seat.page.goto('/account');
  await seat.field('account.language').selectOption({ label: seat.say('account.chinese') });
  await seat.button('account.save').click();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(chinese.say('account.title'));
  await expect(seat.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(seat.page.getByRole('navigation', { name: chinese.say('rail.label') })).toBeVisible();
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(chinese.say('project.projects'));
  await seat.page.reload();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(chinese.say('account.title'));
});

test('times are those of the person’s own zone', async ({ enter, server }) => {
  const seat = await enter(await newcomer(server));
  const first = seat.page.locator('.timeline-time').first();
  const minutes = async () => {
    const [hour, minute] = (await first.innerText()).split(':').map(Number) as [number, number];
    return hour * 60 + minute;
  };
  await seat.page.goto(incident('spinning'));
  const inShanghai = await minutes();
  await seat.page.goto('/account');
  await choose(seat.field('account.zone'), 'Asia/Tokyo');
  await seat.button('account.save').click();
  await expect(seat.page.getByText(seat.say('account.saved'))).toBeVisible();
  await seat.page.goto(incident('spinning'));
  await expect.poll(async () => ((await minutes()) - inShanghai + 24 * 60) % (24 * 60)).toBe(60);
});

test('an address survives the sign-in, and a wrong password says so', async ({ visit }) => {
  const seat = await visit('en');
  await seat.page.goto('/projects');
  await signInAt(seat, lin.email, 'not the password');
  await expect(seat.page.getByRole('alert').filter({ hasText: seat.say('fault.wrong_credentials') })).toBeVisible();
  await expect(seat.field('sign_in.email')).toHaveValue(lin.email);
  await seat.field('sign_in.password').fill(PASSWORD);
  await seat.button('sign_in.submit').click();
  // 林晓 reads Chinese, whatever the browser says.
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText('项目');
  expect(new URL(seat.page.url()).pathname).toBe('/projects');

  // So does that of a file, which is no page of the app.
  const file = `/files/${crypto.randomUUID()}`;
  const upload = { params: { id: file.slice(7), name: 'notes.txt' }, data: 'Notes', headers: { 'content-type': 'text/plain' } };
  expect((await seat.page.request.post('/files', upload)).ok()).toBe(true);
  const other = await visit('en');
  await other.page.goto(file);
  const saved = other.page.waitForEvent('download');
  await signInAt(other, lin.email, PASSWORD);
  expect((await saved).suggestedFilename()).toBe('notes.txt');
  await other.page.goto('/files/none');
  await expect(other.page.getByRole('alert')).toContainText(say('zh', 'file.gone_title'));
});

test('a sign-in that the browser does not keep says so, and why', async ({ visit }) => {
  const seat = await visit('en');
  // As where the address is not encrypted: the cookie is gone with the next request.
  await seat.page.route('**/sync/start*', (route) => route.fulfill({ status: 401 }));
  await seat.page.goto('/');
  await signInAt(seat, lin.email, PASSWORD);
  await expect(seat.page.getByRole('alert').filter({ hasText: seat.say('sign_in.dropped') })).toBeVisible();
});

test('many wrong passwords are held up, and told for how long', async ({ server, visit }) => {
  const person = await newcomer(server);
  const seat = await visit('en');
  for (let tries = 0; tries < 8; tries += 1) {
    const answer = await seat.context.request.post('/api/sign_in', { data: { email: person.email, password: 'wrong' } });
    expect(answer.status()).toBe(401);
  }
  await seat.page.goto('/');
  await signInAt(seat, person.email, PASSWORD);
  await expect(seat.page.getByRole('alert').filter({ hasText: seat.like('fault.too_many_attempts') })).toBeVisible();
});

test('departments are added, renamed and removed for all to see', async ({ enter, server }) => {
  const [admin, member] = await Promise.all([enter(wu), enter(await newcomer(server, 'zh'))]);
  for (const seat of [admin, member]) await seat.page.goto('/admin/departments');
  const name = `新业务部 ${process.pid}`;
  await admin.button('departments.add').click();
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByRole('button', { name: admin.say('departments.add_submit') }).click();
  await expect(dialog.getByLabel(admin.say('departments.name'))).toHaveAccessibleDescription(admin.say('reason.required'));
  await dialog.getByLabel(admin.say('departments.name')).fill(name);
  await dialog.getByRole('button', { name: admin.say('departments.add_submit') }).click();
  await expect(member.page.getByRole('link', { name })).toBeVisible();
  await expect(member.button('departments.edit', { name })).toHaveCount(0);

  await admin.button('departments.edit', { name }).click();
  await dialog.getByLabel(admin.say('departments.name')).fill('技术部');
  await dialog.getByRole('button', { name: admin.say('departments.save') }).click();
  await expect(dialog.getByLabel(admin.say('departments.name'))).toHaveAccessibleDescription(admin.say('reason.name_taken'));
  await expect(dialog.getByLabel(admin.say('departments.name'))).toHaveValue('技术部');
  await dialog.getByLabel(admin.say('departments.name')).fill(`${name}二组`);
  await dialog.getByRole('button', { name: admin.say('departments.save') }).click();
  await expect(member.page.getByRole('link', { name: `${name}二组` })).toBeVisible();

  await admin.button('departments.remove', { name: `${name}二组` }).click();
  await dialog.getByRole('button', { name: admin.say('departments.remove_submit') }).click();
  await expect(member.page.getByRole('link', { name: `${name}二组` })).toHaveCount(0);
});

test('a department with people in it stays, and the reason is said', async ({ enter }) => {
  const admin = await enter(wu);
  await admin.page.goto('/admin/departments');
  await admin.button('departments.remove', { name: '客服部' }).click();
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByRole('button', { name: admin.say('departments.remove_submit') }).click();
  await expect(dialog.getByRole('alert')).toHaveText(admin.say('reason.department_in_use'));
});

test('the sign-in is taken back from a browser that is elsewhere', async ({ enter, server }) => {
  const person = await newcomer(server);
  const [here, there] = await Promise.all([enter(person, { fresh: true }), enter(person, { fresh: true })]);
  await there.page.goto('/projects');
  await expect(there.page.getByRole('heading', { level: 1 })).toHaveText(there.say('project.projects'));
  await here.page.goto('/account');
  await here.page.getByRole('button', { name: here.like('account.end_of') }).first().click();
  await expect(there.page.getByRole('heading', { level: 1 })).toHaveText(there.say('sign_in.title'));
  const api = await signIn(server.url, person);
  await api.dispose();
});

async function signInAt(seat: Seat, email: string, password: string): Promise<void> {
  await seat.field('sign_in.email').fill(email);
  await seat.field('sign_in.password').fill(password);
  await seat.button('sign_in.submit').click();
}
