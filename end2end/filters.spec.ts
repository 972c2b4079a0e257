// The filters of every list, which share one model: what is typed is in the address, whatever it is.
import { pointsMall } from './demo.ts';
import { type Seat, expect, test, wu } from './people.ts';

const LISTS = [
  { name: 'projects', address: '/projects', field: 'project.filter' },
  { name: 'a board', address: pointsMall.board, field: 'board.search' },
  { name: 'incidents', address: '/incidents', field: 'centre.filter' },
  { name: 'the library', address: '/knowledge', field: 'library.search' },
  { name: 'people', address: '/admin/people', field: 'people.filter' },
];
const PERCENT = '100% of 25%25 & 50%20';

const asked = (seat: Seat) => new URL(seat.page.url()).searchParams.get('q');

for (const { name, address, field } of LISTS) {
  test(`a percent sign in the filter of ${name} outlives a reload`, async ({ enter }) => {
    const seat = await enter(wu);
    await seat.page.goto(address);
    await seat.field(field).fill(PERCENT);
    await expect.poll(() => asked(seat)).not.toBeNull();
    await seat.page.reload();
    await expect(seat.field(field)).toHaveValue(PERCENT);
  });

  test(`letters from which Chinese is being made do not filter ${name}`, async ({ enter }) => {
    const seat = await enter(wu);
    await seat.page.goto(address);
    const input = seat.field(field);
    await input.click();
    const count = seat.page.locator('.filters-count');
    await expect(count).not.toBeEmpty();
    const before = await count.textContent();
    const keyboard = await seat.context.newCDPSession(seat.page);
    await keyboard.send('Input.imeSetComposition', { text: 'zhif', selectionStart: 4, selectionEnd: 4 });
    await expect(input).toHaveValue('zhif');
    // Longer than any pause in typing.
    await seat.page.waitForTimeout(600);
    await expect(count).toHaveText(before ?? '');
    expect(asked(seat)).toBeNull();
    await keyboard.send('Input.insertText', { text: '支付' });
    await expect(input).toHaveValue('支付');
    await expect.poll(() => asked(seat)).toBe('支付');
  });
}
