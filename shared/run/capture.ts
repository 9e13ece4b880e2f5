import pMap from 'p-map';
import {
  carriedOver,
  dueTables,
  goneIncarnations,
  hintsFollowed,
  hintsOfLeft,
  incarnationsToForget,
  lastingly,
  tablesToKeep,
  versionsToForget,
} from '../core/restore/capture.ts';
import { customerKeyOf, spansOfVersions, withSeenKey } from '../core/scene/key-spans.ts';
import { isSeenWhole } from '../core/scene/reach.ts';
import { counted } from '../core/text/words.ts';
import { messageOf } from '../model/errors.ts';
import { type Instant, SECOND_MS } from '../model/instant.ts';
import type { KeySpan } from '../model/key-span.ts';
import type { Manifest, ManifestHead } from '../model/manifest.ts';
import type { Observation } from '../model/observation.ts';
import type { KeptSettings, ManifestStore, SettingsReader } from '../ports/restore.ts';
import type { Deps } from './deps.ts';
import { withKeys } from './fill-keys.ts';

/** What capturing works with. */
interface CaptureDeps extends Pick<Deps, 'clock' | 'log' | 'policies' | 'settingsHints' | 'target'> {
  readonly manifests: ManifestStore;
  /** Loads the clients that only reading settings needs. */
  openReader(): Promise<SettingsReader>;
}

/** Each table takes about two seconds at the slowest of the rates, five a second. */
const CONCURRENT_TABLES = 10;

const MOST_REASONS = 5;

type Standing = ReturnType<typeof tablesToKeep>[number];

/** One capture. */
interface Work extends KeptSettings {
  readonly parts: CaptureDeps;
  readonly observation: Observation;
  /** When it has to be over. */
  readonly until: Instant;
}

/** What became of one table. */
type Captured =
  | { readonly kind: 'confirmed'; readonly head: ManifestHead; readonly at: Instant }
  | { readonly kind: 'saved'; readonly head: ManifestHead }
  | { readonly kind: 'left'; readonly reason: string };

type LeftTable = Standing & { readonly reason: string };

/** What could not be read so near the end may be missing only because of it. */
const NEAR_THE_END_MS = 5 * SECOND_MS;

const OUT_OF_TIME: Captured = { kind: 'left', reason: 'the run had no time left' };

/** SAFETY: nothing is forgotten by a list that is not whole. */
const forgetVersions = async ({ observation, parts }: Work, versions: readonly Manifest[]) => {
  if (!isSeenWhole(observation, 'recovery-points')) return;
  const own = new Set(versions.map(({ tableId }) => tableId));
  const points = observation.recoveryPoints.filter(({ tableId }) => own.has(tableId));
  const gone = versionsToForget(
    versions,
    points.map(({ createdAt }) => createdAt),
    parts.clock.now(),
  );
  if (gone.length > 0) await parts.manifests.forget({ versions: gone, heads: [] });
};

/** What the head says is exact, and what versions say is not. */
const keysWith = (
  head: ManifestHead | undefined,
  versions: readonly Manifest[],
  manifest: Manifest,
): readonly KeySpan[] => {
  const { shape } = manifest.settings;
  return head?.keys === undefined || shape === undefined
    ? spansOfVersions([...versions, manifest])
    : withSeenKey(head, customerKeyOf(shape.encryption), manifest.capturedAt);
};

/** A reading that the end of the run cut short says nothing; what may not be read is a gap. */
const captureTable = async (work: Work, reader: SettingsReader, table: Standing): Promise<Captured> => {
  const { parts, heads, until } = work;
  const { manifests } = parts;
  const at = parts.clock.now();
  const { tableId, isCutShort, ...reading } = await reader.read(table.table);
  const isNearTheEnd = parts.clock.now() >= until - NEAR_THE_END_MS;
  if (isCutShort || (isNearTheEnd && reading.gaps.length > 0)) return OUT_OF_TIME;
  if (tableId === undefined || reading.settings.shape === undefined)
    return { kind: 'left', reason: reading.gaps[0]?.failure.message ?? 'the table could not be read' };
  if (tableId !== table.tableId) return { kind: 'left', reason: 'another table has the name by now' };
  const head = heads.find((one) => one.table === table.table && one.tableId === tableId);
  if (head !== undefined && head.digest === manifests.digestOf(reading))
    return { kind: 'confirmed', head, at };
  const versions = (await manifests.readOf(table.table)).filter((one) => one.tableId === tableId);
  const { settings, gaps } = carriedOver(reading, versions.at(-1));
  const digest = manifests.digestOf({ settings, gaps });
  if (head !== undefined && head.digest === digest) return { kind: 'confirmed', head, at };
  const manifest: Manifest = {
    target: parts.target,
    table: table.table,
    tableId,
    tableCreatedAt: table.createdAt,
    capturedAt: at,
    confirmedAt: at,
    settings,
    gaps,
  };
  const keys = keysWith(head, versions, manifest);
  await manifests.save(manifest, keys);
  await forgetVersions(work, [...versions, manifest]);
  const { target: _target, settings: _settings, gaps: _gaps, ...same } = manifest;
  return { kind: 'saved', head: { ...same, digest, keys } };
};

