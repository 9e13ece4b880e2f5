import { DRILLED_FACETS, drillSteps } from '../../core/restore/drill-settings.ts';
import { manifestFor } from '../../core/restore/manifest-for.ts';
import { failedNeed, hasOpenSteps, stepsInTurn } from '../../core/restore/turns.ts';
import type { Drill } from '../../model/drill.ts';
import { ownFailure } from '../../model/failure.ts';
import { HOUR_MS, SECOND_MS } from '../../model/instant.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { StepOutcome } from '../../model/restore.ts';
import { type DrillDeps, end, failed, goOn, type Moved, type Underway, waitFor } from './deps.ts';
import { isOfDrill, otherTableOf } from './restore-step.ts';

/** What is still refused then stays as it is, and is reported as a difference. */
const PATIENCE_MS = 6 * HOUR_MS;

const NOTHING: SettingsReading = { settings: {}, gaps: [] };

/** Returns the settings that the source had; nothing where no manifest is known. Throws when the state table cannot be reached. */
export const wantedOf = async (
  { manifests }: Pick<DrillDeps, 'manifests'>,
  { table, source }: Drill,
): Promise<SettingsReading | undefined> => manifestFor(await manifests.readOf(table), source)?.manifest;

/**
 * Looks whether the table of a drill is still its own. SAFETY: nothing else is changed; undefined where the drill may go on.
 */
export const stopsAt = async (deps: DrillDeps, state: Underway): Promise<Moved | undefined> => {
  const { current } = state;
  const looked = await deps.restorer.look(current.drillTable ?? '');
  if (looked.kind === 'unreadable') return waitFor(state, looked.failure);
  if (looked.kind === 'missing')
    return await end(
      deps,
      state,
      failed(
        { ...current, goneAt: deps.clock.now() },
        ownFailure('not-there', `the table ${current.drillTable} was deleted while it was checked`),
      ),
    );
  return isOfDrill(looked.value, current)
    ? undefined
    : await end(deps, state, failed(current, otherTableOf(current)));
};

/** Decides which settings are put back on the table of a drill. */
export const decideDrillSteps = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const stop = await stopsAt(deps, state);
  if (stop !== undefined) return stop;
  const { current } = state;
  const live = await deps.settingsReader.read(current.drillTable ?? '', DRILLED_FACETS);
  const gap = live.gaps.find(({ facet }) => facet === 'shape');
  if (gap !== undefined) return waitFor(state, gap.failure);
  const { target, policies } = deps;
  const wanted = (await wantedOf(deps, current)) ?? NOTHING;
  const steps = drillSteps({ drill: current, wanted, live, target, policyTag: policies.tag });
  return await goOn(deps, state, { ...current, phase: 'settings', steps: steps.map((step) => ({ step })) });
};

const tryStep = async (deps: DrillDeps, drill: Drill, at: number): Promise<Drill> => {
  const step = drill.steps[at]?.step;
  if (step === undefined) return drill;
  const because = failedNeed(drill.steps, step);
  const outcome: StepOutcome =
    because === undefined
      ? await deps.settingsWriter.apply(drill.drillTable ?? '', step)
      : { kind: 'failed', failure: ownFailure('not-there', 'what it needs could not be made', { because }) };
  const now = deps.clock.now();
  return {
    ...drill,
    steps: drill.steps.map((one, place) => (place === at ? { ...one, outcome, at: now } : one)),
  };
};

/** A change of a table takes seconds: a few rounds settle most in one run, and a later run has the rest. */
const ROUNDS = 6;
const ROUND_MS = 10 * SECOND_MS;

const tryRounds = async (deps: DrillDeps, state: Underway): Promise<Underway> => {
  let now: Underway = state;
  for (let round = 0; round < ROUNDS && hasOpenSteps(now.current.steps); round += 1) {
    if (round > 0) await deps.clock.sleep(ROUND_MS);
    let { current } = now;
    for (const at of stepsInTurn(current.steps, deps.clock.now())) current = await tryStep(deps, current, at);
    now = { ...(await deps.states.save({ ...now, current })), current };
  }
  return now;
};

/** Puts settings back on the table of a drill, as far as AWS takes them now; what it refuses for hours stays as it is. */
export const putDrillSettingsBack = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const stop = await stopsAt(deps, state);
  if (stop !== undefined) return stop;
  const tried = await tryRounds(deps, state);
  const now = deps.clock.now();
  const isOver = now - (tried.current.activeAt ?? now) > PATIENCE_MS;
  return hasOpenSteps(tried.current.steps) && !isOver
    ? waitFor(tried)
    : await goOn(deps, tried, { ...tried.current, phase: 'checking', settledAt: now });
};
