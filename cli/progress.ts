import type { Deps } from '../shared/run/deps.ts';
import type { Stream } from './terminal.ts';

type CallCounts = ReturnType<Deps['callCounter']['counts']>;

const ERASE_LINE = '\r\u001b[K';

/** The words for one call of an operation, and for several; in the order of a run. */
const WORDS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  GetResources: ['page of tags', 'pages of tags'],
  ListTables: ['page of tables', 'pages of tables'],
  ListBackups: ['page of backups', 'pages of backups'],
  DescribeTable: ['table read', 'tables read'],
  DescribeContinuousBackups: ['PITR setting read', 'PITR settings read'],
  ListTagsOfResource: ['list of tags read', 'lists of tags read'],
  DescribeBackup: ['backup read', 'backups read'],
  CreateBackup: ['backup requested', 'backups requested'],
  DeleteBackup: ['deletion requested', 'deletions requested'],
  UpdateContinuousBackups: ['PITR repair requested', 'PITR repairs requested'],
};

const counted = (count: number, [one, several]: readonly [string, string]): readonly string[] =>
  count === 0 ? [] : [`${count.toLocaleString('en-US')} ${count === 1 ? one : several}`];

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Shows how far a run is, by the calls it has sent, on one line. */
export const progressLine = (counts: CallCounts): string => {
  const callsOf = (name: string): number => counts.find(({ operation }) => operation === name)?.calls ?? 0;
  const others = counts.filter(({ operation }) => !Object.hasOwn(WORDS, operation));
  return [
    ...Object.entries(WORDS).flatMap(([operation, words]) => counted(callsOf(operation), words)),
    ...counted(sumOf(others.map(({ calls }) => calls)), ['other call', 'other calls']),
    ...counted(sumOf(counts.map(({ throttles }) => throttles)), ['throttled', 'throttled']),
  ].join(', ');
};

/**
 * Shows on a terminal how far a run is, from its counted calls. Does nothing on any other stream.
 */
export const showProgress = ({ callCounter }: Pick<Deps, 'callCounter'>, stream: Stream): void => {
  if (!stream.isTerminal) return;
  const room = (stream.columns ?? 80) - 1;
  callCounter.follow(() => stream.write(`${ERASE_LINE}${progressLine(callCounter.counts()).slice(0, room)}`));
};

/** Erases the progress line before anything else is written. Does nothing on any other stream. */
export const endProgress = (stream: Stream): void => {
  if (stream.isTerminal) stream.write(ERASE_LINE);
};
