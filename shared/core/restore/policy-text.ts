import { parsedJson } from '../../model/shape.ts';
import type { Json } from '../../model/table-settings.ts';
import type { RestoreNames } from './context.ts';
import { renamed } from './rename.ts';

/** Undefined for a text that is no JSON. */
const parsed = (text: string): Json | undefined => parsedJson(text) as Json | undefined;

/**
 * Rewrites what names the source in a resource policy. Returns a text that is no JSON as it is: the service refuses it, with its reason.
 */
export const renamedPolicy = (text: string, names: RestoreNames, streamLabel: string): string => {
  const policy = parsed(text);
  return policy === undefined ? text : JSON.stringify(renamed(policy, names, streamLabel));
};

const ACCOUNT_ROOT = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;

/** An account may be written as a number or as its root; values of conditions as text or as what they are. */
const plain = (value: Json): Json => {
  const text = String(value);
  return ACCOUNT_ROOT.exec(text)?.[1] ?? text;
};

const inOrder = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const canonical = (value: Json): Json => {
  if (Array.isArray(value)) {
    const entries = value.map(canonical);
    if (entries.length === 1 && entries[0] !== undefined) return entries[0];
    return entries.toSorted((a, b) => inOrder(JSON.stringify(a), JSON.stringify(b)));
  }
  if (typeof value !== 'object' || value === null) return plain(value);
  const entries = Object.entries(value).map(([key, entry]): [string, Json] => [key, canonical(entry)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => inOrder(a, b)));
};

/**
 * Says whether two policies mean the same, however the service writes them: the order of keys and of lists, a list of one, and an account as a
 * number or as its root make no difference.
 */
export const isSamePolicy = (one: string, other: string): boolean => {
  const [a, b] = [parsed(one), parsed(other)];
  if (a === undefined || b === undefined) return one === other;
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
};
