// Runs before the first paint. The sheet follows the system where no theme is kept; a kept one must not flash.
let replica;
try {
  const theme = localStorage.getItem('qibu.theme');
  if (theme) document.documentElement.dataset.theme = theme;
  replica = localStorage.getItem('qibu.person');
} catch {
  // Storage is refused in some private windows; the system's choice then holds.
}

// Who was here before sees the frame of the pages at once; whoever signs in first has none to see.
if (replica) document.documentElement.dataset.known = '';

// The pages that show what is only delivered while somebody looks at it: the page begins with that, from the server or
// from what is kept here. The app's routes; `make check` finds one that is none.
const LOOKING = {
  board: ['projects/:project/board', 'projects/:project/deliverables', 'projects/:project'],
  room: ['incidents/:incident', 'incidents/:incident/report'],
  article: ['knowledge/:article'],
};
for (const [kind, routes] of Object.entries(LOOKING)) {
  for (const route of routes) {
    const address = new RegExp(`^/${route.replace(/:\w+/, '([0-9a-f-]{36})')}/?$`, 'i');
    const id = address.exec(location.pathname)?.[1];
    if (id) window.qibuLooking = [kind, id];
  }
}

// The part of the app that this page is in travels along with it.
const page = PAGES.find(([route]) => new RegExp(`^/${route.replace(/:\w+/g, '[^/]+')}/?$`).test(location.pathname));
// Whoever comes with a link and is not known here sees what it leads to at the gate.
const part = !replica && /^\/(join|reset)\//.test(location.pathname) ? 'gate' : page?.[1];
if (part) {
  window.qibuPart = part;
  for (const href of FILES[part]) {
    const link = Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: '', href });
    document.head.append(link);
  }
}

// The first snapshot travels while the WebAssembly does; the app takes the promise over. With a replica here it only
// asks for what is new, over its socket.
if (!replica) {
  const query = window.qibuLooking ? `?scope=${window.qibuLooking.join(':')}` : '';
  window.qibuStart = fetch('/sync/start' + query, { credentials: 'same-origin' });
  // Offline is no error here: the app meets the same rejection when it awaits.
  window.qibuStart.catch(() => {});
}
