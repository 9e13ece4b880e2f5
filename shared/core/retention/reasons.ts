import { assertNever } from '../../model/errors.ts';
import type { Period } from '../calendar/calendar.ts';

/** Why a rule keeps a recovery point. */
export type KeepReason =
  | { readonly kind: 'last'; readonly count: number }
  | {
      readonly kind: 'newest-of-period';
      readonly period: Period;
      readonly label: string;
      readonly nth: number;
      readonly count: number;
    }
  | { readonly kind: 'oldest'; readonly period: Period; readonly filled: number; readonly count: number }
  | { readonly kind: 'within'; readonly within: string }
  | { readonly kind: 'future' };

/** Why a rule does not ask for a recovery point. */
export type PassReason =
  | { readonly kind: 'not-last'; readonly count: number }
  | { readonly kind: 'superseded'; readonly label: string }
  | { readonly kind: 'filled'; readonly period: Period; readonly count: number }
  | { readonly kind: 'not-within'; readonly within: string };

/** Given the reason for a keep, returns it in words, with its numbers. */
export const keepReasonText = (reason: KeepReason): string => {
  switch (reason.kind) {
    case 'last':
      return `among the last ${reason.count}`;
    case 'newest-of-period':
      return `the newest of ${reason.label} (${reason.period} ${reason.nth} of ${reason.count})`;
    case 'oldest':
      return `the oldest there is, while ${reason.period} is not filled: ${reason.filled} of ${reason.count}`;
    case 'within':
      return `within ${reason.within} of the newest`;
    case 'future':
      return 'it was made in the future, so no rule counts it';
    default:
      return assertNever(reason);
  }
};

/** Given the reason why a rule passes a recovery point by, returns it in words, with its numbers. */
export const passReasonText = (reason: PassReason): string => {
  switch (reason.kind) {
    case 'not-last':
      return `not among the last ${reason.count}`;
    case 'superseded':
      return `not the newest of ${reason.label}`;
    case 'filled':
      return `${reason.period} is filled: ${reason.count} of ${reason.count}`;
    case 'not-within':
      return `not within ${reason.within} of the newest`;
    default:
      return assertNever(reason);
  }
};
