// What holds for every page: axe finds nothing in either theme, nothing scrolls sideways on a phone, nothing is
// complained of, and the keyboard alone is enough.
import { card, column, expectCards, isLive, order } from './board.ts';
import { incident, pointsMall, rollback, task } from './demo.ts';
import { pick, tabTo } from './keyboard.ts';
import { expectAccessible, expectNarrow } from './looks.ts';
import { BACKEND, type Person, type Seat, daniel, expect, lin, signIn, sophie, test, wu } from './people.ts';

interface View {
  name: string;
  address: string;
  person: Person;
  /** Brings the page into the state that is looked at. */
  show?: (seat: Seat) => Promise<void>;
}

const heading = (key: string) => async (seat: Seat) => {
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say(key));
};
const board = async (seat: Seat) => {
  await expect(seat.page.locator('.card').first()).toBeVisible();
  await isLive(seat);
};
const opened = (button: string, values?: Record<string, string>) => async (seat: Seat) => {
  await seat.button(button, values).first().click();
  await expect(seat.page.getByRole('dialog')).toBeVisible();
};
async function inRoom(seat: Seat) {
  await expect(seat.page.getByRole('list', { name: seat.say('room.timeline') }).getByRole('listitem').first()).toBeVisible();
}
async function inReport(seat: Seat) {
  await expect(seat.field('incident_report.noticed')).toBeVisible();
}
async function inClosed(seat: Seat) {
  await expect(seat.page.getByText(seat.say('incident_report.closed'))).toBeVisible();
}
async function withEnded(seat: Seat) {
  await expect(seat.page.getByRole('row').filter({ hasText: seat.say('incident_stage.closed') }).first()).toBeVisible();
}
async function counted(seat: Seat) {
  await expect(seat.page.getByRole('heading', { name: seat.say('figures.by_department') })).toBeVisible();
}
async function listed(seat: Seat) {
  await expect(seat.page.getByRole('list', { name: seat.say('library.results') }).getByRole('listitem').first()).toBeVisible();
}
async function readable(seat: Seat) {
  await expect(seat.page.getByRole('article')).toBeVisible();
}
/** The invitations, on another of their ways. */
function inviting(way: string, shows: string) {
  return async (seat: Seat) => {
    await seat.button('people.invite').click();
    const dialog = seat.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: seat.say(way) }).check();
    await expect(dialog.getByText(seat.say(shows)).first()).toBeVisible();
  };
}
const documentation = `${pointsMall.board}?task=${task('points-mall', '兑换接口开发')}`;

