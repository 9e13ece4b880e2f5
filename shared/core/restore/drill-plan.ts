import { type Drill, type DrillRefusal, type DrillState, drillPrefixOf } from '../../model/drill.ts';
import { type Instant, isoInstant } from '../../model/instant.ts';
import type { DrillLevel } from '../../model/policy.ts';
import type { RestoreOverrides, RestoreSource } from '../../model/restore.ts';
import type { TableShape } from '../../model/table-settings.ts';
import type { WantedDrill } from '../drill/wanted.ts';
import { shortHash } from '../text/digest.ts';
import type { NameView } from './choice.ts';
import { pointSource } from './choose-point.ts';
import { restoreCost } from './cost.ts';
import type { Incarnation } from './incarnations.ts';
import { isRestorable } from './point-option.ts';

/** The table that stands: what is gone is not drilled. */
export const standingIn = ({ incarnations }: NameView): Incarnation | undefined =>
  incarnations.find(({ state }) => state === 'standing');

/** SAFETY: only what this instance made: a restore of someone else's backup would be paid for unasked. */
const newestPoint = ({ points, table }: Incarnation, now: Instant): readonly RestoreSource[] => {
  const own = points.findLast((point) => point.madeBy === 'this-instance' && isRestorable(point, now));
  return own === undefined ? [] : [pointSource(own, table)];
};

const latestSecond = ({ window, table, tableId, arn }: Incarnation): readonly RestoreSource[] =>
  window === undefined || arn === undefined
    ? []
    : [{ kind: 'point-in-time', table, tableId, tableArn: arn, second: window.to }];

/** Lists what a table can be restored from, the newest of each kind. */
export const drillSources = (view: NameView): readonly RestoreSource[] => {
  const standing = standingIn(view);
  return standing === undefined ? [] : [...newestPoint(standing, view.now), ...latestSecond(standing)];
};

/** Returns when a kind of source was last drilled; none at all comes first. */
const lastOf = (kind: RestoreSource['kind'], past: readonly Drill[]): Instant =>
  past.find(({ source }) => source.kind === kind)?.plannedAt ?? 0;

/** Chooses the kind of source whose turn it is: the one that was not drilled for the longest time, so that each is proved. */
export const sourceInTurn = (
  sources: readonly RestoreSource[],
  past: readonly Drill[],
): RestoreSource | undefined => sources.toSorted((a, b) => lastOf(a.kind, past) - lastOf(b.kind, past))[0];

/** What one drill is planned from. */
export interface DrillPlanInput {
  readonly wanted: WantedDrill;
  readonly view: NameView;
  /** How the table stands; absent where it could not be read. */
  readonly table?: Pick<TableShape, 'billingMode' | 'globalIndexes'> & { readonly itemCount?: number };
  readonly state: DrillState | undefined;
  readonly instance: string;
  /** Drawn at random for the name of its table. */
  readonly lot: string;
  /** What drills of this month cost already, and what they may. */
  readonly spentUsd: number;
  readonly capUsd: number;
}

/** What was decided. `not-seen`: something could not be read, and a later run decides. */
export type DrillPlan =
  | { readonly kind: 'begin'; readonly drill: Drill }
  | { readonly kind: 'refused'; readonly refusal: DrillRefusal }
  | { readonly kind: 'not-seen' };

/** As many letters of a table's name as one of 255 holds beside the rest. */
const SHOWN_LETTERS = 140;

/** Names the table of a drill: unique by table and second, and readable. SAFETY: nobody else knows the lot, so that a table of the name is the drill's. */
export const drillTableName = (instance: string, table: string, at: Instant, lot: string): string => {
  const second = isoInstant(at).replaceAll(/[-:Z]/g, '').replace('T', '-');
  return `${drillPrefixOf(instance)}${table.slice(0, SHOWN_LETTERS)}.${shortHash(table)}.${second}.${lot}`;
};

/** A backup says its own size; of point-in-time recovery the table's is known, as counted every six hours. */
const sizeOf = (source: RestoreSource, view: NameView): number | undefined => {
  const standing = standingIn(view);
  if (source.kind === 'point-in-time') return standing?.sizeBytes;
  return standing?.points.find(({ id }) => id === source.id)?.sizeBytes ?? standing?.sizeBytes;
};

