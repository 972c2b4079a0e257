// Knowledge: written for some, found by a word inside a sentence, written again by two, archived, by keys alone.
import type { Locator } from '@playwright/test';
import { connection, isLive } from './board.ts';
import { rollback } from './demo.ts';
import { expectAccessible, expectNarrow } from './looks.ts';
import { back, test } from './network.ts';
import { PRODUCT, Seat, daniel, expect, lin } from './people.ts';
import { choose } from './pickers.ts';
import { publish } from './seed.ts';

const TECHNOLOGY = '技术部';
const TEAM = '后端组';
const SENTENCE = '订单数据必须加密存储';
/** How long the index may take to know of a change. */
const INDEXED = { timeout: 10_000 };

interface Written {
  title: string;
  body?: string;
  tags?: string;
  departments?: string[];
}

let articles = 0;
/** A title that no other test finds. */
const titled = (name: string) => `${name} ${process.pid}-${(articles += 1)}`;

/** Writes an article through the form, and stays at it. Answers its address. */
async function write(seat: Seat, { title, body = '正文', tags = '', departments = [] }: Written): Promise<string> {
  const { page } = seat;
  await page.goto('/knowledge/new');
  await seat.field('article.title').fill(title);
  await seat.field('article.body').fill(body);
  await seat.field('article.tags').fill(tags);
  if (departments.length > 0) await page.getByRole('radio', { name: seat.say('article.departments') }).check();
  for (const name of departments) await page.getByRole('checkbox', { name, exact: true }).check();
  await seat.button('article.publish').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

const text = (seat: Seat) => seat.page.getByRole('article');
const results = (seat: Seat) => seat.page.getByRole('list', { name: seat.say('library.results') });
const hit = (seat: Seat, title: string) => results(seat).getByRole('listitem').filter({ hasText: title });
const revisions = (seat: Seat) => seat.page.getByRole('region', { name: seat.say('article.revisions') });
const revision = (seat: Seat, number: number) =>
  revisions(seat).getByRole('link', { name: seat.say('article.revision', { number }), exact: true });
const query = (seat: Seat) => new URL(seat.page.url()).searchParams;

/** Opens the library and looks for something, again until it is there: the index lags a little. */
async function find(seat: Seat, words: string, found: Locator): Promise<void> {
  await expect(async () => {
    await seat.page.goto(`/knowledge?q=${encodeURIComponent(words)}`);
    await expect(found).toBeVisible({ timeout: 1_000 });
  }).toPass(INDEXED);
}

async function rewrite(seat: Seat, body: string): Promise<void> {
  await seat.button('article.edit').click();
  await seat.field('article.body').fill(body);
  await seat.button('article.save').click();
  await expect(text(seat)).toBeVisible();
}

/** At the same article, for everybody. */
async function bothAt(enter: (person: typeof lin) => Promise<Seat>, written: Written) {
  const [here, there] = await Promise.all([enter(lin), enter(daniel)]);
  const address = await write(here, written);
  await there.page.goto(address);
  await expect(text(there)).toBeVisible();
  return { here, there, address };
}

test('who is no reader neither finds nor opens an article, and does once they are one', async ({ enter }) => {
  const [here, there] = await Promise.all([enter(lin), enter(daniel)]);
  const title = titled('数据规范');
  const body = `## 存储\n\n- ${SENTENCE}\n- 密钥每年更换\n\n<script>window.hacked = 1</script>\n\n<img src="x" onerror="window.hacked = 1">`;
  const address = await write(here, { title, body, tags: '规范，安全', departments: [PRODUCT, '设计部'] });
  await expect(text(here).getByRole('heading', { level: 2, name: '存储' })).toBeVisible();
  await expect(text(here).getByRole('listitem')).toHaveText([SENTENCE, '密钥每年更换']);
  // What people write never becomes markup of its own.
  await expect(text(here)).toContainText('<script>window.hacked = 1</script>');
  await expect(text(here).locator('script, img')).toHaveCount(0);
  expect(await here.page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(here.page.getByText(here.say('article.readers')).locator('+ dd')).toHaveText(/产品部.设计部|设计部.产品部/);
  await find(here, `加密 ${title}`, hit(here, title));

  await there.page.goto('/knowledge');
  await isLive(there);
  await expect(results(there)).toBeVisible();
  await expect(hit(there, title)).toHaveCount(0);
  await there.field('library.search').fill('加密');
  await expect.poll(() => query(there).get('q')).toBe('加密');
  await expect(there.page.getByText(there.say('library.nothing_found', { query: '加密' }))).toBeVisible();
  await there.page.goto(address);
  await expect(there.page.getByRole('heading', { level: 1 })).toHaveText(there.say('article.gone_title'));
  const snapshot = `/sync/snapshot?scope=article:${address.split('/').at(-1)}`;
  expect(await (await here.page.request.get(snapshot)).text()).toContain(SENTENCE);
  expect(await (await there.page.request.get(snapshot)).text()).not.toContain(SENTENCE);

  await here.page.goto(address);
  await here.button('article.sort_and_readers').click();
  const dialog = here.page.getByRole('dialog');
  const department = (name: string) => dialog.getByRole('checkbox', { name, exact: true });
  await expect(department(PRODUCT)).toBeChecked();
  await department(TECHNOLOGY).check();
  await expect(department(TEAM)).toBeChecked();
  await expect(department(TEAM)).toBeDisabled();
  await dialog.getByRole('button', { name: here.say('article.save') }).click();
  await expect(dialog).toBeHidden();

  await find(there, '加密', hit(there, title));
  await expect(hit(there, title).locator('.hit-excerpt')).toContainText(SENTENCE);
  await expect(hit(there, title).locator('mark')).toHaveText('加密');
  await hit(there, title).getByRole('link', { name: title }).click();
  await expect(text(there)).toContainText(SENTENCE);
});

test('readers limited to no department at all are refused beside the question', async ({ enter }) => {
  const seat = await enter(lin);
  await seat.page.goto('/knowledge/new');
  await seat.field('article.title').fill('没有读者');
  await seat.field('article.body').fill('正文');
  const limited = seat.page.getByRole('radio', { name: seat.say('article.departments') });
  await limited.check();
  await seat.button('article.publish').click();
  await expect(seat.page.getByRole('group', { name: seat.say('article.readers') })).toContainText(seat.say('reason.required'));
  await expect(limited).toBeFocused();
  await expect(seat.field('article.title')).toHaveValue('没有读者');
});

test('an article is written again, compared and restored', async ({ enter }) => {
  const { here, there } = await bothAt(enter, { title: titled('回滚'), body: '先看监控。\n再回滚。' });
  await rewrite(there, '先看监控。\n再降级。');
  await expect(text(here)).toContainText('再降级。');
  await expect(revisions(here).getByRole('listitem')).toHaveCount(2);
  await expect(revisions(here).getByRole('listitem').first()).toContainText(daniel.name);

  await revision(here, 2).click();
  const compared = here.page.getByRole('region', { name: here.say('article.revision', { number: 2 }) });
  await expect(compared.locator('del')).toHaveText('回滚');
  await expect(compared.locator('ins')).toHaveText('降级');
  await expect(compared.getByRole('heading')).toBeFocused();
  await expect(here.button('article.restore')).toHaveCount(0);
  await here.page.reload();
  await expect(compared.locator('ins')).toHaveText('降级');
  await compared.getByRole('link', { name: here.say('article.close_revision') }).click();
  await expect(text(here)).toContainText('再降级。');
  await expect(revision(here, 2)).toBeFocused();

  await revision(here, 1).click();
  await here.button('article.restore').click();
  await expect(text(here)).toContainText('再回滚。');
  await expect(text(there)).toContainText('再回滚。');
  await expect(revisions(there).getByRole('listitem')).toHaveCount(3);
});

test('of two who write at once the second is told, and nothing typed is lost', async ({ enter }) => {
  const { here, there } = await bothAt(enter, { title: titled('值班'), body: '五分钟内接手。' });
  await here.button('article.edit').click();
  await here.field('article.body').fill('五分钟内接手,并说明原因。');
  await rewrite(there, '十分钟内接手。');

  const told = here.page.getByRole('alert').filter({ hasText: here.say('article.overtaken', { name: there.person.name }) });
  await expect(told).toBeVisible();
  await here.button('article.save').click();
  await expect(here.page.getByText(here.say('reason.text_conflict'))).toBeVisible();
  await expect(here.field('article.body')).toBeFocused();
  await expect(here.field('article.body')).toHaveValue('五分钟内接手,并说明原因。');
  await told.getByText(here.say('article.what_changed'), { exact: true }).click();
  await expect(told.locator('ins')).toHaveText('十');

  await here.button('article.write_over').click();
  await expect(told).toHaveCount(0);
  await here.field('article.body').fill('十分钟内接手,并说明原因。');
  await here.button('article.save').click();
  await expect(text(there)).toContainText('十分钟内接手,并说明原因。');
  await expect(revisions(there).getByRole('listitem')).toHaveCount(3);
});

test('what is typed stays when an article would no longer be waited for', async ({ enter }) => {
  const seat = await enter(daniel);
  await seat.page.clock.install();
  await seat.page.goto(rollback);
  await seat.button('article.edit').click();
  await seat.field('article.body').fill('已经开始写');
  await seat.page.clock.runFor(3_000);
  await expect(seat.field('article.body')).toHaveValue('已经开始写');
});

test('what was saved without a network and came second is kept and shown', async ({ enter, network }) => {
  test.slow();
  const here = await enter(lin);
  const there = await enter(daniel, { baseURL: network.url, faulty: true });
  const address = await write(here, { title: titled('离线'), body: '原文' });
  await there.page.goto(address);
  await expect(text(there)).toContainText('原文');
  await there.whole();
  network.cut();
  await expect(connection(there)).not.toHaveAttribute('data-state', 'live');
  await rewrite(there, '断网时写的');
  await expect(text(there)).toContainText('断网时写的');
  await rewrite(here, '先保存的');
  await expect(text(here)).toContainText('先保存的');
  await back(there, network);
  const refused = there.page.getByRole('alert').filter({ hasText: there.say('reason.text_conflict') });
  await expect(refused).toBeVisible();
  await refused.getByText(there.say('refused.typed')).click();
  await expect(refused).toContainText('断网时写的');
  await expect(text(there)).toContainText('先保存的');
});

test('an archived article is gone from the list and the search, and can be brought back', async ({ enter }) => {
  const title = titled('旧流程');
  const { here, there, address } = await bothAt(enter, { title, body: '传真之后再致电确认。' });
  await find(there, '传真', hit(there, title));
  await here.button('article.archive').click();
  await expect(here.page.getByText(here.say('article.is_archived'))).toBeVisible();

  await expect(async () => {
    await there.page.goto('/knowledge?q=%E4%BC%A0%E7%9C%9F');
    await expect(there.page.getByText(there.say('library.nothing_found', { query: '传真' }))).toBeVisible({ timeout: 1_000 });
  }).toPass(INDEXED);
  await there.page.goto('/knowledge');
  await expect(results(there)).toBeVisible();
  await expect(hit(there, title)).toHaveCount(0);
  await there.page.getByRole('checkbox', { name: there.say('library.archive') }).check();
  await expect(hit(there, title)).toBeVisible();
  await there.page.reload();
  await expect(hit(there, title)).toBeVisible();
  await expect(there.page.getByRole('checkbox', { name: there.say('library.archive') })).toBeChecked();

  // Who did not write it may read it there, and no more.
  await there.page.goto(address);
  await expect(text(there)).toBeVisible();
  await expect(there.button('article.unarchive')).toHaveCount(0);
  await here.button('article.unarchive').click();
  await find(there, '传真', hit(there, title));
});

test('a tag leads to all that have it, and filters stand in the address', async ({ enter }) => {
  const seat = await enter(lin);
  // Nothing in an address is as odd as this.
  const tag = `C++ 100% & ${process.pid}`;
  const [both, one] = [titled('编译'), titled('链接')];
  await write(seat, { title: both, tags: `${tag}, 构建` });
  const address = await write(seat, { title: one, tags: '构建' });
  await find(seat, both, hit(seat, both));

  await hit(seat, both).getByRole('link', { name: tag }).click();
  await expect(results(seat).getByRole('listitem')).toHaveCount(1);
  await expect(seat.button('library.drop_tag', { tag })).toBeFocused();
  await seat.page.reload();
  await expect(seat.button('library.drop_tag', { tag })).toBeVisible();
  await expect(results(seat).getByRole('listitem')).toHaveCount(1);

  await choose(seat.page.getByRole('combobox', { name: seat.say('library.kind') }), seat.say('article_kind.news'));
  await expect(seat.page.getByText(seat.say('library.no_match'))).toBeVisible();
  expect(query(seat).get('kind')).toBe('news');
  await seat.button('library.clear').click();
  await expect(seat.field('library.search')).toBeFocused();
  await expect(hit(seat, one)).toBeVisible();
  expect(seat.page.url()).toMatch(/\/knowledge$/);

  await seat.page.goto(address);
  await seat.page.getByRole('link', { name: '构建', exact: true }).click();
  await expect(hit(seat, one)).toBeVisible();
  await expect(hit(seat, both)).toBeVisible();
  await seat.page.goBack();
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(one);
});

test('a long list goes on with a press, and the focus stays', async ({ own, enter }) => {
  test.slow();
  const server = own();
  await server.fill();
  await server.start();
  const seat = await enter(lin, { at: server });
  const { page } = seat;
  const written = Array.from({ length: 40 }, (_, index) => `第 ${index + 1} 篇`);
  await publish(seat, written, '正文');
  await page.goto('/knowledge');
  const rows = results(seat).getByRole('listitem');
  await expect(async () => {
    await page.reload();
    await expect(rows.first()).toContainText('第 40 篇', { timeout: 1_000 });
  }).toPass(INDEXED);
  await expect(rows).toHaveCount(50);
  await expect(page.getByText(seat.say('library.count_at_least', { count: 50 }))).toBeVisible();
  const more = seat.button('library.more');
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveCount(0);
  await expect(rows.nth(50).getByRole('link').first()).toBeFocused();
  const titles = await rows.locator('.hit-title').allTextContents();
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles).toEqual(expect.arrayContaining(written));
  await expect(page.getByText(seat.say('library.count', { count: titles.length }))).toBeVisible();
});

test('knowledge is reached, searched and opened by keyboard alone', async ({ enter }) => {
  const seat = await enter(daniel);
  const { keyboard } = seat.page;
  await seat.page.goto('/');
  await isLive(seat);
  await keyboard.press('g');
  await keyboard.press('k');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('library.title'));
  await keyboard.press('/');
  await expect(seat.field('library.search')).toBeFocused();
  await keyboard.type('回滚');
  await expect(hit(seat, '支付服务回滚步骤').locator('mark').first()).toHaveText('回滚');
  await expect(seat.field('library.search')).toHaveValue('回滚');
  await keyboard.press('ArrowDown');
  await expect(results(seat).getByRole('link').first()).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(seat.field('library.search')).toBeFocused();
  const wanted = hit(seat, '支付服务回滚步骤').locator('.hit-title');
  await expect(async () => {
    await keyboard.press('ArrowDown');
    await expect(wanted).toBeFocused({ timeout: 50 });
  }).toPass();
  await keyboard.press('Enter');
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText('支付服务回滚步骤');
  expect(seat.page.url()).toContain(rollback);
});

