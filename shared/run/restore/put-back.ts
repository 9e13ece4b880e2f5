import { hasOpenSteps, patienceMs, stepsInTurn } from '../../core/restore/turns.ts';
import { failureText } from '../../model/failure.ts';
import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type { RestoreRecord, StepRecord } from '../../model/restore.ts';
import { type RestoreDeps, type Stretch, saved } from './deps.ts';

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

const tryStep = async (deps: RestoreDeps, record: RestoreRecord, at: number): Promise<RestoreRecord> => {
  const step = record.steps[at]?.step;
  if (step === undefined) return record;
  const outcome = await deps.settingsWriter.apply(record.targetTable, step);
  const next = withOutcome(record, at, outcome, deps.clock.now());
  const isNews = outcome.kind !== 'deferred' || record.steps[at]?.outcome === undefined;
  return isNews ? await saved(deps, next) : next;
};

/** Says what a round waits for, for whoever watches. */
const waiting = ({ steps }: RestoreRecord): string | undefined => {
  const open = steps.find(({ outcome }) => outcome?.kind === 'deferred')?.outcome;
  return open?.kind === 'deferred' ? failureText(open.failure) : undefined;
};

const isPatient = (record: RestoreRecord, beganAt: Instant, now: Instant): boolean =>
  stepsInTurn(record.steps, now).some((at) => {
    const step = record.steps[at]?.step;
    return step !== undefined && now - beganAt < patienceMs(step);
  });

/**
 * Puts settings back, step by step in their turn, each saved before the next. What the service
 * defers is tried again between the others until its patience ends; what fails stops no other.
 * Leaves to a later session what is still deferred then.
 */
export const putBack = async (deps: RestoreDeps, begun: RestoreRecord): Promise<Stretch> => {
  const { clock, onProgress } = deps;
  const beganAt = clock.now();
  let record = begun;
  while (isPatient(record, beganAt, clock.now())) {
    const open = stepsInTurn(record.steps, clock.now());
    let moved = false;
    for (const at of open) {
      record = await tryStep(deps, record, at);
      moved ||= record.steps[at]?.outcome?.kind !== 'deferred';
      const waitsFor = waiting(record);
      onProgress({ record, now: clock.now(), ...(waitsFor !== undefined && { waitsFor }) });
    }
    if (!moved) await clock.sleep(TRY_AGAIN_MS);
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
