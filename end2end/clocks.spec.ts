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

/** What the clock of an incident shows, in seconds, and when that runs out by the machine's true time. */
async function shown(seat: Seat, name: string): Promise<{ rest: number; until: number }> {
  const timer = seat.page.getByRole('timer', { name: new RegExp(name) }).first().locator('.countdown-rest');
  const [text, now] = await timer.evaluate((rest) => [rest.textContent, (performance.timeOrigin + performance.now()) / 1_000] as const);
  const rest = text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
  return { rest, until: now + rest };
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
  const both = () => Promise.all([shown(fast, fast.say('clock.resolve')), shown(slow, slow.say('clock.resolve'))]);
  for (let look = 0; look < 5; look += 1) {
    // A page that was held up for a moment shows the same time when it ticks next.
    await expect
      .poll(async () => {
        const [one, other] = await both();
        return Math.abs(one.until - other.until);
      })
      .toBeLessThanOrEqual(1);
    const [{ rest }] = await both();
    expect(rest).toBeGreaterThan(58 * 60);
    expect(rest).toBeLessThanOrEqual(60 * 60);
    // The next look is at another second.
    await expect.poll(async () => (await both())[0].rest).not.toBe(rest);
  }
});
