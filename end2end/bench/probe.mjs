// What runs inside the pages: it looks at the document and the clock, and touches nothing of the app's.

/** @typedef {import('@playwright/test').Page} Page */

/**
 * @typedef {object} Arrival
 * @property {number} dom when the document had the card in its column
 * @property {number} frame when the frame began that shows it
 * @property {number} drawn when that frame had been drawn
 * @property {number} frames how many frames it took, that one included
 */

/** Milliseconds by the clock that all pages share. Installed by {@link watch}. */
function probe() {
  const now = () => performance.timeOrigin + performance.now();

  /**
   * A frame has been drawn when the first task after its animation callbacks runs.
   * @param {(began: number) => void} done
   */
  const afterFrame = (done) => {
    requestAnimationFrame(() => {
      const began = now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(began);
      port2.postMessage(null);
    });
  };

  /** Ends with the change of the document after which something is there. @param {string} selector */
  const appears = (selector) =>
    /** @type {Promise<void>} */ (
      new Promise((done, fail) => {
        setTimeout(() => fail(new Error(`no ${selector} within 30 s`)), 30_000);
        const look = () => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          done();
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-lifted'] });
        look();
      })
    );

  const firstCard = appears('[data-task]').then(() => new Promise((done) => afterFrame(() => done(performance.now()))));
  // Whoever does not ask is not to hear of it.
  firstCard.catch(() => {});

  const there = (/** @type {string} */ card, /** @type {string} */ column) =>
    `[data-column="${column}"] [data-task="${card}"]:not([data-lifted])`;

  Object.assign(window, {
    bench: {
      firstCard,
      /** @type {Promise<number> | undefined} */
      gesture: undefined,
      /** @type {Promise<Arrival> | undefined} */
      arrival: undefined,

      /** Notes when the next event of a kind happened. @param {string} kind */
      awaitGesture(kind) {
        this.gesture = new Promise((done) => {
          addEventListener(kind, (event) => done(performance.timeOrigin + event.timeStamp), { capture: true, once: true });
        });
      },

      /** Notes when a card is in a column. @param {string} card @param {string} column */
      awaitCard(card, column) {
        const selector = there(card, column);
        const dom = appears(selector).then(now);
        /** @returns {Promise<{ frame: number, drawn: number, frames: number }>} */
        const shown = () =>
          new Promise((done) => {
            let frames = 0;
            const look = (/** @type {number} */ frame) => {
              frames += 1;
              if (document.querySelector(selector)) done({ frame, drawn: now(), frames });
              else afterFrame(look);
            };
            afterFrame(look);
          });
        // Only a page with a gesture of its own counts frames; from it on.
        const frames = (this.gesture ?? dom).then(shown);
        this.arrival = Promise.all([dom, frames]).then(([dom, frames]) => ({ dom, ...frames }));
        this.arrival.catch(() => {});
      },
    },
  });
}

/**
 * Before the page is opened.
 * @param {Page} page
 */
export async function watch(page) {
  await page.addInitScript(probe);
}

/**
 * Milliseconds from the start of the navigation to the frame with the first card.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export function firstCard(page) {
  return page.evaluate(() => /** @type {any} */ (window).bench.firstCard);
}

/**
 * Listens for the event that will end a gesture.
 * @param {Page} page
 * @param {'pointerup' | 'keydown'} kind
 */
export function awaitGesture(page, kind) {
  return page.evaluate((kind) => /** @type {any} */ (window).bench.awaitGesture(kind), kind);
}

/**
 * When that event happened.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export function gesture(page) {
  return page.evaluate(() => /** @type {any} */ (window).bench.gesture);
}

/**
 * Looks out for a card in a column.
 * @param {Page} page
 * @param {string} card
 * @param {string} column
 */
export function awaitCard(page, card, column) {
  return page.evaluate(([card, column]) => /** @type {any} */ (window).bench.awaitCard(card, column), [card, column]);
}

/**
 * When it came.
 * @param {Page} page
 * @returns {Promise<Arrival>}
 */
export function arrival(page) {
  return page.evaluate(() => /** @type {any} */ (window).bench.arrival);
}
