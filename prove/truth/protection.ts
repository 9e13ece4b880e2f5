import type { FindingKind } from '../../shared/model/finding.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import { POLICY_TAG } from '../world/happen.ts';
import type { Scene, TableThen } from '../world/record.ts';
import { policiesOf } from './all-series.ts';
import { ownIn } from './own.ts';

/** Recovery points of a table that is there, under a policy that does not govern it. */
export interface Loose {
  readonly table: TableThen;
  readonly policy: string;
}

const tagOf = ({ tags }: TableThen): string | undefined => tags[POLICY_TAG]?.trim();

const governs = (table: TableThen, policy: string, { file }: Scene): boolean =>
  policiesOf(table, file).some(({ name }) => name === policy);

/** Lists every table and policy with restorable recovery points that no policy governs, each once. */
export const looseIn = (scene: Scene): readonly Loose[] => {
  const byName = new Map(scene.tables.map((table) => [table.name, table]));
  const loose = ownIn(scene)
    .filter(({ backup }) => backup.availableAt <= scene.at)
    .flatMap(({ backup, policy }) => {
      const table = byName.get(backup.table.name);
      return table === undefined || governs(table, policy, scene) ? [] : [{ table, policy }];
    });
  return [...new Map(loose.map((one) => [`${one.table.name} ${one.policy}`, one])).values()];
};

/** Lists the names of tables whose own tag opts out. */
export const optedOutIn = ({ tables }: Scene): readonly string[] =>
  tables.filter((table) => tagOf(table) === 'none').map(({ name }) => name);

/** A table that a policy governed, as its recovery points show, and that none governs. */
export const isUnprotected = ({ table }: Loose, { file }: Scene): boolean =>
  tagOf(table) !== 'none' && policiesOf(table, file).length === 0;

/** Whether an open report of a loss can be true. */
export const canBeLost = ({ table: name, policy = '' }: OpenFinding, scene: Scene): boolean => {
  const table = scene.tables.find((one) => one.name === name);
  return table !== undefined && tagOf(table) !== 'none' && !governs(table, policy, scene);
};

/** They cover many things and are reported again when one is added. */
export const GROWING: readonly FindingKind[] = [
  'also-backed-up',
  'backup-keys-unchecked',
  'copies-vanished',
  'drill-cap-reached',
  'drill-table-left-over',
  'expiries-failing',
  'from-the-future',
  'protection-changed',
  'recovery-points-of-lost-table',
  'recovery-points-vanished',
  'recovery-points-without-policy',
  'table-deleted',
  'table-replaced',
  'unknown-policy',
  'unscheduled-recovery-points',
  'untagged-tables',
];

/** Kinds whose second part is a table, but for a gap, whose third is. */
const OF_TABLES: ReadonlySet<string> = new Set([
  'backup-job-failed',
  'backup-job-with-issues',
  'backups-failing',
  'copies-vanished',
  'copy-failing',
  'copy-impossible',
  'copy-overdue',
  'drill-failed',
  'drill-overdue',
  'drill-proves-less',
  'hold-unclear',
  'job-stuck',
  'lost-table-ending',
  'mute-refused',
  'muted',
  'no-longer-protected',
  'observation-gap',
  'pitr-off',
  'pitr-repair-failing',
  'pitr-window-restarted',
  'pitr-window-short',
  'policy-tag-unclear',
  'recovery-point-overdue',
  'recovery-points-not-deleted',
  'recovery-points-unproven',
  'recovery-points-ending',
  'recovery-points-vanished',
  'restorable-lag',
  'table-inaccessible',
  'table-shrunk',
  'unknown-policy',
  'unscheduled-recovery-points',
]);

const OF_THE_TAG: ReadonlySet<string> = new Set(['mute-refused', 'muted', 'unknown-policy']);

const ALWAYS_SILENT: readonly string[] = [
  'deleted-table-ended',
  'deleted-table-ending',
  'hold-lifted',
  'protection-changed',
  'table-deleted',
  'table-replaced',
  'table-shrunk',
];

const isGivenUp = (kind: string, table: TableThen, policy: string | undefined, scene: Scene): boolean => {
  if (OF_THE_TAG.has(kind)) return tagOf(table) === undefined;
  const of = policiesOf(table, scene.file);
  if (policy !== undefined) return !of.some(({ name }) => name === policy);
  const isOfPitr = kind.startsWith('pitr') || kind === 'restorable-lag' || kind === 'observation-gap';
  return of.length === 0 || (isOfPitr && of.every(({ pitr }) => pitr === undefined));
};

/** Whether a finding may end without a message because its subject opted out, or is gone. */
export const mayEndSilently = (id: string, scene: Scene): boolean => {
  const [kind = '', subject, last] = id.split('/');
  if (ALWAYS_SILENT.includes(kind)) return true;
  if (kind === 'expiries-failing') return !scene.tables.some((table) => governs(table, subject ?? '', scene));
  const [name, policy] = kind === 'observation-gap' ? [last, undefined] : [subject, last];
  if (name === undefined || !OF_TABLES.has(kind)) return false;
  const table = scene.tables.find((one) => one.name === name);
  return table === undefined || isGivenUp(kind, table, policy, scene);
};
