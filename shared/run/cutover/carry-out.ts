import { canSkip, cutoverPatienceMs, isMoot, isOver } from '../../core/restore/cutover-readers.ts';
import type { CutoverOutcome, CutoverRecord, CutoverStepRecord } from '../../model/cutover.ts';
import { type Failure, FailureError, failureText } from '../../model/failure.ts';
import { SECOND_MS } from '../../model/instant.ts';
import type { CutoverDeps } from './deps.ts';
import { restoreUnderName } from './restore-under-name.ts';

/** Between two looks at a step that is not ready. */
const LOOK_EVERY_MS = 10 * SECOND_MS;

/** How a cut-over ended, or where it was left. */
export type CutoverEnd =
  | { readonly kind: 'ended'; readonly record: CutoverRecord }
  /** A person stopped before the step. */
  | { readonly kind: 'stopped'; readonly record: CutoverRecord; readonly at: number }
  /** The step failed, or is not ready: another session goes on with it. */
  | {
      readonly kind: 'unfinished';
      readonly record: CutoverRecord;
      readonly at: number;
      readonly failure: Failure;
    };

const withStep = (record: CutoverRecord, at: number, change: Partial<CutoverStepRecord>): CutoverRecord => ({
  ...record,
  steps: record.steps.map((one, place) => (place === at ? { ...one, ...change } : one)),
});

const saved = ({ records }: CutoverDeps, record: CutoverRecord): Promise<CutoverRecord> =>
  records.save(record);

const tryOnce = async (deps: CutoverDeps, record: CutoverRecord, at: number): Promise<CutoverOutcome> => {
  const step = record.steps[at]?.step;
  if (step === undefined) return { kind: 'skipped' };
  if (step.kind === 'restore-under-name') return await restoreUnderName(deps, record);
  if (step.kind === 'setting') return await deps.restore.settingsWriter.apply(step.table, step.step);
  return await deps.writer.apply(step, record);
};

/** Tries until the step stands, fails, or its patience ends. */
const performed = async (deps: CutoverDeps, record: CutoverRecord, at: number): Promise<CutoverOutcome> => {
  const { clock, onStep } = deps;
  const step = record.steps[at]?.step;
  const until = clock.now() + (step === undefined ? 0 : cutoverPatienceMs(step));
  for (;;) {
    const outcome = await tryOnce(deps, record, at);
    if (outcome.kind !== 'deferred' || clock.now() >= until) return outcome;
    onStep(record, at, failureText(outcome.failure));
    await clock.sleep(LOOK_EVERY_MS);
  }
};

type Stretch = { readonly kind: 'on'; readonly record: CutoverRecord } | CutoverEnd;

const took = async (
  deps: CutoverDeps,
  record: CutoverRecord,
  at: number,
  outcome: CutoverOutcome,
): Promise<Stretch> => {
  const next = await saved(deps, withStep(record, at, { outcome, at: deps.clock.now() }));
  deps.onStep(next, at);
  if ('failure' in outcome) return { kind: 'unfinished', record: next, at, failure: outcome.failure };
  return { kind: 'on', record: next };
};

const doStep = async (deps: CutoverDeps, record: CutoverRecord, at: number): Promise<Stretch> => {
  const { step, outcome } = record.steps[at] ?? {};
  if (step === undefined || isOver(outcome)) return { kind: 'on', record };
  if (outcome?.kind === 'not-before' && outcome.at > deps.clock.now())
    return { kind: 'unfinished', record, at, failure: outcome.failure };
  if (isMoot(step, record)) return await took(deps, record, at, { kind: 'skipped' });
  const answer = await deps.agree(step, record);
  if (answer === 'stop' || (answer === 'skip' && !canSkip(step, record.choices)))
    return { kind: 'stopped', record, at };
  if (answer === 'skip') return await took(deps, record, at, { kind: 'skipped' });
  const asked = await saved(deps, withStep(record, at, { askedAt: deps.clock.now() }));
  return await took(deps, asked, at, await performed(deps, asked, at));
};

/** A person may have given the cut-over up in another session, or that one ended it: then there is nothing to go on with. */
const endedElsewhere = async (
  { records }: CutoverDeps,
  { id }: CutoverRecord,
  failure: Failure,
): Promise<CutoverEnd | undefined> => {
  if (failure.kind !== 'own' || failure.code !== 'claim-held') return undefined;
  const known = await records.list().catch(() => []);
  const ended = known.find((one) => one.id === id && one.phase === 'ended');
  return ended === undefined ? undefined : { kind: 'ended', record: ended };
};

/** SAFETY: a session that another one has overtaken stops before its next call. */
const doOrStop = async (deps: CutoverDeps, record: CutoverRecord, at: number): Promise<Stretch> => {
  try {
    return await doStep(deps, record, at);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { failure } = error;
    return (await endedElsewhere(deps, record, failure)) ?? { kind: 'unfinished', record, at, failure };
  }
};

/**
 * Carries a cut-over on from wherever its record stands, each step asked for and saved before its call. It can be stopped at any moment and
 * called again: what was done is found and not done twice. SAFETY: nothing after a step that failed is tried.
 */
export const carryOutCutover = async (deps: CutoverDeps, begun: CutoverRecord): Promise<CutoverEnd> => {
  let record = begun;
  for (let at = 0; at < record.steps.length; at += 1) {
    const stretch = await doOrStop(deps, record, at);
    if (stretch.kind !== 'on') return stretch;
    record = stretch.record;
  }
  const ended = await saved(deps, { ...record, phase: 'ended', endedAt: deps.clock.now() });
  return { kind: 'ended', record: ended };
};
