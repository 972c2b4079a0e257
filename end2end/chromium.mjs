// The browser of the tests and benchmarks: Debian's Chromium, or the one that CHROMIUM names.

export const chromium = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  // Root in a container has no sandbox; the rest keeps the browser from talking to the outside.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
  ],
};
