import { indexSteps, withBuilt } from '../../shared/core/restore/index-steps.ts';
import { spanText } from '../../shared/core/restore/moment-text.ts';
import { isSame } from '../../shared/core/restore/same.ts';
import { stepsFor } from '../../shared/core/restore/steps.ts';
import { isFromVault } from '../../shared/core/restore/vault-terms.ts';
import { restoresCommand } from '../../shared/core/text/commands.ts';
import { listed } from '../../shared/core/text/words.ts';
import { advise, withCommands } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { FailureError } from '../../shared/model/failure.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { contextOf } from '../../shared/run/restore/plan-restore.ts';
import { type Answer, FINE } from '../answer.ts';
import { recordFields } from '../documents/restore-report-document.ts';
import type { Session } from '../session.ts';
import { adviceLines } from '../view/advice-text.ts';
import type { Row } from '../view/columns.ts';
import { columns } from '../view/columns.ts';
import type { RestoreReport } from '../view/restore-report-text.ts';
import { stepText } from '../view/restore-step-text.ts';
import { carryOutAll, knownSource } from './carry-out.ts';
import type { RestoreOptions } from './options.ts';

/** Lists restores that are not ended, oldest first: in the order in which they were asked for. */
export const underWay = async ({ records }: RestoreParts): Promise<readonly RestoreRecord[]> =>
  (await records.list()).filter(({ phase }) => phase !== 'ended').toReversed();

/** Goes on with every restore that was interrupted, all at once: none has to wait for another's indexes. */
export const resumeAll = async (
  session: Session,
  restore: RestoreParts,
  sample: number,
): Promise<readonly RestoreReport[]> => {
  const records = await underWay(restore);
  return await carryOutAll(session, restore, records, sample);
};

const stateText = ({ phase, result, askedAt, activeAt }: RestoreRecord): string => {
  const took =
    askedAt === undefined || activeAt === undefined ? '' : `, ACTIVE after ${spanText(activeAt - askedAt)}`;
  return `${result ?? phase}${took}`;
};

const fromText = ({ source, targetRegion }: RestoreRecord, region: string): string => {
  const vault = isFromVault(source) ? ` in vault ${source.vault.name}` : '';
  return `from ${source.table}${vault}${targetRegion === region ? '' : `, made in ${targetRegion}`}`;
};

/** Lists the restores that are known of. */
export const listRestores = async ({ screen }: Session, restore: RestoreParts): Promise<Answer> => {
  const records = await restore.records.list();
  const rows = records.map(
    (record): Row => [
      isoInstant(record.plannedAt),
      record.targetTable,
      fromText(record, restore.parts.target.region),
      stateText(record),
    ],
  );
  const isOpen = records.some(({ phase }) => phase !== 'ended');
  const advice = isOpen
    ? advise('Go on with those that have not ended:', restoresCommand('--resume'))
    : undefined;
  return {
    exitCode: FINE,
    lines:
      records.length === 0
        ? ['No restore is known of.']
        : [...columns(rows, '', screen), ...(advice === undefined ? [] : adviceLines(advice, '', screen))],
    document: {
      command: 'restore',
      restores: records.map(recordFields),
      ...(advice !== undefined && {
        advice: withCommands(advice, screen.complete ?? ((command) => command)),
      }),
    },
    notes: [],
  };
};

/** Finds the last restore to a name. Throws a `UserError` where none is known of. */
export const recordOfTable = async (
  { records, parts }: RestoreParts,
  table: string,
  region: string = parts.target.region,
): Promise<RestoreRecord> => {
  const record = (await records.list()).find(
    ({ targetTable, targetRegion }) => targetTable === table && targetRegion === region,
  );
  if (record !== undefined) return record;
  throw new UserError({
    code: 'no-such-restore',
    what: `No restore to ${table} in ${region} is known of.`,
    fix: advise(
      '--to-region names the Region of one that is elsewhere. All restores:',
      restoresCommand('--list'),
    ),
    facts: { table, region },
  });
};

