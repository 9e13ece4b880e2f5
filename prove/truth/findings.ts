import type { FindingKind } from '../../shared/model/finding.ts';
import { POLICY_TAG } from '../world/happen.ts';
import type { Scene, TableThen } from '../world/record.ts';
import { allSeriesIn, countedAt, namesIn, policiesOf, type Series } from './all-series.ts';
import { holdOf } from './holds.ts';
import { muteOf } from './mutes.ts';
import { MOST_MS, type MutesAsked, spentOf } from './mutes-spent.ts';
import { isBelievable, type Own, ownIn, TOLERANCE_MS } from './own.ts';

const HOUR_MS = 3_600_000;
const STUCK_MS = 6 * HOUR_MS;

const unknownPolicies = ({ tables, file }: Scene): readonly string[] => {
  const known = new Set(file.policies.map(({ name }) => name));
  return tables
    .filter(({ tags }) => tags[POLICY_TAG] !== undefined && tags[POLICY_TAG].trim() !== 'none')
    .filter(
      (table) =>
        namesIn(table).some((name) => name !== '' || namesIn(table).length === 1) && hasUnknown(table, known),
    )
    .map(({ name }) => `unknown-policy/${name}`);
};

const hasUnknown = (table: TableThen, known: ReadonlySet<string>): boolean => {
  const named = namesIn(table).filter((name) => name !== '');
  return named.length === 0 || named.some((name) => !known.has(name));
};

const untagged = ({ tables }: Scene): readonly string[] =>
  tables.some(({ tags }) => tags[POLICY_TAG] === undefined) ? ['untagged-tables'] : [];

/** Keys that a person may take for the policy tag: it must be that very key. */
const LOOKALIKES = ['Backup:Policy', 'backup:policy ', 'backup-policy'];

const meantOtherwise = ({ tables }: Scene): readonly string[] =>
  tables
    .filter(({ tags }) => tags[POLICY_TAG] === undefined)
    .filter(({ tags }) => LOOKALIKES.some((key) => (tags[key] ?? 'none').trim().toLowerCase() !== 'none'))
    .map(({ name }) => `policy-tag-unclear/${name}`);

const pitr = ({ tables, file }: Scene): readonly string[] =>
  tables.flatMap((table) => {
    const promised = Math.max(0, ...policiesOf(table, file).map((policy) => policy.pitr?.days ?? 0));
    if (promised === 0) return [];
    if (table.pitr === undefined) return [`pitr-off/${table.name}`];
    return table.pitr.recoveryPeriodDays < promised ? [`pitr-window-short/${table.name}`] : [];
  });

/** Whether no table opts in, and nothing that this deployment made shows that one ever did: which of two findings says so depends on what it remembers. */
export const nothingEver = (scene: Scene): boolean =>
  !scene.tables.some(({ tags }) => (tags[POLICY_TAG] ?? 'none').trim() !== 'none') &&
  ownIn(scene).length === 0;

/** When no table opts in any more, it must be reported; fewer than before is a matter of memory. */
const coverage = (scene: Scene): readonly string[] =>
  nothingEver(scene) || scene.tables.some(({ tags }) => (tags[POLICY_TAG] ?? 'none').trim() !== 'none')
    ? []
    : ['coverage-dropped'];

const lost = (own: readonly Own[], { tables }: Scene): readonly string[] => {
  const ids = new Map(tables.map((table) => [table.name, table]));
  return own.flatMap(({ backup }) => {
    const { name, id } = backup.table;
    const table = ids.get(name);
    const tag = table?.tags[POLICY_TAG];
    // A table that is not tagged is not looked at, so it is not known that it is another one now. Of one that opted out it is
    // asked where something is reported of the former one.
    const isAnother = tag !== undefined && table?.id !== id;
    return table === undefined || isAnother ? [`recovery-points-of-lost-table/${name}`] : [];
  });
};

const stuck = (own: readonly Own[], { at }: Scene): readonly string[] =>
  own
    // Jobs of AWS Backup have a finding of their own.
    .filter(({ backup }) => backup.askedAt === undefined)
    .filter(({ backup }) => backup.availableAt > at && at - backup.createdAt > STUCK_MS)
    .map(({ backup, policy }) => `backup-stuck/${backup.table.name}/${policy}`);

