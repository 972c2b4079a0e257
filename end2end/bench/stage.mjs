// Servers with boards of the sizes asked for, and people of the demo at browsers that look at them.
import { chromium, request } from '@playwright/test';
import { chromium as launch } from '../chromium.mjs';
import { Server } from '../qibu.mjs';

const password = 'qibu-demo-2026';
/** Lead and member of the project "Benchmark" (server/src/demo/benchmark.rs). */
export const lin = 'lin.xiao@qiming.example';
export const daniel = 'daniel.chen@qiming.example';
/** The company's admin. */
export const wu = 'wu.min@qiming.example';

/** @typedef {Awaited<ReturnType<import('@playwright/test').APIRequestContext['storageState']>>} SignIn */

export class Stage {
  /** @type {Map<number, Promise<Server>>} */
  #servers = new Map();
  /** @type {Map<string, Promise<SignIn>>} */
  #signIns = new Map();
  /** @type {Map<number, Promise<string>>} */
  #boards = new Map();
  /** @type {Promise<import('@playwright/test').Browser> | undefined} */
  #browser;

  browser() {
    this.#browser ??= chromium.launch(launch);
    return this.#browser;
  }

  /**
   * A running server on the demo company, with so many cards on the board of the project "Benchmark".
   * @param {number} cards
   */
  server(cards) {
    return kept(this.#servers, cards, async () => {
      const server = new Server();
      console.log(`==> Filling a demo company${cards > 0 ? ` with a board of ${cards} cards` : ''}`);
      await server.fill(cards);
      await server.start();
      return server;
    });
  }

  /**
   * What a browser has kept in which somebody has signed in.
   * @param {number} cards on the server's board
   * @param {string} email
   */
  async signIn(cards, email) {
    const { url } = await this.server(cards);
    return kept(this.#signIns, `${cards} ${email}`, async () => {
      const api = await request.newContext({ baseURL: url });
      const answer = await api.post('/api/sign_in', { data: { email, password } });
      if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`);
      const state = await api.storageState();
      await api.dispose();
      return state;
    });
  }

  /**
   * A browser with nothing in its cache, where somebody is signed in.
   * @param {number} cards on the server's board
   * @param {string} email
   */
  async seat(cards, email) {
    const { url } = await this.server(cards);
    const browser = await this.browser();
    return browser.newContext({
      baseURL: url,
      storageState: await this.signIn(cards, email),
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Asia/Shanghai',
    });
  }

  /**
   * The address of the board.
   * @param {number} cards on it
   */
  board(cards) {
    return kept(this.#boards, cards, async () => {
      const context = await this.seat(cards, lin);
      const page = await context.newPage();
      await page.goto('/projects');
      const link = page.locator('a[href^="/projects/"]').filter({ hasText: 'Benchmark' }).first();
      const project = /^\/projects\/[0-9a-f-]{36}/.exec((await link.getAttribute('href')) ?? '')?.[0];
      await context.close();
      if (!project) throw new Error('the list of projects has no "Benchmark"');
      return `${project}/board`;
    });
  }

  /**
   * The address of an incident's room in which a clock runs.
   * @param {number} cards on the server's board
   */
  async room(cards) {
    const context = await this.seat(cards, lin);
    const page = await context.newPage();
    await page.goto('/incidents');
    const room = await page.locator('tr:has([role="timer"]) a.row-link').first().getAttribute('href');
    await context.close();
    if (!room) throw new Error('the list of incidents has none under way');
    return room;
  }

  async close() {
    await (await this.#browser)?.close();
    const servers = await Promise.allSettled(this.#servers.values());
    for (const server of servers) {
      if (server.status === 'fulfilled') await server.value.remove();
    }
  }
}

/**
 * Makes what is not there yet, once.
 * @template K, V
 * @param {Map<K, Promise<V>>} all
 * @param {K} key
 * @param {() => Promise<V>} make
 */
function kept(all, key, make) {
  const value = all.get(key) ?? make();
  all.set(key, value);
  return value;
}
