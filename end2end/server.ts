// A real server for each worker, on a database of its own that the demo has filled.
import { test as base } from '@playwright/test';
import { Server } from './qibu.mjs';

export { Server };

export const test = base.extend<object, { server: Server }>({
  server: [
    // Playwright reads the names of the fixtures used from this pattern, and insists on one.
    async ({}, use) => {
      const server = new Server();
      try {
        server.fill();
        await server.start();
        await use(server);
      } finally {
        await server.remove();
      }
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from '@playwright/test';
