import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it } from 'vitest';
import { powertoolsLog, silentLog } from '../../../shared/adapters/system/log.ts';
import { systemClock } from '../../../shared/adapters/system/time.ts';

const LEVELS = ['info', 'warn', 'error'] as const;

/** Both consoles Powertools may write to, caught line by line. */
const caught = (lines: string[]): Logger => {
  const logger = new Logger({ serviceName: 'tablekeeper-audit', logLevel: 'INFO' });
  const write = (line: string): void => void lines.push(line);
  Object.assign(logger, { console: { debug: write, info: write, warn: write, error: write } });
  return logger;
};

describe('the log', () => {
  it.each(LEVELS)('writes %s as one structured line with its fields and the keys of the logger', (level) => {
    const lines: string[] = [];
    const logger = caught(lines);
    logger.appendKeys({ runId: 'r-1' });
    powertoolsLog(logger)[level]('a claim could not be given back', { claim: 'c-1' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: level.toUpperCase(),
        message: 'a claim could not be given back',
        claim: 'c-1',
        runId: 'r-1',
        service: 'tablekeeper-audit',
      }),
    ]);
  });

  it('needs no fields', () => {
    const lines: string[] = [];
    powertoolsLog(caught(lines)).info('the run is over');
    expect(lines).toHaveLength(1);
  });

  it.each(LEVELS)('can be silent about %s', (level) => {
    expect(silentLog[level]('anything')).toBeUndefined();
  });
});

describe('the clock of this process', () => {
  it('does not wait for nothing, and waits for something', async () => {
    const before = systemClock.now();
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
    await systemClock.sleep(2);
    expect(systemClock.now()).toBeGreaterThanOrEqual(before + 1);
  });
});
