import { OPT_OUT } from '../../core/policy/govern.ts';
import { finalPointOf } from '../../core/restore/cutover-readers.ts';
import { stepsFor } from '../../core/restore/steps.ts';
import type { CutoverOutcome, CutoverRecord } from '../../model/cutover.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { FinalPoint } from '../../ports/cutover.ts';
import type { Deps } from '../deps.ts';
import type { RestoreDeps } from '../restore/deps.ts';
import { knowledgeOf, recordOf } from '../restore/plan-restore.ts';
import { carryOn, type RestoreEnd, type RestoreKnowledge } from '../restore/restore.ts';
import type { CutoverDeps } from './deps.ts';

const failed = (why: string): CutoverOutcome => ({
  kind: 'failed',
  failure: ownFailure('not-as-asked', why, { operation: 'RestoreTableFromBackup' }),
});

const later = (why: string): CutoverOutcome => ({ kind: 'deferred', failure: ownFailure('not-ready', why) });

const recordFor = (
  { table, restored, restoredId, region, choices }: CutoverRecord,
  point: FinalPoint,
  now: number,
): RestoreRecord =>
  recordOf({
    choice: {
      source: {
        kind: 'recovery-point',
        table: restored,
        tableId: restoredId,
        id: point.id,
        createdAt: point.createdAt,
        madeBy: 'this-instance',
        sizeBytes: point.sizeBytes,
      },
    },
    target: { name: table },
    targetRegion: region,
    overrides: {},
    choices: { settings: 'all', ttl: choices.ttl, warm: 'leave', role: 'replacement', kinesis: 'share' },
    plannedAt: now,
  });

/** How many items are read to check the table that took the name. */
const SAMPLE = 1000;

/** SAFETY: the tag is that of the plan: an opt-out that somebody gave the damaged table would end the backups of the one in its place. */
const settingsOf = ({ settings, policyTag }: CutoverRecord): CutoverRecord['settings'] =>
  policyTag?.value === undefined
    ? settings
    : { ...settings, tags: { ...settings.tags, [policyTag.key]: policyTag.value } };

/** The table that takes the name gets what the old table had under it, not what the copy had. */
const knowledgeFor = (parts: Pick<Deps, 'target' | 'policies'>, record: CutoverRecord): RestoreKnowledge => {
  const { table } = record;
  const settings = settingsOf(record);
  const named = { ...parts.target, table };
  const names = { from: named, to: named, policyTag: parts.policies.tag, sourceExists: false };
  return {
    ...knowledgeOf(parts, undefined, { sourceExists: false, takenIn: [] }, SAMPLE),
    // What is restored from is the copy, which stays.
    isSourceThere: true,
    wanted: { settings, gaps: [] },
    stepsFor: ({ choices, overrides }, live) => {
      const has = live.settings.tags?.[names.policyTag];
      // `restore --resume` may have put the opt-out of the copy on it; another value was set by somebody since.
      const isSetSince = has !== undefined && has !== OPT_OUT;
      const context = { names, choices, overrides, ...(isSetSince && { leavesPolicyTag: true as const }) };
      return stepsFor(settings, live.settings, context);
    },
  };
};

const isOfPoint = ({ source }: RestoreRecord, point: FinalPoint): boolean =>
  source.kind === 'recovery-point' && source.id === point.id;

/** Finds the restore that an earlier session began, or begins one; undefined while another one has the name. */
const begunOf = async (
  { records }: RestoreDeps,
  record: CutoverRecord,
  point: FinalPoint,
  now: number,
): Promise<RestoreRecord | undefined> => {
  const known = (await records.list()).find(
    (one) => one.targetTable === record.table && one.targetRegion === record.region,
  );
  if (known !== undefined && isOfPoint(known, point) && known.result !== 'failed') return known;
  const begun = recordFor(record, point, now);
  return (await records.begin(begun)) ? begun : undefined;
};

/** Counts again, now that CloudWatch shows it, what was written to the old table after its final recovery point. */
const lostSince = async ({ writer }: CutoverDeps, record: CutoverRecord): Promise<number> => {
  const freeAt = record.steps.find(({ step }) => step.kind === 'name-free')?.at;
  const arn = finalPointOf(record, record.table);
  const point = arn === undefined ? undefined : await writer.readPoint(arn);
  if (freeAt === undefined || point?.kind !== 'found') return 0;
  const written = await writer.writeUnits(record.table, point.value.createdAt, freeAt);
  return written.kind === 'found' ? written.value.units : 0;
};

/**
 * Carries the restore on. SAFETY: `restore --resume` may have ended it with the settings of the copy, which opts out of backups: what is not as the old
 * table had it is put back once more.
 */
const carriedToSettings = async (
  restore: RestoreDeps,
  begun: RestoreRecord,
  knowledge: RestoreKnowledge,
): Promise<RestoreEnd> => {
  const end = await carryOn(restore, begun, knowledge);
  const isThere = end.record.result === 'restored' || end.record.result === 'restored-with-differences';
  if (end.kind !== 'ended' || !isThere) return end;
  const open = end.live === undefined ? undefined : knowledge.stepsFor(end.record, end.live);
  if (open?.length === 0) return end;
  return await carryOn(restore, { ...end.record, phase: 'active', steps: [] }, knowledge);
};

const failuresOf = ({ steps }: RestoreRecord): readonly Failure[] =>
  steps.flatMap(({ outcome }) => (outcome?.kind === 'failed' ? [outcome.failure] : []));

/** Restores the final recovery point of the restored table under the old name, through the flow of every restore. */
export const restoreUnderName = async (deps: CutoverDeps, record: CutoverRecord): Promise<CutoverOutcome> => {
  const { restore, writer, parts, clock } = deps;
  const arn = finalPointOf(record, record.restored);
  if (arn === undefined) return failed(`no final recovery point of ${record.restored} was made`);
  const point = await writer.readPoint(arn);
  if (point.kind === 'unreadable') return { kind: 'deferred', failure: point.failure };
  if (point.kind === 'missing') return failed(`the final recovery point ${arn} is gone`);
  const begun = await begunOf(restore, record, point.value, clock.now());
  if (begun === undefined) return later(`another restore to ${record.table} is under way`);
  const end = await carriedToSettings(restore, begun, knowledgeFor(parts, record));
  if (end.kind === 'unfinished') return later(end.why);
  const { result, failure, targetTableId } = end.record;
  if (result === 'failed')
    return failure === undefined ? failed('the restore failed') : { kind: 'failed', failure };
  if (result === 'given-up') return failed('the restore was given up');
  const notPutBack = failuresOf(end.record);
  const lostUnits = await lostSince(deps, record);
  return {
    kind: 'done',
    ...(targetTableId !== undefined && { made: targetTableId }),
    ...(lostUnits > 0 && { lostUnits }),
    ...(notPutBack.length > 0 && { notPutBack }),
  };
};
