import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { CopyDestination, Policy } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint } from '../../model/vault-record.ts';
import type { Route } from './copy-evidence.ts';
import { type CopyEvidence, type CopyStatus, copyStatusOf } from './copy-status.ts';
import type { CopyTerms } from './copy-terms.ts';

/** A copy that a policy asks for, of one recovery point in one vault. */
export interface WantedCopy {
  readonly table: string;
  readonly policy: Policy;
  readonly destination: CopyDestination;
  readonly source: RecoveryPoint;
  /** When the source was there: when its job ended, where that is listed, or else when it was begun. */
  readonly readyAt: Instant;
  readonly terms: CopyTerms;
  /** How many attempts were begun. */
  readonly attempts: number;
  readonly status: CopyStatus;
  /** Set where no rule asks for it: it is to be the last that the vault has. */
  readonly isLast?: true;
}

/** Makes the wanted copy of one recovery point, as the evidence shows it. */
export const copyOf = (
  { destination, madeAt, sight, series: { policy, table } }: Route,
  evidence: CopyEvidence,
  terms: CopyTerms,
): WantedCopy => ({
  table,
  policy,
  destination,
  source: evidence.source,
  readyAt: madeAt.get(evidence.source.id) ?? evidence.source.createdAt,
  terms,
  attempts: Math.max(evidence.known?.attempt ?? 0, evidence.jobs.length),
  status: copyStatusOf(evidence, sight.now),
});

/** Returns when a copy would be deleted by its terms. */
export const endOf = ({ source, terms }: Pick<WantedCopy, 'source' | 'terms'>): Instant =>
  source.createdAt + terms.deleteAfterDays * DAY_MS;

/** Returns how long a copy that is made now would last, in milliseconds. */
export const lifeMs = (copy: WantedCopy, now: Instant): number => endOf(copy) - now;

/** What was tried in time and held up is still owed, as the last copy is: it gets the days of its rule from when it is made. */
export const withWholeLife = (copy: WantedCopy, now: Instant): WantedCopy => {
  const ageDays = Math.ceil((now - copy.source.createdAt) / DAY_MS);
  return { ...copy, terms: { ...copy.terms, deleteAfterDays: ageDays + copy.terms.deleteAfterDays } };
};

/** Whether AWS Backup can copy a recovery point at all. */
export const isFit = ({ id, isCold }: RecoveryPoint): boolean => isKeptByAwsBackup(id) && isCold !== true;

/** Orders by creation, the oldest first. */
export const byTime = (a: { readonly createdAt: Instant }, b: { readonly createdAt: Instant }): number =>
  a.createdAt - b.createdAt;

/** A copy that is noted, with its source. */
export type Noted = readonly [point: KnownPoint, copy: KnownCopy];
