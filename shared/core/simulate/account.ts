import type { Action, CopyAction, CreateAction } from '../../model/action.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Mode } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { recoveryPointName } from '../../model/recovery-point-name.ts';
import type { TaggedTable } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import { FOUND_IN_WHOLE_LISTS } from '../findings/kinds.ts';
import { sceneFor } from '../plan/confirm.ts';
import { nextMemory } from '../plan/memory.ts';
import { type Deeds, decideDeeds } from '../plan/plan.ts';
import { nextVaultRecords } from '../plan/vault-records.ts';
import { normalizeInput } from '../scene/ordered.ts';
import { facetsOf, recoveryPointsSince } from '../scene/reach.ts';

/** What a virtual table is like; only its size changes. */
export interface VirtualTable {
  readonly name: string;
  readonly tableId: string;
  readonly tags: TaggedTable['tags'];
  readonly createdAt: Instant;
  readonly bytesAt: (at: Instant) => number;
}

/** A recovery point of a virtual account, there or gone. */
export interface VirtualPoint {
  readonly point: RecoveryPoint;
  /** When it moves to cold storage; absent where it stays warm. */
  readonly coldAt?: Instant;
  /** When it was copied; absent for one that was made of the table. */
  readonly copiedAt?: Instant;
  goneAt?: Instant;
}

/** One table in an account of its own, in which nothing fails and everything is there at once. */
export interface VirtualAccount {
  readonly policies: Policies;
  readonly instance: string;
  readonly target: Target;
  readonly table: VirtualTable;
  /** Every recovery point that ever was, in the order in which they were made. */
  readonly ledger: VirtualPoint[];
  /** Those of them that are there. */
  present: VirtualPoint[];
  memory: Memory;
}

/** What keeps recovery points by what it finds needs whole lists to find it. */
const FINDERS = { kinds: FOUND_IN_WHOLE_LISTS };

/** Takes what AWS Backup deletes by itself, at the instant at which it is due. */
export const deleteDue = (account: VirtualAccount, now: Instant): void => {
  const due = account.present.filter(
    ({ point: { deletesAt } }) => deletesAt !== undefined && deletesAt <= now,
  );
  if (due.length === 0) return;
  for (const one of due) one.goneAt = one.point.deletesAt ?? now;
  account.present = account.present.filter(({ goneAt }) => goneAt === undefined);
};

const shownAt =
  (now: Instant) =>
  ({ point, coldAt }: VirtualPoint): RecoveryPoint =>
    coldAt !== undefined && coldAt <= now ? { ...point, isCold: true } : point;

/** As a run of the mode looks: backup lists only recent backups, and vaults are listed whole where a policy names one. */
const listedAs = ({ policies, present }: VirtualAccount, mode: Mode, now: Instant) => {
  const since = recoveryPointsSince(policies, mode, now);
  const hasVaults = policies.policies.some(({ vault }) => vault !== undefined);
  const isListed = ({ point }: VirtualPoint): boolean =>
    since === undefined || point.createdAt >= since || point.location.vault !== undefined;
  return {
    facets: [...facetsOf(mode), ...(hasVaults ? (['vaults'] as const) : [])],
    recoveryPoints: present.filter(isListed).map(shownAt(now)),
    ...(since !== undefined && { recoveryPointsSince: since }),
  };
};

const observationOf = (account: VirtualAccount, mode: Mode, now: Instant): Observation => {
  const { bytesAt, createdAt, name, tableId, tags } = account.table;
  return {
    target: account.target,
    observedAt: now,
    tables: [{ name, tags, details: { tableId, status: 'ACTIVE', createdAt, sizeBytes: bytesAt(now) } }],
    tableNames: [name],
    ...listedAs(account, mode, now),
    recoveryPointsWholeAt: now,
    jobs: [],
    vaultsWholeAt: now,
    gaps: [],
  };
};

