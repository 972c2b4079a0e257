// Cards take over the elements of cards that go: whatever these showed, each looks as one that is drawn for the first time.
import { boardWith, card } from './board.ts';
import { pointsMall } from './demo.ts';
import { type Seat, expect, lin, test } from './people.ts';
import { plant } from './seed.ts';

/** The cards as they are read and seen: elements, attributes but for what only ties them together, texts. */
const looks = (seat: Seat) =>
  seat.page.locator('.board .card').evaluateAll((cards) => {
    const ties = ['aria-labelledby', 'aria-describedby'];
    const look = (node: Node): unknown => {
      if (!(node instanceof Element)) return node.textContent;
      const attributes = [...node.attributes].filter(({ name }) => !ties.includes(name) && (name !== 'id' || node.matches('li')));
      const told = attributes.map(({ name, value }) => `${name}=${value.split('; ').sort().join('; ')}`);
      return [node.tagName, told.sort(), [...node.childNodes].map(look)];
    };
    return cards.map(look);
  });

const search = (seat: Seat) => seat.field('board.search');

async function filter(seat: Seat, text: string): Promise<void> {
  await search(seat).fill(text);
  await expect.poll(() => new URL(seat.page.url()).searchParams.get('q') ?? '').toBe(text);
}

test('a card that the filter brings shows nothing of the one whose place it takes', async ({ enter }) => {
  const seat = await enter(lin);
  await seat.page.goto(pointsMall.board);
  const titles = seat.page.locator('.board .card-title');
  await expect(titles.first()).toBeVisible();
  const names = (await titles.allTextContents()).slice(0, 10);
  const found = [];
  for (const name of names) {
    await filter(seat, name);
    await expect(card(seat, name)).toBeVisible();
    found.push(await looks(seat));
  }
  for (const [index, name] of names.entries()) {
    await seat.page.goto(`${pointsMall.board}?q=${encodeURIComponent(name)}`);
    await expect(card(seat, name)).toBeVisible();
    await expect.poll(() => looks(seat), { message: name }).toEqual(found[index]);
  }
});

test('neither the focus nor a selection goes over to the card that takes the place', async ({ enter }) => {
  const seat = await enter(lin);
  await boardWith(seat, { tasks: { todo: ['One', 'Two'] } });
  await card(seat, 'One').focus();
  await seat.page.keyboard.press('x');
  await expect(card(seat, 'One')).toHaveAttribute('data-selected');
  await filter(seat, 'Two');
  await expect(card(seat, 'One')).toHaveCount(0);
  await expect(card(seat, 'Two')).not.toHaveAttribute('data-selected');
  await expect(card(seat, 'Two')).not.toContainText(seat.say('board.selected'));
  await expect(search(seat)).toBeFocused();
});

test('a long column shows the right cards wherever it is scrolled to, in their order', async ({ enter }) => {
  const seat = await enter(lin);
  const names = Array.from({ length: 80 }, (_, index) => `Row ${index + 1}.`);
  const project = await plant(seat, { name: `Long ${process.pid}`, tasks: { todo: names } });
  await seat.page.goto(`/projects/${project}/board`);
  await expect(card(seat, 'Row 1.')).toBeVisible();
  const body = seat.page.locator('.column-body').first();
  for (const to of [0.1, 0.12, 0.5, 1, 0.97, 0.3, 0]) {
    await body.evaluate((body, to) => body.scrollTo({ top: to * body.scrollHeight }), to);
    const first = await body.evaluate((body) => Math.floor(body.scrollTop / 84));
    await expect(card(seat, `Row ${first + 1}.`)).toBeVisible();
    const rows = await body.locator('.card').evaluateAll((cards) =>
      cards.map((card) => [Number(card.getAttribute('aria-posinset')), card.querySelector('.card-title')?.textContent]),
    );
    expect(rows).toEqual(rows.map((_, index) => [Number(rows[0]?.[0]) + index, names[Number(rows[0]?.[0]) + index - 1]]));
  }
});
