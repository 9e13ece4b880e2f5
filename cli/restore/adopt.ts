import { isAgreed } from '../../shared/core/restore/menu.ts';
import { restoresCommand } from '../../shared/core/text/commands.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { FailureError } from '../../shared/model/failure.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { lookTwice, whoseTable } from '../../shared/run/restore/whose-table.ts';
import { type Answer, FINE } from '../answer.ts';
import { ask, canAsk } from '../conversation.ts';
import type { Session } from '../session.ts';
import { adviceLines } from '../view/advice-text.ts';
import type { RestoreOptions } from './options.ts';
import { recordOfTable } from './other-ways.ts';
import { nothingDone } from './report.ts';

type Standing = Parameters<typeof whoseTable>[0];

const nothingToAdopt = ({ targetTable, phase }: RestoreRecord, why: string): UserError =>
  new UserError({
    code: 'nothing-to-adopt',
    what: `${targetTable} cannot be taken for the restored table: ${why}.`,
    fix: advise('Where each restore stands:', restoresCommand('--list')),
    facts: { target: targetTable, phase },
  });

const standingTable = async (restore: RestoreParts, record: RestoreRecord): Promise<Standing> => {
  const looked = await lookTwice(
    restore.restoreIn(record.targetRegion, () => undefined),
    record.targetTable,
  );
  if (looked.kind === 'unreadable') throw new FailureError(looked.failure);
  if (looked.kind === 'missing') throw nothingToAdopt(record, 'there is no such table');
  return looked.value;
};

/** SAFETY: only a person can know what AWS does not say; without one `--yes` says it. */
const isSure = async (
  session: Session,
  { targetTable, askedAt = 0 }: RestoreRecord,
  { tableId, createdAt }: Standing,
  options: RestoreOptions,
): Promise<boolean> => {
  if (options.yes === true) return true;
  if (!canAsk(session, options))
    throw new UserError({
      code: 'not-agreed',
      what: `Nobody is there to say that nobody else made ${targetTable}.`,
      fix: 'Add --yes if you know it.',
    });
  const question = `${targetTable} (id ${tableId}) was made ${isoInstant(createdAt)}; the call left ${isoInstant(askedAt)}. Are you sure that nobody else made it? [y/N] `;
  return isAgreed(await ask(session, question));
};

/**
 * Takes the table that has the name for the one that a restore made whose answer was lost, where AWS does not prove it any more. SAFETY: never one that
 * comes from something else, or was made at another time.
 */
export const adopt = async (
  session: Session,
  restore: RestoreParts,
  table: string,
  options: RestoreOptions,
): Promise<Answer> => {
  const record = await recordOfTable(restore, table, options.toRegion);
  if (record.phase === 'ended') throw nothingToAdopt(record, 'that restore has ended');
  if (record.askedAt === undefined || record.targetTableId !== undefined)
    throw nothingToAdopt(record, 'no answer of AWS was lost');
  const standing = await standingTable(restore, record);
  const whose = whoseTable(standing, record);
  if (whose === 'other') throw nothingToAdopt(record, 'it is another table');
  if (whose === 'unproven' && !(await isSure(session, record, standing, options))) return nothingDone();
  const { clock } = restore.parts;
  const known = { targetTableId: standing.tableId, seenAt: clock.now() };
  await restore.records.save({ acceptedAt: clock.now(), ...record, ...known, phase: 'started' });
  return {
    exitCode: FINE,
    lines: [
      `${table} (id ${standing.tableId}) is taken for the restored table. Nothing was changed on it yet.`,
      ...adviceLines(advise('Go on with:', restoresCommand('--resume')), '', session.screen),
    ],
    document: { command: 'restore', adopted: table, tableId: standing.tableId },
    notes: [],
  };
};
