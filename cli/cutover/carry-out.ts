import { canSkip, notPutBackIn } from '../../shared/core/restore/cutover-readers.ts';
import { isAgreed } from '../../shared/core/restore/menu.ts';
import type { CutoverRecord, CutoverStep } from '../../shared/model/cutover.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { CutoverParts } from '../../shared/run/compose-cutover.ts';
import { type CutoverEnd, carryOutCutover } from '../../shared/run/cutover/carry-out.ts';
import type { Agreement, CutoverDeps } from '../../shared/run/cutover/deps.ts';
import { type NotBackedUp, notBackedUpAfter } from '../../shared/run/cutover/not-backed-up.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import { ask, canAsk, showNow } from '../conversation.ts';
import { cutoverRecordFields } from '../documents/cutover-document.ts';
import { restoreProgress } from '../restore/progress.ts';
import type { Session } from '../session.ts';
import { sanitizeTerminal } from '../terminal.ts';
import { notBackedUpLines } from '../view/cutover-policy-text.ts';
import { cutoverStepText } from '../view/cutover-step-text.ts';
import { cutoverReportLines, numberedStep } from '../view/cutover-text.ts';
import type { CutoverOptions } from './options.ts';

/** Asks before each step. SAFETY: anything but yes or skip stops. */
const askFor =
  (session: Session, { restore }: CutoverParts, { yes }: CutoverOptions): CutoverDeps['agree'] =>
  async (step: CutoverStep, record: CutoverRecord): Promise<Agreement> => {
    if (yes === true) return 'yes';
    const at = record.steps.findIndex((one) => one.step === step);
    showNow(session, numberedStep(step, at, restore.parts.target, session.screen));
    const ways = canSkip(step, record.choices) ? 'y/skip/N' : 'y/N';
    const typed = await ask(session, `Carry it out? [${ways}] `);
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

/** Carries one cut-over on, and shows how far it is. */
export const carriedOut = async (
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
  kind !== 'unfinished' && record.givenUp === undefined && notPutBackIn(record).length === 0;

/** Finds what is in use since a cut-over and not backed up. */
export const notBackedUp = (
  { restore }: CutoverParts,
  records: readonly CutoverRecord[],
): Promise<readonly NotBackedUp[]> => {
  const { parts } = restore;
  const { restorer } = restore.restoreIn(parts.target.region, () => undefined);
  return notBackedUpAfter(parts, restorer, records);
};

/** Answers with what cut-overs came to, and with what any has left without backups. */
export const endAnswer = async (
  { screen }: Session,
  cutover: CutoverParts,
  ends: readonly CutoverEnd[],
): Promise<Answer> => {
  const left = await notBackedUp(cutover, await cutover.records.list());
  return {
    exitCode: ends.every(isRight) && left.length === 0 ? FINE : FINDINGS,
    lines: [
      ...(ends.length === 0
        ? ['No cut-over is under way.']
        : ends.flatMap((end, at) => [
            ...(at > 0 ? [''] : []),
            ...cutoverReportLines(end, cutover.restore.parts.target, screen),
          ])),
      ...notBackedUpLines(left, screen),
    ],
    document: {
      command: 'cutover',
      cutovers: ends.map((end) => ({
        end: end.kind,
        ...(end.kind !== 'ended' && { step: end.at + 1 }),
        ...(end.kind === 'unfinished' && { failure: end.failure }),
        ...cutoverRecordFields(end.record),
      })),
      notBackedUp: left,
    },
    notes: [],
  };
};

const nobodyAgreed = (): UserError =>
  new UserError({
    code: 'not-agreed',
    what: 'Nobody is there to agree to the steps.',
    fix: 'Add --yes to carry them all out, or leave --apply out to see them only.',
  });

/** Throws a `UserError` where nobody can agree to the steps. */
export const requireAgreement = (session: Session, options: CutoverOptions): void => {
  if (options.yes !== true && !canAsk(session, options)) throw nobodyAgreed();
};
