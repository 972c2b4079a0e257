// Runs before the first paint. The sheet follows the system where no theme is kept; a kept one must not flash.
let replica;
try {
  const theme = localStorage.getItem('qibu.theme');
  if (theme) document.documentElement.dataset.theme = theme;
  replica = localStorage.getItem('qibu.person');
} catch {
  // Storage is refused in some private windows; the system's choice then holds.
}

// The first snapshot travels while the WebAssembly does; the app takes the promise over. With a replica here it only
// asks for what is new, over its socket.
if (!replica) {
  const looked = { board: /^\/projects\/([0-9a-f-]{36})\/board\/?$/i, room: /^\/incidents\/([0-9a-f-]{36})/i, article: /^\/knowledge\/([0-9a-f-]{36})/i };
  const found = Object.entries(looked).find(([, address]) => address.test(location.pathname));
  const query = found ? `?${found[0]}=${location.pathname.match(found[1])[1]}` : '';
  window.qibuStart = fetch('/sync/start' + query, { credentials: 'same-origin' });
  // Offline is no error here: the app meets the same rejection when it awaits.
  window.qibuStart.catch(() => {});
}
