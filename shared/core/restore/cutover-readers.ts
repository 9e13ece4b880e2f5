import type {
  CutoverChoices,
  CutoverOutcome,
  CutoverRecord,
  CutoverStep,
  CutoverStepRecord,
  StreamReader,
} from '../../model/cutover.ts';
import type { Failure } from '../../model/failure.ts';
import { HOUR_MS, MINUTE_MS } from '../../model/instant.ts';
import type { Attachment } from '../../model/table-settings.ts';

/** The steps of one reader: what makes its copy, what ends the old one, and what comes when the copy may read. */
export interface ReaderSteps {
  readonly make: readonly CutoverStep[];
  readonly off: readonly CutoverStep[];
  readonly last: readonly CutoverStep[];
}

type Reader = Attachment & { readonly kind: StreamReader['kind'] };

const isOn = ({ content }: Reader): boolean =>
  content.Enabled !== false && content.DesiredState !== 'STOPPED';

/** Which table a reader reads now, and which its copy will read. */
export interface ReaderMove {
  readonly from: string;
  readonly to: string;
  /** What the copy of a pipe is called; mappings have no names. */
  readonly name: string;
  readonly undelivered: CutoverChoices['undelivered'];
}

const drainSteps = (of: StreamReader, functionArn: unknown, { from, undelivered }: ReaderMove) => {
  if (undelivered === 'leave') return [];
  const known = typeof functionArn === 'string' ? { functionArn } : {};
  return [{ kind: 'drain', of, table: from, ...known } as const];
};

/** Lists the steps of one reader. A copy of one that was off stays off; the old one goes last, when its copy is as it has to be. */
export const readerSteps = (reader: Reader, move: ReaderMove): ReaderSteps => {
  const { kind, id, content } = reader;
  const of = { kind, id } as const;
  const isRunning = isOn(reader);
  const start: readonly CutoverStep[] = isRunning ? [{ kind: 'start-reader', of }] : [];
  return {
    make: [{ kind: 'make-reader', of, table: move.to, name: move.name, content }],
    off: isRunning ? [...drainSteps(of, content.FunctionArn, move), { kind: 'stop-reader', of }] : [],
    last: [...start, { kind: 'delete-reader', of, content }],
  };
};

/** What may be left out without putting data at risk. */
const SKIPPABLE: readonly CutoverStep['kind'][] = [
  'setting',
  'make-alarm',
  'make-reader',
  'drain',
  'stop-reader',
  'start-reader',
  'delete-reader',
];

/** Says whether a person may leave a step out. SAFETY: nothing that a deletion rests on. */
export const canSkip = (step: CutoverStep, { mode }: CutoverChoices): boolean =>
  SKIPPABLE.includes(step.kind) || (step.kind === 'writers-off' && mode === 'move');

const isOf = (step: CutoverStep, kind: CutoverStep['kind'], id: string): boolean =>
  step.kind === kind && 'of' in step && step.of.id === id;

const isSkipped = ({ steps }: CutoverRecord, kind: CutoverStep['kind'], id: string): boolean =>
  steps.some(({ step, outcome }) => isOf(step, kind, id) && outcome?.kind === 'skipped');

/** SAFETY: what has no successor that reads is not deleted. Says whether a step has lost its reason, because one before it was left out. */
export const isMoot = (step: CutoverStep, record: CutoverRecord): boolean => {
  if (step.kind === 'start-reader') return isSkipped(record, 'make-reader', step.of.id);
  if (step.kind !== 'delete-reader') return false;
  return (['make-reader', 'stop-reader', 'start-reader'] as const).some((kind) =>
    isSkipped(record, kind, step.of.id),
  );
};

/** Says whether nothing is left to do of a step. What failed is tried again by the next session. */
export const isOver = (outcome: CutoverOutcome | undefined): boolean =>
  outcome?.kind === 'done' || outcome?.kind === 'as-it-was' || outcome?.kind === 'skipped';

/** Finds what was made by the step of that kind for a reader or a table. */
export const madeBy = (
  { steps }: Pick<CutoverRecord, 'steps'>,
  matches: (step: CutoverStep) => boolean,
): string | undefined => {
  const found = steps.find(({ step }: CutoverStepRecord) => matches(step))?.outcome;
  return found?.kind === 'done' || found?.kind === 'as-it-was' ? found.made : undefined;
};

/** Finds the ARN of the final recovery point of a table. */
export const finalPointOf = (record: Pick<CutoverRecord, 'steps'>, table: string): string | undefined =>
  madeBy(record, (step) => step.kind === 'final-point' && step.table === table);

/** Finds what was made for a reader. */
export const successorOf = (record: Pick<CutoverRecord, 'steps'>, id: string): string | undefined =>
  madeBy(record, (step) => isOf(step, 'make-reader', id));

/** Returns for how long one session goes on trying a step that is not ready. */
export const cutoverPatienceMs = ({ kind }: CutoverStep): number => {
  if (kind === 'restore-under-name') return 0;
  if (kind === 'writers-off' || kind === 'drain') return 30 * MINUTE_MS;
  return 2 * HOUR_MS;
};

/** Lists why settings are not back on the table that took the name. */
export const notPutBackIn = ({ steps }: Pick<CutoverRecord, 'steps'>): readonly Failure[] =>
  steps.flatMap(({ outcome }) =>
    outcome !== undefined && 'notPutBack' in outcome ? (outcome.notPutBack ?? []) : [],
  );