const views: [name: string, show: (seat: Seat) => Promise<void>][] = [
  [
    'the library with what was found',
    async (seat) => {
      await seat.page.goto('/knowledge?q=%E5%9B%9E%E6%BB%9A');
      await expect(results(seat).locator('mark').first()).toBeVisible();
    },
  ],
  [
    'the library, narrowed to nothing',
    async (seat) => {
      await seat.page.goto('/knowledge?tag=%E6%94%AF%E4%BB%98&kind=news&archived=1');
      await expect(seat.page.getByText(seat.say('library.no_archive'))).toBeVisible();
    },
  ],
  [
    'a new article with its readers and errors',
    async (seat) => {
      await seat.page.goto('/knowledge/new');
      await seat.page.getByRole('radio', { name: seat.say('article.departments') }).check();
      await seat.page.getByRole('checkbox', { name: TECHNOLOGY, exact: true }).check();
      await seat.button('article.publish').click();
      await expect(seat.page.getByText(seat.say('reason.required')).first()).toBeVisible();
    },
  ],
  [
    'an article being written again, and overtaken',
    async (seat) => {
      const address = await write(seat, { title: titled('发布'), body: '第一步' });
      await seat.button('article.edit').click();
      await seat.field('article.body').fill('第一步。');
      const other = await seat.context.newPage();
      await other.goto(address);
      await rewrite(new Seat(seat.person, other), '第二步');
      await other.close();
      await seat.page.getByText(seat.say('article.what_changed'), { exact: true }).click();
      await expect(seat.page.locator('.overtaken ins')).toBeVisible();
    },
  ],
  [
    'a revision beside the others',
    async (seat) => {
      const body = '| 步骤 | 负责人 |\n|---|---|\n| 回滚 | 后端组 |';
      const address = await write(seat, { title: titled('很长的标题'.repeat(12)), body, tags: '一个很长很长很长很长很长很长很长的标签' });
      await rewrite(seat, `${body}\n| 通知 | 客服部 |`);
      await seat.page.goto(`${address}?revision=2`);
      await expect(seat.page.locator('.difference ins')).toBeVisible();
    },
  ],
];

for (const [name, show] of views) {
  test(`axe and 360 px: ${name}`, async ({ sit }) => {
    const seat = await sit(lin);
    await show(seat);
    await expectAccessible(seat);
    await expectNarrow(seat);
  });
}
