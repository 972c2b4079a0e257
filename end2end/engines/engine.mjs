// What a walk needs of a browser, whatever drives it; and somebody who sits at one.

/**
 * A browser with one page, the size of a desk's.
 * @typedef {object} Engine
 * @property {string} name with its version
 * @property {(address: string) => Promise<void>} open
 * @property {() => Promise<void>} reload
 * @property {Ask} ask
 * @property {(to: Point) => Promise<void>} move the mouse
 * @property {() => Promise<void>} down
 * @property {() => Promise<void>} up
 * @property {(text: string) => Promise<void>} type into what has the focus
 * @property {(key: 'Enter' | 'Escape' | 'k', held?: 'Control') => Promise<void>} press
 * @property {() => Promise<string[]>} complaints what its console and its page have complained of since it was asked last
 * @property {() => Promise<void>} close
 */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {<G extends unknown[], R>(look: (...given: G) => R, ...given: G) => Promise<Awaited<R>>} Ask runs in the page */

export const desk = { width: 1440, height: 900 };
const patience = 15_000;

/** A person at a browser: waits for what they look for as long as a person would, and uses mouse and keys. */
export class Visitor {
  /** @readonly @type {Engine} */
  engine;

  /** @param {Engine} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * Waits until the page answers something, and answers that.
   * @template {unknown[]} G
   * @template R
   * @param {string} what is waited for, to say so if it does not come
   * @param {(...given: G) => R} look runs in the page
   * @param {G} given
   * @returns {Promise<NonNullable<Awaited<R>>>}
   */
  async until(what, look, ...given) {
    const deadline = performance.now() + patience;
    for (;;) {
      const answer = await this.engine.ask(look, ...given);
      if (answer) return answer;
      if (performance.now() > deadline) throw new Error(`${what}: not within ${patience} ms`);
      await new Promise((soon) => setTimeout(soon, 10));
    }
  }

  /**
   * Waits until something is there.
   * @param {string} selector
   */
  async sees(selector) {
    await this.until(selector, (selector) => document.querySelector(selector) !== null, selector);
  }

  /**
   * Where something can be hit, once it is at rest and nothing lies over it.
   * @param {string} selector
   */
  place(selector) {
    return this.until(`${selector} within reach`, whereToHit, selector);
  }

  /** @param {string} selector */
  async click(selector) {
    await this.engine.move(await this.place(selector));
    await this.engine.down();
    await this.engine.up();
  }

  /**
   * @param {string} selector of a field
   * @param {string} text
   */
  async write(selector, text) {
    await this.click(selector);
    await this.engine.type(text);
  }
}

/**
 * Runs in the page.
 * @param {string} selector
 * @returns {Promise<Point | null>}
 */
async function whereToHit(selector) {
  const element = document.querySelector(selector);
  if (!element) return null;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const middle = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  };
  const before = middle();
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const now = middle();
  const hit = document.elementFromPoint(now.x, now.y);
  return hit && element.contains(hit) && now.x === before.x && now.y === before.y ? now : null;
}
