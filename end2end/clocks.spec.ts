// Countdowns follow the server's clock: browsers whose own clocks are wrong show the same time.
import { type Seat, daniel, emma, expect, lin, test } from './people.ts';

/** The browser's clock is wrong by so many minutes, from before the app starts. */
async function wrongBy(seat: Seat, minutes: number): Promise<void> {
  await seat.page.addInitScript((offset) => {
    const Real = Date;
    const now = () => Real.now() + offset;
    class Wrong extends Real {
      constructor(...values: [] | [number]) {
        if (values.length === 0) super(now());
        else super(...values);
      }
      static override now = now;
    }
    globalThis.Date = Wrong as DateConstructor;
  }, minutes * 60_000);
}

/** What the clock of an incident shows, in seconds. */
async function shown(seat: Seat, name: string): Promise<number> {
  const text = await seat.page.getByRole('timer', { name: new RegExp(name) }).first().locator('.countdown-rest').innerText();
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

test('two browsers whose clocks are ten minutes off, each the other way, count down together', async ({ own, enter }) => {
  const server = own();
  await server.fill();
  await server.start();
  const [reporter, fast, slow] = (await Promise.all(
    [emma, lin, daniel].map((person) => enter(person, { at: server })),
  )) as [Seat, Seat, Seat];
  await wrongBy(fast, 10);
  await wrongBy(slow, -10);
  await reporter.page.goto('/incidents/new');
  await reporter.field('report_form.what').fill('Everything is down');
  await reporter.page.getByRole('radio', { name: reporter.say('reach.most') }).check();
  await reporter.page.getByRole('radio', { name: reporter.say('hindrance.stopped') }).check();
  await reporter.button('report_form.submit').click();
  await expect(reporter.page.getByRole('heading', { level: 1, name: 'Everything is down' })).toBeVisible();
  const room = new URL(reporter.page.url()).pathname;
  await Promise.all([fast, slow].map((seat) => seat.page.goto(room)));
  for (const seat of [fast, slow]) {
    await expect(seat.page.getByRole('timer').first()).toBeVisible();
    expect(await seat.page.evaluate(() => Math.round(Math.abs(Date.now() - performance.timeOrigin - performance.now()) / 60_000))).toBe(10);
  }
  for (let look = 0; look < 5; look += 1) {
    const [one, other] = await Promise.all([
      shown(fast, fast.say('clock.resolve')),
      shown(slow, slow.say('clock.resolve')),
    ]);
    expect(Math.abs(one - other), `${one} s and ${other} s are left`).toBeLessThanOrEqual(1);
    expect(one).toBeGreaterThan(58 * 60);
    expect(one).toBeLessThanOrEqual(60 * 60);
    // The next look is at another second.
    await expect.poll(() => shown(fast, fast.say('clock.resolve'))).not.toBe(one);
  }
});
