import type { Advice } from './advice.ts';
import type { Denial } from './failure.ts';
import type { Instant } from './instant.ts';
import type { Facet } from './observation.ts';

export type Severity = 'critical' | 'warning' | 'info';

/** Every kind of finding there is: each file in `core/findings` that finds one adds its name here. `docs/findings.md` has a section for each. */
// biome-ignore lint/suspicious/noEmptyInterface: each kind's file declares its own member.
export interface FindingKinds {}

export type FindingKind = keyof FindingKinds;

/** One thing that is wrong. */
export interface Finding {
  /** Stable while the same thing is wrong: `pitr-off/Orders`, `recovery-point-overdue/Orders/standard`. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly table?: string;
  readonly policy?: string;
  /** What could not be read, where that is what is wrong. */
  readonly facet?: Facet;
  /**
   * The cause, the same for all affected subjects: `CreateBackup: ThrottlingException`, or the wrong value of a tag, quoted and truncated. Never the
   * words of a service.
   */
  readonly cause?: string;
  /** The error's name within the cause, where that is a call's: `ThrottlingException`. */
  readonly errorName?: string;
  /** What was not allowed, where that is what stands in the way. */
  readonly denials?: readonly Denial[];
  /** What happened, as one sentence with the numbers. */
  readonly fact: string;
  readonly measured: string;
  readonly promised: string;
  /** When it began, as far as is known. */
  readonly since: Instant;
  /** When it is over by itself; absent where nobody knows, or nothing ends by itself. */
  readonly until?: Instant;
  /** What to do. */
  readonly advice: Advice;
  /** A mark of the advice without the table's name: the same where another table needs the same. Absent where the advice names no table, and in what older versions wrote. */
  readonly remedy?: string;
  /** What the advice depends on besides the table's name, in a few words: `critical+standard`, `35 days`. Absent if it depends on nothing else. */
  readonly needs?: string;
  /** A short mark for each of the many things that it covers, sorted; absent if it covers one. It is reported again when one is added. */
  readonly subjects?: readonly string[];
}

/** Builds the stable id of a finding. */
export const findingId = (kind: FindingKind, ...subject: readonly (string | undefined)[]): string =>
  [kind, ...subject.filter((part) => part !== undefined)].join('/');

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Whether the first severity is worse. */
export const isWorse = (one: Severity, than: Severity): boolean =>
  SEVERITIES.indexOf(one) < SEVERITIES.indexOf(than);

/** Sorts findings: worst first, then by id. */
export const bySeverity = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
