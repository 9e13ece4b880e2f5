import type { Input } from '../call.ts';
import type { Tags } from '../dynamodb/table.ts';
import { invalidParameter, missingParameter } from './failures.ts';
import type { Lifecycle } from './lifecycle.ts';

/** A member that is text; undefined when it is not there. */
export const textIn = (input: Input, member: string): string | undefined => {
  const value = input[member];
  if (value === undefined || value === null || value === '') return undefined;
  return String(value);
};

export const requiredText = (input: Input, member: string): string => {
  const text = textIn(input, member);
  if (text === undefined) throw missingParameter(member);
  return text;
};

const VAULT_NAME = /^[a-zA-Z0-9\-_]{2,50}$/;

export const vaultNameIn = (input: Input, member = 'BackupVaultName'): string => {
  const name = requiredText(input, member);
  if (!VAULT_NAME.test(name)) {
    throw invalidParameter(`Value '${name}' at '${member}' must match the pattern ${VAULT_NAME.source}`);
  }
  return name;
};

/** A whole number, of the body or of the query. */
export const numberIn = (input: Input, member: string): number | undefined => {
  const value = input[member];
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw invalidParameter(`${member} must be a whole number`);
  return number;
};

/** An instant: seconds in a body, a date in a query. */
export const instantIn = (input: Input, member: string): number | undefined => {
  const value = input[member];
  if (value === undefined || value === null || value === '') return undefined;
  const seconds = Number(value);
  const instant = Number.isNaN(seconds) ? Date.parse(String(value)) : seconds * 1000;
  if (Number.isNaN(instant)) throw invalidParameter(`${member} must be a date`);
  return instant;
};

export const flagIn = (input: Input, member: string): boolean =>
  input[member] === true || input[member] === 'true';

const recordIn = (input: Input, member: string): Readonly<Record<string, unknown>> | undefined => {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') throw invalidParameter(`${member} must be a structure`);
  return value as Readonly<Record<string, unknown>>;
};

/** Names and texts, such as tags and metadata. */
export const textsIn = (input: Input, member: string): Readonly<Record<string, string>> | undefined => {
  const found = recordIn(input, member);
  return found && Object.fromEntries(Object.entries(found).map(([name, value]) => [name, String(value)]));
};

export const tagsIn = (input: Input, member: string): Tags => {
  const tags = textsIn(input, member) ?? {};
  for (const [key, value] of Object.entries(tags)) {
    if (/^aws:/i.test(key)) throw invalidParameter('Tag keys that begin with aws: are reserved');
    if (key.length < 1 || key.length > 128) throw invalidParameter('Tag keys have 1 to 128 characters');
    if (value.length > 256) throw invalidParameter('Tag values have at most 256 characters');
  }
  return tags;
};

const MAX_DAYS = 36_500;
const COLD_DAYS = 90;

const refuseLifecycle = ({ MoveToColdStorageAfterDays: cold, DeleteAfterDays: days }: Lifecycle): void => {
  if (days !== undefined && (days < 1 || days > MAX_DAYS)) {
    throw invalidParameter(`DeleteAfterDays cannot be less than 1 or more than ${MAX_DAYS} days`);
  }
  if (cold !== undefined && (cold < 1 || (days !== undefined && days < cold + COLD_DAYS))) {
    throw invalidParameter(
      'Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays',
    );
  }
};

/** A lifecycle as it was given; -1 for a number is without it. Undefined when none was given. */
export const lifecycleIn = (input: Input): Lifecycle | undefined => {
  const given = recordIn(input, 'Lifecycle');
  if (given === undefined) return undefined;
  const cold = numberIn(given, 'MoveToColdStorageAfterDays');
  const days = numberIn(given, 'DeleteAfterDays');
  const lifecycle: Lifecycle = {
    ...(cold === undefined || cold === -1 ? {} : { MoveToColdStorageAfterDays: cold }),
    ...(days === undefined || days === -1 ? {} : { DeleteAfterDays: days }),
    ...(given.OptInToArchiveForSupportedResources === true && { OptInToArchiveForSupportedResources: true }),
  };
  refuseLifecycle(lifecycle);
  return lifecycle;
};
