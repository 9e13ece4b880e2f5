import type { CutoverNote, CutoverPlan } from '../../shared/core/restore/cutover-input.ts';
import { finalPointOf, notPutBackIn } from '../../shared/core/restore/cutover-readers.ts';
import { cutoverCommand, restoreCommand } from '../../shared/core/text/commands.ts';
import { counted, listed, verb } from '../../shared/core/text/words.ts';
import { advise, asAdvice, type Said } from '../../shared/model/advice.ts';
import type { CutoverRecord, CutoverStepRecord } from '../../shared/model/cutover.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { Target } from '../../shared/model/target.ts';
import type { CutoverEnd } from '../../shared/run/cutover/carry-out.ts';
import { markedAdvice } from './advice-text.ts';
import type { Screen } from './colour.ts';
import { policyNoteSaid, policySaid } from './cutover-policy-text.ts';
import { cutoverStepText, wayBackOf } from './cutover-step-text.ts';
import { ttlCommand } from './restore-step-text.ts';

const hung = (head: string, said: Said, screen: Screen): readonly string[] =>
  markedAdvice(head, asAdvice(said), screen);

const lacksText = ({ table, of, at, units }: Extract<CutoverNote, { kind: 'lacks-since' }>): string => {
  const known = units === undefined ? '' : `, by CloudWatch ${counted(units, 'write unit')},`;
  return `${table} is as of ${isoInstant(at)}: what was written to ${of} since then${known} is not in it.`;
};

const noteText = (note: CutoverNote): Said => {
  switch (note.kind) {
    case 'unread':
      return `Could not read ${note.facet} of ${note.table}: what is there does not move.`;
    case 'origin-unknown':
      return `No restore of ${note.of} to ${note.table} is known of: make sure that it is its copy.`;
    case 'lacks-since':
      return lacksText(note);
    case 'ttl-later':
      return `TTL on ${note.attribute} stays off after the swap, because it deletes what has run out: --ttl on switches it on last.`;
    case 'not-backed-up':
    case 'policy-kept':
    case 'opted-out':
      return policyNoteSaid(note);
    case 'not-alike':
      return `${note.table} is not as the old table in: ${listed(note.settings)}. No step changes that: set it before anything uses the table.`;
    case 'kinesis-asked':
      return `The old table sends its changes to ${note.streamArn}. Two tables in one stream mix their records: --kinesis share lets the new one send there too, --kinesis leave does not.`;
    case 'alarms-stay':
      return `${listed(note.names)} ${verb(note.names.length, 'stays as it is; delete it', 'stay as they are; delete them')} when the old table goes.`;
    case 'switched-off':
      return `${note.id} is switched off: its copy stays so, and what the old stream holds for it is not delivered.`;
    case 'delivers':
      return `${counted(note.units, 'write unit')} consumed on ${note.table} since it has its stream: the new readers are given those records, because they begin where the stream does.`;
    case 'undelivered-dropped':
      return `--leave-undelivered: what ${listed(note.ids)} had not delivered of the old stream is dropped.`;
    default:
      return assertNever(note);
  }
};

/** What no list shows, of every cut-over. */
const IN_YOUR_HANDS: readonly string[] = [
  'Not looked at: IAM policies and configuration that name the table, AppSync data sources, zero-ETL, DAX, search indexes, caches, exports, alarms on metrics insights queries. What was derived from the table still shows what it held.',
  'The new stream has another ARN. If a stack exports the old one (aws cloudformation list-exports, list-imports), change its consumers before its producer.',
  'The same item may be delivered by both streams: what reads them has to take that.',
];

/** Writes one step with its number and its way back. */
export const numberedStep = (
  step: CutoverStepRecord['step'],
  at: number,
  target: Target,
  screen: Screen,
): readonly string[] => {
  const back = wayBackOf(step, target);
  return [
    ...hung(`${String(at + 1).padStart(4)}. `, `${cutoverStepText(step)}.`, screen),
    ...(back === undefined ? [] : hung('      way back: ', back, screen)),
  ];
};

/** Writes the plan of a cut-over. */
export const cutoverPlanLines = (plan: CutoverPlan, screen: Screen): readonly string[] => {
  const { old, restored, choices, steps, notes, target } = plan;
  const how =
    choices.mode === 'swap'
      ? `${restored.table} takes the name ${old.table}: the old table is deleted and the restored one comes back under its name`
      : `from ${old.table} to ${restored.table}: both tables stay`;
  return [
    ...hung('', `Cut-over, ${how}.`, screen),
    '',
    ...(steps.length === 0 ? ['Nothing that was seen points at the old table.'] : []),
    ...steps.flatMap((step, at) => numberedStep(step, at, target, screen)),
    '',
    ...[...notes.map(noteText), ...IN_YOUR_HANDS].flatMap((text) => hung('- ', text, screen)),
  ];
};

