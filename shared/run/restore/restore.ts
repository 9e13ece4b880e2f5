import { hasOpenSteps } from '../../core/restore/turns.ts';
import { assertNever } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { RestoreRecord, SettingStep } from '../../model/restore.ts';
import { readItemCheck } from './check-items.ts';
import { type RestoreDeps, type Stretch, saved } from './deps.ts';
import { followRestore } from './follow.ts';
import { openStepOf, putBack } from './put-back.ts';
import { startRestore } from './start.ts';

/** What a restore needs to know beside its record: the settings that the source had. */
export interface RestoreKnowledge {
  /** Absent where no manifest is known: then nothing can be put back and nothing compared. */
  readonly wanted?: SettingsReading;
  /** Decides the steps once the table is there. */
  readonly stepsFor: (record: RestoreRecord, live: SettingsReading) => readonly SettingStep[];
  /** How many items are read for the check. */
  readonly sample: number;
}

/** How a restore ended, or where it was left; `live` is what the restored table has at the end. */
export type RestoreEnd =
  | { readonly kind: 'ended'; readonly record: RestoreRecord; readonly live?: SettingsReading }
  | { readonly kind: 'unfinished'; readonly record: RestoreRecord; readonly why: string };

const decideSteps = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  { stepsFor }: RestoreKnowledge,
): Promise<Stretch> => {
  const live = await deps.settingsReader.read(record.targetTable);
  const [gap] = live.gaps.filter(({ facet }) => facet === 'shape');
  if (gap !== undefined) return { kind: 'unfinished', record, why: failureText(gap.failure) };
  const steps = stepsFor(record, live).map((step) => ({ step }));
  return { kind: 'on', record: await saved(deps, { ...record, phase: 'settings', steps }) };
};

const putSettingsBack = async (deps: RestoreDeps, record: RestoreRecord): Promise<Stretch> => {
  const put = await putBack(deps, record);
  return { kind: 'on', record: await saved(deps, { ...put.record, phase: 'verifying' }) };
};

const isRight = ({ steps, items }: RestoreRecord): boolean =>
  steps.every(({ outcome }) => outcome?.kind !== 'failed') && (items?.failures.length ?? 0) === 0;

/**
 * Looks at the copy. Where a step is still open the restore goes back to its settings, and a later
 * session goes on there.
 */
const verify = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  { wanted, sample }: RestoreKnowledge,
): Promise<RestoreEnd> => {
  const live = await deps.settingsReader.read(record.targetTable);
  const ttlAttribute = wanted?.settings.ttl?.attribute;
  const items = await readItemCheck(deps, {
    source: record.source.table,
    target: record.targetTable,
    keys: live.settings.shape?.keys ?? [],
    most: sample,
    ...(ttlAttribute !== undefined && { ttlAttribute }),
  });
  const seen: RestoreRecord = { ...record, items };
  const open = openStepOf(seen);
  if (hasOpenSteps(seen.steps) && open !== undefined) {
    const why =
      open.outcome === undefined || !('failure' in open.outcome)
        ? open.step.kind
        : failureText(open.outcome.failure);
    return { kind: 'unfinished', record: await saved(deps, { ...seen, phase: 'settings' }), why };
  }
  const result = isRight(seen) ? 'restored' : 'restored-with-differences';
  const ended = { ...seen, phase: 'ended', result, endedAt: deps.clock.now() } as const;
  return { kind: 'ended', record: await saved(deps, ended), live };
};

const advance = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  knowledge: RestoreKnowledge,
): Promise<Stretch | RestoreEnd> => {
  switch (record.phase) {
    case 'planned':
      return await startRestore(deps, record);
    case 'started':
      return await followRestore(deps, record);
    case 'active':
      return await decideSteps(deps, record, knowledge);
    case 'settings':
      return await putSettingsBack(deps, record);
    case 'verifying':
      return await verify(deps, record, knowledge);
    case 'ended':
      return { kind: 'ended', record };
    default:
      return assertNever(record.phase);
  }
};

/** SAFETY: a table that was made anew under the name is never touched. Says why the restore cannot go on. */
const strangerUnder = async (
  { restorer }: RestoreDeps,
  { phase, targetTable, targetTableId }: RestoreRecord,
): Promise<string | undefined> => {
  if (phase === 'planned' || phase === 'started' || phase === 'ended') return undefined;
  const looked = await restorer.look(targetTable);
  if (looked.kind === 'unreadable') return failureText(looked.failure);
  if (looked.kind === 'missing') return `the restored table ${targetTable} is gone`;
  return looked.value.tableId === targetTableId
    ? undefined
    : `${targetTable} is another table now than the one that was restored`;
};

/**
 * Carries a restore on from wherever its record stands, to its end or until it has to wait for
 * another session. Each phase is saved before the next, so that it can be killed at any moment and
 * called again: what AWS has done already is found and not done twice.
 */
export const carryOn = async (
  deps: RestoreDeps,
  begun: RestoreRecord,
  knowledge: RestoreKnowledge,
): Promise<RestoreEnd> => {
  let record = begun;
  const why = await strangerUnder(deps, record);
  if (why !== undefined) return { kind: 'unfinished', record, why };
  for (;;) {
    const next = await advance(deps, record, knowledge);
    if (next.kind === 'ended' || next.kind === 'unfinished') return next;
    record = next.record;
  }
};
