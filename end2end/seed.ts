// Projects, articles and incidents that are there without a form being filled in.
import { randomBytes } from 'node:crypto';
import { department } from './demo.ts';
import type { Person, Seat } from './people.ts';
import { act, bool, id, list, none, number, parts, text } from './socket.ts';
import { say } from './words.ts';

/** The slugs of the demo's departments, as the directory names them. */
const SLUGS: Record<string, string> = { 后端组: 'backend', 产品部: 'product' };

export const STATUSES = ['todo', 'in_progress', 'submitted', 'done'] as const;
export type Status = (typeof STATUSES)[number];

// Where a variant stands among its siblings in `shared`.
const STATUS: Record<Status, number> = { todo: 0, in_progress: 1, submitted: 3, done: 4 };
const ROLE = { member: 1, observer: 2 };
const COMMAND = { organisation: 0, project: 1, task: 2, incident: 4, knowledge: 5 };
const [REGISTER, CREATE, LAST, MEDIUM, HOW_TO, COMPANY] = [0, 0, 2, 1, 5, 0];
const [REPORT, ON, OTHER, NORMAL, REJECT] = [0, 1, 3, 0, 13];
const [ADD_DEPARTMENT, PUT_SHIFT] = [2, 3];
const DAY = 86_400_000;

export interface Plan {
  name: string;
  /** Departments whose people become members, by name. */
  departments?: string[];
  members?: Person[];
  /** Tasks by the key of their column's status. */
  tasks?: Partial<Record<Status, string[]>>;
}

/** A project that a person leads, its columns in their language, with tasks that are theirs. Answers its id. */
export async function plant(seat: Seat, { name, departments = [], members = [], tasks = {} }: Plan): Promise<string> {
  const project = fresh();
  const lead = id(seat.person.id);
  const columns = STATUSES.map((status) => ({ status, id: fresh() }));
  const today = text(new Date().toISOString().slice(0, 10));
  const registration = parts(text(name), today, text(''), text(''), text(''), list([]), bool(false));
  const part = (name: string) => {
    const slug = SLUGS[name];
    if (!slug) throw new Error(`no seed knows the department ${name}`);
    return parts(id(department(slug)), none, text(''));
  };
  const register = parts(
    COMMAND.project,
    REGISTER,
    id(project),
    registration,
    lead,
    bool(false),
    list([]),
    list(departments.map(part)),
    list(members.map((person) => parts(id(person.id), ROLE.member))),
    list(columns.map((column) => parts(id(column.id), text(say(seat.person.locale, `status.${column.status}`)), STATUS[column.status]))),
  );
  const create = (name: string, column: string) =>
    parts(COMMAND.task, id(project), CREATE, id(fresh()), text(name), id(column), LAST, lead, none, MEDIUM);
  const cards = columns.flatMap((column) => (tasks[column.status] ?? []).map((name) => create(name, column.id)));
  await act(seat.url, await cookie(seat), [register, ...cards]);
  return project;
}

/** Articles that everybody reads, in this order. */
export async function publish(seat: Seat, titles: string[], body: string): Promise<void> {
  const article = (title: string) =>
    parts(COMMAND.knowledge, id(fresh()), CREATE, HOW_TO, text(title), text(body), list([]), COMPANY, number(0));
  await act(seat.url, await cookie(seat), titles.map(article));
}

/** A department with a head, made by an admin. */
export async function appoint(seat: Seat, name: string, head: Person): Promise<void> {
  const department = parts(id(fresh()), text(name), none, some(id(head.id)));
  await act(seat.url, await cookie(seat), [parts(COMMAND.organisation, ADD_DEPARTMENT, department)]);
}

let turns = 0;

/** A day on duty, far enough ahead that nobody else has it, planned by an admin. */
export async function putOnDuty(seat: Seat, lead: Person, fallback: Person): Promise<void> {
  turns += 1;
  const from = Math.floor(Date.now() / DAY) * DAY + (400 + turns) * DAY;
  // Signed numbers are doubled.
  const instant = (millis: number) => number(millis * 2_000);
  const people = parts(id(lead.id), some(id(fallback.id)), text(''), none);
  const shift = parts(id(fresh()), instant(from), instant(from + DAY), people);
  await act(seat.url, await cookie(seat), [parts(COMMAND.incident, PUT_SHIFT, shift)]);
}

/** Incidents that an admin reports and rejects, in this order. */
export async function reject(seat: Seat, titles: string[]): Promise<void> {
  const commands = titles.flatMap((title) => {
    const incident = id(fresh());
    const impact = parts(text(''), none, none);
    const report = [incident, id(fresh()), OTHER, NORMAL, text(title), impact, text(''), list([])];
    return [
      parts(COMMAND.incident, REPORT, ...report),
      parts(COMMAND.incident, ON, incident, id(fresh()), REJECT, text('-')),
    ];
  });
  await act(seat.url, await cookie(seat), commands);
}

const some = (value: Buffer) => parts(1, value);

let made = 0;

/** A new id, greater than those before it, as the app's are: what happens at one moment is listed by ids. */
function fresh(): string {
  made += 1;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0').slice(-digits);
  const id = `${hex(Date.now(), 12)}7${hex(made, 3)}8${hex(made, 3)}${randomBytes(6).toString('hex')}`;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function cookie(seat: Seat): Promise<string> {
  const cookies = await seat.context.cookies(seat.url);
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
