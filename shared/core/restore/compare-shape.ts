import type { SettingComparison, SettingVerdict } from '../../model/setting-comparison.ts';
import type {
  Capacity,
  GlobalIndex,
  LocalIndex,
  TableSettings,
  TableShape,
} from '../../model/table-settings.ts';
import type { RestoreContext } from './context.ts';
import { isLeftOut } from './expected.ts';
import { isSame, isSameEncryption, isSameMaximum, reaches } from './same.ts';
import { isCapacityAsWanted } from './throughput-steps.ts';
import { better, differs, inHand, on, SAME, sameOr } from './verdict.ts';

/** What of the shape is compared, and what decides about it. */
export interface ShapePair {
  /** As the manifest has it. */
  readonly source: TableShape;
  /** As the restored table should be. */
  readonly expected: TableShape;
  readonly live: TableShape;
  /** That of the restored table and that which it should have. */
  readonly scaling: readonly TableSettings['auto-scaling'][];
  readonly context: RestoreContext;
}

const encryption = ({ source, expected, live }: ShapePair): SettingVerdict => {
  if (!isSameEncryption(expected.encryption, live.encryption))
    return differs(expected.encryption, live.encryption, 'not-set');
  return isSameEncryption(source.encryption, live.encryption)
    ? SAME
    : differs(source.encryption, live.encryption, 'chosen');
};

const protection = ({ source, live }: ShapePair): SettingVerdict => {
  if (!live.deletionProtection) return differs(true, false, 'not-set');
  return source.deletionProtection ? SAME : better(false, true);
};

const stream = ({ expected, live }: ShapePair): readonly SettingComparison[] => {
  const [wanted, has] = [expected.stream, live.stream];
  if (wanted === undefined && has !== undefined)
    return [on('stream', differs(undefined, has.viewType, 'added'))];
  const type = on('stream', sameOr(wanted?.viewType === has?.viewType, wanted?.viewType, has?.viewType));
  if (wanted === undefined || has === undefined) return [type];
  const arn = wanted.arn === has.arn ? SAME : differs(wanted.arn, has.arn, 'new-each-time');
  return [type, on('stream-arn', arn)];
};

const billingMode = ({ source, expected, live }: ShapePair): SettingVerdict => {
  if (expected.billingMode !== live.billingMode)
    return differs(expected.billingMode, live.billingMode, 'not-set');
  return source.billingMode === live.billingMode
    ? SAME
    : differs(source.billingMode, live.billingMode, 'chosen');
};

const capacity = (
  { scaling, live }: ShapePair,
  wanted: Capacity | undefined,
  has: Capacity | undefined,
  index?: string,
): readonly SettingComparison[] => {
  if (wanted === undefined || live.billingMode !== 'PROVISIONED') return [];
  const isRight = scaling.some((one) => isCapacityAsWanted(has, wanted, one, index));
  return [on('capacity', sameOr(isRight, wanted, has), index)];
};

const maximum = (
  { live }: ShapePair,
  wanted: Capacity | undefined,
  has: Capacity | undefined,
  index?: string,
): readonly SettingComparison[] =>
  live.billingMode === 'PAY_PER_REQUEST'
    ? [on('on-demand-maximum', sameOr(isSameMaximum(wanted, has), wanted, has), index)]
    : [];

const warm = (
  { context }: ShapePair,
  wanted: Capacity | undefined,
  has: Capacity | undefined,
  index?: string,
): readonly SettingComparison[] => {
  if (wanted === undefined) return [];
  if (isSame(wanted, has)) return [on('warm-throughput', SAME, index)];
  if (reaches(has, wanted)) return [on('warm-throughput', better(wanted, has), index)];
  const isAskedFor = context.choices.warm === 'as-was';
  const verdict = isAskedFor ? differs(wanted, has, 'not-set') : inHand(wanted, has, 'warm-asked-for');
  return [on('warm-throughput', verdict, index)];
};

