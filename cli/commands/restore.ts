import { Argument } from 'commander';
import { UserError } from '../../shared/model/errors.ts';
import { FailureError, failureText } from '../../shared/model/failure.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import type { Answer } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { seatOf } from '../open.ts';
import { mistakeIn } from '../restore/mistakes.ts';
import { RESTORE_OPTIONS, type RestoreOptions } from '../restore/options.ts';
import { buildIndexes, giveUp, listRestores, resumeAll } from '../restore/other-ways.ts';
import { reportAnswer } from '../restore/report.ts';
import { restoreTables } from '../restore/restore-tables.ts';
import { codeOf, wantsCodeOnly } from '../restore/with-code.ts';
import type { Session } from '../session.ts';
import { checkAccounts, inRegionOfAll, namedTables } from '../table-argument.ts';

const inOneWay = async (session: Session, parts: RestoreParts, options: RestoreOptions): Promise<Answer> => {
  const { list, giveUp: given, resume, indexes, sample } = options;
  if (list === true) return await listRestores(session, parts);
  if (given !== undefined) return await giveUp(parts, given, options.toRegion);
  if (resume === true) return reportAnswer(await resumeAll(session, parts, sample), session);
  if (indexes !== undefined)
    return reportAnswer(await buildIndexes(session, parts, indexes, options), session);
  if (wantsCodeOnly(options)) return await codeOf(session, parts, options);
  return await restoreTables(session, parts, options);
};

/** A restore is written down before it is called: without the state table none is started. */
const notWritten = ({ failure }: FailureError, instance: string): UserError =>
  new UserError({
    code: 'state-unreadable',
    what: `The state table tablekeeper-${instance}-state, in which restores are written down, could not be used: ${failureText(failure)}.`,
    fix: 'Check --instance and --region, and what you may do with it (docs/restore.md). Where it is gone, the runbook has its page.',
    facts: { failed: failure },
  });

/** Answers what was typed after `restore`, with parts that are built. Throws a `UserError` for what cannot be had. */
export const answerRestore = async (
  session: Session,
  parts: RestoreParts,
  options: RestoreOptions,
): Promise<Answer> => {
  try {
    return await inOneWay(session, parts, options);
  } catch (error) {
    if (error instanceof FailureError) throw notWritten(error, session.options.instance);
    throw error;
  }
};

const restore = async (given: Session, typed: RestoreOptions): Promise<Answer> => {
  const named = namedTables(typed.tables ?? []);
  const session = inRegionOfAll(given, named);
  const options = { ...typed, tables: named.map(({ table }) => table) };
  const seat = await seatOf(session);
  const { composeRestore } = await import('../../shared/run/compose-restore.ts');
  const parts = await composeRestore(seat);
  checkAccounts(named, parts.parts.target);
  return await answerRestore(session, parts, options);
};

export const restoreCommand: CliCommand<RestoreOptions> = {
  name: 'restore',
  summary: 'bring tables back as of a second or from a recovery point, with their settings',
  argument: new Argument('[tables...]', 'their names, or those of tables that are gone'),
  options: RESTORE_OPTIONS,
  mistakeIn,
  run: restore,
};
