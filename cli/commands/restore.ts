import { Argument } from 'commander';
import type { Answer } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { answerRestore } from '../restore/answer.ts';
import { mistakeIn } from '../restore/mistakes.ts';
import { RESTORE_OPTIONS, type RestoreOptions } from '../restore/options.ts';
import type { Session } from '../session.ts';
import { checkAccounts, inRegionOfAll, namedTables } from '../table-argument.ts';
import { seatWithoutFile } from '../without-file.ts';

const restore = async (given: Session, typed: RestoreOptions): Promise<Answer> => {
  const named = namedTables(typed.tables ?? []);
  const session = inRegionOfAll(given, named);
  const options = { ...typed, tables: named.map(({ table }) => table) };
  const seat = await seatWithoutFile(session, options.list !== true);
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
