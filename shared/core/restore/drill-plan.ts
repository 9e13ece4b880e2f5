import { type Drill, type DrillRefusal, type DrillState, exportPrefixOf } from '../../model/drill.ts';
import { type Instant, isoInstant } from '../../model/instant.ts';
import { drillPrefixOf } from '../../model/passing-table.ts';
import type { DrillLevel } from '../../model/policy.ts';
import type { RestoreOverrides, RestoreSource } from '../../model/restore.ts';
import type { TableShape } from '../../model/table-settings.ts';
import type { WantedDrill } from '../drill/wanted.ts';
import { shortHash } from '../text/digest.ts';
import type { NameView } from './choice.ts';
import { exportUsd, restoreCost } from './cost.ts';
import { drillSources, sourceInTurn, standingIn } from './drill-source.ts';
import { isFromVault } from './vault-terms.ts';

/** What one drill is planned from. */
export interface DrillPlanInput {
  readonly wanted: WantedDrill;
  readonly view: NameView;
  /** How the table stands; absent where it could not be read. */
  readonly table?: Pick<TableShape, 'billingMode' | 'globalIndexes' | 'localIndexes'> & {
    readonly itemCount?: number;
  };
  readonly state: DrillState | undefined;
  readonly instance: string;
  /** Drawn at random for the name of its table. */
  readonly lot: string;
  /** Where exports are written; absent where there is no such bucket. */
  readonly bucket?: string | undefined;
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

const ownName = (table: string, at: Instant): string => {
  const second = isoInstant(at).replaceAll(/[-:Z]/g, '').replace('T', '-');
  return `${table.slice(0, SHOWN_LETTERS)}.${shortHash(table)}.${second}`;
};

/** Names the table of a drill: unique by table and second, and readable. SAFETY: nobody else knows the lot, so that a table of the name is the drill's. */
export const drillTableName = (instance: string, table: string, at: Instant, lot: string): string =>
  `${drillPrefixOf(instance)}${ownName(table, at)}.${lot}`;

/** What the keys of its export begin with, in the same way. */
const exportPrefix = (instance: string, table: string, at: Instant): string =>
  `${exportPrefixOf(instance)}${ownName(table, at)}/`;

/** A backup says its own size; of point-in-time recovery the table's is known, as counted every six hours. */
const sizeOf = (source: RestoreSource, view: NameView): number | undefined => {
  const standing = standingIn(view);
  if (source.kind === 'point-in-time') return standing?.sizeBytes;
  return standing?.points.find(({ id }) => id === source.id)?.sizeBytes ?? standing?.sizeBytes;
};

/** Paid for by the gigabyte. */
const isPaid = (level: DrillLevel): boolean => level === 'restored' || level === 'sampled';

/**
 * Where it goes less far than asked: no table is made of what is too large or of unknown size, AWS describes backups only, and it exports only by the
 * second.
 */
const levelOf = ({ wanted: { rule } }: DrillPlanInput, source: RestoreSource, size?: number): DrillLevel => {
  const isTooLarge = size === undefined || size > rule.maxSizeBytes;
  const isImpossible = rule.level === 'sampled' && source.kind !== 'point-in-time';
  const wished = isPaid(rule.level) && (isTooLarge || isImpossible) ? 'described' : rule.level;
  const isDescribed = source.kind === 'recovery-point' && !isFromVault(source);
  return wished === 'described' && !isDescribed ? 'listed' : wished;
};

/** Local indexes are exported and billed as well: each counts as much as the table, which is the most it can be. */
const exportCostOf = ({ view, table }: DrillPlanInput, size = 0): number =>
  exportUsd(size * (1 + (table?.localIndexes.length ?? 0)), view.target.region);

/** Global indexes are restored and billed as well, and are in no size that AWS states: each counts as much as the table, which is the most it can be. */
const restoreCostOf = (
  { view, table }: DrillPlanInput,
  source: RestoreSource,
  size: number | undefined,
): number => {
  const isCold = isFromVault(source) && source.vault.isCold === true;
  const copies = 1 + (table?.globalIndexes.length ?? 0);
  const cost = restoreCost(size === undefined ? undefined : size * copies, view.target.region, false, isCold);
  return cost.kind === 'known' ? cost.usd : 0;
};

const costOf = (
  input: DrillPlanInput,
  { level, source, sizeBytes: size }: Pick<Drill, 'level' | 'sizeBytes' | 'source'>,
): number => {
  if (level === 'restored') return restoreCostOf(input, source, size);
  return level === 'sampled' ? exportCostOf(input, size) : 0;
};

/** Capacity is paid for by the hour: a drill has none of its own, but for what AWS Backup restores, which takes no other one. */
const overridesOf = ({ table }: DrillPlanInput, source: RestoreSource): RestoreOverrides =>
  !isFromVault(source) && table?.billingMode === 'PROVISIONED' ? { billingMode: 'PAY_PER_REQUEST' } : {};

const drillOf = (input: DrillPlanInput, source: RestoreSource): Drill => {
  const { wanted, view, instance, table, bucket, lot } = input;
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
    overrides: isRestored ? overridesOf(input, source) : {},
    sample: rule.sample,
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(table?.itemCount !== undefined && { itemCount: table.itemCount }),
    usd: costOf(input, { level, source, ...(sizeBytes !== undefined && { sizeBytes }) }),
    phase: 'planned',
    plannedAt: view.now,
    ...(isRestored && { drillTable: drillTableName(instance, wanted.table, view.now, lot) }),
    ...(level === 'sampled' &&
      bucket !== undefined && {
        export: { bucket, prefix: exportPrefix(instance, wanted.table, view.now) },
      }),
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
  const seconds = sources.filter(({ kind }) => kind === 'point-in-time');
  const isSampled = wanted.rule.level === 'sampled' && seconds.length > 0;
  const turn = isSampled ? seconds[0] : sourceInTurn(sources, state?.past ?? []);
  if (turn === undefined || points.length === 0 || wanted.rule.level === 'listed') return turn;
  return isPaid(levelOf(input, turn, sizeOf(turn, view))) ? turn : points[0];
};

/**
 * Plans the next drill of a table: from the kind of source whose turn it is, as far as the policy asks and the size allows. Calls nothing.
 * SAFETY: none that would make the drills of the month cost more than they may, and none while something of the table could not be read.
 */
export const planDrill = (input: DrillPlanInput): DrillPlan => {
  const { view, spentUsd, capUsd, table } = input;
  // What cannot be seen in vaults keeps nobody from proving the rest.
  if (view.unseen.some(({ part }) => part !== 'vaults') || table === undefined) return { kind: 'not-seen' };
  const source = sourceFor(input);
  if (source === undefined) return { kind: 'refused', refusal: refusalOf(input, 'nothing-to-restore', 0) };
  const drill = drillOf(input, source);
  if (drill.level === 'sampled' && drill.export === undefined)
    return { kind: 'refused', refusal: refusalOf(input, 'no-bucket', drill.usd) };
  return drill.usd > 0 && spentUsd + drill.usd > capUsd
    ? { kind: 'refused', refusal: refusalOf(input, 'cap', drill.usd) }
    : { kind: 'begin', drill };
};
