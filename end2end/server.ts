// A real server for each worker, on a database of its own that the demo has filled.
import { test as base } from '@playwright/test';
import { Server } from './qibu.mjs';

export { Server };

export type Engine = Parameters<typeof Server.use>[0];

export const test = base.extend<{ own: () => Server }, { engine: Engine; server: Server }>({
  engine: ['sqlite', { option: true, scope: 'worker' }],
  server: [
    async ({ engine }, use) => {
      Server.use(engine);
      const server = new Server();
      try {
        await server.fill();
        await server.start();
        await use(server);
      } finally {
        await server.remove();
        Server.use('sqlite');
      }
    },
    { scope: 'worker' },
  ],
  // A server of the test's own, on an empty database, not started yet. It is stopped after the browsers are closed.
  own: async ({ engine: _ }, use) => {
    const servers: Server[] = [];
    await use(() => {
      const server = new Server();
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.remove()));
  },
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from '@playwright/test';
