// Commands past the pages, for what a test needs and does not look at: over a socket as the app's own, in the bytes of
// shared/src/sync/protocol.rs. Node 20 has no WebSocket that sends a cookie.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, get } from 'node:http';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';

const protocol = Number(
  /PROTOCOL: u32 = (\d+)/.exec(readFileSync(resolve(import.meta.dirname, '../shared/src/sync/protocol.rs'), 'utf8'))?.[1],
);

// What postcard makes of values: an enum is its variant's number and then what is in it, a struct its fields.
export const number = (value: number): Buffer => {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
};
export const bool = (value: boolean): Buffer => number(Number(value));
export const text = (value: string): Buffer => sized(Buffer.from(value));
export const id = (uuid: string): Buffer => sized(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
export const list = (items: Buffer[]): Buffer => Buffer.concat([number(items.length), ...items]);
export const none: Buffer = number(0);
const sized = (bytes: Buffer): Buffer => Buffer.concat([number(bytes.length), bytes]);

/** A variant or a struct, by its parts. */
export const parts = (...values: (Buffer | number)[]): Buffer =>
  Buffer.concat(values.map((value) => (typeof value === 'number' ? number(value) : value)));

const HELLO = 0;
const ACT = 1;
const ACKED = 4;
const REFUSED = 5;

/** Has commands carried out in the name of whom the cookie stands for, and waits until the server has all of them. */
export async function act(url: string, cookie: string, commands: Buffer[]): Promise<void> {
  const socket = await open(url, cookie);
  socket.write(frame(parts(HELLO, protocol, id(randomUUID()), none, list([]))));
  for (const [index, command] of commands.entries()) socket.write(frame(parts(ACT, index + 1, id(randomUUID()), command)));
  let answers = 0;
  try {
    for await (const [kind] of messages(socket)) {
      if (kind === REFUSED) throw new Error(`the rules refuse command ${answers + 1} of a seed`);
      if (kind === ACKED && (answers += 1) === commands.length) return;
    }
    throw new Error(`after ${answers} of ${commands.length} commands of a seed the server hung up: is it still the protocol?`);
  } finally {
    socket.destroy();
  }
}

async function open(url: string, cookie: string): Promise<Socket> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    cookie,
  };
  const request = get(new URL('/sync/socket', url), { headers });
  const refused = once(request, 'response').then(([answer]) => {
    throw new Error(`no socket at ${url}: ${(answer as IncomingMessage).statusCode}`);
  });
  const [, socket, head] = (await Promise.race([once(request, 'upgrade'), refused])) as [IncomingMessage, Socket, Buffer];
  socket.unshift(head);
  return socket;
}

/** A binary message of a client: it must be masked, and zeros are a mask. */
function frame(message: Buffer): Buffer {
  const { length } = message;
  const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([0x82, ...size, 0, 0, 0, 0]), message]);
}

const BINARY = 0x82;

/** The binary messages of a server, which are neither masked nor in pieces. */
async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let come = Buffer.alloc(0);
  for await (const bytes of socket) {
    come = Buffer.concat([come, bytes as Buffer]);
    for (;;) {
      const short = (come[1] ?? 0) & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (come.length < head) break;
      const length = short < 126 ? short : short === 126 ? come.readUInt16BE(2) : Number(come.readBigUInt64BE(2));
      if (come.length < head + length) break;
      if (come[0] === BINARY) yield come.subarray(head, head + length);
      come = come.subarray(head + length);
    }
  }
}
