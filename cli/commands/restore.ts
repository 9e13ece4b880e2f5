import { Argument } from 'commander';
import type { Answer } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { seatOf } from '../open.ts';
import { answerRestore } from '../restore/answer.ts';
import { RESTORE_OPTIONS, type RestoreOptions } from '../restore/options.ts';
import type { Session } from '../session.ts';

const restore = async (session: Session, options: RestoreOptions): Promise<Answer> => {
  const seat = await seatOf(session);
  const { composeRestore } = await import('../../shared/run/compose-restore.ts');
  return await answerRestore(session, await composeRestore(seat), options);
};

const OTHER_WAYS = ['resume', 'list', 'indexes', 'giveUp'] as const;

const mistakeIn = (typed: RestoreOptions): string | undefined => {
  const others = OTHER_WAYS.filter((way) => typed[way] !== undefined);
  const tables = typed.tables ?? [];
  if (others.length > 1 || (others.length === 1 && tables.length > 0))
    return '--resume, --list, --indexes and --give-up stand alone, without tables';
  if (others.length === 0 && tables.length === 0 && typed.recoveryPoint === undefined)
    return 'name the tables to restore, or --resume or --list';
  if (typed.target !== undefined && tables.length > 1)
    return '--target is the name of one table, and several are named';
  if (typed.emit === undefined && (typed.stack !== undefined || typed.out !== undefined))
    return '--stack and --out go with --emit';
  if (!Number.isSafeInteger(typed.sample) || typed.sample < 0) return '--sample takes a whole number from 0';
  return undefined;
};

export const restoreCommand: CliCommand<RestoreOptions> = {
  name: 'restore',
  summary: 'bring tables back as of a second or from a recovery point, with their settings',
  argument: new Argument('[tables...]', 'their names, or those of tables that are gone'),
  options: RESTORE_OPTIONS,
  mistakeIn,
  run: restore,
};
