import type { CutoverInput, CutoverPlan, SeenTable } from '../../core/restore/cutover-input.ts';
import { planCutover } from '../../core/restore/cutover-plan.ts';
import { streamLabelOf } from '../../core/restore/rename.ts';
import { cutoverCommand, restoresCommand } from '../../core/text/commands.ts';
import { advise, followedBy } from '../../model/advice.ts';
import type { CutoverChoices } from '../../model/cutover.ts';
import { UserError } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import { DAY_MS } from '../../model/instant.ts';
import type { RestoreRecord } from '../../model/restore.ts';
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
      fix: followedBy(
        advise('Name the old table, then the restored one:', cutoverCommand('TABLE', 'RESTORED')),
        advise('All restores:', restoresCommand('--list')),
      ),
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

/**
 * CloudWatch keeps metrics by the minute so long: of a longer time a sum would be too small.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (checked 2026-11-29)
 */
const MINUTES_KEPT_MS = 15 * DAY_MS;

/** Of what is longer ago than CloudWatch can sum, only the second is known. */
const asOfOf = async (
  { writer, clock }: PlanDeps,
  { source }: RestoreRecord,
): Promise<NonNullable<CutoverInput['asOf']>> => {
  const at = source.kind === 'point-in-time' ? source.second : source.createdAt;
  const now = clock.now();
  if (now - at >= MINUTES_KEPT_MS) return { at };
  const written = await writer.writeUnits(source.table, at, now);
  return { at, ...(written.kind === 'found' && { units: written.value.units }) };
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
  const restore = (await deps.restores.list()).find(
    ({ source, targetTable, targetTableId }) =>
      source.tableId === old.tableId && targetTable === restored.table && targetTableId === restored.tableId,
  );
  const isKnownCopy = restore !== undefined;
  const now = clock.now();
  const input = { target, now, policyTag: policies.tag, stateTable, old, restored, choices, isKnownCopy };
  return planCutover({
    ...input,
    ...(writtenUnits !== undefined && { writtenUnits }),
    ...(restore !== undefined && { asOf: await asOfOf(deps, restore) }),
  });
};
