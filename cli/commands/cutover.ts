import { Argument, Option } from 'commander';
import { applyRefused, type CutoverPlan, cutoverRecordOf } from '../../shared/core/restore/cutover-plan.ts';
import { canSkip, notPutBackIn } from '../../shared/core/restore/cutover-readers.ts';
import { isAgreed } from '../../shared/core/restore/menu.ts';
import type { CutoverChoices, CutoverRecord, CutoverStep } from '../../shared/model/cutover.ts';
import { UserError } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { CutoverParts } from '../../shared/run/compose-cutover.ts';
import { type CutoverEnd, carryOutCutover } from '../../shared/run/cutover/carry-out.ts';
import type { Agreement, CutoverDeps } from '../../shared/run/cutover/deps.ts';
import { seenCutover } from '../../shared/run/cutover/plan-cutover.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import { type CliCommand, oneOf } from '../command.ts';
import { cutoverPlanDocument, cutoverRecordFields } from '../documents/cutover-document.ts';
import { seatOf } from '../open.ts';
import { restoreProgress } from '../restore/progress.ts';
import type { Session } from '../session.ts';
import { sanitizeTerminal, textOf } from '../terminal.ts';
import { cutoverStepText } from '../view/cutover-step-text.ts';
import { cutoverPlanLines, cutoverReportLines, numberedStep, recordLines } from '../view/cutover-text.ts';

interface CutoverOptions {
  readonly tables?: readonly string[];
  readonly swap?: true;
  readonly apply?: true;
  readonly yes?: true;
  readonly kinesis?: 'share' | 'leave';
  readonly leaveUndelivered?: true;
  readonly ttl?: 'on' | 'later';
  readonly resume?: true;
  readonly list?: true;
  readonly giveUp?: string;
}

const choicesOf = ({ swap, kinesis, leaveUndelivered, ttl = 'later' }: CutoverOptions): CutoverChoices => ({
  mode: swap === true ? 'swap' : 'move',
  undelivered: leaveUndelivered === true ? 'leave' : 'drain',
  ttl,
  ...(kinesis !== undefined && { kinesis }),
});

const showNow = ({ terminal, options }: Session, lines: readonly string[]): void => {
  if (options.json !== true) terminal.stdout.write(sanitizeTerminal(textOf(lines)));
};

/** Asks before each step. SAFETY: anything but yes or skip stops. */
const askFor =
  (session: Session, { restore }: CutoverParts, { yes }: CutoverOptions): CutoverDeps['agree'] =>
  async (step: CutoverStep, record: CutoverRecord): Promise<Agreement> => {
    if (yes === true) return 'yes';
    const at = record.steps.findIndex((one) => one.step === step);
    showNow(session, numberedStep(step, at, restore.parts.target, session.screen));
    const ways = canSkip(step, record.choices) ? 'y/skip/N' : 'y/N';
    const typed = (await session.terminal.ask?.(`Carry it out? [${ways}] `)) ?? '';
    if (isAgreed(typed)) return 'yes';
    return typed.trim().toLowerCase() === 'skip' ? 'skip' : 'stop';
  };

/** One line for each step, and for each new reason to wait. */
const stepProgress = ({ terminal }: Session): CutoverDeps['onStep'] => {
  let last = '';
  return (record, at, waitsFor) => {
    const step = record.steps[at]?.step;
    if (step === undefined) return;
    const state = waitsFor === undefined ? 'settled' : `waits: ${waitsFor}`;
    const line = `${at + 1}/${record.steps.length} ${cutoverStepText(step)} · ${state}`;
    if (line === last) return;
    last = line;
    terminal.stderr.write(`${sanitizeTerminal(line)}\n`);
  };
};

const carriedOut = async (
  session: Session,
  cutover: CutoverParts,
  record: CutoverRecord,
  options: CutoverOptions,
): Promise<CutoverEnd> => {
  const { restore, records, writer } = cutover;
  const { parts } = restore;
  const deps: CutoverDeps = {
    clock: parts.clock,
    parts,
    records,
    writer,
    restore: restore.restoreIn(record.region, restoreProgress(session.terminal.stderr)),
    agree: askFor(session, cutover, options),
    onStep: stepProgress(session),
  };
  return await carryOutCutover(deps, record);
};

const isRight = ({ kind, record }: CutoverEnd): boolean =>
  kind !== 'unfinished' && notPutBackIn(record).length === 0;

const endAnswer = (ends: readonly CutoverEnd[], { screen }: Session): Answer => ({
  exitCode: ends.every(isRight) ? FINE : FINDINGS,
  lines:
    ends.length === 0
      ? ['No cut-over is under way.']
      : ends.flatMap((end, at) => [...(at > 0 ? [''] : []), ...cutoverReportLines(end, screen)]),
  document: {
    command: 'cutover',
    cutovers: ends.map((end) => ({
      end: end.kind,
      ...(end.kind !== 'ended' && { step: end.at + 1 }),
      ...(end.kind === 'unfinished' && { failure: end.failure }),
      ...cutoverRecordFields(end.record),
    })),
  },
  notes: [],
});

const nobodyAgreed = (): UserError =>
  new UserError({
    code: 'not-agreed',
    what: 'Nobody is there to agree to the steps.',
    fix: 'Add --yes to carry them all out, or leave --apply out to see them only.',
  });

const requireAgreement = ({ terminal, options }: Session, { yes }: CutoverOptions): void => {
  if (yes !== true && (terminal.ask === undefined || options.json === true)) throw nobodyAgreed();
};

