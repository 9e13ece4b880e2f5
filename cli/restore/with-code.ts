import { restoresCommand } from '../../shared/core/text/commands.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import { emissionFields } from '../documents/infrastructure-document.ts';
import type { Session } from '../session.ts';
import type { RestoreReport } from '../view/restore-report-text.ts';
import { type EmitOptions, type Emitted, emitTable, emittedLines } from './emit.ts';
import type { RestoreOptions } from './options.ts';
import { reportAnswer } from './report.ts';

const isWritten = ({ emission }: Emitted): boolean => emission.kind !== 'refused';

const isThere = ({ end }: RestoreReport): boolean => end.kind === 'ended' && end.record.result !== 'failed';

/** Answers with what restores came to, and below it with the code of the tables that they made. */
export const reportWithCode = async (
  session: Session,
  restore: RestoreParts,
  reports: readonly RestoreReport[],
  options: EmitOptions,
): Promise<Answer> => {
  const answer = reportAnswer(reports, session);
  if (options.emit === undefined) return answer;
  const emitted: Emitted[] = [];
  for (const report of reports.filter(isThere)) {
    const one = await emitTable(restore, report.end.record, options);
    if (one !== undefined) emitted.push(one);
  }
  return {
    ...answer,
    exitCode: emitted.every(isWritten) ? answer.exitCode : FINDINGS,
    lines: [...answer.lines, ...emitted.flatMap((one) => ['', ...emittedLines(one, options, session)])],
    document: { ...answer.document, emitted: emitted.map(({ emission }) => emissionFields(emission)) },
  };
};

const isMomentNamed = ({ at, ago, recoveryPoint }: RestoreOptions): boolean =>
  at !== undefined || ago !== undefined || recoveryPoint !== undefined;

/** Whether code of a table that was restored before is wanted, and nothing is to be restored. */
export const wantsCodeOnly = (options: RestoreOptions): boolean =>
  options.emit !== undefined && !isMomentNamed(options);

/** Writes the code of a table that was restored before. Throws a `UserError` for one that no restore made. */
export const codeOf = async (
  session: Session,
  restore: RestoreParts,
  options: RestoreOptions,
): Promise<Answer> => {
  const [table = ''] = options.tables ?? [];
  const record = (await restore.records.list()).find(({ targetTable }) => targetTable === table);
  if (record === undefined)
    throw new UserError({
      code: 'no-such-restore',
      what: `No restore made a table ${table}.`,
      fix: advise(
        'Name a restored table, or add --at to restore one first. All restores:',
        restoresCommand('--list'),
      ),
    });
  const emitted = await emitTable(restore, record, options);
  if (emitted === undefined) throw new Error('no language is named');
  return {
    exitCode: isWritten(emitted) ? FINE : FINDINGS,
    lines: emittedLines(emitted, options, session),
    document: { command: 'restore', emitted: [emissionFields(emitted.emission)] },
    notes: [],
  };
};
