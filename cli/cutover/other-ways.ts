import { cutoverCommand } from '../../shared/core/text/commands.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { CutoverParts } from '../../shared/run/compose-cutover.ts';
import type { CutoverEnd } from '../../shared/run/cutover/carry-out.ts';
import { type Answer, FINE } from '../answer.ts';
import { cutoverRecordFields } from '../documents/cutover-document.ts';
import type { Session } from '../session.ts';
import { notBackedUpLines } from '../view/cutover-policy-text.ts';
import { leftLines, recordLines } from '../view/cutover-text.ts';
import { carriedOut, endAnswer, notBackedUp, requireAgreement } from './carry-out.ts';
import type { CutoverOptions } from './options.ts';

/** Goes on with every cut-over that was interrupted. */
export const resumeAll = async (
  session: Session,
  cutover: CutoverParts,
  options: CutoverOptions,
): Promise<Answer> => {
  requireAgreement(session, options);
  const open = (await cutover.records.list()).filter(({ phase }) => phase !== 'ended').toReversed();
  const ends: CutoverEnd[] = [];
  for (const record of open) ends.push(await carriedOut(session, cutover, record, options));
  return await endAnswer(session, cutover, ends);
};

/** Lists the cut-overs that are known of. */
export const listAll = async ({ screen }: Session, cutover: CutoverParts): Promise<Answer> => {
  const known = await cutover.records.list();
  const left = await notBackedUp(cutover, known);
  return {
    exitCode: FINE,
    lines: [
      ...(known.length === 0
        ? ['No cut-over is known of.']
        : known.flatMap((record) => [
            `${record.table} to ${record.restored}, ${record.choices.mode}, ${isoInstant(record.plannedAt)}: ${record.givenUp === true ? 'given up' : record.phase}`,
            ...recordLines(record, screen),
          ])),
      ...notBackedUpLines(left, screen),
    ],
    document: { command: 'cutover', cutovers: known.map(cutoverRecordFields), notBackedUp: left },
    notes: [],
  };
};

/** Ends a cut-over that nobody wants to go on with. Undoes and deletes nothing. */
export const giveUp = async (
  { screen }: Session,
  { records, restore }: CutoverParts,
  table: string,
): Promise<Answer> => {
  const record = (await records.list()).find((one) => one.table === table && one.phase !== 'ended');
  if (record === undefined)
    throw new UserError({
      code: 'no-such-cutover',
      what: `No cut-over of ${table} is under way.`,
      fix: advise('All cut-overs:', cutoverCommand('--list')),
      facts: { table },
    });
  const { clock, target } = restore.parts;
  await records.save({ ...record, phase: 'ended', givenUp: true, endedAt: clock.now() });
  return {
    exitCode: FINE,
    lines: [
      `The cut-over of ${table} is given up. What it did stays; nothing was undone or deleted.`,
      ...leftLines(record, target, screen),
    ],
    document: { command: 'cutover', givenUp: table },
    notes: [],
  };
};