const isOverdue = (series: Series, at: number): boolean => {
  const rpoMs = series.policy.rpoHours * HOUR_MS;
  const counted = countedAt(series, at, at).toSorted((a, b) => a.slot - b.slot);
  const newest = counted.at(-1);
  if (newest !== undefined) return at - newest.backup.createdAt > rpoMs;
  const isOnItsWay = series.points.some(
    (point) => isBelievable(point, at) && at - point.backup.createdAt <= STUCK_MS,
  );
  return at - series.table.createdAt > rpoMs && !isOnItsWay;
};

const overdue = (scene: Scene): readonly string[] =>
  allSeriesIn(scene)
    .filter((series) => isOverdue(series, scene.at))
    .map(({ table, policy }) => `recovery-point-overdue/${table.name}/${policy.name}`);

const lockedOut = ({ tables, file }: Scene): readonly string[] =>
  tables
    .filter((table) => table.shownStatus !== undefined && policiesOf(table, file).length > 0)
    .map(({ name }) => `table-inaccessible/${name}`);

const unclearHolds = ({ tables, file }: Scene): readonly string[] =>
  tables
    .filter((table) => holdOf(table) === 'unclear' && policiesOf(table, file).length > 0)
    .map(({ name }) => `hold-unclear/${name}`);

type MuteStands = 'none' | 'muted' | 'refused' | 'undecided';

/** What a table's tag does, including the 90 days of a year; when those are nearly used up, it cannot be said here which run saw how many. */
export const muteStands = (table: TableThen, { file, at }: Scene, asked: MutesAsked): MuteStands => {
  const mute = muteOf(table, file, at);
  if (mute !== 'muted') return mute;
  const { least, most } = spentOf(asked, table.name, at);
  if (most < MOST_MS) return 'muted';
  return least >= MOST_MS ? 'refused' : 'undecided';
};

const mutes = (scene: Scene, asked: MutesAsked): readonly string[] =>
  scene.tables
    .filter(({ tags }) => (tags[POLICY_TAG] ?? 'none').trim() !== 'none')
    .flatMap((table) => {
      const mute = muteStands(table, scene, asked);
      if (mute === 'none' || mute === 'undecided') return [];
      return [`${mute === 'muted' ? 'muted' : 'mute-refused'}/${table.name}`];
    });

const named = (own: readonly Own[], { at }: Scene): readonly string[] =>
  own.some(({ slot, backup }) => slot > Math.min(at, backup.createdAt) + TOLERANCE_MS)
    ? ['from-the-future/names']
    : [];

/** Kinds that the account alone decides; the others depend on what was remembered, or on what a run did. */
export const DECIDED: readonly FindingKind[] = [
  'unknown-policy',
  'untagged-tables',
  'policy-tag-unclear',
  'pitr-off',
  'pitr-window-short',
  'recovery-points-of-lost-table',
  'backup-stuck',
  'recovery-point-overdue',
  'table-inaccessible',
  'from-the-future',
  'hold-unclear',
  'muted',
  'mute-refused',
];

/** Once nothing fails any more, these must all be over. */
export const OVER: readonly FindingKind[] = [
  'backups-failing',
  'copy-failing',
  'copy-overdue',
  'expiries-failing',
  'backup-job-failed',
  'job-stuck',
  'observation-gap',
  'pitr-repair-failing',
  'restorable-lag',
];

/** Computes the ids of all findings that should be open, sorted, of the kinds that the account alone decides. */
export const trueFindings = (scene: Scene, asked: MutesAsked): readonly string[] => {
  const own = ownIn(scene);
  const all = [
    ...unknownPolicies(scene),
    ...untagged(scene),
    ...meantOtherwise(scene),
    ...pitr(scene),
    ...coverage(scene),
    ...lost(own, scene),
    ...stuck(own, scene),
    ...overdue(scene),
    ...lockedOut(scene),
    ...unclearHolds(scene),
    ...named(own, scene),
    ...mutes(scene, asked),
  ];
  return [...new Set(all)].toSorted();
};

/** Computes the ids of restarts that may be open: where the window began after the table did and is still too short. */
export const possibleRestarts = ({ tables, file, at }: Scene): ReadonlySet<string> =>
  new Set(
    tables
      .filter((table) => {
        const promised = Math.max(0, ...policiesOf(table, file).map((policy) => policy.pitr?.days ?? 0));
        const { enabledAt = at, floor = at, recoveryPeriodDays = 0 } = table.pitr ?? {};
        const days = Math.min(promised, recoveryPeriodDays);
        // A period that was shorter for a while has lost its history just the same.
        const beganAt = Math.max(enabledAt, floor);
        return beganAt > table.createdAt && at - beganAt < days * 24 * HOUR_MS;
      })
      .map(({ name }) => `pitr-window-restarted/${name}`),
  );
