import type { Instant } from '../../model/instant.ts';
import type {
  CoverageBaseline,
  Memory,
  MuteRecord,
  PitrBaseline,
  PolicyHistory,
  Protection,
  SeriesLoss,
  SeriesSeen,
} from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import { nextSubscribers } from '../findings/subscriber-unreached.ts';
import type { GoneMemory } from '../protection/gone-memory.ts';
import { nextCopiesAsked } from '../scene/copies-asked.ts';
import { coverageOf } from '../scene/governed.ts';
import { askedUntil, muteRecords, nextMuteRecord } from '../scene/mute.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { nextHistories } from '../scene/regimes.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import { nextTurn } from './order.ts';

type MemoryInput = Pick<
  PlanInput,
  'instance' | 'memory' | 'mode' | 'now' | 'observation' | 'openFindings' | 'policies'
>;

/** Every series was compared with what was remembered of it. */
const isCompared = ({ mode, observation: { facets, gaps } }: MemoryInput): boolean =>
  mode === 'audit' &&
  facets.includes('recovery-points') &&
  !gaps.some(({ facet }) => facet === 'recovery-points' || facet === 'details');

const nextCoverage = (input: MemoryInput, tables: number): CoverageBaseline | undefined => {
  const { memory, now, observation } = input;
  const { facets, gaps } = observation;
  const before = memory.coverage;
  const isWhole = facets.includes('tags') && !gaps.some(({ facet }) => facet === 'tags');
  if (!isWhole) return before;
  const pointsSeenAt = isCompared(input) ? now : before?.pointsSeenAt;
  return { tables, seenAt: now, ...(pointsSeenAt !== undefined && { pointsSeenAt }) };
};

const byTable = (a: PitrBaseline, b: PitrBaseline): number => (a.table < b.table ? -1 : 1);

/** Tables that no longer exist are forgotten, if the whole list of names was read; DescribeTable outranks it. */
const stillThere = ({ gaps, tableNames, tables }: Observation): ((table: string) => boolean) => {
  const isWhole = tableNames !== undefined && !gaps.some(({ facet }) => facet === 'table-names');
  const confirmed = tables.filter(({ details }) => details !== undefined).map(({ name }) => name);
  const names = new Set([...(tableNames ?? []), ...confirmed]);
  return (table) => !isWhole || names.has(table);
};

/** When the oldest recovery point of each policy was made, as far as the list is whole. */
const oldestOf = ({ facets, gaps }: Observation, { own }: Pick<Scene, 'own'>) => {
  const isWhole =
    facets.includes('recovery-points') && !gaps.some(({ facet }) => facet === 'recovery-points');
  if (!isWhole) return () => undefined;
  const oldest = new Map<string, Instant>();
  for (const { facts, policy } of own.values())
    oldest.set(policy, Math.min(oldest.get(policy) ?? facts.oldestMadeAt, facts.oldestMadeAt));
  return (policy: string): Instant => oldest.get(policy) ?? Number.POSITIVE_INFINITY;
};

/**
 * Only a run that expires deletes anything; one that did not see all tables does not know which are
 * gone.
 */
const lossesOf = (
  { memory, mode, observation: { gaps } }: MemoryInput,
  after: readonly SeriesLoss[],
): Pick<Memory, 'losses'> => {
  const losses =
    mode === 'expire' && !gaps.some(({ facet }) => facet === 'tags') ? after : (memory.losses ?? []);
  return losses.length === 0 ? {} : { losses };
};

/** Nothing is dated by a clock that is not trusted. */
const histories = (
  input: MemoryInput,
  scene: Pick<Scene, 'clockSuspicious' | 'own' | 'regimes'>,
): readonly PolicyHistory[] => {
  const { histories: before = [] } = input.memory;
  return scene.clockSuspicious === undefined
    ? nextHistories(before, scene.regimes, oldestOf(input.observation, scene), input.now)
    : before;
};

const byMutedTable = (a: MuteRecord, b: MuteRecord): number => (a.mutedTable < b.mutedTable ? -1 : 1);

/**
 * A table that is missing from a complete list of tags asks for nothing any more. A clock that is
 * not trusted neither begins nor ends a mute.
 */
