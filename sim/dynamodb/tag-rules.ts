import type { Tag } from '@aws-sdk/client-dynamodb';
import { validationFailure } from '../failure.ts';
import type { Tags } from './table.ts';

const MAX_TAGS = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const breachOf = (key: string, value: string): string | undefined => {
  if (key.length < 1 || key.length > 128) return 'Tag keys must have between 1 and 128 characters';
  if (value.length > 256) return 'Tag values must have at most 256 characters';
  if (/^aws:/i.test(key)) return 'Tag keys starting with aws: are reserved for system use';
  if (!ALLOWED.test(key)) return `The tag key ${key} contains invalid characters`;
  return ALLOWED.test(value) ? undefined : `The tag value ${value} contains invalid characters`;
};

/** Given tags as they come over the wire, returns them by key; refuses what no AWS tag may be. */
export const readTags = (tags: readonly Tag[]): Tags => {
  for (const { Key: key = '', Value: value = '' } of tags) {
    const breach = breachOf(key, value);
    if (breach) throw validationFailure(`One or more parameter values were invalid: ${breach}`);
  }
  return Object.fromEntries(tags.map(({ Key: key = '', Value: value = '' }) => [key, value]));
};

export const refuseTooMany = (tags: Tags): void => {
  if (Object.keys(tags).length <= MAX_TAGS) return;
  throw validationFailure(
    `One or more parameter values were invalid: Too many tags: at most ${MAX_TAGS} are allowed`,
  );
};