const captureInTime = async (work: Work, reader: SettingsReader, table: Standing): Promise<Captured> => {
  if (work.parts.clock.now() >= work.until) return OUT_OF_TIME;
  try {
    return await captureTable(work, reader, table);
  } catch (error) {
    return { kind: 'left', reason: messageOf(error) };
  }
};

/** Confirmations are written together, 25 in a call, as of when the first of the tables was read. */
const confirmAll = async ({ parts }: Work, captured: readonly Captured[]): Promise<void> => {
  const confirmed = captured.flatMap((one) => (one.kind === 'confirmed' ? [one] : []));
  if (confirmed.length === 0) return;
  const heads = confirmed.map(({ head }) => head);
  await parts.manifests.confirm(heads, Math.min(...confirmed.map(({ at }) => at)));
};

/** Notes which incarnations are gone, and forgets those that nothing can be restored of. */
const tidy = async ({ observation, parts, heads }: Work, tables: readonly Standing[]) => {
  const { manifests } = parts;
  if (!isSeenWhole(observation, 'table-names', 'recovery-points')) return;
  const names = new Set(observation.tableNames);
  const described = observation.tables.flatMap(({ name, details }) =>
    details === undefined ? [] : [{ table: name, tableId: details.tableId }],
  );
  const gone = goneIncarnations(heads, { names, standing: [...described, ...tables] });
  const now = parts.clock.now();
  const fresh = gone.filter(({ goneAt }) => goneAt === undefined);
  if (fresh.length > 0) await manifests.noteGone(fresh, now);
  const pointIds = new Set(observation.recoveryPoints.map(({ tableId }) => tableId));
  for (const head of incarnationsToForget(gone, pointIds, now)) {
    const versions = (await manifests.readOf(head.table)).filter(({ tableId }) => tableId === head.tableId);
    await manifests.forget({ versions, heads: [head] });
  }
};

/** Reads the tables, some at once, and saves what changed. */
const captureEach = async (work: Work, queue: readonly Standing[]): Promise<readonly Captured[]> => {
  const reader = await work.parts.openReader();
  const options = { concurrency: CONCURRENT_TABLES };
  const captured = await pMap(queue, (table) => captureInTime(work, reader, table), options);
  await confirmAll(work, captured);
  return captured;
};

/** Notes since when tables are left, and returns what a person has to hear. */
const reportLeft = async (
  { parts, heads, hints }: Work,
  left: readonly LeftTable[],
): Promise<readonly string[]> => {
  if (left.length === 0) return [];
  const { clock, log, settingsHints } = parts;
  const reasons = [...new Set(left.map(({ reason }) => reason))].slice(0, MOST_REASONS);
  log.warn('settings were not kept', { tables: left.length, reasons });
  await settingsHints.add(hintsOfLeft(left, heads, hints, clock.now()));
  const lasting = lastingly(left, heads, hints, clock.now());
  const [first] = lasting;
  return first === undefined
    ? []
    : [
        `the settings of ${counted(lasting.length, 'table')}, such as ${first.table}, could not be kept for a week: ${first.reason}`,
      ];
};

const readAgain = (one: Captured): readonly ManifestHead[] => {
  if (one.kind === 'left') return [];
  return [one.kind === 'saved' ? one.head : { ...one.head, confirmedAt: one.at }];
};

const captureAll = async (asked: Work): Promise<readonly string[]> => {
  const work = { ...asked, heads: await withKeys(asked, asked.until) };
  const { parts, heads, hints, observation } = work;
  const { clock, policies } = parts;
  const tables = tablesToKeep(policies, observation);
  const due = new Map(tables.map((table) => [table.table, table]));
  const queue = dueTables(tables, heads, hints, clock.now()).flatMap(({ table }) => due.get(table) ?? []);
  const captured = queue.length === 0 ? [] : await captureEach(work, queue);
  const left = queue.flatMap((table, at): LeftTable[] => {
    const one = captured[at];
    return one?.kind === 'left' ? [{ ...table, reason: one.reason }] : [];
  });
  const lasting = await reportLeft(work, left);
  await tidy(work, tables);
  const followed = hintsFollowed(hints, tables, [...heads, ...captured.flatMap(readAgain)]);
  if (followed.length > 0) await parts.manifests.removeHints(followed);
  return lasting;
};

/**
 * Keeps the settings of the governed tables that are due, longest unconfirmed first, until that instant; what is left is due at the next audit.
 * Returns what could not be kept for so long that someone has to be alerted.
 */
export const capture = async (
  parts: CaptureDeps,
  observation: Observation,
  until: Instant,
): Promise<readonly string[]> => {
  const kept = await parts.manifests.readDue();
  return await captureAll({ parts, observation, until, ...kept });
};
