import { refusedMeanwhile } from '../../core/restore/choose.ts';
import {
  COUNTED_MS,
  countCheck,
  emptied,
  exportedCountCheck,
  indexCheck,
  indexNamesCheck,
  isUndecided,
  itemKeysCheck,
  itemsCheck,
  mayBeEmptied,
  resultOf,
  schemaCheck,
  sizeCheck,
} from '../../core/restore/drill-check.ts';
import { DRILLED_FACETS, drillDifferences } from '../../core/restore/drill-settings.ts';
import type { Drill, DrillCheck } from '../../model/drill.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { TableShape } from '../../model/table-settings.ts';
import type { ExportSample } from '../../ports/drill-export.ts';
import { type DrillDeps, end, goOn, type Moved, type Underway, waitFor } from './deps.ts';
import { stopsAt, wantedOf } from './settings-step.ts';
import { viewForDrill } from './view.ts';

/** For how long what cannot be read is tried again. */
const PATIENCE_MS = 6 * HOUR_MS;

const sourceCheck = async (deps: DrillDeps, { table, source }: Drill): Promise<DrillCheck> => {
  const { view } = await viewForDrill(deps, table);
  const [unseen] = view.unseen;
  if (refusedMeanwhile(view, source) === undefined) return { name: 'source', verdict: 'passed' };
  return unseen === undefined
    ? { name: 'source', verdict: 'failed' }
    : { name: 'source', verdict: 'unread', failure: unseen.failure };
};

/** Every shape that the table is known to have had: an index may have been added since the manifest, or since the second that was restored. */
const shapesOf = async (deps: DrillDeps, { table, tableId }: Drill): Promise<readonly TableShape[]> => {
  const [kept, now] = await Promise.all([
    deps.manifests.readOf(table),
    deps.settingsReader.read(table, ['shape']),
  ]);
  const known = kept.filter((one) => one.tableId === tableId).map(({ settings }) => settings.shape);
  return [...known, now.settings.shape].flatMap((shape) => shape ?? []).toReversed();
};

const describedChecks = async (deps: DrillDeps, drill: Drill): Promise<readonly DrillCheck[]> => {
  const { source, sizeBytes } = drill;
  if (source.kind !== 'recovery-point') return [];
  const read = await deps.points.describe(source.id);
  if (read.kind === 'unreadable') return [{ name: 'schema', verdict: 'unread', failure: read.failure }];
  if (read.kind === 'missing' || !read.value.isAvailable) return [{ name: 'source', verdict: 'failed' }];
  const { shape, sizeBytes: size } = read.value;
  const shapes = await shapesOf(deps, drill);
  const indexes = shapes.map((one) => indexNamesCheck(one, shape.indexes));
  const [first = { name: 'indexes', verdict: 'unread' } as const] = indexes;
  return [
    schemaCheck(shapes, shape),
    indexes.find(({ verdict }) => verdict === 'passed') ?? first,
    sizeCheck(sizeBytes, size),
  ];
};

/** Tags are read some seconds late. */
const READ_AGAIN_MS = 5 * SECOND_MS;
const READ_LATE_MS = MINUTE_MS;

type Wanted = SettingsReading | undefined;

const differences = (
  { target, policies }: DrillDeps,
  drill: Drill,
  wanted: SettingsReading,
  live: SettingsReading,
) => drillDifferences({ drill, wanted, live, target, policyTag: policies.tag });

/** Reads the settings, and again while what was set is not to be read yet. */
const readLive = async (deps: DrillDeps, drill: Drill, wanted: Wanted): Promise<SettingsReading> => {
  const { clock, settingsReader } = deps;
  for (const until = clock.now() + READ_LATE_MS; ; await clock.sleep(READ_AGAIN_MS)) {
    const live = await settingsReader.read(drill.drillTable ?? '', DRILLED_FACETS);
    const isAsSet = wanted === undefined || differences(deps, drill, wanted, live).length === 0;
    if (isAsSet || clock.now() >= until) return live;
  }
};

const settingsCheck = (deps: DrillDeps, drill: Drill, wanted: Wanted, live: SettingsReading): DrillCheck => {
  const [gap] = live.gaps;
  if (wanted === undefined) return { name: 'settings', verdict: 'unread' };
  if (gap !== undefined) return { name: 'settings', verdict: 'unread', failure: gap.failure };
  const differing = differences(deps, drill, wanted, live);
  if (differing.length === 0)
    return { name: 'settings', verdict: 'passed', found: `${drill.steps.length} put back` };
  const names = differing.map(({ setting, part }) => (part === undefined ? setting : `${setting} ${part}`));
  return {
    name: 'settings',
    verdict: 'failed',
    expected: 'as in the manifest',
    found: `not set: ${names.join(', ')}`,
  };
};

const sampleOf = async ({ items }: DrillDeps, { drillTable = '', sample }: Drill) => {
  const read = await items.sample(drillTable, sample);
  return {
    read: read.kind === 'found' ? read.value.length : 0,
    failures: read.kind === 'unreadable' ? [read.failure] : [],
  };
};

