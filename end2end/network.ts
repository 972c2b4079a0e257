// People behind a network that can be cut.
import { type Seat, expect, test as base } from './people.ts';
import { Proxy } from './proxy.ts';

/** The longest wait of a browser between two attempts to connect, and a little. */
export const RECONNECTED = 20_000;

/**
 * The network is there again, and the machine says so: the browser need not wait until it would try by itself, which
 * takes up to a quarter of a minute. Until it shows a sign of that it is told again, as an attempt may just be failing.
 */
export async function back(seat: Seat, network: Proxy, sign = seat.page.locator('.connection[data-state=live]')): Promise<void> {
  network.heal();
  await expect(async () => {
    await seat.page.evaluate(() => dispatchEvent(new Event('online')));
    await expect(sign).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: RECONNECTED });
}

export const test = base.extend<{ network: Proxy }>({
  network: async ({ server }, use) => {
    const proxy = new Proxy(server.url);
    await proxy.start();
    await use(proxy);
    await proxy.stop();
  },
});
