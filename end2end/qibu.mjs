// The real binary on a database of its own; plain JavaScript, so that bench.mjs runs without a compiler as well.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

// QIBU names another binary than the one that `make build` makes.
const binary = process.env['QIBU'] ?? resolve(import.meta.dirname, '../target/release/qibu');
const patience = 5_000;

/** @param {string[]} options */
function demo(options) {
  execFileSync(binary, ['demo', ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Where a database lies that `keepFilled` has filled, for this process and those that it starts. */
const FILLED = 'QIBU_FILLED';

/** Fills a database with the demo from which servers copy theirs. Answers what removes it. */
export function keepFilled() {
  const folder = mkdtempSync(join(tmpdir(), 'qibu-filled-'));
  demo(storage(`sqlite:${join(folder, 'qibu.sqlite')}`, folder));
  process.env[FILLED] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} database
 * @param {string} folder
 */
const storage = (database, folder) => ['--database', database, '--data', join(folder, 'data')];

/** A PostgreSQL cluster that ends with this process. */
export class Cluster {
  #script = spawn(resolve(import.meta.dirname, 'postgres.sh'), { stdio: ['pipe', 'pipe', 'inherit'] });
  #lines = createInterface(this.#script.stdout)[Symbol.asyncIterator]();
  #url = this.#line();
  #databases = 0;
  /** @type {Promise<string> | undefined} */
  #filled;

  async #line() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('PostgreSQL did not start');
    return value;
  }

  /**
   * The URL of a new database.
   * @param {string} like the name of another one that it begins as a copy of
   */
  async database(like = '') {
    const name = `test_${(this.#databases += 1)}`;
    const url = await this.#create(name, like);
    return url.replace('/?', `/${name}?`);
  }

  /**
   * The URL of a new database that the demo has filled: once, the others are copies of the first.
   * @param {string} folder for what is not in a database
   */
  async filledDatabase(folder) {
    this.#filled ??= this.#create('filled').then((url) => {
      demo(storage(url.replace('/?', '/filled?'), folder));
      return 'filled';
    });
    return this.database(await this.#filled);
  }

  /**
   * @param {string} name
   * @param {string} like
   */
  async #create(name, like = '') {
    const url = await this.#url;
    this.#script.stdin.write(`create ${name} ${like}\n`);
    if ((await this.#line()) !== 'created') throw new Error(`${name} could not be made`);
    return url;
  }

  end() {
    this.#script.stdin.end();
  }
}

export class Server {
  /** @type {Cluster | undefined} */
  static #cluster;

  /**
   * On what the servers made from now on keep their data.
   * @param {'sqlite' | 'postgres'} engine
   */
  static use(engine) {
    Server.#cluster?.end();
    Server.#cluster = engine === 'postgres' ? new Cluster() : undefined;
  }

  /** The same for the server's whole life, restarts included. */
  url = '';
  /** @readonly */
  folder = mkdtempSync(join(tmpdir(), 'qibu-'));
  /** @type {Promise<string> | undefined} */
  #database;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;
  /** @type {string | undefined} */
  #clock;

  /** While it runs. */
  get pid() {
    return this.#process?.pid;
  }

  /** The address of its database. */
  get database() {
    this.#database ??= Server.#cluster?.database() ?? Promise.resolve(`sqlite:${join(this.folder, 'qibu.sqlite')}`);
    return this.#database;
  }

  async #storage() {
    return storage(await this.database, this.folder);
  }

  /**
   * Fills the database; a test of the first start leaves this out.
   * @param {number} cards of a project "Benchmark" that is there if it has any
   */
  async fill(cards = 0) {
    const kept = process.env[FILLED];
    if (cards > 0) demo([...(await this.#storage()), '--cards', String(cards)]);
    else if (Server.#cluster) this.#database = Server.#cluster.filledDatabase(this.folder);
    else if (kept) cpSync(kept, this.folder, { recursive: true });
    else demo(await this.#storage());
    await this.#database;
  }

  /**
   * Moves the server's clock on; what is not asked for before the first start is never moved.
   * @param {number} seconds by which it is ahead of the machine's
   */
  ahead(seconds) {
    this.#clock = join(this.folder, 'clock');
    writeFileSync(this.#clock, String(Math.round(seconds)));
  }

  async start() {
    const clock = this.#clock ? ['--test-clock', this.#clock] : [];
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    const options = ['serve', '--listen', listen, ...clock, ...(await this.#storage())];
    const child = spawn(binary, options, { stdio: ['ignore', 'pipe', 'pipe'] });
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
