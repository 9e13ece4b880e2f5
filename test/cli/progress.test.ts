import { describe, expect, it } from 'vitest';
import { endProgress, progressLine, showProgress } from '../../cli/progress.ts';
import { createCallRecorder } from '../../shared/adapters/aws/pacing.ts';
import { sheet } from './typed.ts';

const ERASED = '\r\u001b[K';

/** What a terminal of that many columns shows of these calls, one line after the other. */
const shown = (columns: number | undefined, ...operations: readonly string[]): readonly string[] => {
  const stream = sheet(columns);
  const callCounter = createCallRecorder();
  showProgress({ callCounter }, stream);
  for (const operation of operations) callCounter.sent(operation);
  return stream.text().split(ERASED).slice(1);
};

describe('the line of progress', () => {
  it.each([
    { counts: [], line: '' },
    { counts: [{ operation: 'DescribeTable', calls: 1, throttles: 0 }], line: '1 table read' },
    {
      counts: [
        { operation: 'CreateBackup', calls: 1_200, throttles: 3 },
        { operation: 'ListBackups', calls: 2, throttles: 1 },
        { operation: 'PutItem', calls: 2, throttles: 0 },
        { operation: 'Query', calls: 1, throttles: 0 },
      ],
      line: '2 pages of backups, 1,200 backups requested, 3 other calls, 4 throttled',
    },
    { counts: [{ operation: 'constructor', calls: 1, throttles: 0 }], line: '1 other call' },
  ])('of $counts is "$line"', ({ counts, line }) => {
    expect(progressLine(counts)).toBe(line);
  });

  it('is written again after each call, no longer than the terminal is wide', () => {
    expect(shown(20, 'GetResources', 'ListBackups', 'ListBackups')).toEqual([
      '1 page of tags',
      '1 page of tags, 1 p',
      '1 page of tags, 2 p',
    ]);
  });

  it('is of what was counted since the run began', () => {
    const stream = sheet(80);
    const callCounter = createCallRecorder();
    showProgress({ callCounter }, stream);
    callCounter.sent('GetCallerIdentity');
    callCounter.reset();
    callCounter.sent('DescribeTable');
    callCounter.throttled('DescribeTable');
    expect(stream.text().split(ERASED).slice(1)).toEqual([
      '1 other call',
      '1 table read',
      '1 table read, 1 throttled',
    ]);
  });

  it('is not shown, and nothing erased, where no terminal is', () => {
    expect(shown(undefined, 'GetResources')).toEqual([]);
    const pipe = sheet();
    endProgress(pipe);
    expect(pipe.text()).toBe('');
  });
});