const definitionOf = ({ name, keys, projection: { type, attributes } }: LocalIndex) => ({
  name,
  keys,
  projection: { type, ...(attributes && { attributes: attributes.toSorted() }) },
});

const globalIndex = (pair: ShapePair, wanted: GlobalIndex): readonly SettingComparison[] => {
  const { name } = wanted;
  const has = pair.live.globalIndexes.find((index) => index.name === name);
  if (has === undefined)
    return [on('global-index', inHand(definitionOf(wanted), undefined, 'index-to-build'), name)];
  const isAsWas = isSame(definitionOf(wanted), definitionOf(has));
  const verdict = isAsWas ? SAME : differs(definitionOf(wanted), definitionOf(has), 'for-life');
  return [
    on('global-index', verdict, name),
    ...capacity(pair, wanted.capacity, has.capacity, name),
    ...maximum(pair, wanted.onDemandMaximum, has.onDemandMaximum, name),
    ...warm(pair, wanted.warmThroughput, has.warmThroughput, name),
  ];
};

const localIndex = ({ live, context }: ShapePair, wanted: LocalIndex): SettingComparison => {
  const has = live.localIndexes.find(({ name }) => name === wanted.name);
  if (has !== undefined && isSame(definitionOf(wanted), definitionOf(has)))
    return on('local-index', SAME, wanted.name);
  const isChosen = has === undefined && isLeftOut(wanted.name, context.overrides.localIndexes);
  const why = isChosen ? 'chosen' : 'for-life';
  return on('local-index', differs(definitionOf(wanted), has && definitionOf(has), why), wanted.name);
};

const added = (
  setting: 'global-index' | 'local-index',
  wanted: readonly LocalIndex[],
  live: readonly LocalIndex[],
): readonly SettingComparison[] =>
  live
    .filter(({ name }) => !wanted.some((index) => index.name === name))
    .map((index) => on(setting, differs(undefined, definitionOf(index), 'added'), index.name));

const strongConsistency = ({
  expected: { strongConsistency: wanted },
  live: { strongConsistency: has },
}: ShapePair): readonly SettingComparison[] => {
  if (wanted === undefined)
    return has === undefined ? [] : [on('strong-consistency', differs(undefined, has, 'added'))];
  const verdict = isSame(wanted, has) ? SAME : differs(wanted, has, 'needs-empty-table');
  return [on('strong-consistency', verdict)];
};

/** Keys are compared with the types of their attributes. */
const keysOf = ({ keys, attributes }: TableShape) =>
  keys.map((key) => ({ ...key, type: attributes.find(({ name }) => name === key.name)?.type }));

/** Compares what DescribeTable says, encryption first: another key breaks a promise that nobody sees. */
export const compareShape = (pair: ShapePair): readonly SettingComparison[] => {
  const { expected, live } = pair;
  const areKeysSame = isSame(keysOf(expected), keysOf(live));
  return [
    on('encryption', encryption(pair)),
    on('keys', areKeysSame ? SAME : differs(keysOf(expected), keysOf(live), 'for-life')),
    on('deletion-protection', protection(pair)),
    ...stream(pair),
    ...strongConsistency(pair),
    on('table-class', sameOr(expected.tableClass === live.tableClass, expected.tableClass, live.tableClass)),
    on('billing-mode', billingMode(pair)),
    ...capacity(pair, expected.capacity, live.capacity),
    ...maximum(pair, expected.onDemandMaximum, live.onDemandMaximum),
    ...warm(pair, expected.warmThroughput, live.warmThroughput),
    ...expected.globalIndexes.flatMap((index) => globalIndex(pair, index)),
    ...expected.localIndexes.map((index) => localIndex(pair, index)),
    ...added('global-index', expected.globalIndexes, live.globalIndexes),
    ...added('local-index', expected.localIndexes, live.localIndexes),
  ];
};