const views: View[] = [
  { name: 'home', address: '/', person: daniel },
  { name: 'projects', address: '/projects', person: lin, show: heading('project.projects') },
  { name: 'register a project', address: '/projects/new', person: daniel, show: heading('project.register_a_project') },
  {
    name: 'a registration with errors',
    address: '/projects/new',
    person: lin,
    show: async (seat) => {
      await seat.button('project.add_department').click();
      await seat.button('project.register').click();
      await expect(seat.page.getByText(seat.say('project.correct_these'))).toBeVisible();
    },
  },
  { name: 'overview of a lead', address: pointsMall.overview, person: lin },
  { name: 'overview of a member', address: pointsMall.overview, person: daniel },
  { name: 'registration being edited', address: pointsMall.overview, person: lin, show: opened('project.edit_registration') },
  { name: 'board of a lead', address: pointsMall.board, person: lin, show: board },
  { name: 'board of a member', address: pointsMall.board, person: daniel, show: board },
  { name: 'board of an onlooker', address: pointsMall.board, person: sophie, show: board },
  { name: 'task', address: documentation, person: lin, show: taskOpen },
  { name: 'task, in English', address: documentation, person: daniel, show: taskOpen },
  { name: 'people', address: '/admin/people', person: wu, show: heading('rail.admin') },
  { name: 'people, not as an admin', address: '/admin/people', person: daniel, show: heading('rail.directory') },
  { name: 'inviting', address: '/admin/people', person: wu, show: opened('people.invite') },
  { name: 'inviting from a list', address: '/admin/people', person: wu, show: inviting('invite.list', 'invite.make_all') },
  { name: 'inviting by a link for many', address: '/admin/people', person: wu, show: inviting('invite.shared', 'people.department') },
  {
    name: 'somebody who leaves',
    address: '/admin/people?q=daniel',
    person: wu,
    show: async (seat) => {
      await seat.button('people.deactivate', { name: daniel.name }).click();
      await expect(seat.page.getByRole('dialog').getByText(seat.like('handing.tasks')).first()).toBeVisible();
    },
  },
  { name: 'company settings', address: '/admin/company', person: wu, show: heading('rail.admin') },
  { name: 'departments', address: '/admin/departments', person: wu, show: heading('rail.admin') },
  { name: 'a new department', address: '/admin/departments', person: wu, show: opened('departments.add') },
  { name: 'departments, in English', address: '/admin/departments', person: daniel, show: heading('rail.directory') },
  { name: 'account', address: '/account', person: lin },
  { name: 'account, in English', address: '/account', person: daniel },
  { name: 'inbox', address: '/inbox', person: daniel },
  { name: 'incidents', address: '/incidents', person: lin, show: withEnded },
  { name: 'incidents, in English', address: '/incidents', person: daniel, show: withEnded },
  { name: 'reporting an incident', address: '/incidents/new', person: lin },
  {
    name: 'a report with errors',
    address: '/incidents/new',
    person: daniel,
    show: async (seat) => {
      await seat.button('report_form.submit').click();
      await expect(seat.page.getByText(seat.say('reason.required')).first()).toBeVisible();
    },
  },
  { name: 'room of who runs it', address: incident('coupons'), person: daniel, show: inRoom },
  { name: 'room of who looks', address: incident('coupons'), person: lin, show: inRoom },
  { name: 'a progress update', address: incident('coupons'), person: daniel, show: opened('room.post_update') },
  { name: 'another severity', address: incident('coupons'), person: daniel, show: opened('room.set_severity') },
  { name: 'report of an incident', address: `${incident('search')}/report`, person: daniel, show: inReport },
  { name: 'wall', address: '/incidents/wall', person: lin },
  { name: 'figures of incidents', address: '/incidents/figures', person: lin, show: counted },
  { name: 'room of an incident that is over', address: incident('spinning'), person: daniel, show: inRoom },
  { name: 'report of an incident that is over', address: `${incident('orders')}/report`, person: lin, show: inClosed },
  { name: 'duty roster', address: '/incidents/roster', person: wu },
  { name: 'duty roster, in English', address: '/incidents/roster', person: daniel },
  { name: 'response policy', address: '/admin/policy', person: wu },
  { name: 'webhooks', address: '/admin/webhooks', person: wu, show: heading('rail.admin') },
  {
    name: 'webhooks, not as an admin',
    address: '/admin/webhooks',
    person: daniel,
    show: async (seat) => {
      await expect(seat.page.getByRole('alert')).toHaveText(seat.say('reason.not_allowed'));
      await expect(seat.button('webhook.add')).toHaveCount(0);
    },
  },
  { name: 'how the server stands', address: '/admin/system', person: wu, show: heading('rail.admin') },
  { name: 'a target', address: '/admin/webhooks', person: wu, show: opened('webhook.add') },
  { name: 'library', address: '/knowledge', person: lin, show: listed },
  { name: 'article', address: rollback, person: lin, show: readable },
  { name: 'article, in English', address: rollback, person: daniel, show: readable },
  { name: 'a new article', address: '/knowledge/new', person: daniel },
  { name: 'no such incident', address: '/incidents/01900000-0000-7000-8000-000000000000', person: lin },
  { name: 'no such page', address: '/no/such/page', person: daniel },
  { name: 'no such project', address: '/projects/01900000-0000-7000-8000-000000000000', person: lin },
  { name: 'no such board', address: '/projects/01900000-0000-7000-8000-000000000000/board', person: daniel },
  {
    name: 'command palette',
    address: '/projects',
    person: daniel,
    show: async (seat) => {
      await isLive(seat);
      await seat.page.keyboard.press('Control+k');
      await expect(seat.page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    },
  },
  {
    name: 'shortcuts',
    address: '/projects',
    person: lin,
    show: async (seat) => {
      await isLive(seat);
      await seat.page.keyboard.press('?');
      await expect(seat.page.getByRole('dialog')).toBeVisible();
    },
  },
];

for (const view of views) {
  test(`axe and 360 px: ${view.name}`, async ({ sit }) => {
    const seat = await sit(view.person);
    await seat.page.goto(view.address);
    await expect(seat.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await view.show?.(seat);
    await expectAccessible(seat);
    await expectNarrow(seat);
  });
}

for (const locale of ['zh', 'en'] as const) {
  test(`axe and 360 px before the sign-in, in ${locale}`, async ({ server, visit }) => {
    const seat = await visit(locale);
    await seat.page.goto('/');
    await seat.button('sign_in.submit').click();
    await expect(seat.page.getByText(seat.say('reason.required')).first()).toBeVisible();
    await expectAccessible(seat);
    await expectNarrow(seat);

    const admin = await signIn(server.url, wu);
    const link = await admin.post('/api/invite', { data: { department: null, role: 'Member' } });
    const { link_token: token } = (await link.json()) as { link_token: string };
    await admin.dispose();
    for (const [address, shows] of [[`/join/${token}`, 'join.submit'], ['/join/used-up', 'join.to_sign_in']] as const) {
      await seat.page.goto(address);
      await expect(seat.page.getByText(seat.say(shows), { exact: true })).toBeVisible();
      await expectAccessible(seat);
      await expectNarrow(seat);
    }
  });
}

test('axe and 360 px on an empty database: founding, then empty pages', async ({ own, visit }) => {
  const server = own();
  await server.start();
  const seat = await visit('en', server);
  await seat.page.goto('/');
  await expect(seat.field('found.company')).toBeVisible();
  await expectAccessible(seat);
  await expectNarrow(seat);
  await seat.field('found.company').fill('Empty Ltd');
  await seat.field('found.name').fill('First Admin');
  await seat.field('sign_in.email').fill('admin@empty.example');
  await seat.field('sign_in.password').fill('copper kettle 77');
  await seat.button('found.submit').click();
  await expect(seat.page.getByRole('navigation', { name: seat.say('rail.label') })).toBeVisible();
  for (const address of ['/', '/projects', '/admin/people', '/admin/departments']) {
    await seat.page.goto(address);
    await expect(seat.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(seat);
    await expectNarrow(seat);
  }
});

test('the main line by keyboard alone', async ({ enter }) => {
  const seat = await enter(daniel);
  const { keyboard } = seat.page;
  await seat.page.goto('/');
  await isLive(seat);

  await keyboard.press('Control+k');
  await keyboard.type(seat.say('palette.register'));
  await keyboard.press('Enter');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.register_a_project'));
  await tabTo(seat, seat.field('project.name').first());
  await keyboard.type('By keyboard');
  await tabTo(seat, seat.button('project.add_department'));
  await keyboard.press('Enter');
  const department = seat.page.getByLabel(seat.say('project.department'), { exact: true });
  await pick(seat, department, BACKEND);
  await tabTo(seat, seat.button('project.register'));
  await keyboard.press('Enter');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText('By keyboard');

  await tabTo(seat, seat.page.getByRole('link', { name: seat.say('project.to_the_board') }));
  await keyboard.press('Enter');
  const todo = seat.say('status.todo');
  const doing = seat.say('status.in_progress');
  await expect(column(seat, todo)).toBeVisible();
  await tabTo(seat, column(seat, todo).getByRole('textbox'));
  for (const name of ['First', 'Second']) {
    await keyboard.type(name);
    await keyboard.press('Enter');
  }
  await expectCards(seat, todo, ['First', 'Second']);
  await tabTo(seat, card(seat, 'First'), 'back');
  await keyboard.press('Space');
  await keyboard.press('ArrowRight');
  await keyboard.press('Space');
  await expectCards(seat, doing, ['First']);

  await keyboard.press('Enter');
  const panel = seat.page.locator('aside.task-panel');
  await tabTo(seat, panel.getByRole('textbox', { name: seat.say('task.new_comment') }));
  await keyboard.type('Done without a mouse.');
  await keyboard.press('Control+Enter');
  await expect(panel.getByRole('article')).toContainText('Done without a mouse.');
  await keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(card(seat, 'First')).toBeFocused();
  await keyboard.press('Control+z');
  await keyboard.press('Control+z');
  await expectCards(seat, todo, ['First', 'Second']);
});

test('the shortcut sheet and the palette open and close by keyboard, and the focus comes back', async ({ enter }) => {
  const seat = await enter(lin);
  await seat.page.goto('/projects');
  await isLive(seat);
  const link = seat.page.getByRole('link', { name: seat.say('project.register_a_project') });
  await link.focus();
  for (const open of ['?', 'Control+k']) {
    await seat.page.keyboard.press(open);
    await expect(seat.page.getByRole('dialog')).toBeVisible();
    await seat.page.keyboard.press('Escape');
    await expect(seat.page.getByRole('dialog')).toHaveCount(0);
    await expect(link).toBeFocused();
  }
  await seat.page.keyboard.press('g');
  await seat.page.keyboard.press('h');
  await expect.poll(() => new URL(seat.page.url()).pathname).toBe('/');
});

test('filters are in the address, and come back with it', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.goto(pointsMall.board);
  await board(seat);
  const all = (await order(seat)).flatMap(([, cards]) => cards).length;
  await seat.page.keyboard.press('/');
  await seat.page.keyboard.type('接口');
  await expect.poll(async () => (await order(seat)).flatMap(([, cards]) => cards).every((name) => name.includes('接口'))).toBe(true);
  await expect.poll(() => new URL(seat.page.url()).search).toContain(encodeURIComponent('接口'));
  const some = await order(seat);
  expect(some.flatMap(([, cards]) => cards).length).toBeLessThan(all);
  await seat.page.reload();
  await board(seat);
  expect(await order(seat)).toEqual(some);
});

async function taskOpen(seat: Seat): Promise<void> {
  await expect(seat.page.locator('aside.task-panel').getByRole('textbox', { name: seat.say('task.name') })).toBeVisible();
}
