// Serves the shell without a network. One cache per build, named by its hash and filled whole or not at all, so that two
// builds never mix: bundle.mjs says what BUILD is, which ASSETS it has, and which of them its shell begins with. The build
// before stays: a tab of it that is still open may yet go where a part of it is needed, and the server has it no more.
// What people do is never cached here: /api and /sync pass by.

const NAME = `qibu-${BUILD}`;
/** How long a page waits for the network before the kept shell shows, in milliseconds. */
const PATIENCE = 2_000;
/** What the server answers itself: never a page of the app, however late it comes. */
const SERVERS = /^\/(api|sync|files|livez|readyz)(\/|$)/;

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(asset(event.request));
  else if (mode === 'navigate' && !SERVERS.test(pathname)) event.respondWith(page(event));
});

async function fill() {
  const shell = await fetch('/', { cache: 'no-cache' });
  // The server may have been replaced since it gave out this script.
  if (!shell.ok || !(await shell.clone().text()).includes(START)) throw new Error('the shell is of another build');
  const cache = await caches.open(NAME);
  await cache.addAll(ASSETS);
  // The shell comes last: where it is, all is.
  await cache.put('/', shell);
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name !== NAME);
  for (const name of others.slice(0, -1)) await caches.delete(name);
  // The shell is asked for while this worker starts.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** An asset's name holds its hash: what is kept under it is right. */
async function asset(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event) {
  const network = Promise.resolve(event.preloadResponse).then((response) => response ?? fetch(event.request));
  const settled = network.catch(() => undefined);
  event.waitUntil(settled);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([settled, late]);
  // A proxy whose server is down answers too, and Firefox gives a response for one that a preload did not get.
  if (answer && answer.type !== 'error' && answer.status < 500) return answer;
  return (await caches.match('/', { cacheName: NAME, ignoreVary: true })) ?? network;
}