const outcomeText = ({ outcome }: CutoverStepRecord): string => {
  if (outcome === undefined) return 'open';
  switch (outcome.kind) {
    case 'done':
    case 'as-it-was': {
      const made = outcome.made === undefined ? '' : `: ${outcome.made}`;
      return `done${made}`;
    }
    case 'skipped':
      return 'left out';
    case 'deferred':
      return `not ready: ${failureText(outcome.failure)}`;
    case 'not-before':
      return `not before ${isoInstant(outcome.at)}: ${failureText(outcome.failure)}`;
    case 'failed':
      return `failed: ${failureText(outcome.failure)}`;
    default:
      return assertNever(outcome);
  }
};

const lostOf = ({ steps }: CutoverRecord): number =>
  Math.max(
    0,
    ...steps.map(({ outcome }) =>
      outcome !== undefined && 'lostUnits' in outcome ? (outcome.lostUnits ?? 0) : 0,
    ),
  );

const lostLines = (record: CutoverRecord, screen: Screen): readonly string[] => {
  const lost = lostOf(record);
  if (lost === 0) return [];
  const text = `Lost: ${counted(lost, 'write unit')} consumed on ${record.table} after its final recovery point, until it was gone. No recovery point holds what was written then; a SYSTEM backup may, where point-in-time recovery was on.`;
  return hung('', text, screen);
};

const notBackLines = (record: CutoverRecord): readonly string[] =>
  notPutBackIn(record).map((failure) => `Not put back on ${record.table}: ${failureText(failure)}`);

/** SAFETY: TTL that was on and is off now is said at the end as well: the plan scrolled by long before. */
const ttlSaid = ({ choices, settings, table, region }: CutoverRecord): readonly Said[] => {
  const attribute = settings.ttl?.attribute;
  if (choices.mode !== 'swap' || choices.ttl !== 'later' || attribute === undefined) return [];
  return [
    advise(
      `TTL on ${attribute} is off. When nothing that has run out is wanted any more:`,
      ttlCommand(table, region, attribute),
    ),
  ];
};

const endSaid = (end: CutoverEnd, target: Target): readonly Said[] => {
  const { record } = end;
  if (end.kind === 'ended' && record.givenUp === true)
    return [`The cut-over of ${record.table} was given up.`];
  if (end.kind === 'ended') {
    const points = [record.table, record.restored].flatMap((table) => finalPointOf(record, table) ?? []);
    return [
      `The cut-over of ${record.table} is complete.`,
      ...points.map((point) => `Kept: ${point}`),
      ...(record.choices.mode === 'swap'
        ? [`${record.restored} stays: delete it when nobody needs it any more.`]
        : [`${record.table} stays: delete it when nobody needs it any more.`]),
      ...policySaid(record, target),
      ...ttlSaid(record),
    ];
  }
  const why = end.kind === 'stopped' ? 'You stopped' : `It stopped: ${failureText(end.failure)}`;
  return [
    `The cut-over of ${record.table} is not complete. ${why}.`,
    advise(`Go on at step ${end.at + 1}:`, cutoverCommand('--resume')),
  ];
};

/** What was done of a step; what was begun may be, although its answer never came. */
const doneText = ({ outcome, askedAt }: CutoverStepRecord): string | undefined => {
  if (outcome?.kind === 'done' || outcome?.kind === 'as-it-was') return 'done';
  return askedAt === undefined || outcome?.kind === 'skipped' ? undefined : 'begun, and perhaps done';
};

/** The way back of a step that was done; to a deleted table it leads by the recovery point that was made. */
const wayBackNow = (record: CutoverRecord, { step }: CutoverStepRecord, target: Target): Said | undefined => {
  const point = step.kind === 'delete-table' ? finalPointOf(record, step.table) : undefined;
  return step.kind === 'delete-table' && point !== undefined
    ? advise('restore its final recovery point:', restoreCommand(step.table, '--recovery-point', point))
    : wayBackOf(step, target);
};

/** SAFETY: says where a cut-over that is given up was left: a table may be deleted, and readers off. */
export const leftLines = (record: CutoverRecord, target: Target, screen: Screen): readonly string[] =>
  record.steps.flatMap((one) => {
    const done = doneText(one);
    if (done === undefined) return [];
    const back = wayBackNow(record, one, target);
    return [
      ...hung(`- ${done}: `, `${cutoverStepText(one.step)}.`, screen),
      ...(back === undefined ? [] : hung('  way back: ', back, screen)),
    ];
  });

/** Writes what became of each step. */
export const recordLines = (record: CutoverRecord, screen: Screen): readonly string[] =>
  record.steps.flatMap((one, at) =>
    hung(`${String(at + 1).padStart(4)}. `, `${cutoverStepText(one.step)}: ${outcomeText(one)}`, screen),
  );

/** Writes how a cut-over ended. */
export const cutoverReportLines = (end: CutoverEnd, target: Target, screen: Screen): readonly string[] => [
  ...recordLines(end.record, screen),
  '',
  ...lostLines(end.record, screen),
  ...notBackLines(end.record).flatMap((line) => hung('', line, screen)),
  ...endSaid(end, target).flatMap((line) => hung('', line, screen)),
];
