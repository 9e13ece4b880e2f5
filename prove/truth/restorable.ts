import type { Backup } from '../../sim/dynamodb/backup-index.ts';
import type { Table } from '../../sim/dynamodb/table.ts';
import { originOf } from './names.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** All that exists under a name at an instant, by the account's own records. */
export interface NameFacts {
  readonly name: string;
  readonly now: number;
  readonly standing?: Pick<Table, 'id' | 'createdAt' | 'pitr' | 'pitrLagMs'> | undefined;
  /** Of every table that ever had the name. */
  readonly backups: readonly Backup[];
  /** Which tables settings are kept of, and when each was made. */
  readonly kept: ReadonlyMap<string, number>;
}

/** What is asked for: a second, the latest, or one backup. */
export type Asked = number | 'latest' | { readonly arn: string };

/** What a restore has to be made from, or why there is none. */
export type Rightly =
  | { readonly kind: 'second'; readonly tableId: string; readonly second: number }
  | { readonly kind: 'backup'; readonly backup: Backup }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly ends?: { readonly from: number; readonly to: number };
    };

/** One table that has or had the name, since the first sign of it. */
interface Known {
  readonly id: string;
  readonly since: number;
  readonly isStanding: boolean;
  readonly backups: readonly Backup[];
}

export const secondOf = (at: number): number => Math.floor(at / SECOND_MS) * SECOND_MS;

/** The whole seconds that point-in-time recovery reaches. */
export const reachOf = ({
  standing,
  now,
}: Pick<NameFacts, 'standing' | 'now'>): { readonly from: number; readonly to: number } | undefined => {
  if (standing?.pitr === undefined) return undefined;
  const { enabledAt, floor, recoveryPeriodDays } = standing.pitr;
  const earliest = Math.max(enabledAt, floor, now - recoveryPeriodDays * DAY_MS);
  const latest = Math.max(enabledAt, now - standing.pitrLagMs);
  const reach = { from: Math.ceil(earliest / SECOND_MS) * SECOND_MS, to: secondOf(latest) };
  return reach.from <= reach.to ? reach : undefined;
};

/** AWS Backup's own are not DynamoDB's to restore. */
const listed = ({ backups }: NameFacts): readonly Backup[] =>
  backups.filter(({ type }) => type === 'USER' || type === 'SYSTEM');

/** Oldest first, the one that stands last. */
const knownOf = (facts: NameFacts): readonly Known[] => {
  const { standing, kept } = facts;
  const backups = listed(facts);
  const ids = new Set([
    ...(standing ? [standing.id] : []),
    ...backups.map(({ table }) => table.id),
    ...kept.keys(),
  ]);
  return [...ids]
    .map((id): Known => {
      const own = backups.filter(({ table }) => table.id === id);
      const isStanding = standing?.id === id;
      const madeAt = isStanding ? standing.createdAt : kept.get(id);
      return {
        id,
        isStanding,
        backups: own,
        since: madeAt ?? Math.min(...own.map(({ createdAt }) => createdAt)),
      };
    })
    .toSorted((a, b) => Number(a.isStanding) - Number(b.isStanding) || a.since - b.since);
};

const isWhole = ({ availableAt, expiresAt = Number.POSITIVE_INFINITY }: Backup, now: number): boolean =>
  availableAt <= now && expiresAt > now;

/** Someone else's are taken only where they are named. */
const isOwn = ({ type, name }: Backup): boolean => type === 'SYSTEM' || originOf(name) !== undefined;

const closest = ({ backups }: Known, second: number, now: number): Rightly => {
  const before = backups
    .filter((backup) => isWhole(backup, now) && secondOf(backup.createdAt) <= second)
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.arn < b.arn ? -1 : 1));
  const backup = before.findLast(isOwn);
  if (backup !== undefined) return { kind: 'backup', backup };
  return { kind: 'refused', code: before.length > 0 ? 'only-of-others' : 'nothing-before' };
};

const named = (facts: NameFacts, arn: string): Rightly => {
  const backup = listed(facts).find((one) => one.arn === arn);
  if (backup === undefined) return { kind: 'refused', code: 'unknown-point' };
  return isWhole(backup, facts.now)
    ? { kind: 'backup', backup }
    : { kind: 'refused', code: backup.availableAt > facts.now ? 'point-creating' : 'point-expired' };
};

/**
 * What has to be restored, by the rule's words: of the table that had the name at the asked second that very second where point-in-time recovery
 * reaches it, else its newest own recovery point at or before; never a later one, never another table's, and nothing where there is none.
 */
export const rightlyRestored = (facts: NameFacts, asked: Asked): Rightly => {
  const { now } = facts;
  if (typeof asked === 'object') return named(facts, asked.arn);
  const known = knownOf(facts);
  if (known.length === 0) return { kind: 'refused', code: 'unknown-name' };
  const second = asked === 'latest' ? now : asked;
  if (second > now) return { kind: 'refused', code: 'in-the-future' };
  const then = asked === 'latest' ? known.at(-1) : known.findLast(({ since }) => secondOf(since) <= second);
  if (then === undefined) return { kind: 'refused', code: 'nothing-before' };
  const reach = then.isStanding ? reachOf(facts) : undefined;
  if (reach === undefined || second < reach.from) return closest(then, second, now);
  if (asked === 'latest') return { kind: 'second', tableId: then.id, second: reach.to };
  return asked <= reach.to
    ? { kind: 'second', tableId: then.id, second: asked }
    : { kind: 'refused', code: 'not-restorable-yet', ends: reach };
};
