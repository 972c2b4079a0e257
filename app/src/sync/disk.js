// One person's database in this browser, and the locks by which its tabs know of each other. Plain JavaScript, since
// transactions are made of callbacks: in WebAssembly each is a closure more, and web-sys has no stable Web Locks.
//
// Stores: `scopes` by scope; `deltas` by [scope, edition, seq]; `commands` in the order in which they were given, with an
// index on their id. An edition is the journal and the protocol that the bytes belong to: others are left unread.
// Inside a transaction nothing is awaited but its own requests.

const STORES = ['scopes', 'deltas', 'commands'];
/** Of the names in the stores: what has others is forgotten but for its commands. */
const VERSION = 2;
/** A browser that does not answer for so long, in milliseconds, has no database for us. */
const PATIENCE = 4_000;

const nameOf = (person) => `qibu.${person}`;
const lockOf = (client) => `qibu.client.${client}`;

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Does something in one transaction, whole or not at all. */
async function inTransaction(database, stores, mode, act) {
  const transaction = database.transaction(stores, mode);
  const end = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });
  try {
    const answer = await act(...stores.map((store) => transaction.objectStore(store)));
    await end;
    return answer;
  } catch (error) {
    end.catch(() => undefined);
    if (mode === 'readwrite') abort(transaction);
    throw error;
  }
}

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // What made it fail has ended it already.
  }
}

/** Takes a lock and answers what gives it back. */
const locked = (name) =>
  new Promise((taken, refused) => {
    const held = () => new Promise((release) => taken(release));
    navigator.locks.request(name, held).catch(refused);
  });

const allOf = (scope) => IDBKeyRange.bound([scope], [scope, []]);

/** What can be written; each gets the three stores and the arguments that disk.rs gives it. */
const WRITE = {
  async scope([scopes, deltas], _, scope, edition, upto, bytes) {
    const known = await result(scopes.get(scope));
    const isOfIt = known?.edition === edition;
    // Another tab may be ahead.
    if (isOfIt && known.upto >= upto) return;
    await result(deltas.delete(isOfIt ? IDBKeyRange.bound([scope, edition], [scope, edition, upto]) : allOf(scope)));
    await result(scopes.put({ scope, edition, upto, bytes }, scope));
  },
  async delta([, deltas], _, scope, edition, seq, bytes) {
    await result(deltas.put({ scope, edition, seq, bytes }, [scope, edition, seq]));
  },
  async forget([scopes, deltas], _, scope) {
    await result(scopes.delete(scope));
    await result(deltas.delete(allOf(scope)));
  },
  async command([, , commands], client, id, waits, edition, bytes) {
    const key = await result(commands.index('id').getKey(id));
    const row = { id, client, waits, edition, bytes };
    await result(key === undefined ? commands.add(row) : commands.put(row, key));
  },
  async settled([, , commands], _, id) {
    const key = await result(commands.index('id').getKey(id));
    if (key !== undefined) await result(commands.delete(key));
  },
};

export class Disk {
  #database;
  #client;
  #release;
  #hasAdopted = false;

  constructor(database, client, release) {
    this.#database = database;
    this.#client = client;
    this.#release = release;
    // Signed out in another tab: what is there goes.
    database.onversionchange = () => database.close();
  }

