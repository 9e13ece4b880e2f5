import type { Instant } from './instant.ts';
import type { RecoveryPointOrigin } from './recovery-point.ts';

/** What an instance or a policy may be called: it is part of backup names and tag values, between `.` and `+`. */
export const NAME_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/;

const PREFIX = 'tablekeeper';
const SLOT_PATTERN = /^\d{8}T\d{6}Z$/;

/** Formats an instant of whole seconds without punctuation: `20261123T030000Z`. */
const slotText = (slot: Instant): string =>
  `${new Date(slot).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** `20261123` or `030000`, as a number: its three parts. */
const partsOf = (number: number): readonly [number, number, number] => [
  Math.trunc(number / 10_000),
  Math.trunc(number / 100) % 100,
  number % 100,
];

const dateOf = (read: Date): number =>
  (read.getUTCFullYear() * 100 + read.getUTCMonth() + 1) * 100 + read.getUTCDate();

const timeOf = (read: Date): number =>
  (read.getUTCHours() * 100 + read.getUTCMinutes()) * 100 + read.getUTCSeconds();

/**
 * A day that no calendar has is taken for another one, so what was read is compared with what stands there. In numbers: reading names is
 * most of what a plan of many recovery points costs.
 */
const parseSlot = (text: string): Instant | undefined => {
  if (!SLOT_PATTERN.test(text)) return undefined;
  const [date, time] = [Number(text.slice(0, 8)), Number(text.slice(9, 15))];
  const [year, month, day] = partsOf(date);
  const slot = Date.UTC(year, month - 1, day, ...partsOf(time));
  const read = new Date(slot);
  return dateOf(read) === date && timeOf(read) === time ? slot : undefined;
};

/**
 * Builds the name of a backup of DynamoDB: `tablekeeper.prod.standard.20261123T030000Z`. Always 3–255 of `[a-zA-Z0-9_.-]`. Such backups carry no tags and
 * CreateBackup takes no client token, so the name is the only mark of ownership there is.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const recoveryPointName = ({ instance, policy, slot }: RecoveryPointOrigin): string =>
  `${PREFIX}.${instance}.${policy}.${slotText(slot)}`;

/**
 * SAFETY: returns undefined for every name that `recoveryPointName` would not have written exactly so, so that a person's or another tool's backup is
 * never taken for one of this deployment's. Parses the origin in a backup's name; undefined also for a slot of the first century.
 */
export const parseRecoveryPointName = (name: string): RecoveryPointOrigin | undefined => {
  const [prefix, instance, policy, slotPart, ...rest] = name.split('.');
  if (prefix !== PREFIX || instance === undefined || policy === undefined || slotPart === undefined)
    return undefined;
  const slot = parseSlot(slotPart);
  const named = NAME_PATTERN.test(instance) && NAME_PATTERN.test(policy);
  return rest.length === 0 && named && slot !== undefined ? { instance, policy, slot } : undefined;
};