const restoredChecks = async (deps: DrillDeps, drill: Drill): Promise<readonly DrillCheck[]> => {
  const { drillTable = '' } = drill;
  const wanted = await wantedOf(deps, drill);
  const [live, looked, shapes, sample] = await Promise.all([
    readLive(deps, drill, wanted),
    deps.restorer.look(drillTable),
    shapesOf(deps, drill),
    sampleOf(deps, drill),
  ]);
  const shape = live.settings.shape;
  const failure = live.gaps.find(({ facet }) => facet === 'shape')?.failure;
  return [
    ...(shape === undefined
      ? [{ name: 'schema', verdict: 'unread', ...(failure !== undefined && { failure }) } as const]
      : [schemaCheck(shapes, shape), indexCheck(shapes, shape)]),
    countCheck(drill, looked.kind === 'found' ? looked.value.itemCount : 0),
    itemsCheck(drill, sample),
    settingsCheck(deps, drill, wanted, live),
  ];
};

const filesCheck = ({ filesRead, wrongFiles }: ExportSample): DrillCheck =>
  wrongFiles.length === 0
    ? { name: 'files', verdict: 'passed', found: `${filesRead} read whole` }
    : { name: 'files', verdict: 'failed', expected: 'as in the manifest', found: wrongFiles.join(', ') };

const sampledChecks = async (deps: DrillDeps, drill: Drill): Promise<readonly DrillCheck[]> => {
  const { bucket, manifest } = drill.export ?? {};
  const read = await deps.bucket.sample(bucket ?? '', manifest ?? '', drill.sample);
  if (read.kind === 'missing') return [{ name: 'items', verdict: 'failed', found: 'no files' }];
  if (read.kind === 'unreadable') return [{ name: 'items', verdict: 'unread', failure: read.failure }];
  const { itemCount, items, tableId } = read.value;
  return [
    { name: 'source', verdict: tableId === drill.tableId ? 'passed' : 'failed' },
    itemKeysCheck(await shapesOf(deps, drill), items),
    exportedCountCheck(drill, itemCount),
    filesCheck(read.value),
    itemsCheck({ ...drill, itemCount }, { read: items.length, failures: [] }),
  ];
};

const checksOf = async (deps: DrillDeps, drill: Drill): Promise<readonly DrillCheck[]> => {
  switch (drill.level) {
    case 'listed':
      return [await sourceCheck(deps, drill)];
    case 'described':
      return [await sourceCheck(deps, drill), ...(await describedChecks(deps, drill))];
    case 'sampled':
      return await sampledChecks(deps, drill);
    case 'restored':
      return await restoredChecks(deps, drill);
  }
};

/** What failed, or else what could not be read. */
const reasonIn = (checks: readonly DrillCheck[]) =>
  checks.find(({ failure }) => failure !== undefined)?.failure;

/** Whether AWS has counted the drilled table and found nothing in it: it was emptied. */
const isEmptyNow = async ({ restorer }: DrillDeps, { table, tableId }: Drill): Promise<boolean> => {
  const looked = await restorer.look(table);
  if (looked.kind !== 'found') return false;
  const { itemCount, tableId: id } = looked.value;
  return id === tableId && itemCount === 0;
};

/**
 * Waits for the next count of a table of which nothing was restored, and ends the drill where it is empty by then. Returns undefined where its count says
 * that there were items.
 */
const ifEmptied = async (
  deps: DrillDeps,
  state: Underway,
  checks: readonly DrillCheck[],
): Promise<Moved | undefined> => {
  const { current } = state;
  if (!mayBeEmptied(current, checks)) return undefined;
  const now = deps.clock.now();
  if (await isEmptyNow(deps, current))
    return await goOn(deps, state, { ...emptied(current, checks, now), phase: 'deleting' });
  return now - (current.settledAt ?? current.plannedAt) < COUNTED_MS ? waitFor(state) : undefined;
};

/**
 * Checks what a drill has come to, once its table stands or at once where it has none. What cannot be read is tried again for hours: it proves neither
 * that a restore works nor that it fails.
 */
export const checkDrill = async (deps: DrillDeps, state: Underway): Promise<Moved> => {
  const { current } = state;
  const isRestored = current.drillTable !== undefined;
  const leavesSomething = isRestored || current.export !== undefined;
  const stop = isRestored ? await stopsAt(deps, state) : undefined;
  if (stop !== undefined) return stop;
  const checks = await checksOf(deps, current);
  const waits = leavesSomething ? await ifEmptied(deps, state, checks) : undefined;
  if (waits !== undefined) return waits;
  const now = deps.clock.now();
  const since = current.settledAt ?? current.plannedAt;
  const isUnread =
    isUndecided(checks) ||
    (!leavesSomething &&
      checks.some(({ verdict, failure }) => verdict === 'unread' && failure !== undefined));
  const why = reasonIn(checks);
  if (isUnread && now - since < PATIENCE_MS) return waitFor(state, why);
  const result = isUnread ? 'failed' : resultOf(checks);
  const checked: Drill = {
    ...current,
    checks,
    checkedAt: now,
    result,
    ...(result === 'failed' && why !== undefined && { failure: why }),
  };
  return leavesSomething
    ? await goOn(deps, state, { ...checked, phase: 'deleting' })
    : await end(deps, state, checked);
};
