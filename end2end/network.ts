// People behind a network that can be cut.
import { test as base } from './people.ts';
import { Proxy } from './proxy.ts';

/** The longest wait of a browser between two attempts to connect, and a little. */
export const RECONNECTED = 20_000;

export const test = base.extend<{ network: Proxy }>({
  network: async ({ server }, use) => {
    const proxy = new Proxy(server.url);
    await proxy.start();
    await use(proxy);
    await proxy.stop();
  },
});