const arnOf = ({ ledger, table, target }: VirtualAccount, isInVault: boolean): string =>
  isInVault
    ? `arn:aws:backup:${target.region}:${target.accountId}:recovery-point:${ledger.length}`
    : `arn:aws:dynamodb:${target.region}:${target.accountId}:table/${table.name}/backup/${ledger.length}`;

const daysFrom = (at: Instant, days: number | undefined): Instant | undefined =>
  days === undefined ? undefined : at + days * DAY_MS;

const madeOf = (account: VirtualAccount, action: CreateAction, now: Instant): VirtualPoint => {
  const { engine, job, policy, slot, table, tableId } = action;
  const origin = { instance: account.instance, policy, slot };
  const deletesAt = daysFrom(now, job?.deleteAfterDays);
  const coldAt = daysFrom(now, job?.coldAfterDays);
  const point: RecoveryPoint = {
    id: arnOf(account, job !== undefined),
    name: recoveryPointName(origin),
    engine,
    location: { target: account.target, ...(job !== undefined && { vault: job.vault }) },
    origin,
    ...(deletesAt !== undefined && { deletesAt }),
    tableName: table,
    tableId,
    createdAt: now,
    status: 'available',
    sizeBytes: account.table.bytesAt(now),
  };
  return { point, ...(coldAt !== undefined && { coldAt }) };
};

const copiedOf = (account: VirtualAccount, action: CopyAction, now: Instant): readonly VirtualPoint[] => {
  const vault = parseVaultArn(action.destination);
  if (vault === undefined) return [];
  const { recoveryPoint: source, deleteAfterDays, coldAfterDays } = action;
  const coldAt = daysFrom(source.createdAt, coldAfterDays);
  const point: RecoveryPoint = {
    ...source,
    id: `arn:aws:backup:${vault.target.region}:${vault.target.accountId}:recovery-point:${account.ledger.length}`,
    location: { target: vault.target, vault: vault.name },
    copyOf: source.id,
    deletesAt: source.createdAt + deleteAfterDays * DAY_MS,
  };
  return [{ point, copiedAt: now, ...(coldAt !== undefined && { coldAt }) }];
};

const isWaiting = (action: Action): boolean => 'waits' in action && action.waits !== undefined;

const carryOut = (account: VirtualAccount, action: Action, now: Instant): void => {
  if (isWaiting(action) || action.kind === 'enable-pitr') return;
  if (action.kind === 'expire') {
    const gone = account.present.find(({ point }) => point.id === action.recoveryPoint.id);
    if (gone !== undefined) gone.goneAt = now;
    account.present = account.present.filter((one) => one !== gone);
    return;
  }
  const made = action.kind === 'create' ? [madeOf(account, action, now)] : copiedOf(account, action, now);
  account.ledger.push(...made);
  account.present.push(...made);
};

/** Carries out what was decided for a table of the same name under the same policies whose slots are filled alike. Changes the account. */
export const repeatOn = (account: VirtualAccount, actions: readonly Action[], now: Instant): void => {
  deleteDue(account, now);
  for (const action of actions) carryOut(account, action, now);
};

/**
 * Runs backup or prune on a virtual account: what the plan decides to do, as in a function, is carried out, all of it. What is wrong is not looked
 * for, and not remembered. Returns what was decided. Changes the account.
 */
export const runOn = (account: VirtualAccount, mode: Mode, now: Instant): Deeds => {
  deleteDue(account, now);
  const { instance, memory, policies } = account;
  const observation = observationOf(account, mode, now);
  const input = normalizeInput({ policies, instance, observation, memory, openFindings: [], mode, now });
  const scene = sceneFor(input);
  const decided = decideDeeds(input, scene, FINDERS);
  for (const action of decided.actions) carryOut(account, action, now);
  account.memory = nextMemory(input, scene, {
    ...{ gone: {}, losses: decided.losses, protections: [], series: [] },
    vaultRecords: nextVaultRecords(memory.vaultRecords, input),
  });
  return decided;
};
