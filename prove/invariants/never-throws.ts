import { failedCalls, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const STATE_CALLS = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'Query'];

/** A hint has nowhere to note what it should look at, so it fails, and Lambda delivers it again. */
const isHintWithoutState = (run: RunRecord): boolean =>
  run.mode === 'hint' && failedCalls(run).some(({ operation }) => STATE_CALLS.includes(operation));

/** No fault of a service is a surprise: a run ends, and says what went wrong. */
export const neverThrows: Invariant = (run) =>
  run.end === 'threw' && !isHintWithoutState(run)
    ? run.failures.map((failure) => `it threw: ${failure}`)
    : [];