const underWayAlready = (table: string): UserError =>
  new UserError({
    code: 'cutover-under-way',
    what: `A cut-over of ${table} is under way.`,
    fix: `Go on with it: tablekeeper cutover --resume. Or forget it: tablekeeper cutover --give-up ${table}.`,
  });

const planAnswer = (plan: CutoverPlan, { screen, options }: Session): Answer => ({
  exitCode: FINE,
  lines: [
    ...cutoverPlanLines(plan, screen),
    '',
    'Nothing was changed. Add --apply to carry it out, step by step.',
  ],
  document: cutoverPlanDocument(plan, options.instance),
  notes: [],
});

const cutTables = async (
  session: Session,
  cutover: CutoverParts,
  [table = '', restored = '']: readonly string[],
  options: CutoverOptions,
): Promise<Answer> => {
  const { restore, records, writer } = cutover;
  const { parts, settingsReader } = restore;
  const { restorer } = restore.restoreIn(parts.target.region, () => undefined);
  const deps = { ...parts, restorer, settingsReader, writer, restores: restore.records };
  const plan = await seenCutover(deps, { table, restored }, choicesOf(options));
  if (options.apply !== true) return planAnswer(plan, session);
  const refusal = applyRefused(plan, options.yes !== true);
  if (refusal !== undefined) throw refusal;
  requireAgreement(session, options);
  showNow(session, [...cutoverPlanLines(plan, session.screen), '']);
  const record = cutoverRecordOf(plan);
  if (!(await records.begin(record))) throw underWayAlready(table);
  return endAnswer([await carriedOut(session, cutover, record, options)], session);
};

const resumeAll = async (
  session: Session,
  cutover: CutoverParts,
  options: CutoverOptions,
): Promise<Answer> => {
  requireAgreement(session, options);
  const open = (await cutover.records.list()).filter(({ phase }) => phase !== 'ended').toReversed();
  const ends: CutoverEnd[] = [];
  for (const record of open) ends.push(await carriedOut(session, cutover, record, options));
  return endAnswer(ends, session);
};

const listAll = async ({ screen }: Session, { records }: CutoverParts): Promise<Answer> => {
  const known = await records.list();
  return {
    exitCode: FINE,
    lines:
      known.length === 0
        ? ['No cut-over is known of.']
        : known.flatMap((record) => [
            `${record.table} to ${record.restored}, ${record.choices.mode}, ${isoInstant(record.plannedAt)}: ${record.phase}`,
            ...recordLines(record, screen),
          ]),
    document: { command: 'cutover', cutovers: known.map(cutoverRecordFields) },
    notes: [],
  };
};

const giveUp = async ({ records, restore }: CutoverParts, table: string): Promise<Answer> => {
  const record = (await records.list()).find((one) => one.table === table && one.phase !== 'ended');
  if (record === undefined)
    throw new UserError({
      code: 'no-such-cutover',
      what: `No cut-over of ${table} is under way.`,
      fix: 'tablekeeper cutover --list shows all.',
    });
  await records.save({ ...record, phase: 'ended', endedAt: restore.parts.clock.now() });
  return {
    exitCode: FINE,
    lines: [`The cut-over of ${table} is given up. What it did stays; nothing was undone or deleted.`],
    document: { command: 'cutover', givenUp: table },
    notes: [],
  };
};

const cutover = async (session: Session, options: CutoverOptions): Promise<Answer> => {
  const seat = await seatOf(session);
  const { composeCutover } = await import('../../shared/run/compose-cutover.ts');
  const parts = await composeCutover(seat);
  if (options.list === true) return await listAll(session, parts);
  if (options.giveUp !== undefined) return await giveUp(parts, options.giveUp);
  if (options.resume === true) return await resumeAll(session, parts, options);
  return await cutTables(session, parts, options.tables ?? [], options);
};

const OTHER_WAYS = ['resume', 'list', 'giveUp'] as const;

const mistakeIn = (typed: CutoverOptions): string | undefined => {
  const others = OTHER_WAYS.filter((way) => typed[way] !== undefined);
  const count = typed.tables?.length ?? 0;
  if (others.length > 1 || (others.length === 1 && count > 0))
    return '--resume, --list and --give-up stand alone, without tables';
  if (others.length === 0 && count !== 2) return 'name the old table, then the restored one';
  return undefined;
};

export const cutoverCommand: CliCommand<CutoverOptions> = {
  name: 'cutover',
  summary: 'move what points at a table to its restored copy, or swap the copy under its name',
  argument: new Argument('[tables...]', 'the old table, then the restored one'),
  options: [
    new Option('--swap', 'delete the old table and bring the restored one back under its name'),
    new Option('--apply', 'carry the steps out, asking before each'),
    new Option('--yes', 'ask nothing'),
    new Option(
      '--kinesis <how>',
      'share the Kinesis stream that the old table sends to, or leave it',
    ).argParser(oneOf(['share', 'leave'])),
    new Option('--leave-undelivered', 'do not wait until the old stream is delivered'),
    new Option('--ttl <when>', 'with --swap: switch TTL on at the end, or leave it for later').argParser(
      oneOf(['on', 'later']),
    ),
    new Option('--resume', 'go on with cut-overs that were interrupted'),
    new Option('--list', 'list cut-overs, with the definitions of what they deleted in --json'),
    new Option(
      '--give-up <table>',
      'forget a cut-over that is not to be finished; undoes and deletes nothing',
    ),
  ],
  mistakeIn,
  run: cutover,
};
