// The demo's people at their browsers: each signs in once per worker, and each page is watched for errors.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type BrowserContext, type BrowserContextOptions, type Page, request } from '@playwright/test';
import { person } from './demo.ts';
import { type Server, expect, test as withServer } from './server.ts';
import { type Locale, type Values, like, say } from './words.ts';

export const PASSWORD = 'qibu-demo-2026';

export interface Person {
  id: string;
  email: string;
  name: string;
  locale: Locale;
}

const colleague = (slug: string, name: string, locale: Locale): Person => ({
  id: person(slug),
  email: `${slug}@qiming.example`,
  name,
  locale,
});

/** 林晓 leads 积分商城上线; Daniel is in 后端组; 吴敏 is the admin; Sophie, in 市场部, is in no closed project. */
export const lin = colleague('lin.xiao', '林晓', 'zh');
export const daniel = colleague('daniel.chen', 'Daniel Chen', 'en');
export const emma = colleague('emma.wilson', 'Emma Wilson', 'en');
export const sophie = colleague('sophie.turner', 'Sophie Turner', 'en');
export const priya = colleague('priya.nair', 'Priya Nair', 'en');
export const wu = colleague('wu.min', '吴敏', 'zh');

/** The departments that tests invite, as the directory names them. */
export const BACKEND = '后端组';
export const PRODUCT = '产品部';

type Stored = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** Signs in by the server function alone. */
export async function signIn(url: string, person: Person, password = PASSWORD): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL: url });
  const answer = await api.post('/api/sign_in', { data: { email: person.email, password } });
  if (!answer.ok()) throw new Error(`${person.email} cannot sign in: ${answer.status()} ${await answer.text()}`);
  return api;
}

async function stored(server: Server, person: Person): Promise<Stored> {
  const api = await signIn(server.url, person);
  const state = await api.storageState();
  await api.dispose();
  return state;
}

let newcomers = 0;

/** A person of the test's own, made by an invitation of the admin's: nobody else misses them. */
export async function newcomer(server: Server, locale: Locale = 'en', department: string | null = null): Promise<Person> {
  newcomers += 1;
  const email = `newcomer.${newcomers}.${process.pid}@qiming.example`;
  const name = `Newcomer ${newcomers + 100}`;
  const admin = await signIn(server.url, wu);
  const link = await admin.post('/api/invite', { data: { department, role: 'Member' } });
  const { link_token: token } = (await link.json()) as { link_token: string };
  await admin.dispose();
  const api = await request.newContext({ baseURL: server.url });
  const form = { token, name, email, password: PASSWORD, locale: locale === 'zh' ? 'Zh' : 'En' };
  const joined = await api.post('/api/join', { data: { form } });
  if (!joined.ok()) throw new Error(`${name} cannot join: ${await joined.text()}`);
  const id = (await joined.json()) as string;
  await api.dispose();
  return { id, email, name, locale };
}

/** A person at a browser of their own. */
export class Seat {
  readonly person: Person;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Where the server is, not where a network before it is. */
  readonly url: string;

  constructor(person: Person, page: Page, url = '') {
    this.person = person;
    this.page = page;
    this.context = page.context();
    this.url = url;
  }

  /** What the app says to this person. */
  say(key: string, values?: Values): string {
    return say(this.person.locale, key, values);
  }

  /** Matches what the app says to this person, whatever stands for the values that are left out. */
  like(key: string, values?: Values): RegExp {
    return like(this.person.locale, key, values);
  }

  /** Waits until all is there of the app that comes after its first page: from then on it needs no network. */
  async whole(): Promise<void> {
    await this.page.waitForFunction(() => performance.getEntriesByName('whole').length > 0);
  }

  button(key: string, values?: Values) {
    return this.page.getByRole('button', { name: this.say(key, values), exact: true });
  }

  field(key: string, values?: Values) {
    return this.page.getByLabel(this.say(key, values), { exact: true });
  }
}

interface Entrance extends BrowserContextOptions {
  /** Signs in anew, for tests that end their sign-in. */
  fresh?: boolean;
  /** Lets the browser complain of a network that the test breaks. */
  faulty?: boolean;
  /** Another server than the worker's. */
  at?: Server;
}

