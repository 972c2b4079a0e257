// The service worker: the shell opens without a network, a new build replaces the old one as a whole, and neither loops.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type IncomingMessage, type Server as Front, type ServerResponse, createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isLive } from './board.ts';
import { cacheNames, worksOffline } from './browser.ts';
import { type Seat, daniel, expect, test as base } from './people.ts';

/** A server before the server, which can give out another build of the app, half of one, or nothing. */
class Builds {
  url = '';
  /** Every address of an asset has this at its hash's end, and so has the worker's own. */
  build = 'a';
  /** What is answered later than a page waits for, in milliseconds. */
  late: [RegExp, number] | undefined;
  /** What is asked for and not there. */
  missing: RegExp | undefined;
  isCut = false;
  readonly #target: URL;
  readonly #front: Front = createServer((incoming, answer) => void this.#answer(incoming, answer));

  constructor(target: string) {
    this.#target = new URL(target);
  }

  async start(): Promise<void> {
    this.#front.listen(0, '127.0.0.1');
    await once(this.#front, 'listening');
    this.url = `http://127.0.0.1:${(this.#front.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#front.closeAllConnections();
    this.#front.close();
    await once(this.#front, 'close');
  }

  #answer(incoming: IncomingMessage, answer: ServerResponse): void {
    const path = incoming.url ?? '/';
    if (this.isCut) {
      incoming.socket.destroy();
      return;
    }
    if (this.late?.[0].test(path)) {
      const [, wait] = this.late;
      this.late = undefined;
      setTimeout(() => this.#answer(incoming, answer), wait);
      return;
    }
    const asked = /^\/assets\/(.+)-([a-c])\.(\w+)$/.exec(path);
    if (this.missing?.test(path) || (asked && asked[2] !== this.build)) {
      answer.writeHead(404).end();
      return;
    }
    const target = {
      host: this.#target.hostname,
      port: this.#target.port,
      method: incoming.method,
      path: asked ? `/assets/${asked[1]}.${asked[3]}` : path,
      headers: { ...incoming.headers, 'accept-encoding': 'identity' },
    };
    const onward = ask(target, (from) => void this.#pass(from, answer));
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  }

  async #pass(from: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of from) parts.push(part as Buffer);
    let body = Buffer.concat(parts);
    const kind = String(from.headers['content-type'] ?? '');
    if (/html|javascript|manifest/.test(kind)) {
      const renamed = body
        .toString()
        .replace(/(\/assets\/\w+\.[0-9a-f]{16})\.(\w+)/g, `$1-${this.build}.$2`)
        .replace(/qibu-[0-9a-f]{16}/g, `$&${this.build}`);
      body = Buffer.from(renamed);
    }
    const { etag: _, 'content-length': __, ...headers } = from.headers;
    answer.writeHead(from.statusCode ?? 500, { ...headers, 'content-length': body.length }).end(body);
  }
}

const test = base.extend<{ builds: Builds }>({
  builds: async ({ server }, use) => {
    const builds = new Builds(server.url);
    await builds.start();
    await use(builds);
    await builds.stop();
  },
});

test.slow();

/** The builds whose assets the page has. */
function buildsOf(seat: Seat): Promise<string[]> {
  return seat.page.evaluate(() => {
    const assets = performance.getEntriesByType('resource').map((entry) => entry.name);
    const found = assets.flatMap((name) => /\/assets\/.+-([a-c])\.\w+$/.exec(name)?.[1] ?? []);
    return [...new Set(found)].sort();
  });
}

const atHome = async (seat: Seat) => expect(seat.page.getByRole('heading', { level: 1 })).toBeVisible();
/** The front passes no WebSocket on, which is all that is wrong here. */
const options = { faulty: true, serviceWorkers: 'allow' } as const;

test('every address opens without a network, and nothing but the shell is cached', async ({ enter, builds }) => {
  const seat = await enter(daniel, { baseURL: builds.url, ...options });
  await seat.page.goto('/');
  await atHome(seat);
  await worksOffline(seat);
  // A file is none of the app's pages, however late it comes; after the worker's patience the shell would show.
  const file = `/files/${crypto.randomUUID()}`;
  const upload = { params: { id: file.slice(7), name: 'notes.txt' }, data: 'Notes', headers: { 'content-type': 'text/plain' } };
  expect((await seat.page.request.post('/files', upload)).ok()).toBe(true);
  builds.late = [/^\/files\//, 3_000];
  const saved = seat.page.waitForEvent('download');
  await seat.page.evaluate((file) => location.assign(file), file);
  expect((await saved).suggestedFilename()).toBe('notes.txt');
  builds.isCut = true;
  for (const address of ['/projects', '/account', '/no/such/page']) {
    await seat.page.goto(address);
    await atHome(seat);
  }
  const cached = await seat.page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });
  expect(cached).toContain('/');
  expect(cached.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);
  // All parts of the app are there, those too that nobody has looked at.
  const isWasm = (path: string) => path.endsWith('.wasm');
  const parts = readdirSync(join(import.meta.dirname, '../target/site/assets')).filter(isWasm);
  expect(parts.length).toBeGreaterThan(9);
  expect(cached.filter(isWasm)).toHaveLength(parts.length);
});

test('a new build replaces the old one as a whole', async ({ enter, builds }) => {
  const seat = await enter(daniel, { baseURL: builds.url, ...options });
  await seat.page.goto('/');
  await atHome(seat);
  await worksOffline(seat);
  const [oldest] = await cacheNames(seat.page);
  const open = await seat.context.newPage();
  await open.goto('/');
  const heading = open.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(seat.say('home.title'));
  builds.build = 'b';
  await seat.page.reload();
  await atHome(seat);
  expect(await buildsOf(seat), 'the network comes first').toEqual(['b']);
  await expect.poll(() => cacheNames(seat.page)).toHaveLength(2);
  await worksOffline(seat);

  // A tab of the build before goes on in it, where it has not been yet too.
  await open.getByRole('link', { name: seat.say('rail.knowledge'), exact: true }).click();
  await expect(heading).toHaveText(seat.say('library.title'));
  builds.isCut = true;
  await seat.page.reload();
  await atHome(seat);
  expect(await buildsOf(seat)).toEqual(['b']);

  // The one before that is gone.
  builds.isCut = false;
  builds.build = 'c';
  await seat.page.reload();
  await expect.poll(() => cacheNames(seat.page)).not.toContain(oldest);
  expect(await cacheNames(seat.page)).toHaveLength(2);
});

test('a build that is only half there leaves the old one whole', async ({ enter, builds }) => {
  const seat = await enter(daniel, { baseURL: builds.url, ...options });
  await seat.page.goto('/');
  await atHome(seat);
  await worksOffline(seat);
  builds.build = 'b';
  builds.missing = /\.css$/;
  const failed = seat.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const worker = await new Promise<ServiceWorker>((found) => {
      registration.onupdatefound = () => registration.installing && found(registration.installing);
      void registration.update();
    });
    return new Promise((ended) => {
      worker.onstatechange = () => ended(worker.state);
    });
  });
  expect(await failed).toBe('redundant');
  builds.isCut = true;
  await seat.page.reload();
  await atHome(seat);
  expect(await buildsOf(seat)).toEqual(['a']);
});

test('a page that is too old is loaded anew from the network, once', async ({ enter, server }) => {
  const seat = await enter(daniel, { at: server, serviceWorkers: 'allow' });
  await seat.page.goto('/projects');
  await isLive(seat);
  await worksOffline(seat);
  let loads = 0;
  seat.page.on('load', () => (loads += 1));
  let greetings = 0;
  await seat.page.routeWebSocket(/\/sync\/socket$/, (socket) => {
    greetings += 1;
    // The frame "reload", to the first greeting and the second.
    if (greetings <= 2) socket.send(Buffer.from([10]));
    else socket.connectToServer();
  });
  await seat.page.reload();
  await expect.poll(() => greetings, { timeout: 30_000 }).toBe(3);
  await isLive(seat);
  expect(loads, 'the one that was asked for, and one for each frame').toBe(3);
  await worksOffline(seat);
  await expect(seat.page.getByRole('heading', { level: 1 })).toHaveText(seat.say('project.projects'));
});

test('the app can be installed', async ({ request }) => {
  const shell = await (await request.get('/')).text();
  const address = /<link rel="manifest" href="([^"]+)">/.exec(shell)?.[1];
  const answer = await request.get(String(address));
  expect(answer.headers()['content-type']).toBe('application/manifest+json');
  const manifest = (await answer.json()) as { name: string; icons: { src: string; sizes: string; purpose?: string }[] };
  expect(manifest.name).toBe('Qibu 齐步');
  expect(manifest.icons.map((icon) => [icon.sizes, icon.purpose ?? 'any'])).toEqual(
    expect.arrayContaining([['192x192', 'any'], ['512x512', 'any'], ['512x512', 'maskable']]),
  );
  for (const icon of manifest.icons) expect((await request.get(icon.src)).ok(), icon.src).toBe(true);
  const worker = await request.get('/sw.js');
  expect(worker.headers()['content-type']).toBe('text/javascript; charset=utf-8');
  expect(worker.headers()['cache-control']).toBe('no-cache');
});
