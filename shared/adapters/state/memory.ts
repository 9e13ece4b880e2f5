import { type Instant, SECOND_MS } from '../../model/instant.ts';
import type {
  DeferralMemory,
  Memory,
  PitrBaseline,
  PolicyHistory,
  Protection,
  SeriesLoss,
  SeriesSeen,
} from '../../model/memory.ts';
import { changeEntries } from './changes.ts';
import { type Entry, placeOf, readEntries, type StateTable } from './items.ts';
import { withKind } from './landed.ts';
import {
  type Content,
  isContent,
  isCopiesAsked,
  isCoverage,
  isDeferred,
  isDigest,
  isDrillsAsked,
  isGone,
  isGoneLook,
  isHistory,
  isLoss,
  isMute,
  isPitr,
  isProtection,
  isSeries,
  isSubscribers,
  isTurn,
  type LandedDeferrals,
  type PackedSeries,
} from './memory-content.ts';
import { isVaultRecord } from './vault-record-content.ts';

const MEMORY = 'memory';
const COVERAGE = 'coverage';
const DEFERRED = 'deferred';
const DIGEST = 'digest';
const COPIES_ASKED = 'copies-asked';
const DRILLS_ASKED = 'drills-asked';
const GONE_LOOK = 'gone-look';
const PITR_TURN = 'pitr-turn';
const SUBSCRIBERS = 'subscribers';

/** Without its place's first half, which depends on the target. */
type Kept = Omit<Entry<Content>, 'pk'>;

const pitrEntry = (baseline: PitrBaseline): Kept => ({
  sk: `pitr#${baseline.table}`,
  content: baseline,
});

const historyEntry = (history: PolicyHistory): Kept => ({
  sk: `history#${history.policy}`,
  content: history,
});

const lossEntry = (loss: SeriesLoss): Kept => ({
  sk: `loss#${loss.table}#${loss.policy}`,
  content: loss,
});

const packed = (moments: readonly Instant[]): readonly number[] =>
  moments.map((at, index) => (at - (moments[index - 1] ?? 0)) / SECOND_MS);

const unpacked = (steps: readonly number[]): readonly Instant[] => {
  let at = 0;
  return steps.map((step) => {
    at += step * SECOND_MS;
    return at;
  });
};

const seriesEntry = ({ table, tableId, policy, seen, gone, goneAt }: SeriesSeen): Kept => ({
  sk: `series#${table}#${policy}`,
  content: {
    table,
    tableId,
    policy,
    seen: packed(seen),
    ...(gone !== undefined && { gone: packed(gone) }),
    ...(goneAt !== undefined && { goneAt }),
  },
});

const seriesOf = ({ seen, gone, ...packedSeries }: PackedSeries): SeriesSeen => ({
  ...packedSeries,
  seen: unpacked(seen),
  ...(gone !== undefined && { gone: unpacked(gone) }),
});

const protectionEntry = (protection: Protection): Kept => ({
  sk: `protected#${protection.table}`,
  content: protection,
});

const entriesOf = ({
  copiesAsked,
  coverage,
  deferred,
  digest,
  drillsAsked,
  goneLookedAt,
  goneTables = [],
  histories = [],
  losses = [],
  mutes = [],
  pitrBaselines,
  pitrResumeAt,
  subscribers,
  protections = [],
  series = [],
  vaultRecords = [],
}: Memory): readonly Kept[] => [
  ...(copiesAsked === undefined ? [] : [{ sk: COPIES_ASKED, content: { copiesAsked } }]),
  ...(coverage === undefined ? [] : [{ sk: COVERAGE, content: coverage }]),
  ...(deferred === undefined ? [] : [{ sk: DEFERRED, content: deferred }]),
  ...(digest === undefined ? [] : [{ sk: DIGEST, content: digest }]),
  ...(drillsAsked === undefined ? [] : [{ sk: DRILLS_ASKED, content: { drillsAsked } }]),
  ...(goneLookedAt === undefined ? [] : [{ sk: GONE_LOOK, content: { goneLookedAt } }]),
  ...goneTables.map((gone) => ({ sk: `gone#${gone.goneTable}#${gone.tableId}`, content: gone })),
  ...(pitrResumeAt === undefined ? [] : [{ sk: PITR_TURN, content: { pitrResumeAt } }]),
  ...histories.map(historyEntry),
  ...losses.map(lossEntry),
  ...(subscribers === undefined ? [] : [{ sk: SUBSCRIBERS, content: { subscribers } }]),
  ...mutes.map((record) => ({ sk: `mute#${record.mutedTable}`, content: record })),
  ...pitrBaselines.map(pitrEntry),
  ...protections.map(protectionEntry),
  ...series.map(seriesEntry),
  ...vaultRecords.map((record) => ({ sk: `vault#${record.recordedTable}`, content: record })),
];

const textsBySk = (entries: readonly Kept[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ sk, content }) => [sk, JSON.stringify(content)]));

const deferredOf = ({ deferrals, ...rest }: LandedDeferrals): DeferralMemory => ({
  ...rest,
  deferrals: deferrals.map(withKind),
});

/** Reads what earlier runs remembered, baselines sorted by table. */
export const readMemory = async (table: StateTable): Promise<Memory> => {
  const contents = (await readEntries(table, placeOf(table, MEMORY), isContent)).map(
    ({ content }) => content,
  );
  const coverage = contents.find(isCoverage);
  const deferred = contents.find(isDeferred);
  const digest = contents.find(isDigest);
  const goneTables = contents.filter(isGone);
  const histories = contents.filter(isHistory);
  const losses = contents.filter(isLoss);
  const mutes = contents.filter(isMute);
  const protections = contents.filter(isProtection);
  const series = contents.filter(isSeries).map(seriesOf);
  const vaultRecords = contents.filter(isVaultRecord);
  return {
    ...(coverage !== undefined && { coverage }),
    ...(deferred !== undefined && { deferred: deferredOf(deferred) }),
    ...(digest !== undefined && { digest }),
    ...contents.find(isGoneLook),
    ...(goneTables.length > 0 && { goneTables }),
    ...(histories.length > 0 && { histories }),
    ...(losses.length > 0 && { losses }),
    ...(mutes.length > 0 && { mutes }),
    ...(protections.length > 0 && { protections }),
    ...(series.length > 0 && { series }),
    ...(vaultRecords.length > 0 && { vaultRecords }),
    pitrBaselines: contents.filter(isPitr),
    ...contents.find(isTurn),
    ...contents.find(isCopiesAsked),
    ...contents.find(isDrillsAsked),
    ...contents.find(isSubscribers),
  };
};

/** Writes what is new or different in the memory and deletes what is gone. Equal memories write nothing. */
export const saveMemory = async (table: StateTable, before: Memory, after: Memory): Promise<void> => {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const [wasTexts, isTexts] = [textsBySk(was), textsBySk(is)];
  const pk = placeOf(table, MEMORY);
  const placed = (one: Kept): Entry<Content> => ({ pk, ...one });
  await changeEntries(table, {
    put: is.filter(({ sk }) => wasTexts.get(sk) !== isTexts.get(sk)).map(placed),
    remove: was.filter(({ sk }) => !isTexts.has(sk)).map(placed),
  });
};
