// A project of the test's own and its board: planted, or made through the form and the quick add; read from the DOM.
import type { Locator } from '@playwright/test';
import { type Person, type Seat, expect } from './people.ts';
import { choose } from './pickers.ts';
import { type Plan, type Status, plant } from './seed.ts';
import { type Locale, say } from './words.ts';

let projects = 0;
const newName = () => `Project ${process.pid}-${(projects += 1)}`;

type Unnamed = Omit<Plan, 'name'> & { name?: string };

/** What only the form knows how to ask for. */
interface Form extends Unnamed {
  observers?: Person[];
  open?: boolean;
}

export interface Project {
  id: string;
  name: string;
  /** The language of whoever registered it: that of its columns. */
  locale: Locale;
  overview: string;
  board: string;
}

/** The cards of each column from above, by the columns' names from the left. */
export type Order = [column: string, cards: string[]][];

/** Registers a project through the form. Leaves the person at its overview. */
export async function register(seat: Seat, plan: Form = {}): Promise<Project> {
  const { page } = seat;
  const name = plan.name ?? newName();
  if (!page.url().endsWith('/projects/new')) await page.goto('/projects/new');
  await seat.field('project.name').first().fill(name);
  for (const [index, department] of (plan.departments ?? []).entries()) {
    await seat.button('project.add_department').click();
    const row = page.getByRole('group', { name: seat.say('project.department_number', { number: index + 1 }) });
    const choice = row.getByLabel(seat.say('project.department'), { exact: true });
    await choose(choice, new RegExp(`${department}$`));
  }
  for (const [role, people] of [['member', plan.members ?? []], ['observer', plan.observers ?? []]] as const) {
    for (const person of people) {
      const search = page.getByRole('combobox', { name: seat.say('project.add_member') });
      await search.fill(person.name);
      await page.getByRole('listbox').getByRole('option', { name: person.name }).click();
      await page.getByLabel(seat.say('project.role_of', { name: person.name })).selectOption(role);
    }
  }
  if (plan.open) await page.getByRole('switch', { name: seat.say('project.open_switch') }).check();
  await seat.button('project.register').click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const id = /\/projects\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (!id) throw new Error(`no project at ${page.url()}`);
  return projectOf(seat, id, name);
}

function projectOf(seat: Seat, id: string, name: string): Project {
  return { id, name, locale: seat.person.locale, overview: `/projects/${id}`, board: `/projects/${id}/board` };
}

/** A project of the person's with tasks on its board; they are at its board. */
export async function boardWith(seat: Seat, plan: Unnamed): Promise<Project> {
  const name = plan.name ?? newName();
  const project = projectOf(seat, await plant(seat, { ...plan, name }), name);
  await openBoard(seat, project);
  for (const task of Object.values(plan.tasks ?? {}).flat()) await expect(card(seat, task)).toBeVisible();
  await settled(seat);
  return project;
}

/** Registers a project through the form, puts tasks on its board by the quick add, and leaves the person there. */
export async function boardByHand(seat: Seat, plan: Form): Promise<Project> {
  const project = await register(seat, plan);
  await openBoard(seat, project);
  for (const [status, tasks] of Object.entries(plan.tasks ?? {})) {
    for (const task of tasks) await quickAdd(seat, statusName(project, status as Status), task);
  }
  await settled(seat);
  return project;
}

/** The name of the column that a new board has for a status, in the language of whoever registered it. */
export function statusName(project: Project, status: Status): string {
  return say(project.locale, `status.${status}`);
}

export async function openBoard(seat: Seat, project: Project): Promise<void> {
  await seat.page.goto(project.board);
  await expect(column(seat, statusName(project, 'todo'))).toBeVisible();
  await isLive(seat);
}

export function column(seat: Seat, name: string): Locator {
  return seat.page.getByRole('region', { name, exact: true });
}

export function card(seat: Seat, name: string): Locator {
  return seat.page.locator('.board').getByRole('listitem', { name, exact: true });
}

export async function quickAdd(seat: Seat, columnName: string, name: string): Promise<void> {
  const input = column(seat, columnName).getByRole('textbox');
  await input.fill(name);
  await input.press('Enter');
  await expect(card(seat, name)).toBeVisible();
}

/** What the board shows, whatever the order in which it was drawn. */
export function order(seat: Seat): Promise<Order> {
  return seat.page.locator('.board .column').evaluateAll((columns) =>
    columns.map((column) => {
      const cards = [...column.querySelectorAll<HTMLElement>('li.card')].map((card) => {
        const name = card.querySelector('.card-title')?.textContent.trim() ?? '';
        return { name, top: new DOMMatrix(card.style.transform).f };
      });
      cards.sort((a, b) => a.top - b.top);
      const heading = column.querySelector('h2')?.textContent.trim() ?? '';
      return [heading, cards.map((card) => card.name)] as [string, string[]];
    }),
  );
}

export async function expectCards(seat: Seat, columnName: string, cards: string[]): Promise<void> {
  const shown = async () => (await order(seat)).find(([name]) => name === columnName)?.[1];
  await expect.poll(shown, { message: `${columnName} at ${seat.person.name}` }).toEqual(cards);
}

export function connection(seat: Seat): Locator {
  return seat.page.locator('.connection');
}

export async function isLive(seat: Seat, timeout = 5_000): Promise<void> {
  await expect(connection(seat)).toHaveAttribute('data-state', 'live', { timeout });
}

/** Everything done here has been confirmed by the server. */
export async function settled(seat: Seat): Promise<void> {
  await isLive(seat, 15_000);
  await expect(seat.page.locator('[data-pending]')).toHaveCount(0);
}

/** The browsers and a fresh one, which has all from the database, show the same; answers what that is. */
export async function expectSame(seats: Seat[], fresh: Seat, project: Project): Promise<Order> {
  for (const seat of seats) await settled(seat);
  await openBoard(fresh, project);
  const stored = await order(fresh);
  for (const seat of seats) {
    await expect.poll(() => order(seat), { message: `the board of ${seat.person.name}` }).toEqual(stored);
  }
  return stored;
}

/** All cards of a board, wherever they are. */
export function allCards(board: Order): string[] {
  return board.flatMap(([, cards]) => cards).sort();
}
