// Who may not read a project gets nothing of it: no page, no snapshot, no list, no palette; and loses it at once.
import type { APIRequestContext } from '@playwright/test';
import { boardByHand, boardWith, card, column, expectCards, isLive, openBoard, settled, statusName } from './board.ts';
import { SECRETS, pointsMall, restructuring, task } from './demo.ts';
import { mouse } from './drag.ts';
import {
  BACKEND,
  type Person,
  type Seat,
  daniel,
  expect,
  lin,
  newcomer,
  signIn,
  sophie,
  test,
  wu,
} from './people.ts';

test('a person who is not a member meets a page that says so', async ({ enter }) => {
  const seat = await enter(sophie);
  await seat.page.goto(restructuring.overview);
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.gone_title'));
  await seat.page.goto(restructuring.board);
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.gone_title'));
  await expect(seat.page.locator('.card')).toHaveCount(0);
  for (const secret of SECRETS) await expect(seat.page.getByText(secret)).toHaveCount(0);
});

test('snapshots hold nothing of a closed project', async ({ server }) => {
  const outsider = await signIn(server.url, sophie);
  const member = await signIn(server.url, wu);
  const { id } = restructuring;
  for (const path of [`/sync/start?scope=board:${id}`, `/sync/snapshot?scope=project:${id}`, `/sync/snapshot?scope=board:${id}`]) {
    // What a member gets shows that the words would be found if they were there.
    const theirs = await body(member, path);
    expect(SECRETS.some((secret) => theirs.includes(secret)), `${path} of a member`).toBe(true);
    const ours = await body(outsider, path);
    for (const secret of SECRETS) expect(ours.includes(secret), `${secret} in ${path}`).toBe(false);
  }
  // What may not be read looks just like what is not there, but for the id that was asked for.
  const missing = '01900000-0000-7000-8000-000000000000';
  const there = await body(outsider, `/sync/snapshot?scope=project:${id}`);
  const nowhere = await body(outsider, `/sync/snapshot?scope=project:${missing}`);
  expect(there.length).toBe(nowhere.length);
  await Promise.all([outsider.dispose(), member.dispose()]);
});

test('neither frames nor server functions tell an outsider of a closed project', async ({ enter, server }) => {
  const [outsider, member, author] = await Promise.all([enter(sophie), enter(wu), enter(wu)]);
  const [theirs, ours] = [framesOf(member), framesOf(outsider)];
  await openClosed(member);
  await outsider.page.goto(restructuring.board);
  await expect(outsider.page.getByRole('heading', { level: 1 })).toHaveText(outsider.say('project.gone_title'));
  await isLive(outsider);
  await openClosed(author);
  await author.page.locator('.quick-add input').first().fill('绝密方案 X');
  await author.page.keyboard.press('Enter');
  await expect(card(member, '绝密方案 X')).toBeVisible();
  expect(theirs().includes('绝密方案 X')).toBe(true);

  // A change that everybody hears of: whatever was on its way to the outsider has come before it.
  const name = `公开的部门 ${process.pid}`;
  await outsider.page.goto('/admin/departments');
  await author.page.goto('/admin/departments');
  await author.button('departments.add').click();
  await author.page.getByRole('dialog').getByLabel(author.say('departments.name')).fill(name);
  await author.page.getByRole('dialog').getByRole('button', { name: author.say('departments.add_submit') }).click();
  await expect(outsider.page.getByRole('link', { name })).toBeVisible();
  expect(ours().includes(name)).toBe(true);
  for (const secret of [...SECRETS, '绝密方案']) expect(ours().includes(secret), secret).toBe(false);

  const request = { project: restructuring.id, task: task('restructuring', '新架构草案'), before: null };
  const answers = await Promise.all(
    [sophie, wu].map(async (person) => {
      const api = await signIn(server.url, person);
      const answer = await api.post('/api/activity', { data: request });
      const told = { ok: answer.ok(), text: await answer.text() };
      await api.dispose();
      return told;
    }),
  );
  expect(answers[0]?.ok).toBe(false);
  expect(answers[1]?.ok).toBe(true);
  expect(answers[1]?.text).not.toBe('[]');
});

test('who is not signed in gets no snapshot at all', async ({ request }) => {
  for (const path of ['/sync/start', `/sync/start?scope=board:${pointsMall.id}`, '/sync/snapshot?scope=company']) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(401);
    expect((await answer.body()).includes('启明'), path).toBe(false);
  }
});

test('a closed project is in no list and no search of an outsider', async ({ enter }) => {
  const [outsider, member] = await Promise.all([enter(sophie), enter(wu)]);
  for (const seat of [outsider, member]) await seat.page.goto('/projects');
  const row = (seat: Seat) => seat.page.getByRole('row').filter({ hasText: restructuring.name });
  await expect(row(member)).toBeVisible();
  await expect(outsider.page.getByRole('row').filter({ hasText: pointsMall.name })).toBeVisible();
  await expect(row(outsider)).toHaveCount(0);

  const found = async (seat: Seat, text: string) => {
    await seat.page.keyboard.press('Control+k');
    await seat.page.getByRole('dialog').getByRole('combobox').fill(text);
    return seat.page.getByRole('dialog').getByRole('option').filter({ hasText: text });
  };
  await expect(await found(member, '组织调整')).not.toHaveCount(0);
  await expect(await found(outsider, '组织调整')).toHaveCount(0);
});

