import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { CutoverOutcome, CutoverStep } from '../../model/cutover.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import { readMapping } from './mappings.ts';
import { readIteratorAge, readWriteUnits } from './metrics.ts';

/** Two minutes without a write, and as long as CloudWatch may be behind: it shows a minute up to three minutes later. */
const QUIET_MS = 5 * MINUTE_MS;

/** A batch as old as that was waiting: nothing has been written for longer. */
const WAITED_MS = MINUTE_MS;

const DONE = { kind: 'as-it-was' } as const;

const notYet = (why: string): CutoverOutcome => ({
  kind: 'deferred',
  failure: ownFailure('not-ready', why, { operation: 'GetMetricData' }),
});

const unread = (failure: Failure): CutoverOutcome =>
  failure.kind === 'call' && failure.denial !== undefined
    ? { kind: 'failed', failure }
    : { kind: 'deferred', failure };

const notThere = (): Failure =>
  ownFailure('not-there', 'there is no such metric', { operation: 'GetMetricData' });

/** Says whether nothing was written to any of the tables for long enough. */
export const writersOff = async (
  cloudwatch: CloudWatchClient,
  tables: readonly string[],
  now: Instant,
): Promise<CutoverOutcome> => {
  for (const table of tables) {
    const reading = await readWriteUnits(cloudwatch, table, now - QUIET_MS, now);
    if (reading.kind === 'unreadable') return unread(reading.failure);
    if (reading.kind === 'missing') return unread(notThere());
    const { units } = reading.value;
    if (units > 0)
      return notYet(`${table} is still written to: ${units} write units in the last five minutes`);
  }
  return DONE;
};

const functionNameOf = (arn: string): string => /:function:([^:]+)/.exec(arn)?.[1] ?? arn;

/**
 * Says whether a reader has delivered what the old stream holds. A mapping has when its function was given no batch for minutes that had waited, and
 * its last one was taken. Pipes do not say how far they are: theirs is the time in which nothing was written.
 */
export const drained = async (
  { cloudwatch, lambda }: { readonly cloudwatch: CloudWatchClient; readonly lambda: LambdaClient },
  { of, table, functionArn }: Extract<CutoverStep, { readonly kind: 'drain' }>,
  now: Instant,
): Promise<CutoverOutcome> => {
  const quiet = await writersOff(cloudwatch, [table], now);
  if (quiet.kind !== 'as-it-was' || of.kind === 'pipe') return quiet;
  const mapping = await readMapping(lambda, of.id);
  if (mapping.kind === 'missing') return DONE;
  if (mapping.kind === 'unreadable') return unread(mapping.failure);
  const { State, LastProcessingResult: last = '' } = mapping.value;
  if (State !== 'Enabled') return notYet(`the mapping is ${State ?? ''} and delivers nothing`);
  if (last.startsWith('PROBLEM')) return notYet(`the mapping cannot deliver: ${last}`);
  if (functionArn === undefined) return DONE;
  const age = await readIteratorAge(cloudwatch, functionNameOf(functionArn), now - QUIET_MS, now);
  if (age.kind === 'unreadable') return unread(age.failure);
  if (age.kind === 'missing') return unread(notThere());
  const { ageMs } = age.value;
  return ageMs < WAITED_MS
    ? DONE
    : notYet(`${functionNameOf(functionArn)} is ${Math.round(ageMs / 1000)} s behind the old stream`);
};
