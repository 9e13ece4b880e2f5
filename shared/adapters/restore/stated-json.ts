import type { Json } from '../../model/table-settings.ts';

type JsonObject = { readonly [key: string]: Json };

/** Turns what a service wrote into JSON: instants as text, nothing that is absent. */
export const statedJson = (value: unknown): Json =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);

/** Picks the named members, which are what a setting consists of; all others (states, times, ARNs) change by themselves. */
export const statedMembers = (value: object, names: readonly string[]): JsonObject => {
  const given = value as Readonly<Record<string, unknown>>;
  const picked = names.filter((name) => given[name] !== undefined && given[name] !== null);
  return Object.fromEntries(picked.map((name) => [name, statedJson(given[name])]));
};

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
};

/** Says whether two settings are the same JSON, whatever the order of their keys. */
export const isSameJson = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(statedJson(one))) === JSON.stringify(sorted(statedJson(other)));
