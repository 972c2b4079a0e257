// The real binary on a database of its own; plain JavaScript, so that bench.mjs runs without a compiler as well.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

// QIBU names another binary than the one that `make build` makes.
const binary = process.env['QIBU'] ?? resolve(import.meta.dirname, '../target/release/qibu');
const patience = 5_000;

export class Server {
  /** The same for the server's whole life, restarts included. */
  url = '';
  /** @readonly */
  folder = mkdtempSync(join(tmpdir(), 'qibu-'));
  #storage = ['--database', `sqlite:${join(this.folder, 'qibu.sqlite')}`, '--data', join(this.folder, 'data')];
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /** While it runs. */
  get pid() {
    return this.#process?.pid;
  }

  /**
   * Fills the database; a test of the first start leaves this out.
   * @param {number} cards of a project "Benchmark" that is there if it has any
   */
  fill(cards = 0) {
    const more = cards > 0 ? ['--cards', String(cards)] : [];
    execFileSync(binary, ['demo', ...this.#storage, ...more], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  async start() {
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    const child = spawn(binary, ['serve', '--listen', listen, ...this.#storage], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    let said = '';
    child.stderr.on('data', (text) => (said = (said + text).slice(-4_000)));
    this.url = await /** @type {Promise<string>} */ (
      new Promise((ready, fail) => {
        setTimeout(() => fail(new Error(`qibu did not listen within ${patience} ms\n${said}`)), patience).unref();
        createInterface(child.stdout).on('line', (line) => {
          const url = /^listening on (http:\/\/\S+?)\/?$/.exec(line)?.[1];
          if (url) ready(url);
        });
        child.once('error', fail);
        child.once('exit', (code, signal) => fail(new Error(`qibu ended with ${code ?? signal}\n${said}`)));
      })
    );
  }

  /**
   * SIGKILL is a crash; SIGTERM must end it in good order and in time.
   * @param {'SIGTERM' | 'SIGKILL'} signal
   */
  async stop(signal = 'SIGTERM') {
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

  /**
   * On the same port and database.
   * @param {'SIGTERM' | 'SIGKILL'} signal
   */
  async restart(signal = 'SIGTERM') {
    await this.stop(signal);
    await this.start();
  }

  async remove() {
    await this.stop().finally(() => rmSync(this.folder, { recursive: true, force: true }));
  }
}
