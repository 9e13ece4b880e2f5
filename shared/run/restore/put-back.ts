import { failedNeed, hasOpenSteps, patienceMs, stepsInTurn } from '../../core/restore/turns.ts';
import { failureText, type OwnFailure, ownFailure } from '../../model/failure.ts';
import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord, SettingStep, StepOutcome, StepRecord } from '../../model/restore.ts';
import { endedFailed, type RestoreDeps, type Stretch, saved } from './deps.ts';
import { isDenied, standsStill } from './whose-table.ts';

/** Between two rounds in which nothing moved: an UPDATING table takes seconds to minutes. */
const TRY_AGAIN_MS = 10 * SECOND_MS;

const withOutcome = (
  record: RestoreRecord,
  at: number,
  outcome: NonNullable<StepRecord['outcome']>,
  now: Instant,
): RestoreRecord => ({
  ...record,
  steps: record.steps.map((one, place) => (place === at ? { ...one, outcome, at: now } : one)),
});

/** SAFETY: TTL deletes, so it waits until the items were looked at. */
const turnsOf = ({ steps, items }: RestoreRecord, now: Instant): readonly number[] =>
  stepsInTurn(steps, now).filter((at) => steps[at]?.step.kind !== 'ttl' || items !== undefined);

/** Returns why a step is not to be tried at all; undefined where it is. */
const hindrance = ({ steps, items }: RestoreRecord, step: SettingStep): OwnFailure | undefined => {
  const because = failedNeed(steps, step);
  if (because !== undefined) return ownFailure('not-there', 'what it needs could not be made', { because });
  const [unread] = step.kind === 'ttl' ? (items?.failures ?? []) : [];
  return (
    unread && ownFailure('held', 'it deletes items, and they could not be checked first', { because: unread })
  );
};

const tryStep = async (deps: RestoreDeps, record: RestoreRecord, at: number): Promise<RestoreRecord> => {
  const step = record.steps[at]?.step;
  if (step === undefined) return record;
  const failure = hindrance(record, step);
  const outcome: StepOutcome =
    failure === undefined
      ? await deps.settingsWriter.apply(record.targetTable, step)
      : { kind: 'failed', failure };
  const next = withOutcome(record, at, outcome, deps.clock.now());
  const isNews = outcome.kind !== 'deferred' || record.steps[at]?.outcome === undefined;
  return isNews ? await saved(deps, next) : next;
};

interface Round {
  readonly record: RestoreRecord;
  readonly moved: boolean;
}

/** Says what a round waits for, for whoever watches. */
const waiting = ({ steps }: RestoreRecord): string | undefined => {
  const open = steps.find(({ outcome }) => outcome?.kind === 'deferred')?.outcome;
  return open?.kind === 'deferred' ? failureText(open.failure) : undefined;
};

const isPatient = (record: RestoreRecord, beganAt: Instant, now: Instant): boolean =>
  turnsOf(record, now).some((at) => {
    const step = record.steps[at]?.step;
    return step !== undefined && now - beganAt < patienceMs(step);
  });

/** Tries each step whose turn it is, and says whether any was settled. */
const tryRound = async (deps: RestoreDeps, begun: RestoreRecord): Promise<Round> => {
  const { clock, onProgress } = deps;
  let record = begun;
  let moved = false;
  for (const at of turnsOf(begun, clock.now())) {
    record = await tryStep(deps, record, at);
    moved ||= record.steps[at]?.outcome?.kind !== 'deferred';
    const waitsFor = waiting(record);
    onProgress({ record, now: clock.now(), ...(waitsFor !== undefined && { waitsFor }) });
  }
  return { record, moved };
};

/**
 * Puts settings back, step by step in their turn, each saved before the next. What the service
 * defers is tried again between the others until its patience ends; what fails stops no other.
 * Leaves to a later session what is still deferred then. SAFETY: looks before each round whether
 * it is still the table that was restored.
 */
export const putBack = async (deps: RestoreDeps, begun: RestoreRecord): Promise<Stretch> => {
  const { clock } = deps;
  const beganAt = clock.now();
  let record = begun;
  while (isPatient(record, beganAt, clock.now())) {
    const stands = await standsStill(deps, record);
    if (stands.kind === 'lost') return await endedFailed(deps, record, stands.failure);
    if (stands.kind === 'unreadable' && isDenied(stands.failure))
      return { kind: 'unfinished', record, why: failureText(stands.failure) };
    const round = stands.kind === 'same' ? await tryRound(deps, record) : { record, moved: false };
    record = round.record;
    if (!round.moved) await clock.sleep(TRY_AGAIN_MS);
  }
  return { kind: 'on', record };
};

/** Names the first step that waits, and why; undefined where nothing is open. */
export const openStepOf = ({ steps }: Pick<RestoreRecord, 'steps'>): StepRecord | undefined =>
  hasOpenSteps(steps)
    ? steps.find(
        ({ outcome }) =>
          outcome?.kind !== 'done' && outcome?.kind !== 'as-it-was' && outcome?.kind !== 'failed',
      )
    : undefined;

/** Whether TTL alone is left, and has not been tried: the items were not looked at before. */
export const isTtlNext = (record: RestoreRecord, now: Instant): boolean =>
  turnsOf(record, now).some((at) => {
    const { step, outcome } = record.steps[at] ?? {};
    return step?.kind === 'ttl' && outcome === undefined;
  });
