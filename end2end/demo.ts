// The demo's people and things: their ids follow from their names (server/src/demo/mod.rs), in every database.
import { createHash } from 'node:crypto';

/** RFC 4122's namespace of URLs. */
const URLS = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

function id(kind: string, name: string): string {
  const hash = createHash('sha1').update(URLS).update(`https://qiming.example/${kind}/${name}`).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A person, by the first part of their address. */
export function person(slug: string): string {
  return id('person', slug);
}

/** A department, by its slug: `product`, `backend`. */
export function department(slug: string): string {
  return id('department', slug);
}

const project = (slug: string, name: string) => ({
  id: id('project', slug),
  name,
  overview: `/projects/${id('project', slug)}`,
  board: `/projects/${id('project', slug)}/board`,
});

/** Led by Lin, with Daniel and Emma, observed by 陈启明; open to the company. */
export const pointsMall = project('points-mall', '积分商城上线');
/** Only a few members may know of it; 吴敏 is one. */
export const restructuring = project('restructuring', '组织调整方案（保密）');
/** Words that stand nowhere but in the closed project. */
export const SECRETS = ['组织调整方案', '华东分公司', '新架构草案', '成本测算'];

export function task(projectSlug: string, name: string): string {
  return id('task', `${projectSlug}/${name}`);
}

/**
 * Incidents under way: `coupons` has a team, `search` waits for Emma to confirm it, `printer` for somebody to take it.
 * Incidents that are over: `orders`, `spinning`, which was merged into it, and `push`.
 */
export function incident(slug: 'coupons' | 'search' | 'printer' | 'orders' | 'spinning' | 'push'): string {
  return `/incidents/${id('incident', slug)}`;
}

/** An article that everybody reads. */
export const rollback = `/knowledge/${id('article', 'rollback')}`;
