// A real server for each worker, on a database of its own that the demo has filled.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '@playwright/test';

const binary = resolve(import.meta.dirname, '../target/release/qibu');
const patience = 5_000;

export class Server {
  /** The same for the server's whole life, restarts included. */
  url = '';
  readonly folder = mkdtempSync(join(tmpdir(), 'qibu-'));
  readonly #storage = ['--database', `sqlite:${join(this.folder, 'qibu.sqlite')}`, '--data', join(this.folder, 'data')];
  #process: ChildProcess | undefined;

  /** Fills the database; a test of the first start leaves this out. */
  fill(): void {
    execFileSync(binary, ['demo', ...this.#storage], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  async start(): Promise<void> {
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    const child = spawn(binary, ['serve', '--listen', listen, ...this.#storage], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    let said = '';
    child.stderr.on('data', (text) => (said = (said + text).slice(-4_000)));
    this.url = await new Promise<string>((ready, fail) => {
      setTimeout(() => fail(new Error(`qibu did not listen within ${patience} ms\n${said}`)), patience).unref();
      createInterface(child.stdout).on('line', (line) => {
        const url = /^listening on (http:\/\/\S+?)\/?$/.exec(line)?.[1];
        if (url) ready(url);
      });
      child.once('error', fail);
      child.once('exit', (code, signal) => fail(new Error(`qibu ended with ${code ?? signal}\n${said}`)));
    });
  }

  /** SIGKILL is a crash; SIGTERM must end it in good order and in time. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    await ended;
    clearTimeout(timer);
    if (signal === 'SIGTERM' && child.signalCode === 'SIGKILL') throw new Error(`qibu ignored SIGTERM for ${patience} ms`);
  }

  /** On the same port and database. */
  async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop().finally(() => rmSync(this.folder, { recursive: true, force: true }));
  }
}

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