  /** Opens a person's database for one tab, whose lock is taken before anything is written. */
  static async open(person, client) {
    const request = indexedDB.open(nameOf(person), VERSION);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion > 0) {
        for (const name of ['scopes', 'deltas']) request.transaction.objectStore(name).clear();
        return;
      }
      const [, , commands] = STORES.map((name) =>
        request.result.createObjectStore(name, { autoIncrement: name === 'commands' }),
      );
      commands.createIndex('id', 'id');
    };
    const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new DOMException('no answer', 'TimeoutError')));
    const database = await Promise.race([result(request), late]);
    // Without a secure context there are no locks; the server then does what two tabs send once all the same.
    const release = await (navigator.locks && locked(lockOf(client)));
    return new Disk(database, client, release);
  }

  /** What is kept of the scopes that come by themselves, and of one more: scopes and their changes. */
  read(beside) {
    // The names of the others begin with a slash (disk.rs).
    const light = [IDBKeyRange.lowerBound('a'), IDBKeyRange.lowerBound(['a'])];
    return this.#read([light, ...(beside ? [[IDBKeyRange.only(beside), allOf(beside)]] : [])]);
  }

  /** The same of one scope alone. */
  readOne(scope) {
    return this.#read([[IDBKeyRange.only(scope), allOf(scope)]]);
  }

  #read(ranges) {
    return inTransaction(this.#database, ['scopes', 'deltas'], 'readonly', async (scopes, deltas) => {
      const all = ranges.flatMap(([ofScopes, ofDeltas]) => [scopes.getAll(ofScopes), deltas.getAll(ofDeltas)]);
      const rows = await Promise.all(all.map(result));
      return [rows.filter((_, at) => at % 2 === 0).flat(), rows.filter((_, at) => at % 2 === 1).flat()];
    });
  }

  /** Writes what it is given, in order. */
  write(entries) {
    return inTransaction(this.#database, STORES, 'readwrite', (...stores) => this.#put(stores, entries));
  }

  /** Makes room: throws the replica away, which the server still has, and writes the queue. */
  lighten(entries) {
    return inTransaction(this.#database, STORES, 'readwrite', async (...stores) => {
      await result(stores[0].clear());
      await result(stores[1].clear());
      await this.#put(stores, entries);
    });
  }

  async #put(stores, entries) {
    for (const [kind, ...rest] of entries) await WRITE[kind](stores, this.#client, ...rest);
  }

  /** Takes over the commands of tabs that are gone, in the order in which they were given; answers their rows. */
  async adopt() {
    if (!navigator.locks) {
      if (this.#hasAdopted) return [];
      this.#hasAdopted = true;
      return this.#adopt(new Set());
    }
    return navigator.locks.request(`${this.#database.name}.adopt`, async () => {
      const { held } = await navigator.locks.query();
      return this.#adopt(new Set(held.map((lock) => lock.name)));
    });
  }

  #adopt(living) {
    return inTransaction(this.#database, ['commands'], 'readwrite', async (commands) => {
      const [keys, rows] = await Promise.all([result(commands.getAllKeys()), result(commands.getAll())]);
      const adopted = [];
      for (const [at, row] of rows.entries()) {
        if (row.client === this.#client || living.has(lockOf(row.client))) continue;
        await result(commands.put({ ...row, client: this.#client }, keys[at]));
        adopted.push(row);
      }
      return adopted;
    });
  }

  /** Adds to a command that is still kept what it is in words that other versions read. */
  describe(id, text) {
    return inTransaction(this.#database, ['commands'], 'readwrite', async (commands) => {
      const key = await result(commands.index('id').getKey(id));
      if (key !== undefined) await result(commands.put({ ...(await result(commands.get(key))), text }, key));
    });
  }

  /** How many commands of any tab wait. */
  waiting() {
    return inTransaction(this.#database, ['commands'], 'readonly', async (commands) => {
      const rows = await result(commands.getAll());
      return rows.filter((row) => row.waits !== false).length;
    });
  }

  /** Lets go of it. */
  close() {
    this.#release?.();
    this.#database.close();
  }

  /** Deletes everything, for all tabs. */
  async wipe() {
    try {
      await inTransaction(this.#database, STORES, 'readwrite', (...stores) =>
        Promise.all(stores.map((store) => result(store.clear()))),
      );
    } finally {
      this.close();
      const request = indexedDB.deleteDatabase(this.#database.name);
      await new Promise((resolve) => (request.onsuccess = request.onerror = request.onblocked = resolve));
    }
  }
}

/** Asks the browser not to clear away what is kept here. */
export function persist() {
  navigator.storage?.persist?.().catch(() => undefined);
}