type Enter = (person: Person, options?: Entrance) => Promise<Seat>;
/** Somebody who is not signed in, with a browser in a language. */
type Visit = (locale: Locale, at?: Server) => Promise<Seat>;
type Watch = (page: Page, faulty?: boolean) => void;
/** A person at a browser that later tests of the worker find as this one leaves it. */
type Sit = (person: Person) => Promise<Seat>;

interface Kept {
  signedIn: (person: Person) => Promise<Stored>;
  desk: Sit;
}

/** A refused form is an answer of the server, and the browser logs it as an error all the same. */
const ANSWERS = /Failed to load resource: the server responded with a status of 4(01|03|04|22|29)/;
const NETWORK = /net::ERR_|WebSocket connection|Failed to load resource|Failed to fetch|NetworkError/;

/** Where `make later` looks up what first pages ran, as its app says it. */
const RAN = join(import.meta.dirname, '../target/noting/ran.txt');

export const test = withServer.extend<{ watch: Watch; enter: Enter; visit: Visit; sit: Sit }, Kept>({
  signedIn: [
    async ({ server }, use) => {
      const kept = new Map<string, Promise<Stored>>();
      await use((person) => {
        const state = kept.get(person.email) ?? stored(server, person);
        kept.set(person.email, state);
        return state;
      });
    },
    { scope: 'worker' },
  ],

  desk: [
    async ({ browser, server, signedIn }, use) => {
      const seats = new Map<string, Seat>();
      await use(async (person) => {
        const kept = seats.get(person.email);
        if (kept) return kept;
        const context = await browser.newContext({ baseURL: server.url, storageState: await signedIn(person) });
        const seat = new Seat(person, await context.newPage(), server.url);
        seats.set(person.email, seat);
        return seat;
      });
      await Promise.all([...seats.values()].map(({ context }) => context.close()));
    },
    { scope: 'worker' },
  ],

  // Errors, panics and violations of the Content-Security-Policy fail the test that meets them.
  watch: async ({}, use) => {
    const wrong: string[] = [];
    await use((page, faulty = false) => {
      page.on('pageerror', (error) => {
        if (!(faulty && NETWORK.test(String(error)))) wrong.push(String(error));
      });
      page.on('console', (message) => {
        const text = message.text();
        if (text.startsWith('ran ')) appendFileSync(RAN, `${text}\n`);
        const isViolation = text.includes('Content Security Policy');
        if (message.type() !== 'error' && !isViolation) return;
        if (!isViolation && (ANSWERS.test(text) || (faulty && NETWORK.test(text)))) return;
        wrong.push(`${text} (${page.url()})`);
      });
    });
    expect(wrong, 'what the browser complained of').toEqual([]);
  },

  visit: async ({ browser, server, own: _, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (locale, at = server) => {
      const context = await browser.newContext({ baseURL: at.url, locale: locale === 'zh' ? 'zh-CN' : 'en-GB' });
      contexts.push(context);
      const page = await context.newPage();
      watch(page);
      return new Seat({ id: '', email: '', name: '', locale }, page, at.url);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  enter: async ({ browser, server, own: _, signedIn, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person, { fresh = false, faulty = false, at = server, ...options } = {}) => {
      const isShared = !fresh && at === server;
      const storageState = await (isShared ? signedIn(person) : stored(at, person));
      const context = await browser.newContext({ baseURL: at.url, storageState, ...options });
      contexts.push(context);
      const page = await context.newPage();
      watch(page, faulty);
      return new Seat(person, page, at.url);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  // For tests that only look: a browser of their own would cost them more than the look.
  sit: async ({ desk, watch }, use) => {
    const pages: Page[] = [];
    await use(async (person) => {
      const seat = await desk(person);
      watch(seat.page);
      pages.push(seat.page);
      return seat;
    });
    for (const page of pages) for (const event of ['pageerror', 'console'] as const) page.removeAllListeners(event);
  },
});

export { expect } from './server.ts';