const notThereYet = ({ targetTable, phase }: RestoreRecord): UserError =>
  new UserError({
    code: 'restore-under-way',
    what: `The restore to ${targetTable} is under way (${phase}), and indexes are built when it is there.`,
    fix: advise('Go on with it first:', restoresCommand('--resume')),
    facts: { target: targetTable, phase },
  });

const NOT_THERE: readonly RestoreRecord['phase'][] = ['planned', 'started', 'active'];

/**
 * Adds the indexes that are missing to the steps of a restore, and what can be set on them only then: insights, auto scaling. What else it did or
 * has to do stays.
 */
const withIndexes = async (restore: RestoreParts, record: RestoreRecord): Promise<RestoreRecord> => {
  const { manifest, sourceExists } = await knownSource(restore, record);
  const { settingsReader } = restore.restoreIn(record.targetRegion, () => undefined);
  const live = await settingsReader.read(record.targetTable);
  const unread = live.gaps.find(({ facet }) => facet === 'shape');
  if (unread !== undefined) throw new FailureError(unread.failure);
  const wanted = manifest?.manifest.settings ?? {};
  const context = contextOf(restore.parts, record, sourceExists);
  const steps = [
    ...indexSteps(wanted, live.settings),
    ...stepsFor(wanted, withBuilt(wanted, live.settings), context),
  ];
  const others = record.steps.filter(({ step }) => !steps.some((one) => isSame(one, step)));
  return { ...record, phase: 'settings', steps: [...others, ...steps.map((step) => ({ step }))] };
};

/** Builds what `--without-indexes` left out, one index after another; called again it goes on where it stopped. */
export const buildIndexes = async (
  session: Session,
  restore: RestoreParts,
  table: string,
  { sample, toRegion }: Pick<RestoreOptions, 'sample' | 'toRegion'>,
): Promise<readonly RestoreReport[]> => {
  const record = await recordOfTable(restore, table, toRegion);
  if (NOT_THERE.includes(record.phase) || record.targetTableId === undefined) throw notThereYet(record);
  const begun = await restore.records.save(await withIndexes(restore, record));
  return await carryOutAll(session, restore, [begun], sample);
};

/** What a table that stays does not have yet. */
const leftUndone = ({ phase, steps }: RestoreRecord): readonly string[] => {
  if (phase === 'planned') return [];
  if (NOT_THERE.includes(phase))
    return [
      'No setting was put back on it: it has no deletion protection, no tags and no point-in-time recovery.',
    ];
  const open = steps.filter(({ outcome }) => outcome?.kind !== 'done' && outcome?.kind !== 'as-it-was');
  return open.length === 0 ? [] : [`Not put back on it: ${listed(open.map(({ step }) => stepText(step)))}.`];
};

const endedBefore = (table: string, { result }: RestoreRecord): UserError =>
  new UserError({
    code: 'restore-ended',
    what: `The restore to ${table} has ended.`,
    fix: 'There is nothing to give up.',
    facts: { target: table, result },
  });

/** A session that goes on with it may write it between the look and the end. */
const MOST_TRIES = 5;

const endedByPerson = async (
  restore: RestoreParts,
  table: string,
  region: string | undefined,
): Promise<RestoreRecord> => {
  for (let tries = 1; ; tries += 1) {
    const record = await recordOfTable(restore, table, region);
    if (record.phase === 'ended') throw endedBefore(table, record);
    const endedAt = restore.parts.clock.now();
    try {
      await restore.records.save({ ...record, phase: 'ended', result: 'given-up', endedAt });
      return record;
    } catch (error) {
      const isOvertaken =
        error instanceof FailureError && error.failure.kind === 'own' && error.failure.code === 'claim-held';
      if (!isOvertaken || tries === MOST_TRIES) throw error;
    }
  }
};

/** Ends a restore that nobody wants to go on with. Deletes nothing: a table that it made stays. */
export const giveUp = async (
  restore: RestoreParts,
  table: string,
  region: string | undefined,
): Promise<Answer> => {
  const record = await endedByPerson(restore, table, region);
  return {
    exitCode: FINE,
    lines: [
      `The restore to ${table} is given up. A table that it made stays; nothing was deleted.`,
      ...leftUndone(record),
    ],
    document: { command: 'restore', givenUp: table },
    notes: [],
  };
};
