import type { Instant } from './instant.ts';

/**
 * What a recovery point's name says: which deployment made it, for which policy, and for which slot. Native backups carry no tags and
 * CreateBackup takes no client token, so the name is the only mark of ownership there is.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export interface RecoveryPointOrigin {
  readonly instance: string;
  readonly policy: string;
  readonly slot: Instant;
}

/** What an instance or a policy may be called: it stands in backup names and in tag values, between `.` and `+`. */
export const NAME_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/;

const PREFIX = 'tablekeeper';
const SLOT_PATTERN = /^\d{8}T\d{6}Z$/;

/** Given a moment of whole seconds, returns it without punctuation: `20261123T030000Z`. */
const slotText = (slot: Instant): string =>
  `${new Date(slot).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** Reading names is most of what a plan of many recovery points costs, so it is put together from its parts and not by a pattern. */
const isoOf = (text: string): string => {
  const [date, hour, minute] = [text.slice(0, 8), text.slice(9, 11), text.slice(11, 13)];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return `${day}T${hour}:${minute}:${text.slice(13, 15)}.000Z`;
};

/** A day that no calendar has is read as another one, so what was read is written once more. */
const parseSlot = (text: string): Instant | undefined => {
  if (!SLOT_PATTERN.test(text)) return undefined;
  const iso = isoOf(text);
  const slot = Date.parse(iso);
  return Number.isNaN(slot) || new Date(slot).toISOString() !== iso ? undefined : slot;
};

/** Given an origin, returns the name of its recovery point: `tablekeeper.prod.standard.20261123T030000Z`. Always 3–255 of `[a-zA-Z0-9_.-]`. */
export const recoveryPointName = ({ instance, policy, slot }: RecoveryPointOrigin): string =>
  `${PREFIX}.${instance}.${policy}.${slotText(slot)}`;

/**
 * Given a backup's name, returns the origin it states. At the edge: undefined for every name that `recoveryPointName` would not have
 * written to the letter, so that a person's or another tool's backup is never taken for ours.
 */
export const parseRecoveryPointName = (name: string): RecoveryPointOrigin | undefined => {
  const [prefix, instance, policy, slotPart, ...rest] = name.split('.');
  if (prefix !== PREFIX || instance === undefined || policy === undefined || slotPart === undefined)
    return undefined;
  const slot = parseSlot(slotPart);
  const named = NAME_PATTERN.test(instance) && NAME_PATTERN.test(policy);
  return rest.length === 0 && named && slot !== undefined ? { instance, policy, slot } : undefined;
};
