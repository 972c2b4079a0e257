// The service worker (sw.js) from the page's side.

const LOADED_ANEW = 'qibu.loaded_anew';
/** Between two of our own reloads, in milliseconds: servers of two versions must not make a page spin. */
const PAUSE = 10_000;

export function serveOffline() {
  // Only where the context is secure.
  const register = () => navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
  if (window.requestIdleCallback) requestIdleCallback(register, { timeout: 5_000 });
  else setTimeout(register, 1_000);
}

export async function loadAnew() {
  await new Promise((resolve) => setTimeout(resolve, pause()));
  try {
    // What the worker has kept may be just what is too old; the page that comes registers it again.
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.unregister();
    for (const name of (await window.caches?.keys()) ?? []) await caches.delete(name);
  } finally {
    location.reload();
  }
}

/** How long to wait; a tab without storage waits the whole time. */
function pause() {
  try {
    const since = Date.now() - Number(sessionStorage.getItem(LOADED_ANEW));
    sessionStorage.setItem(LOADED_ANEW, String(Date.now()));
    return Math.max(0, PAUSE - since);
  } catch {
    return PAUSE;
  }
}
