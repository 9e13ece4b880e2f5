import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import type { Answer } from '../answer.ts';
import type { Session } from '../session.ts';
import { withState } from '../state-answer.ts';
import { adopt } from './adopt.ts';
import type { RestoreOptions } from './options.ts';
import { buildIndexes, giveUp, listRestores, resumeAll } from './other-ways.ts';
import { reportAnswer } from './report.ts';
import { restoreTables } from './restore-tables.ts';
import { codeOf, wantsCodeOnly } from './with-code.ts';

const inOneWay = async (session: Session, parts: RestoreParts, options: RestoreOptions): Promise<Answer> => {
  const { list, giveUp: given, resume, indexes, sample } = options;
  if (list === true) return await listRestores(session, parts);
  if (given !== undefined) return await giveUp(parts, given, options.toRegion);
  if (options.adopt !== undefined) return await adopt(session, parts, options.adopt, options);
  if (resume === true) return reportAnswer(await resumeAll(session, parts, sample), session);
  if (indexes !== undefined)
    return reportAnswer(await buildIndexes(session, parts, indexes, options), session);
  if (wantsCodeOnly(options)) return await codeOf(session, parts, options);
  return await restoreTables(session, parts, options);
};

/** Answers what was typed after `restore`, with parts that are built. Throws a `UserError` for what cannot be had. */
export const answerRestore = async (
  session: Session,
  parts: RestoreParts,
  options: RestoreOptions,
): Promise<Answer> => {
  const { instance, target } = parts.parts;
  // A restore is written down before it is called: without the state table none is started.
  const needed = { instance, target, holds: 'restores are written down' };
  return await withState(needed, () => inOneWay(session, parts, options));
};
