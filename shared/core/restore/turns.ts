import type { Failure } from '../../model/failure.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { SettingStep, StepOutcome, StepRecord } from '../../model/restore.ts';

type Kind = SettingStep['kind'];

/**
 * What is an UpdateTable: the service takes one at a time, and none while the table is UPDATING.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html (checked 2026-11-28)
 */
const TABLE_UPDATES: readonly Kind[] = [
  'deletion-protection',
  'stream-off',
  'stream',
  'table-class',
  'encryption',
  'throughput',
  'warm-throughput',
  'global-index',
  'replica',
];

const SCALING: readonly Kind[] = ['scalable-target', 'scaling-rule'];

/** Which steps before it have to be settled first. What is not named here waits for none. */
const waitsFor = (step: SettingStep): readonly Kind[] | 'all' => {
  if (step.kind === 'ttl') return 'all';
  // What is about a replica has to wait until there is one.
  if ('region' in step && step.kind !== 'replica') return ['replica'];
  if (step.kind === 'replica') return [...TABLE_UPDATES, ...SCALING];
  // Registering a target changes the capacity at once, and two targets of one table are two changes of it.
  if (step.kind === 'scalable-target') return [...TABLE_UPDATES, 'scalable-target'];
  if (step.kind === 'scaling-rule') return ['scalable-target'];
  if (step.kind === 'insights' && step.index !== undefined) return ['global-index'];
  if (step.kind === 'resource-policy' && step.of === 'stream') return ['stream', 'stream-off'];
  return TABLE_UPDATES.includes(step.kind) ? TABLE_UPDATES : [];
};

const PATIENCE: Partial<Record<Kind, number>> = {
  // The service refuses it for seconds to minutes after a table is made.
  pitr: 20 * MINUTE_MS,
  // Filling an index takes as long as its table is large.
  'global-index': 48 * HOUR_MS,
  replica: 48 * HOUR_MS,
};

/** An UPDATING table has been seen to stay so for an hour. */
const DEFAULT_PATIENCE_MS = 2 * HOUR_MS;

/** Returns for how long one session goes on trying a step that the service defers. */
export const patienceMs = ({ kind }: SettingStep): number => PATIENCE[kind] ?? DEFAULT_PATIENCE_MS;

/** Says whether there is nothing left to try at that instant. What failed stays failed; it does not stop the others. */
export const isSettled = (outcome: StepOutcome | undefined, now: Instant): boolean => {
  if (outcome === undefined || outcome.kind === 'deferred') return false;
  return outcome.kind !== 'not-before' || outcome.at > now;
};

/**
 * Lists the places of the steps that may be tried now, in order: those that are not settled and
 * before which nothing stands that has to come first and is open.
 */
export const stepsInTurn = (records: readonly StepRecord[], now: Instant): readonly number[] => {
  const open: Kind[] = [];
  const inTurn: number[] = [];
  for (const [at, { step, outcome }] of records.entries()) {
    if (isSettled(outcome, now)) continue;
    const first = waitsFor(step);
    const waits = first === 'all' ? open.length > 0 : open.some((kind) => first.includes(kind));
    if (!waits) inTurn.push(at);
    open.push(step.kind);
  }
  return inTurn;
};

/** What a step needs that another one makes: its scalable target, its stream, its replica. */
const isNeededBy = (step: SettingStep, other: SettingStep): boolean => {
  if (step.kind === 'scaling-rule')
    return (
      other.kind === 'scalable-target' &&
      other.target.resourceId === step.rule.resourceId &&
      other.target.dimension === step.rule.dimension
    );
  if (step.kind === 'resource-policy') return step.of === 'stream' && other.kind === 'stream';
  return (
    other.kind === 'replica' && step.kind !== 'replica' && 'region' in step && step.region === other.region
  );
};

/** Returns why a step cannot succeed: what it needs has failed. Undefined where nothing of the kind has. */
export const failedNeed = (records: readonly StepRecord[], step: SettingStep): Failure | undefined => {
  for (const { step: other, outcome } of records)
    if (outcome?.kind === 'failed' && isNeededBy(step, other)) return outcome.failure;
  return undefined;
};

/** Says whether a later session has something to do: a step that is open, or one that may only come later. */
export const hasOpenSteps = (records: readonly StepRecord[]): boolean =>
  records.some(
    ({ outcome }) => outcome === undefined || outcome.kind === 'deferred' || outcome.kind === 'not-before',
  );
