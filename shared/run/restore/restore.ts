import { hasOpenSteps } from '../../core/restore/turns.ts';
import { isFromVault } from '../../core/restore/vault-terms.ts';
import { assertNever } from '../../model/errors.ts';
import { FailureError, failureText } from '../../model/failure.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { ItemCheck, RestoreRecord, SettingStep } from '../../model/restore.ts';
import { readItemCheck } from './check-items.ts';
import { endedFailed, type RestoreDeps, type Stretch, saved, type Unfinished } from './deps.ts';
import { followRestore } from './follow.ts';
import { followJob } from './follow-job.ts';
import { isTtlNext, openStepOf, putBack } from './put-back.ts';
import { startRestore } from './start.ts';
import { standsStill } from './whose-table.ts';

/** What a restore needs to know beside its record: the settings that the source had. */
export interface RestoreKnowledge {
  /** Absent where no manifest is known: then nothing can be put back and nothing compared. */
  readonly wanted?: SettingsReading;
  /** Decides the steps once the table is there. */
  readonly stepsFor: (record: RestoreRecord, live: SettingsReading) => readonly SettingStep[];
  /** Says whether nothing differs that a step was to set. */
  readonly isAsWanted: (record: RestoreRecord, live: SettingsReading) => boolean;
  /** Whether the table that is restored from stands: its items are looked for in the copy. Another table of its name is not asked. */
  readonly isSourceThere: boolean;
  /** What AWS last counted of that table; absent where it does not stand. */
  readonly sourceBytes?: number;
  /** How many items are read for the check. */
  readonly sample: number;
}

/** How a restore ended, or where it was left; `live` is what the restored table has at the end. */
export type RestoreEnd =
  | { readonly kind: 'ended'; readonly record: RestoreRecord; readonly live?: SettingsReading }
  | Unfinished;

const decideSteps = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  { stepsFor }: RestoreKnowledge,
): Promise<Stretch> => {
  const stands = await standsStill(deps, record);
  if (stands.kind === 'lost') return await endedFailed(deps, record, stands.failure);
  const live = await deps.settingsReader.read(record.targetTable);
  const [gap] = live.gaps.filter(({ facet }) => facet === 'shape');
  if (gap !== undefined) return { kind: 'unfinished', record, why: failureText(gap.failure) };
  const steps = stepsFor(record, live).map((step) => ({ step }));
  return { kind: 'on', record: await saved(deps, { ...record, phase: 'settings', steps }) };
};

const putSettingsBack = async (deps: RestoreDeps, record: RestoreRecord): Promise<Stretch> => {
  const put = await putBack(deps, record);
  if (put.kind !== 'on') return put;
  return { kind: 'on', record: await saved(deps, { ...put.record, phase: 'verifying' }) };
};

/** Tags and policies are read some seconds late. */
const READ_AGAIN_MS = 5 * SECOND_MS;
const READ_LATE_MS = MINUTE_MS;

/** Reads the settings, and again while what was set is not to be read yet. */
const readWhenSeen = async (
  { clock, settingsReader }: RestoreDeps,
  record: RestoreRecord,
  { isAsWanted }: RestoreKnowledge,
): Promise<SettingsReading> => {
  const isSet = record.steps.every(
    ({ outcome }) => outcome?.kind === 'done' || outcome?.kind === 'as-it-was',
  );
  const until = clock.now() + (isSet ? READ_LATE_MS : 0);
  for (;;) {
    const live = await settingsReader.read(record.targetTable);
    if (clock.now() >= until || isAsWanted(record, live)) return live;
    await clock.sleep(READ_AGAIN_MS);
  }
};

/** What TTL may have deleted since says nothing about the copy: the check from before it stands. */
const checkedBefore = ({ steps, items }: RestoreRecord): RestoreRecord['items'] =>
  steps.some(({ step, outcome }) => step.kind === 'ttl' && outcome !== undefined) ? items : undefined;

const checkNow = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  { isSourceThere, sample, sourceBytes, wanted }: RestoreKnowledge,
  live: SettingsReading,
): Promise<ItemCheck> => {
  const ttlAttribute = wanted?.settings.ttl?.attribute;
  return await readItemCheck(deps, {
    source: isSourceThere ? record.source.table : undefined,
    target: record.targetTable,
    keys: live.settings.shape?.keys ?? [],
    most: sample,
    ...(ttlAttribute !== undefined && { ttlAttribute }),
    ...(sourceBytes !== undefined && { sourceBytes }),
  });
};

const isRight = ({ steps, items }: RestoreRecord): boolean =>
  steps.every(({ outcome }) => outcome?.kind !== 'failed') && (items?.failures.length ?? 0) === 0;

/**
 * Looks at the copy, and lets TTL be switched on after that. Where a step is still open the restore goes back to its settings, and a later
 * session goes on there.
 */
const verify = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  knowledge: RestoreKnowledge,
): Promise<Stretch | RestoreEnd> => {
  const stands = await standsStill(deps, record);
  if (stands.kind === 'lost') return await endedFailed(deps, record, stands.failure);
  const live = await readWhenSeen(deps, record, knowledge);
  const items = checkedBefore(record) ?? (await checkNow(deps, record, knowledge, live));
  const seen: RestoreRecord = { ...record, items };
  if (isTtlNext(seen, deps.clock.now()))
    return { kind: 'on', record: await saved(deps, { ...seen, phase: 'settings' }) };
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
      return isFromVault(record.source) && record.targetTableId === undefined
        ? await followJob(deps, record)
        : await followRestore(deps, record);
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

/** Another session may have ended the restore meanwhile, or a person gave it up there: then there is nothing to go on with. */
const endedElsewhere = async (
  { records }: RestoreDeps,
  { id }: RestoreRecord,
  { failure }: FailureError,
): Promise<RestoreEnd | undefined> => {
  if (failure.kind !== 'own' || failure.code !== 'claim-held') return undefined;
  const known = await records.list().catch(() => []);
  const ended = known.find((one) => one.id === id && one.phase === 'ended');
  return ended === undefined ? undefined : { kind: 'ended', record: ended };
};

const advanceOrStop = async (
  deps: RestoreDeps,
  record: RestoreRecord,
  knowledge: RestoreKnowledge,
): Promise<Stretch | RestoreEnd> => {
  try {
    return await advance(deps, record, knowledge);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return (
      (await endedElsewhere(deps, record, error)) ?? {
        kind: 'unfinished',
        record,
        why: failureText(error.failure),
      }
    );
  }
};

/**
 * Carries a restore on from wherever its record stands, to its end or until it has to wait for
 * another session. Each phase is saved before the next, so that it can be killed at any moment and
 * called again: what AWS has done already is found and not done twice. It stops where its record
 * cannot be written, or another session writes it.
 */
export const carryOn = async (
  deps: RestoreDeps,
  begun: RestoreRecord,
  knowledge: RestoreKnowledge,
): Promise<RestoreEnd> => {
  let record = begun;
  for (;;) {
    const next = await advanceOrStop(deps, record, knowledge);
    if (next.kind === 'ended' || next.kind === 'unfinished') return next;
    record = next.record;
  }
};
