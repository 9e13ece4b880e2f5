import type { Action } from '../../model/action.ts';
import type { Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { nextSlot } from '../calendar/slots.ts';
import type { GuardrailRefusal } from '../findings/context.ts';
import { governedTables } from '../scene/governed.ts';
import {
  deleteDue,
  repeatOn,
  runOn,
  type VirtualAccount,
  type VirtualPoint,
  type VirtualTable,
} from './account.ts';
import { backupRunFrom, pruneRunFrom } from './run-times.ts';

/** What is simulated: one table under some policies, from an instant until before another. */
export interface HistoryInput {
  readonly policies: Policies;
  readonly table: VirtualTable;
  readonly target: Target;
  readonly instance: string;
  readonly from: Instant;
  readonly to: Instant;
  /** What is there at the beginning. */
  readonly present?: readonly VirtualPoint[];
  /** What earlier runs remembered; nothing unless given. */
  readonly memory?: Memory;
  /** Runs of backup that histories share; each decides its own unless given. */
  readonly sharedBackups?: SharedBackups;
}

/** What runs of backup decided, by when they were, for tables that differ in nothing that backups depend on. */
export type SharedBackups = Map<string, Map<Instant, readonly Action[]>>;

/** Every recovery point that was there in the time, in the order in which they were made. */
export interface History {
  readonly points: readonly VirtualPoint[];
  /** Absent where the guardrail let all expire. */
  readonly held?: HeldByGuardrail;
}

/** From when on the guardrail keeps what rules no longer do, of these policies, as nobody approves it. */
export interface HeldByGuardrail {
  readonly from: Instant;
  readonly policies: readonly string[];
}

/** Called before each run with what is there then. */
export type OnRun = (present: readonly RecoveryPoint[], now: Instant) => void;

/** The policies that govern the table: no other has a say in what becomes of it. */
const governingOf = ({ policies, table }: HistoryInput): Policies => {
  const [governed] = governedTables(policies, [{ name: table.name, tags: table.tags }]);
  return { ...policies, policies: governed?.policies ?? [] };
};

const accountOf = (input: HistoryInput): VirtualAccount => {
  const { instance, memory = { pitrBaselines: [] }, present = [], table, target } = input;
  return {
    ...{ instance, table, target },
    policies: governingOf(input),
    ledger: [...present],
    present: present.filter(({ goneAt }) => goneAt === undefined),
    memory,
  };
};

interface Due {
  /** What runs of backup decided for tables like this one; absent before the first run, and where nothing is shared. */
  shared?: Map<Instant, readonly Action[]> | undefined;
  backup: Instant;
  prune: Instant;
  /** Whether anything was made, or had to wait, since prune last had nothing to do. */
  isUnpruned: boolean;
  held?: HeldByGuardrail;
}

const slotAfter = ({ policies: { policies } }: VirtualAccount, now: Instant): Instant =>
  Math.min(...policies.map((policy) => nextSlot(policy, now)));

/** Jobs of a table wait for each other, and copies follow their source; a backup of DynamoDB is there at once and nothing follows it. */
const hasJobs = ({ policies: { policies } }: VirtualAccount): boolean =>
  policies.some(({ vault }) => vault !== undefined);

const keyOf = (account: VirtualAccount, now: Instant, actions: readonly Action[]): string =>
  JSON.stringify([
    account.policies.policies.map(({ name }) => name),
    [now, account.instance, account.table.tags],
    actions.map((action) => ('slot' in action ? [action.policy, action.slot] : action.kind)),
  ]);

/**
 * After a run of backup the latest slot of every policy is filled, whatever was there before: from then on what is due depends on the schedules alone.
 */
const shareFrom = (
  { sharedBackups }: HistoryInput,
  account: VirtualAccount,
  now: Instant,
  actions: readonly Action[],
): Due['shared'] => {
  if (sharedBackups === undefined || hasJobs(account)) return undefined;
  const key = keyOf(account, now, actions);
  const shared = sharedBackups.get(key) ?? new Map<Instant, readonly Action[]>();
  sharedBackups.set(key, shared);
  return shared;
};

const decideBackup = (account: VirtualAccount, now: Instant, { shared }: Due): readonly Action[] => {
  const known = shared?.get(now);
  if (known !== undefined) {
    repeatOn(account, known, now);
    return known;
  }
  const { actions } = runOn(account, 'protect', now);
  shared?.set(now, actions);
  return actions;
};

const backUp = (input: HistoryInput, account: VirtualAccount, now: Instant, due: Due): void => {
  const actions = decideBackup(account, now, due);
  due.shared ??= shareFrom(input, account, now, actions);
  const isFollowed = actions.length > 0 && hasJobs(account);
  due.backup = backupRunFrom(isFollowed ? now + 1 : slotAfter(account, now));
  due.isUnpruned ||= actions.length > 0;
};

const heldWith = (
  before: HeldByGuardrail | undefined,
  { excesses }: GuardrailRefusal,
  now: Instant,
): HeldByGuardrail => ({
  from: before?.from ?? now,
  policies: [...new Set([...(before?.policies ?? []), ...excesses.map(({ policy }) => policy)])].toSorted(),
});

/** Retention counts from the newest recovery point: while none is made and none waits to go, it decides the same again, which after it was carried out is nothing. */
const prune = (_: HistoryInput, account: VirtualAccount, now: Instant, due: Due): void => {
  due.prune = pruneRunFrom(now + 1);
  if (!due.isUnpruned) return;
  const { actions, guardrail, retention } = runOn(account, 'expire', now);
  if (guardrail !== undefined) due.held = heldWith(due.held, guardrail, now);
  due.isUnpruned =
    (actions.length > 0 && hasJobs(account)) || retention.some(({ heldBack }) => heldBack !== undefined);
};

/**
 * Lives through a history: the plan itself decides at each run of backup that has a slot to make and at each run of prune that may have something to
 * do, by the default rates. Runs in between are left out. In it nothing fails, and each recovery point is there at once.
 */
export const historyOf = (input: HistoryInput, onRun: OnRun = () => undefined): History => {
  const account = accountOf(input);
  const due: Due = { backup: backupRunFrom(input.from), prune: pruneRunFrom(input.from), isUnpruned: true };
  for (let now = Math.min(due.backup, due.prune); now < input.to; now = Math.min(due.backup, due.prune)) {
    onRun(
      account.present.map(({ point }) => point),
      now,
    );
    (now === due.backup ? backUp : prune)(input, account, now, due);
  }
  // Where nothing is made or expires any more, no run notes what goes by itself.
  deleteDue(account, input.to);
  return { points: account.ledger, ...(due.held !== undefined && { held: due.held }) };
};
