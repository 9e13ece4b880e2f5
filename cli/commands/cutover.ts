import { Argument } from 'commander';
import type { CutoverPlan } from '../../shared/core/restore/cutover-input.ts';
import { cutoverRecordOf } from '../../shared/core/restore/cutover-plan.ts';
import { applyRefused } from '../../shared/core/restore/cutover-refusals.ts';
import { cutoverCommand as commandOfCutover } from '../../shared/core/text/commands.ts';
import { type Advice, advise, followedBy } from '../../shared/model/advice.ts';
import type { CutoverRecord } from '../../shared/model/cutover.ts';
import { UserError } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { CutoverParts } from '../../shared/run/compose-cutover.ts';
import { seenCutover } from '../../shared/run/cutover/plan-cutover.ts';
import { type Answer, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { showNow } from '../conversation.ts';
import { carriedOut, endAnswer, requireAgreement } from '../cutover/carry-out.ts';
import { CUTOVER_OPTIONS, type CutoverOptions, choicesOf, mistakeIn } from '../cutover/options.ts';
import { giveUp, listAll, resumeAll } from '../cutover/other-ways.ts';
import { cutoverPlanDocument } from '../documents/cutover-document.ts';
import { seatOf } from '../open.ts';
import type { Session } from '../session.ts';
import { withState } from '../state-answer.ts';
import { checkAccounts, inRegionOfAll, namedTables } from '../table-argument.ts';
import { adviceLines } from '../view/advice-text.ts';
import { cutoverPlanLines } from '../view/cutover-text.ts';
import { paragraph } from '../view/paragraph.ts';

const goOnOrForget = (table: string): Advice =>
  followedBy(
    advise('Go on with it:', commandOfCutover('--resume')),
    advise('Or forget it:', commandOfCutover('--give-up', table)),
  );

const underWayAlready = (table: string): UserError =>
  new UserError({
    code: 'cutover-under-way',
    what: `A cut-over of ${table} is under way.`,
    fix: goOnOrForget(table),
    facts: { table },
  });

/** The same table has one cut-over at a time: whoever reads a plan of another is told so before --apply refuses it. */
const openRecord = async ({ records }: CutoverParts, table: string): Promise<CutoverRecord | undefined> =>
  (await records.list()).find((one) => one.table === table && one.phase !== 'ended');

const planAnswer = (
  plan: CutoverPlan,
  open: CutoverRecord | undefined,
  { screen, options }: Session,
): Answer => ({
  exitCode: FINE,
  lines: [
    ...cutoverPlanLines(plan, screen),
    '',
    ...(open === undefined
      ? ['Nothing was changed. Add --apply to carry it out, step by step.']
      : [
          ...paragraph(
            `Nothing was changed, and --apply would be refused: a cut-over of ${open.table} to ${open.restored} is under way since ${isoInstant(open.plannedAt)}.`,
            '',
            screen,
          ),
          ...adviceLines(goOnOrForget(open.table), '', screen),
        ]),
  ],
  document: {
    ...cutoverPlanDocument(plan, options.instance),
    ...(open !== undefined && {
      underWay: { restored: open.restored, plannedAt: isoInstant(open.plannedAt) },
    }),
  },
  notes: [],
});

const cutTables = async (
  session: Session,
  cutover: CutoverParts,
  [table = '', restored = '']: readonly string[],
  options: CutoverOptions,
): Promise<Answer> => {
  const { restore, records, stateTable, writer } = cutover;
  const { parts, settingsReader } = restore;
  const { restorer } = restore.restoreIn(parts.target.region, () => undefined);
  const deps = { ...parts, stateTable, restorer, settingsReader, writer, restores: restore.records };
  const plan = await seenCutover(deps, { table, restored }, choicesOf(options));
  if (options.apply !== true) return planAnswer(plan, await openRecord(cutover, table), session);
  const refusal = applyRefused(plan, options.yes !== true);
  if (refusal !== undefined) throw refusal;
  requireAgreement(session, options);
  showNow(session, [...cutoverPlanLines(plan, session.screen), '']);
  const record = cutoverRecordOf(plan);
  if (!(await records.begin(record))) throw underWayAlready(table);
  return await endAnswer(session, cutover, [await carriedOut(session, cutover, record, options)]);
};

const inOneWay = async (
  session: Session,
  parts: CutoverParts,
  tables: readonly string[],
  options: CutoverOptions,
): Promise<Answer> => {
  if (options.list === true) return await listAll(session, parts);
  if (options.giveUp !== undefined) return await giveUp(session, parts, options.giveUp);
  if (options.resume === true) return await resumeAll(session, parts, options);
  return await cutTables(session, parts, tables, options);
};

const cutover = async (given: Session, options: CutoverOptions): Promise<Answer> => {
  const named = namedTables(options.tables ?? []);
  const session = inRegionOfAll(given, named);
  const seat = await seatOf(session);
  const { composeCutover } = await import('../../shared/run/compose-cutover.ts');
  const parts = await composeCutover(seat);
  checkAccounts(named, parts.restore.parts.target);
  const { instance, target } = parts.restore.parts;
  const tables = named.map(({ table }) => table);
  const needed = { instance, target, holds: 'cut-overs are written down' };
  return await withState(needed, () => inOneWay(session, parts, tables, options));
};

export const cutoverCommand: CliCommand<CutoverOptions> = {
  name: 'cutover',
  summary: 'move what points at a table to its restored copy, or swap the copy under its name',
  argument: new Argument('[tables...]', 'the old table, then the restored one'),
  options: CUTOVER_OPTIONS,
  mistakeIn,
  run: cutover,
};
