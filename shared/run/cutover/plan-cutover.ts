import type { CutoverPlan, SeenTable } from '../../core/restore/cutover-input.ts';
import { planCutover } from '../../core/restore/cutover-plan.ts';
import { streamLabelOf } from '../../core/restore/rename.ts';
import type { CutoverChoices } from '../../model/cutover.ts';
import { UserError } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import type { CutoverWriter } from '../../ports/cutover.ts';
import type { RestoreRecords, Restorer, SettingsReader } from '../../ports/restore.ts';
import type { Deps } from '../deps.ts';

type PlanDeps = Pick<Deps, 'clock' | 'target' | 'policies'> & {
  readonly stateTable: string;
  readonly restorer: Restorer;
  readonly settingsReader: SettingsReader;
  readonly restores: Pick<RestoreRecords, 'list'>;
  readonly writer: Pick<CutoverWriter, 'writeUnits'>;
};

const seenTable = async ({ restorer, settingsReader }: PlanDeps, table: string): Promise<SeenTable> => {
  const looked = await restorer.look(table);
  if (looked.kind === 'missing')
    throw new UserError({
      code: 'no-such-table',
      what: `There is no table ${table} here.`,
      fix: 'Name the old table, then the restored one: npx tablekeeper cutover TABLE RESTORED. npx tablekeeper restore --list shows restores.',
      facts: { table },
    });
  if (looked.kind === 'unreadable')
    throw new UserError({
      code: 'table-unread',
      what: `${table} could not be read: ${failureText(looked.failure)}.`,
      fix: 'Grant the calls of docs/cutover.md and try again.',
      facts: { table, failed: looked.failure },
    });
  const { tableId, status } = looked.value;
  return { table, tableId, status, read: await settingsReader.read(table) };
};

/** What was written to the restored table since its stream began; undefined where there is no stream, or nothing is shown. */
const writtenSince = async (
  { writer, clock }: PlanDeps,
  { table, read }: SeenTable,
): Promise<number | undefined> => {
  const { stream } = read.settings.shape ?? {};
  const label = stream === undefined ? undefined : streamLabelOf(stream.arn);
  const since = label === undefined ? Number.NaN : Date.parse(`${label}Z`);
  if (!(since < clock.now())) return undefined;
  const written = await writer.writeUnits(table, since, clock.now());
  return written.kind === 'found' ? written.value.units : undefined;
};

/** Looks at both tables and plans the cut-over. Only reads. Throws a `UserError` where it cannot begin. */
export const seenCutover = async (
  deps: PlanDeps,
  tables: { readonly table: string; readonly restored: string },
  choices: CutoverChoices,
): Promise<CutoverPlan> => {
  const old = await seenTable(deps, tables.table);
  const restored = await seenTable(deps, tables.restored);
  const { target, policies, clock, stateTable } = deps;
  const writtenUnits = await writtenSince(deps, restored);
  const isKnownCopy = (await deps.restores.list()).some(
    ({ source, targetTable, targetTableId }) =>
      source.tableId === old.tableId && targetTable === restored.table && targetTableId === restored.tableId,
  );
  const now = clock.now();
  const input = { target, now, policyTag: policies.tag, stateTable, old, restored, choices, isKnownCopy };
  return planCutover({ ...input, ...(writtenUnits !== undefined && { writtenUnits }) });
};
