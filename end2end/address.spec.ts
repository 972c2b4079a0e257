// A proxy that does not pass the Host header on: the server takes the page for another's, and the page says what to set.
import { once } from 'node:events';
import { type IncomingMessage, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { daniel, expect, test } from './people.ts';

/** Passes everything on to a server, and calls it by its own name. */
async function renaming(target: string): Promise<{ url: string; close: () => void }> {
  const to = new URL(target);
  const passed = (asked: IncomingMessage) => ({
    host: to.hostname,
    port: to.port,
    method: asked.method,
    path: asked.url,
    headers: { ...asked.headers, host: to.host },
  });
  const proxy = createServer((asked, answer) => {
    const on = request(passed(asked), (far) => {
      answer.writeHead(far.statusCode ?? 502, far.headers);
      far.pipe(answer);
    });
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  });
  proxy.on('upgrade', (asked, near) => {
    const on = request(passed(asked));
    on.on('response', (far) => near.end(`HTTP/1.1 ${far.statusCode} Refused\r\nconnection: close\r\n\r\n`));
    on.on('upgrade', (far, socket) => {
      const headers = Object.entries(far.headers).map(([name, value]) => `${name}: ${String(value)}`);
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`);
      socket.pipe(near).pipe(socket);
    });
    for (const end of [on, near]) end.on('error', () => undefined);
    on.end();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => void (proxy.closeAllConnections(), proxy.close()) };
}

test('a page whose address the server does not know says what has to be set', async ({ enter, server }) => {
  const proxy = await renaming(server.url);
  try {
    const seat = await enter(daniel, { faulty: true });
    const { page, context } = seat;
    const cookies = await context.cookies(server.url);
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, domain: 'localhost' })));
    await page.goto(`${proxy.url}/projects`);
    const told = page.getByRole('alert').filter({ hasText: `--public-url ${proxy.url}` });
    await expect(told).toBeVisible({ timeout: 15_000 });
    await expect(told).toContainText(seat.say('connection.refused', { address: proxy.url }));
    // At the address that it knows nothing of the kind is said.
    await page.goto(`${server.url}/projects`);
    await expect(page.locator('.connection[data-state=live]')).toBeVisible();
    await expect(page.getByText('--public-url')).toHaveCount(0);
  } finally {
    proxy.close();
  }
});