test('removing a member takes the project off their open pages at once', async ({ enter, server }) => {
  const leaver = await newcomer(server);
  const [lead, onBoard, onOverview, onList] = await Promise.all([enter(lin), enter(leaver), enter(leaver), enter(leaver)]);
  const project = await boardByHand(lead, { members: [leaver], tasks: { todo: ['Secret plan'] } });
  await openBoard(onBoard, project);
  await expect(card(onBoard, 'Secret plan')).toBeVisible();
  await onOverview.page.goto(project.overview);
  await expect(onOverview.page.getByRole('heading', { level: 1 })).toHaveText(project.name);
  await onList.page.goto('/projects');
  const row = onList.page.getByRole('row').filter({ hasText: project.name });
  await expect(row).toBeVisible();

  await lead.page.goto(project.overview);
  await lead.button('project.change_member', { name: leaver.name }).click();
  await lead.button('project.remove_from_project').click();
  await lead.page.getByRole('dialog').getByRole('button', { name: lead.say('project.remove'), exact: true }).click();

  await expect(onBoard.page.getByRole('heading', { level: 1 })).toHaveText(onBoard.say('project.revoked_title'));
  await expect(onBoard.page.getByText('Secret plan')).toHaveCount(0);
  await expect(onOverview.page.getByRole('heading', { level: 1 })).toHaveText(onOverview.say('project.revoked_title'));
  await expect(onOverview.page.getByText(project.name)).toHaveCount(0);
  await expect(row).toHaveCount(0);
  const api = await signIn(server.url, leaver);
  const start = await body(api, `/sync/start?scope=board:${project.id}`);
  expect(start.includes('Secret plan')).toBe(false);
  await api.dispose();
});

test('being added to a project delivers it, and its board follows', async ({ enter, server }) => {
  const joiner = await newcomer(server);
  const [lead, seat] = await Promise.all([enter(lin), enter(joiner)]);
  const project = await boardWith(lead, { tasks: { todo: ['Seen soon'] } });
  await seat.page.goto(project.board);
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.gone_title'));
  await lead.page.goto(project.overview);
  await invite(lead, joiner);
  await expect(card(seat, 'Seen soon')).toBeVisible();
});

test('an observer cannot move a card, and is told so', async ({ enter, server }) => {
  const observer = await newcomer(server);
  const [lead, seat] = await Promise.all([enter(lin), enter(observer)]);
  const project = await boardByHand(lead, { observers: [observer], tasks: { todo: ['A', 'B'] } });
  const todo = statusName(project, 'todo');
  await openBoard(seat, project);
  await expect(seat.page.getByText(seat.say('board.readonly_observer'))).toBeVisible();
  await expect(column(seat, todo).getByRole('textbox')).toHaveCount(0);

  const box = await card(seat, 'A').boundingBox();
  if (!box) throw new Error('no card');
  const hand = mouse(seat);
  await hand.press({ x: box.x + 40, y: box.y + 30 });
  await hand.move({ x: box.x + 500, y: box.y + 30 });
  await hand.release();
  await card(seat, 'A').focus();
  await seat.page.keyboard.press('Space');
  await seat.page.keyboard.press('ArrowRight');
  await seat.page.keyboard.press('Space');
  await settled(seat);
  await expectCards(seat, todo, ['A', 'B']);
  await expectCards(lead, todo, ['A', 'B']);
});

test('signing out closes what was open', async ({ enter, server }) => {
  const person = await newcomer(server);
  const lead = await enter(lin);
  const project = await boardWith(lead, { members: [person], tasks: { todo: ['A'] } });
  const seat = await enter(person, { fresh: true });
  await openBoard(seat, project);
  const second = await seat.context.newPage();
  await second.goto(project.board);
  await expect(second.locator('.card')).toHaveCount(1);

  await seat.page.goto('/account');
  await seat.button('account.sign_out').click();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('sign_in.title'));
  // The other tab of the same sign-in loses it too, without a reload.
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(seat.say('sign_in.title'));
  await expect(second.locator('.card')).toHaveCount(0);
  const answer = await seat.context.request.get(`/sync/start?scope=board:${project.id}`);
  expect(answer.status()).toBe(401);
  await seat.page.goBack();
  await expect(seat.page.locator('.card')).toHaveCount(0);
});

test('only members of an open project work on it; everybody reads it', async ({ enter }) => {
  const seat = await enter(sophie);
  const lead = await enter(lin);
  const project = await boardByHand(lead, { open: true, departments: [BACKEND], tasks: { todo: ['A'] } });
  await openBoard(seat, project);
  await expect(card(seat, 'A')).toBeVisible();
  await expect(column(seat, statusName(project, 'todo')).getByRole('textbox')).toHaveCount(0);
  const member = await enter(daniel);
  await openBoard(member, project);
  await expect(column(member, statusName(project, 'todo')).getByRole('textbox')).toBeVisible();
});

/** All that the server has told a page over its socket. */
function framesOf(seat: Seat): () => Buffer {
  const frames: Buffer[] = [];
  seat.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(Buffer.from(payload))));
  return () => Buffer.concat(frames);
}

async function openClosed(seat: Seat): Promise<void> {
  await seat.page.goto(restructuring.board);
  await expect(seat.page.locator('.card').first()).toBeVisible();
  await isLive(seat);
}

async function body(api: APIRequestContext, path: string): Promise<Buffer> {
  const answer = await api.get(path);
  expect(answer.ok(), path).toBe(true);
  return answer.body();
}

async function invite(lead: Seat, person: Person): Promise<void> {
  await lead.button('project.add_member').click();
  const dialog = lead.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: lead.say('project.person') }).fill(person.name);
  await lead.page.getByRole('listbox').getByRole('option', { name: person.name }).click();
  await dialog.getByRole('button', { name: lead.say('project.add'), exact: true }).click();
}
