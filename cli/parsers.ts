import { InvalidArgumentError } from 'commander';
import { nearest } from '../shared/core/policy/nearest.ts';
import { MODE_NAMES, type ModeName } from './modes.ts';

/** Reads the mode of a run; throws with the nearest one, or all. */
export const parseMode = (text: string): ModeName => {
  const name = MODE_NAMES.find((one) => one === text);
  if (name !== undefined) return name;
  const meant = nearest(text, MODE_NAMES);
  throw new InvalidArgumentError(
    meant === undefined ? `Write one of ${MODE_NAMES.join(', ')}.` : `Did you mean ${meant}?`,
  );
};

/** Reads a port; throws with what one is. */
export const parsePort = (text: string): number => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Write a number from 0 to 65535; 0 takes any that is free.');
};

/** Reads the digest of a set of expiries; throws with where to find it. */
export const parseDigest = (text: string): string => {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new InvalidArgumentError('Write the 16 digits that `tablekeeper plan` shows.');
};
