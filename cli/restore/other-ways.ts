import { indexSteps } from '../../shared/core/restore/index-steps.ts';
import { spanText } from '../../shared/core/restore/moment-text.ts';
import { UserError } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { type Answer, FINE } from '../answer.ts';
import { recordFields } from '../documents/restore-report-document.ts';
import type { Session } from '../session.ts';
import type { Row } from '../view/columns.ts';
import { columns } from '../view/columns.ts';
import type { RestoreReport } from '../view/restore-report-text.ts';
import { carryOut, knownSource } from './carry-out.ts';

/** Lists restores that are not ended, oldest first: in the order in which they were asked for. */
export const underWay = async ({ records }: RestoreParts): Promise<readonly RestoreRecord[]> =>
  (await records.list()).filter(({ phase }) => phase !== 'ended').toReversed();

/** Goes on with every restore that was interrupted. */
export const resumeAll = async (
  session: Session,
  restore: RestoreParts,
  sample: number,
): Promise<readonly RestoreReport[]> => {
  const reports: RestoreReport[] = [];
  for (const record of await underWay(restore))
    reports.push(await carryOut(session, restore, record, sample));
  return reports;
};

const stateText = ({ phase, result, askedAt, activeAt }: RestoreRecord): string => {
  const took =
    askedAt === undefined || activeAt === undefined ? '' : `, ACTIVE after ${spanText(activeAt - askedAt)}`;
  return `${result ?? phase}${took}`;
};

/** Lists the restores that are known of. */
export const listRestores = async ({ screen }: Session, restore: RestoreParts): Promise<Answer> => {
  const records = await restore.records.list();
  const rows = records.map(
    (record): Row => [
      isoInstant(record.plannedAt),
      record.targetTable,
      `from ${record.source.table}`,
      stateText(record),
    ],
  );
  return {
    exitCode: FINE,
    lines: records.length === 0 ? ['No restore is known of.'] : columns(rows, '', screen),
    document: { command: 'restore', restores: records.map(recordFields) },
    notes: [],
  };
};

const recordOfTable = async ({ records }: RestoreParts, table: string): Promise<RestoreRecord> => {
  const record = (await records.list()).find(({ targetTable }) => targetTable === table);
  if (record !== undefined) return record;
  throw new UserError({
    code: 'no-such-restore',
    what: `No restore to ${table} is known of.`,
    fix: 'tablekeeper restore --list shows all.',
  });
};

/** Builds what `--without-indexes` left out, one index after another; called again it goes on where it stopped. */
export const buildIndexes = async (
  session: Session,
  restore: RestoreParts,
  table: string,
  sample: number,
): Promise<RestoreReport> => {
  const record = await recordOfTable(restore, table);
  const { manifest } = await knownSource(restore, record);
  const { settingsReader } = restore.restoreIn(record.targetRegion, () => undefined);
  const live = await settingsReader.read(table, ['shape']);
  const steps = indexSteps(manifest?.manifest.settings ?? {}, live.settings).map((step) => ({ step }));
  const begun: RestoreRecord = { ...record, phase: 'settings', steps };
  await restore.records.save(begun);
  return await carryOut(session, restore, begun, sample);
};

/** Ends a restore that nobody wants to go on with. Deletes nothing: a table that it made stays. */
export const giveUp = async (restore: RestoreParts, table: string): Promise<Answer> => {
  const record = await recordOfTable(restore, table);
  if (record.phase === 'ended')
    throw new UserError({
      code: 'restore-ended',
      what: `The restore to ${table} has ended.`,
      fix: 'There is nothing to give up.',
    });
  await restore.records.save({
    ...record,
    phase: 'ended',
    result: 'given-up',
    endedAt: restore.parts.clock.now(),
  });
  return {
    exitCode: FINE,
    lines: [`The restore to ${table} is given up. A table that it made stays; nothing was deleted.`],
    document: { command: 'restore', givenUp: table },
    notes: [],
  };
};
