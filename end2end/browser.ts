// What a browser keeps of its person: the rows of its database, its caches, and the service worker's readiness.
import type { Page } from '@playwright/test';
import { type Seat, expect } from './people.ts';

export interface Row {
  id?: string;
  client?: string;
  waits?: boolean;
  text?: string;
}

/** The names of the databases that hold somebody's work. */
export function databases(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.flatMap(({ name }) => (name?.startsWith('qibu.') ? [name] : []));
  });
}

/** The rows of one store of the only database there is. */
export function rows<T = Row>(page: Page, store: 'commands' | 'scopes' | 'deltas'): Promise<T[]> {
  return page.evaluate(async (store) => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('qibu.') ? [name] : []));
    const opened = (request: IDBRequest) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const all = await Promise.all(
      names.map(async (name) => {
        const database = (await opened(indexedDB.open(name))) as IDBDatabase;
        const found = (await opened(database.transaction(store).objectStore(store).getAll())) as T[];
        database.close();
        return found;
      }),
    );
    return all.flat();
  }, store) as Promise<T[]>;
}

/** Puts rows beside those of a store of the only database there is. */
export async function put(page: Page, store: 'commands', extra: Row[]): Promise<void> {
  await change(page, store, extra);
}

/** Gives the rows of a store other values, as another version would have written them. */
export async function rewrite(page: Page, store: 'commands' | 'scopes' | 'deltas', values: object): Promise<void> {
  await change(page, store, [], values);
}

function change(page: Page, store: string, extra: Row[], values?: object): Promise<void> {
  return page.evaluate(
    async ({ store, extra, values }) => {
      const [name] = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('qibu.') ? [name] : []));
      if (!name) throw new Error('nobody has a database here');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction(store, 'readwrite');
      const rows = transaction.objectStore(store);
      for (const row of extra) rows.add(row);
      if (values) {
        rows.openCursor().onsuccess = (event) => {
          const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
          cursor?.update({ ...cursor.value, ...values });
          cursor?.continue();
        };
      }
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = reject;
      });
      database.close();
    },
    { store, extra, values },
  );
}

/** The caches of the service worker. */
export function cacheNames(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

/** The shell is kept: from now on the page opens without a network. */
export async function worksOffline(seat: Seat): Promise<void> {
  await seat.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => seat.page.evaluate(() => caches.match('/').then(Boolean))).toBe(true);
  await expect.poll(() => seat.page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
}

/** The database has nothing of the queue any more. */
export async function nothingWaits(page: Page): Promise<void> {
  await expect.poll(() => rows(page, 'commands'), { message: 'what waits on disk' }).toEqual([]);
}
