// Debian's Chromium against the real binary; each worker has its own server (server.ts).
import { defineConfig, devices } from '@playwright/test';
import { chromium } from './chromium.mjs';
import type { Engine } from './server.ts';

export default defineConfig<object, { engine: Engine }>({
  testDir: '.',
  outputDir: 'test-results',
  globalSetup: './filled.ts',
  fullyParallel: true,
  workers: 2,
  // A test that passes only the second time is a bug in the test or in Qibu.
  retries: 0,
  forbidOnly: !!process.env['CI'],
  reporter: process.env['CI'] ? 'list' : 'line',
  timeout: 60_000,
  expect: { timeout: 5_000 },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    // A page that a worker answers for cannot be intercepted; tests of the worker allow it.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // A trace costs about as much as the test, and one that is kept for failures alone is recorded for all: to look
    // into a failure, TRACE=1 records it.
    trace: process.env['TRACE'] ? 'retain-on-failure' : 'off',
    launchOptions: chromium,
  },
  projects: [
    { name: 'sqlite' },
    // What is live is so on either engine.
    { name: 'postgres', testMatch: ['live.spec.ts', 'conflict.spec.ts', 'offline.spec.ts'], use: { engine: 'postgres' } },
  ],
});
