// What the app says, by the keys of its own translations: a test names a control in the language of who sees it.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Locale = 'en' | 'zh';
export type Values = Record<string, string | number>;

const folder = resolve(import.meta.dirname, '../app/locales');
const texts = new Map<string, string>();
for (const file of readdirSync(folder)) {
  const locale = /\.(en|zh)\.json$/.exec(file)?.[1];
  if (locale) keep(locale, JSON.parse(readFileSync(resolve(folder, file), 'utf8')));
}

function keep(path: string, value: unknown): void {
  if (typeof value === 'string') texts.set(path, value);
  else for (const [key, inner] of Object.entries(value as object)) keep(`${path}.${key}`, inner);
}

function text(locale: Locale, key: string): string {
  const found = texts.get(`${locale}.${key}`);
  if (found === undefined) throw new Error(`no text ${key} in ${locale}: app/locales has changed`);
  return found;
}

/** The text of a key, its placeholders filled. */
export function say(locale: Locale, key: string, values: Values = {}): string {
  return text(locale, key).replace(/%\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key} needs a value for ${name}`);
    return String(value);
  });
}

/** Matches the whole text of a key; a placeholder without a value may be anything. */
export function like(locale: Locale, key: string, values: Values = {}): RegExp {
  const escape = (plain: string) => plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = text(locale, key).split(/(%\{\w+\})/);
  const source = parts.map((part) => {
    const name = /^%\{(\w+)\}$/.exec(part)?.[1];
    if (!name) return escape(part);
    return name in values ? escape(String(values[name])) : '.+';
  });
  return new RegExp(`^${source.join('')}$`);
}
