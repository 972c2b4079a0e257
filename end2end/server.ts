// A real server for each worker, on a database of its own that the demo has filled.
import { test as base } from '@playwright/test';
import { Server } from './qibu.mjs';

export { Server };

export type Engine = Parameters<typeof Server.use>[0];

export const test = base.extend<object, { engine: Engine; server: Server }>({
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
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from '@playwright/test';
