import type { EnablePitrAction } from '../../model/action.ts';
import { findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { VaultRecord } from '../../model/vault-record.ts';
import type { CheckContext, GuardrailRefusal, SeriesState } from '../findings/context.ts';
import type { Finders } from '../findings/find.ts';
import { NOTHING } from '../preflight/trouble.ts';
import { lossesOf } from '../protection/losses.ts';
import { compareSeries } from '../protection/series.ts';
import { judgeSeries } from '../retention/judge.ts';
import { newestOf } from '../scene/due.ts';
import { LIFTED_MS } from '../scene/hold.ts';
import { promisedTables } from '../scene/pitr.ts';
import { seenOrRemembered } from '../scene/remembered-points.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import type { Series } from '../scene/series.ts';

const liftedOf = (series: Series, { memory, now, openFindings }: PlanInput): Pick<SeriesState, 'lifted'> => {
  const { confirmed, holdLiftedAt: since, table } = series;
  if (since === undefined) return {};
  const told = openFindings.find(({ id }) => id === findingId('hold-lifted', table))?.notifiedAt ?? 0;
  const remembered = memory.protections?.find((one) => one.table === table)?.hold?.toldAt;
  const toldAt = remembered ?? (told >= since ? told : now);
  const judged = judgeSeries(series, confirmed?.tableId, now);
  const points = judged.filter(({ decision }) => decision === 'expire').length;
  return { lifted: { since, until: toldAt + LIFTED_MS, points } };
};

const stateOf = (series: Series, input: PlanInput, now: Instant): SeriesState => ({
  ...liftedOf(series, input),
  table: series.table,
  policy: series.policy,
  confirmed: series.confirmed,
  points: series.points,
  ...(series.jobs !== undefined && { jobs: series.jobs }),
  ...(series.unseen !== undefined && { unseen: series.unseen }),
  newestAvailable: newestOf(series, now, ['available'])?.recoveryPoint,
  newestCreating: newestOf(series, now, ['creating'])?.recoveryPoint,
  latestSlot: series.latestSlot,
  unasked: series.points.filter(({ unasked }) => unasked !== undefined),
});

/** The parts of the plan that the checks report on. */
export interface Decided {
  readonly gone: CheckContext['gone'];
  readonly guardrail: GuardrailRefusal | undefined;
  readonly plannedRepairs: readonly EnablePitrAction[];
  /** What this run will remember of vaults. */
  readonly vaultRecords: readonly VaultRecord[] | undefined;
}

/** A run that did not look into vaults knows of none. */
const lostCopiesIn = (
  { observation }: PlanInput,
  { vaultRecords = [] }: Decided,
): CheckContext['lostCopies'] =>
  new Map(
    vaultRecords.flatMap(({ lostCopies, recordedTable }) =>
      lostCopies === undefined || !observation.facets.includes('vaults')
        ? []
        : [[recordedTable, lostCopies] as const],
    ),
  );

/** What no list of this run shows is remembered: copies in other accounts, and what is in a vault that could not be read. */
const everywhereIn = (input: PlanInput, scene: Scene): CheckContext['everywhere'] => {
  if (!input.observation.facets.includes('vaults')) return [];
  const seen = { own: [...scene.own.values()], copies: [...scene.copies.values()] };
  const { copies, own } = scene.concerns.vaults ? seenOrRemembered(seen, input) : seen;
  return [...own, ...copies].flatMap(({ points }) => points);
};

const NONE_GONE = { emptiedTables: [], lostTables: [], replacedTables: [] };

/** Builds what the checks read. Without a guardrail there is no refusal. */
export const checkContext = (
  input: PlanInput,
  scene: Scene,
  decided: Decided,
  { goneOf, preflightOf }: Omit<Finders, 'kinds'>,
): CheckContext => ({
  losses: scene.concerns.tableNames
    ? lossesOf({ ...input, governed: scene.governed, own: scene.own.values() })
    : [],
  ...(goneOf?.(input, scene) ?? NONE_GONE),
  concerns: scene.concerns,
  policies: input.policies,
  instance: input.instance,
  observation: input.observation,
  governed: scene.governed,
  allSeries: scene.allSeries.map((series) => stateOf(series, input, input.now)),
  promisedTables: scene.concerns.pitr ? promisedTables(scene.governed) : [],
  wantedCopies: scene.wantedCopies,
  own: scene.own,
  copies: scene.copies,
  everywhere: everywhereIn(input, scene),
  clockSuspicious: scene.clockSuspicious,
  series: input.mode === 'audit' ? compareSeries(input, scene) : [],
  memory: input.memory,
  regimes: scene.regimes,
  lostCopies: lostCopiesIn(input, decided),
  preflight:
    (scene.concerns.vaults ? preflightOf?.({ ...input, governed: scene.governed }) : undefined) ?? NOTHING,
  pitrBaselines: scene.pitrBaselines,
  openFindings: input.openFindings,
  now: input.now,
  eventTime: input.eventTime,
  gone: decided.gone,
  guardrail: decided.guardrail,
  plannedRepairs: decided.plannedRepairs,
});