/** Where it goes less far than asked: no table is made of what is too large or of unknown size, and AWS describes backups only. */
const levelOf = ({ wanted: { rule } }: DrillPlanInput, source: RestoreSource, size?: number): DrillLevel => {
  const isTooLarge = size === undefined || size > rule.maxSizeBytes;
  const wished = rule.level === 'restored' && isTooLarge ? 'described' : rule.level;
  return wished === 'described' && source.kind !== 'recovery-point' ? 'listed' : wished;
};

/** Global indexes are restored and billed as well, and are in no size that AWS states: each counts as much as the table, which is the most it can be. */
const costOf = ({ view, table }: DrillPlanInput, size: number | undefined): number => {
  const copies = 1 + (table?.globalIndexes.length ?? 0);
  const cost = restoreCost(size === undefined ? undefined : size * copies, view.target.region, false);
  return cost.kind === 'known' ? cost.usd : 0;
};

/** Capacity is paid for by the hour: a drill has none of its own. */
const overridesOf = ({ table }: DrillPlanInput): RestoreOverrides =>
  table?.billingMode === 'PROVISIONED' ? { billingMode: 'PAY_PER_REQUEST' } : {};

const drillOf = (input: DrillPlanInput, source: RestoreSource): Drill => {
  const { wanted, view, instance, table, lot } = input;
  const { policy, rule } = wanted;
  const sizeBytes = sizeOf(source, view);
  const level = levelOf(input, source, sizeBytes);
  const isRestored = level === 'restored';
  return {
    id: `${wanted.table}/${isoInstant(view.now)}`,
    table: wanted.table,
    tableId: source.tableId,
    policy,
    level,
    ...(level !== rule.level && { askedLevel: rule.level }),
    source,
    overrides: isRestored ? overridesOf(input) : {},
    sample: rule.sample,
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(table?.itemCount !== undefined && { itemCount: table.itemCount }),
    usd: isRestored ? costOf(input, sizeBytes) : 0,
    phase: 'planned',
    plannedAt: view.now,
    ...(isRestored && { drillTable: drillTableName(instance, wanted.table, view.now, lot) }),
    steps: [],
    checks: [],
  };
};

const refusalOf = (
  { wanted: { policy }, view: { now }, state, spentUsd, capUsd }: DrillPlanInput,
  reason: DrillRefusal['reason'],
  usd: number,
): DrillRefusal => {
  const before = state?.refused;
  const isSame = before?.reason === reason && before.policy === policy;
  return { policy, reason, since: isSame ? before.since : now, at: now, usd, spentUsd, capUsd };
};

/** What can be described is preferred where no table is made: of a second AWS says nothing but that it is in the window. */
const sourceFor = (input: DrillPlanInput): RestoreSource | undefined => {
  const { wanted, view, state } = input;
  const sources = drillSources(view);
  const points = sources.filter(({ kind }) => kind === 'recovery-point');
  const turn = sourceInTurn(sources, state?.past ?? []);
  if (turn === undefined || points.length === 0 || wanted.rule.level === 'listed') return turn;
  return levelOf(input, turn, sizeOf(turn, view)) === 'restored' ? turn : points[0];
};

/**
 * Plans the next drill of a table: from the kind of source whose turn it is, as far as the policy asks and the size allows. Calls nothing.
 * SAFETY: none that would make the drills of the month cost more than they may, and none while something of the table could not be read.
 */
export const planDrill = (input: DrillPlanInput): DrillPlan => {
  const { view, spentUsd, capUsd, table } = input;
  if (view.unseen.length > 0 || table === undefined) return { kind: 'not-seen' };
  const source = sourceFor(input);
  if (source === undefined) return { kind: 'refused', refusal: refusalOf(input, 'nothing-to-restore', 0) };
  const drill = drillOf(input, source);
  return drill.usd > 0 && spentUsd + drill.usd > capUsd
    ? { kind: 'refused', refusal: refusalOf(input, 'cap', drill.usd) }
    : { kind: 'begin', drill };
};
