import type { Action } from '../../model/action.ts';
import { assertNever } from '../../model/errors.ts';
import { ownFailure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { STOPPING_EXPIRY } from '../findings/catalogue.ts';
import { proposesExpiry } from '../retention/decide.ts';
import { dueOf } from '../scene/due.ts';
import { type ConfirmInput, type PlanInput, type Scene, sceneOf } from '../scene/scene.ts';
import { memoryInScope } from '../scene/scope.ts';

/** Their recovery points look current, but may be of the deleted table; only DescribeTable can tell. */
const suspectedLost = (openFindings: readonly OpenFinding[]): readonly (string | undefined)[] =>
  openFindings.filter(({ kind }) => kind === 'recovery-points-of-lost-table').map(({ table }) => table);

/**
 * A mistyped tag is reported within one backup run, and a corrected one as resolved; the tagging API shows deleted tables
 * for hours, so the table is confirmed once first.
 */
const tagsToReport = (
  { governed }: Scene,
  openFindings: readonly OpenFinding[],
  isMistyped: boolean,
): readonly string[] => {
  const told = new Set(
    openFindings.filter(({ kind }) => kind === 'unknown-policy').map(({ table }) => table),
  );
  return governed
    .filter(
      ({ table, unknownNames }) =>
        unknownNames.length > 0 === isMistyped && told.has(table.name) !== isMistyped,
    )
    .map(({ table }) => table.name);
};

const lookDue = ({ reach, allSeries }: Scene, now: Instant): readonly string[] =>
  allSeries.filter((series) => dueOf(series, now, reach).due).map(({ table }) => table);

const lookExpirable = ({ allSeries }: Scene, now: Instant): readonly string[] =>
  allSeries.filter((series) => proposesExpiry(series, now)).map(({ table }) => table);

/**
 * Builds the scene of a run, or adds to it what was read since. A run with a scope knows only what
 * is remembered of its tables.
 */
export const sceneFor = (input: ConfirmInput & Pick<PlanInput, 'eventTime'>, before?: Scene): Scene => {
  const memory = memoryInScope(input.memory, input.observation.scope);
  return sceneOf({ ...input, memory }, STOPPING_EXPIRY, before);
};

const wanted = (input: ConfirmInput, scene: Scene): readonly (string | undefined)[] => {
  switch (input.mode) {
    case 'protect':
      return [
        ...lookDue(scene, input.now),
        ...suspectedLost(input.openFindings),
        ...tagsToReport(scene, input.openFindings, true),
        ...tagsToReport(scene, input.openFindings, false),
      ];
    case 'expire':
      return lookExpirable(scene, input.now);
    case 'audit':
      return scene.governed.map(({ table }) => table.name);
    default:
      return assertNever(input.mode);
  }
};

/**
 * Returns the names of the tables that the mode needs confirmed by DescribeTable, sorted. `protect`: those that look due, whose recovery points may
 * be of a lost table, or whose tag names no policy, if that is new or was just fixed · `expire`: those with something to expire · `audit`: all that
 * did not opt out. Only tables that the observation lists are named, each once.
 */
export const tablesToConfirm = (input: ConfirmInput, scene: Scene = sceneFor(input)): readonly string[] => {
  const names = new Set(wanted(input, scene));
  const corrected = new Set(input.mode === 'protect' ? tagsToReport(scene, input.openFindings, false) : []);
  return scene.governed
    .filter(({ optedOut, table: { name } }) => names.has(name) && (!optedOut || corrected.has(name)))
    .map(({ table }) => table.name);
};

/** As backup lists tables, before it describes those that look due. */
const unconfirmed = (input: ConfirmInput): ConfirmInput => ({
  ...input,
  mode: 'protect',
  observation: {
    ...input.observation,
    tables: input.observation.tables.map(({ details: _, pitr: _pitr, ...table }) => table),
  },
});

const NOT_SEEN = ownFailure(
  'table-unconfirmed',
  'its newest recovery points are of a former table of the name, which backup learns from the next audit, within 6 hours, or from a hint',
);

/**
 * Says of each create that waits because backup does not describe its table: its newest recovery point looks current, and only DescribeTable tells
 * that it is of a former table of the name. Whoever described every table knows more than backup does.
 */
export const asBackupSees = (actions: readonly Action[], input: ConfirmInput): readonly Action[] => {
  if (!actions.some(({ kind }) => kind === 'create')) return actions;
  const seen = new Set(tablesToConfirm(unconfirmed(input)));
  return actions.map((action) =>
    action.kind !== 'create' || seen.has(action.table) ? action : { waits: NOT_SEEN, ...action },
  );
};
