import type { TableKey } from '../../model/table-key.ts';

const WANTED: readonly TableKey[] = [
  { name: 'pk', role: 'HASH', type: 'S' },
  { name: 'sk', role: 'RANGE', type: 'S' },
];

const keysText = (keys: readonly TableKey[]): string =>
  keys.length === 0 ? 'none' : keys.map(({ name, role, type }) => `${name} (${role}, ${type})`).join(' and ');

const isSame = (one: TableKey, other: TableKey | undefined): boolean =>
  one.name === other?.name && one.role === other.role && one.type === other.type;

/** Describes what is wrong with the keys of a state table. Returns undefined when they are correct. */
export const stateKeysFault = (keys: readonly TableKey[]): string | undefined =>
  keys.length === WANTED.length && WANTED.every((key, at) => isSame(key, keys[at]))
    ? undefined
    : `its key is ${keysText(keys)}, and that of a state table ${keysText(WANTED)}`;
