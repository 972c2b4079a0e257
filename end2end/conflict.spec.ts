// Two people at the same cards at the same time: the browsers and the database end the same, and nothing vanishes.
import { allCards, boardWith, expectCards, expectSame, openBoard, settled, statusName } from './board.ts';
import { type Place, carry, drag, lift, mouse } from './drag.ts';
import { BACKEND, type Seat, daniel, expect, lin, test } from './people.ts';

const CARDS = ['A', 'B', 'C', 'D', 'E', 'F'];

test('both drag the same card at once', async ({ enter }) => {
  const { here, there, fresh, project, doing, done } = await bothAtABoard(enter);
  const [left, right] = [mouse(here), mouse(there)];
  await lift(here, left, 'B');
  await lift(there, right, 'B');
  await Promise.all([carry(here, left, { column: doing }), carry(there, right, { column: done })]);
  await Promise.all([left.release(), right.release()]);

  const board = await expectSame([here, there], fresh, project);
  expect(allCards(board)).toEqual([...CARDS, 'X', 'Y', 'Z'].sort());
  const where = board.filter(([, cards]) => cards.includes('B')).map(([name]) => name);
  expect([[doing], [done]]).toContainEqual(where);
});

test('one drops first, and the later drop of the same card wins', async ({ enter }) => {
  const { here, there, fresh, project, doing, done } = await bothAtABoard(enter);
  const [left, right] = [mouse(here), mouse(there)];
  await lift(here, left, 'C');
  await lift(there, right, 'C');
  await carry(here, left, { column: doing, after: 'X' });
  await left.release();
  // Daniel still holds the card that has just moved under his hand.
  await settled(here);
  await carry(there, right, { column: done });
  await right.release();

  const board = await expectSame([here, there], fresh, project);
  expect(board.find(([name]) => name === done)?.[1]).toEqual(['C']);
});

// What each does, move by move; all first moves are made at once, then all second ones, and so on.
const interleavings: [name: string, here: Move[], there: Move[]][] = [
  ['one card each, to the same gap', [['A', 'D']], [['F', 'D']]],
  ['each behind the other’s card', [['A', 'B']], [['B', 'A']]],
  ['the anchor moves away', [['E', 'B']], [['B', undefined]]],
  ['to the top, both', [['F', undefined], ['E', undefined]], [['D', undefined], ['C', undefined]]],
  ['the same card, up and down', [['C', undefined], ['D', 'F']], [['C', 'F'], ['D', undefined]]],
];
type Move = [card: string, after: string | undefined];

for (const [name, ours, theirs] of interleavings) {
  test(`both reorder one column at once: ${name}`, async ({ enter }) => {
    const { here, there, fresh, project, todo } = await bothAtABoard(enter);
    const place = (after: string | undefined): Place => (after ? { column: todo, after } : { column: todo });
    for (let turn = 0; turn < Math.max(ours.length, theirs.length); turn += 1) {
      const hands = [
        { seat: here, hand: mouse(here), move: ours[turn] },
        { seat: there, hand: mouse(there), move: theirs[turn] },
      ].flatMap(({ seat, hand, move }) => (move ? [{ seat, hand, card: move[0], place: place(move[1]) }] : []));
      for (const { seat, hand, card } of hands) await lift(seat, hand, card);
      await Promise.all(hands.map(({ seat, hand, place }) => carry(seat, hand, place)));
      await Promise.all(hands.map(({ hand }) => hand.release()));
    }
    const board = await expectSame([here, there], fresh, project);
    expect(allCards(board)).toEqual([...CARDS, 'X', 'Y', 'Z'].sort());
    expect(board.find(([column]) => column === todo)?.[1].toSorted()).toEqual(CARDS);
  });
}

test('both work through a column without waiting for each other', async ({ enter }) => {
  const { here, there, fresh, project, todo, doing, done } = await bothAtABoard(enter);
  const work = async (seat: Seat, moves: [string, Place][]) => {
    for (const [card, place] of moves) await drag(seat, mouse(seat), card, place);
  };
  await Promise.all([
    work(here, [['A', { column: doing }], ['B', { column: doing, after: 'Y' }], ['X', { column: todo }], ['Z', { column: doing }]]),
    work(there, [['F', { column: done }], ['E', { column: done }], ['D', { column: done, after: 'E' }]]),
  ]);
  const board = await expectSame([here, there], fresh, project);
  expect(allCards(board)).toEqual([...CARDS, 'X', 'Y', 'Z'].sort());
  await expectCards(here, todo, ['X', 'C']);
  await expectCards(there, done, ['E', 'D', 'F']);
});

/** Six cards to do and three in progress, seen by Lin and Daniel; and a third browser that looks at the end. */
async function bothAtABoard(enter: (person: typeof lin) => Promise<Seat>) {
  const [here, there, fresh] = await Promise.all([enter(lin), enter(daniel), enter(lin)]);
  const project = await boardWith(here, {
    departments: [BACKEND],
    tasks: { todo: CARDS, in_progress: ['X', 'Y', 'Z'] },
  });
  await openBoard(there, project);
  await expectCards(there, statusName(project, 'todo'), CARDS);
  return {
    here,
    there,
    fresh,
    project,
    todo: statusName(project, 'todo'),
    doing: statusName(project, 'in_progress'),
    done: statusName(project, 'done'),
  };
}