const nextMutes = (
  input: MemoryInput,
  { clockSuspicious, concerns }: Pick<Scene, 'clockSuspicious' | 'concerns'>,
): readonly MuteRecord[] => {
  if (!concerns.mutes) return [];
  const { memory, now, observation, openFindings, policies } = input;
  if (clockSuspicious !== undefined) return memory.mutes ?? [];
  const records = muteRecords(memory);
  const sinces = new Map(
    openFindings.filter(({ kind }) => kind === 'muted').map(({ table, openedAt }) => [table, openedAt]),
  );
  const tables = new Map(observation.tables.map((table) => [table.name, table]));
  const isWhole = isSeenWhole(observation, 'tags');
  return [...new Set([...records.keys(), ...tables.keys()])]
    .flatMap((name) => {
      const [before, table] = [records.get(name), tables.get(name)];
      if (table === undefined && !isWhole) return before ?? [];
      const until = table === undefined ? undefined : askedUntil(table, policies, now);
      return nextMuteRecord(before, { table: name, until, knownSince: sinces.get(name) }, now) ?? [];
    })
    .toSorted(byMutedTable);
};

/** From when on a drill may be overdue. A policy that asks for none any more begins again. */
const nextDrillsAsked = ({ memory, now, policies }: MemoryInput): Pick<Memory, 'drillsAsked'> => {
  const before = new Map(memory.drillsAsked?.map(({ policy, since }) => [policy, since]));
  const drillsAsked = policies.policies
    .filter(({ drill }) => drill !== undefined)
    .map(({ name }) => ({ policy: name, since: before.get(name) ?? now }));
  return drillsAsked.length === 0 ? {} : { drillsAsked };
};

/** Nothing is dated by a clock that is not trusted. */
const copiesAsked = (
  { memory, now, policies }: MemoryInput,
  { clockSuspicious, concerns }: Pick<Scene, 'clockSuspicious' | 'concerns'>,
): Pick<Memory, 'copiesAsked'> => {
  if (!concerns.vaults) return {};
  const asked = clockSuspicious === undefined ? nextCopiesAsked(memory, policies, now) : memory.copiesAsked;
  return asked === undefined ? {} : { copiesAsked: asked };
};

/** What other parts of the plan decided to remember. */
export interface Decided {
  readonly gone: GoneMemory;
  readonly losses: readonly SeriesLoss[];
  readonly protections: readonly Protection[];
  readonly series: readonly SeriesSeen[];
  readonly vaultRecords: Memory['vaultRecords'];
}

/** Returns what the next run should remember. Anything that was not observed completely is remembered as it was. */
export const nextMemory = (
  input: MemoryInput,
  scene: Pick<Scene, 'clockSuspicious' | 'concerns' | 'governed' | 'own' | 'pitrBaselines' | 'regimes'>,
  { gone, losses, protections, series, vaultRecords }: Decided,
): Memory => {
  const { governed } = scene;
  const { memory, now, observation } = input;
  const isThere = stillThere(observation);
  const before = memory.pitrBaselines.map((baseline) => [baseline.table, baseline] as const);
  const baselines = new Map([...before, ...scene.pitrBaselines]);
  const coverage = nextCoverage(input, coverageOf(governed));
  const { facets, topic } = observation;
  const pitrResumeAt = facets.includes('pitr')
    ? nextTurn(observation, memory.pitrResumeAt)
    : memory.pitrResumeAt;
  const subscribers =
    topic === undefined ? memory.subscribers : nextSubscribers(memory.subscribers, topic, now);
  const mutes = nextMutes(input, scene);
  return {
    histories: histories(input, scene),
    ...lossesOf(input, losses),
    ...copiesAsked(input, scene),
    ...(coverage !== undefined && { coverage }),
    ...(memory.deferred !== undefined && { deferred: memory.deferred }),
    ...(memory.digest !== undefined && { digest: memory.digest }),
    ...nextDrillsAsked(input),
    ...gone,
    ...(mutes.length > 0 && { mutes }),
    ...(pitrResumeAt !== undefined && { pitrResumeAt }),
    ...(subscribers !== undefined && { subscribers }),
    ...(protections.length > 0 && { protections }),
    ...(series.length > 0 && { series }),
    ...(vaultRecords !== undefined && { vaultRecords }),
    pitrBaselines: [...baselines.values()].filter(({ table }) => isThere(table)).toSorted(byTable),
  };
};
