import { describe, expect, it } from 'vitest';
import {
  hintsDiagnosis,
  lastCallAt,
  policiesDiagnosis,
  runDiagnoses,
} from '../../../shared/core/doctor/runs.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { NotedRun } from '../../../shared/model/noted-run.ts';
import { NOW } from '../../support/world.ts';

const run = (name: string, overrides: Partial<NotedRun> = {}): NotedRun => ({
  name,
  at: NOW,
  whole: true,
  policiesDigest: 'abc',
  ...overrides,
});

const statusOf = (item: string, runs: readonly NotedRun[]) =>
  runDiagnoses(runs, { now: NOW, instance: 'prod' }).find((one) => one.item === item)?.status;

describe('a function on a schedule', () => {
  it.each([
    { name: 'backup, after an hour exactly', of: 'backup', ageMs: HOUR_MS, is: 'fine' },
    { name: 'backup, after more than an hour', of: 'backup', ageMs: HOUR_MS + 1, is: 'missing' },
    { name: 'prune, after twelve hours exactly', of: 'prune', ageMs: 12 * HOUR_MS, is: 'fine' },
    { name: 'prune, after more than twelve hours', of: 'prune', ageMs: 12 * HOUR_MS + 1, is: 'missing' },
    { name: 'audit, after more than twelve hours', of: 'audit', ageMs: 12 * HOUR_MS + 1, is: 'missing' },
  ])('$name, is $is', ({ of, ageMs, is }) => {
    expect(statusOf(`function ${of}`, [run(of, { at: NOW - ageMs })])).toBe(is);
  });

  it('is missing when it never ran, and when its last run was not whole', () => {
    expect(statusOf('function audit', [])).toBe('missing');
    expect(statusOf('function audit', [run('audit', { whole: false })])).toBe('missing');
  });
});

describe('the policy file', () => {
  it.each([
    { name: 'is what every function was built with', runs: [run('audit'), run('backup')], is: 'fine' },
    {
      name: 'is not what one was built with',
      runs: [run('audit'), run('backup', { policiesDigest: 'x' })],
      is: 'missing',
    },
    { name: 'is not known to be deployed before the first run', runs: [], is: 'unknown' },
    {
      name: 'is not judged by a hint of long ago',
      runs: [run('hint', { policiesDigest: 'x' }), run('audit')],
      is: 'fine',
    },
  ])('$name', ({ runs, is }) => {
    expect(policiesDiagnosis(runs, 'abc').status).toBe(is);
  });
});

describe('hints', () => {
  it.each([
    { name: 'none came', runs: [], is: 'unknown', callAt: undefined },
    { name: 'one came by a change of tags', runs: [run('hint')], is: 'fine', callAt: undefined },
    { name: 'one came by a trail', runs: [run('hint'), run('cloudtrail')], is: 'fine', callAt: NOW },
  ])('are told as they are: $name', ({ runs, is, callAt }) => {
    expect(hintsDiagnosis(runs, NOW).status).toBe(is);
    expect(lastCallAt(runs)).toBe(callAt);
  });
});
