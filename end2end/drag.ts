// Hands that carry cards: a mouse, and a finger that presses long.
import type { CDPSession } from '@playwright/test';
import { card, column } from './board.ts';
import { type Seat, expect } from './people.ts';

/** Below a card of a column, or on top of all. */
export interface Place {
  column: string;
  after?: string;
}

interface Point {
  x: number;
  y: number;
}

interface Hand {
  press(at: Point): Promise<void>;
  move(to: Point): Promise<void>;
  release(): Promise<void>;
}

export function mouse(seat: Seat): Hand {
  const { mouse } = seat.page;
  return {
    async press(at) {
      await mouse.move(at.x, at.y);
      await mouse.down();
      // Past the threshold that tells a drag from a click.
      await mouse.move(at.x + 12, at.y + 4, { steps: 3 });
    },
    move: (to) => mouse.move(to.x, to.y, { steps: 4 }),
    release: () => mouse.up(),
  };
}

/** A finger; the page must have touch. */
export async function finger(seat: Seat): Promise<Hand> {
  const session: CDPSession = await seat.context.newCDPSession(seat.page);
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) => {
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  };
  return {
    press: (at) => send('touchStart', [at]),
    move: (to) => send('touchMove', [to]),
    release: () => send('touchEnd', []),
  };
}

/** Picks a card up and waits until it is in the hand. A press that has hit the card lifts it: there is no second try. */
export async function lift(seat: Seat, hand: Hand, name: string): Promise<void> {
  const wanted = card(seat, name);
  const lifted = seat.page.locator('li.card[data-lifted]');
  for (let misses = 0; misses < 5; misses += 1) {
    // At rest, and nothing lies over it.
    await wanted.click({ trial: true });
    const box = await boxOf(wanted);
    await watchPress(seat);
    await hand.press({ x: box.x + box.width / 3, y: box.y + box.height / 2 });
    if (await wanted.evaluate((element) => element.dataset['task'] === document.documentElement.dataset['pressed'])) {
      await expect(wanted.and(lifted)).toBeVisible();
      return;
    }
    // A colleague's move has pushed the card from under the hand: as a person would, let go and take it again.
    await seat.page.keyboard.press('Escape');
    await hand.release();
    await expect(lifted).toHaveCount(0);
  }
  throw new Error(`${seat.person.name} does not hit ${name}`);
}

/** Has the page write down which card the next press hits. */
async function watchPress(seat: Seat): Promise<void> {
  await seat.page.evaluate(() => {
    delete document.documentElement.dataset['pressed'];
    const hit = (event: Event) => {
      const card = (event.target as Element).closest<HTMLElement>('li.card');
      document.documentElement.dataset['pressed'] = card?.dataset['task'] ?? '';
    };
    addEventListener('pointerdown', hit, { capture: true, once: true });
  });
}

/** Carries what is in the hand to a place. Once for each lift: the cards make room under it, and places move. */
export async function carry(seat: Seat, hand: Hand, place: Place): Promise<void> {
  await hand.move(await pointOf(seat, place));
}

export async function drag(seat: Seat, hand: Hand, name: string, place: Place): Promise<void> {
  await lift(seat, hand, name);
  await carry(seat, hand, place);
  await hand.release();
  await expect(seat.page.locator('html[data-dragging]')).not.toBeAttached();
}

async function pointOf(seat: Seat, place: Place): Promise<Point> {
  const body = await boxOf(column(seat, place.column).locator('.column-body'));
  const x = body.x + body.width / 2;
  if (place.after === undefined) return { x, y: body.y + 8 };
  const above = await boxOf(card(seat, place.after));
  return { x, y: above.y + above.height + 4 };
}

async function boxOf(locator: ReturnType<Seat['page']['locator']>) {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not on screen`);
  return box;
}
