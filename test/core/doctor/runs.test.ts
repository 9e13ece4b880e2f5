import { describe, expect, it } from 'vitest';
import {
  hintsDiagnosis,
  lastCallAt,
  policiesDiagnosis,
  runDiagnoses,
} from '../../../shared/core/doctor/runs.ts';
import { advise } from '../../../shared/model/advice.ts';
import type { DeployedPolicies } from '../../../shared/model/deployed-policies.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { NotedRun } from '../../../shared/model/noted-run.ts';
import { commandOf } from '../../support/advice-text.ts';
import { drilledPolicies } from '../../support/drills.ts';
import { NOW, somePolicies } from '../../support/world.ts';

const run = (name: string, overrides: Partial<NotedRun> = {}): NotedRun => ({
  name,
  at: NOW,
  whole: true,
  policiesDigest: 'abc',
  ...overrides,
});

const diagnosed = (runs: readonly NotedRun[]) =>
  runDiagnoses(runs, { now: NOW, instance: 'prod', policies: somePolicies() });

const statusOf = (item: string, runs: readonly NotedRun[]) =>
  diagnosed(runs).find((one) => one.item === item)?.status;

describe('a function on a schedule', () => {
  it.each([
    { name: 'backup, after an hour exactly', of: 'backup', ageMs: HOUR_MS, is: 'fine' },
    { name: 'backup, after more than an hour', of: 'backup', ageMs: HOUR_MS + 1, is: 'missing' },
    { name: 'prune, after twelve hours exactly', of: 'prune', ageMs: 12 * HOUR_MS, is: 'fine' },
    { name: 'prune, after more than twelve hours', of: 'prune', ageMs: 12 * HOUR_MS + 1, is: 'missing' },
    { name: 'audit, after twelve hours exactly', of: 'audit', ageMs: 12 * HOUR_MS, is: 'fine' },
    { name: 'audit, after more than twelve hours', of: 'audit', ageMs: 12 * HOUR_MS + 1, is: 'missing' },
  ])('$name, is $is', ({ of, ageMs, is }) => {
    expect(statusOf(`function ${of}`, [run(of, { at: NOW - ageMs })])).toBe(is);
  });

  it('is also that of drills, where a policy asks for them', () => {
    const scope = { now: NOW, instance: 'prod', policies: drilledPolicies() };
    const ofDrills = (runs: readonly NotedRun[]) =>
      runDiagnoses(runs, scope).find(({ item }) => item === 'function drill');
    expect(ofDrills([run('drill', { at: NOW - 2 * HOUR_MS })])?.status).toBe('fine');
    expect(ofDrills([run('drill', { at: NOW - 2 * HOUR_MS - 1 })])?.status).toBe('missing');
    expect(ofDrills([])?.fix?.say).toContain('--param=drills=on');
    expect(statusOf('function drill', [run('drill')])).toBeUndefined();
  });

  it('is told with what to do where it never ran, ran too long ago, or ran in part', () => {
    const late = run('prune', { at: NOW - 13 * HOUR_MS });
    const inPart = run('audit', { at: NOW - 2 * HOUR_MS, whole: false });
    expect(diagnosed([inPart, late])).toEqual([
      {
        item: 'function backup',
        status: 'missing',
        says: 'has never run',
        fix: advise(
          'Deploy, and wait for its schedule or start it:',
          commandOf('aws lambda invoke --function-name tablekeeper-prod-backup /dev/stdout'),
        ),
      },
      {
        item: 'function prune',
        status: 'missing',
        says: 'ran 13 h ago for the last time',
        fix: advise(
          'Read its log:',
          commandOf('aws logs tail /aws/lambda/tablekeeper-prod-prune --since 1d'),
        ),
      },
      {
        item: 'function audit',
        status: 'missing',
        says: 'ran 2 h ago and was not whole',
        fix: advise(
          'Read its log:',
          commandOf('aws logs tail /aws/lambda/tablekeeper-prod-audit --since 1d'),
        ),
      },
    ]);
  });

  it('is told with the time of its own run where it ran', () => {
    const runs = [run('hint'), run('audit', { at: NOW - 3 * HOUR_MS }), run('prune')];
    expect(diagnosed([...runs, run('backup', { at: NOW - 20 * MINUTE_MS })])).toEqual([
      { item: 'function backup', status: 'fine', says: 'ran 20 min ago' },
      { item: 'function prune', status: 'fine', says: 'ran just now' },
      { item: 'function audit', status: 'fine', says: 'ran 3 h ago' },
    ]);
  });
});

describe('the policy file', () => {
  it.each<{ name: string; deployed: DeployedPolicies; is: object }>([
    {
      name: 'is what every function ran with',
      deployed: { kind: 'same' },
      is: { status: 'fine', says: 'is valid, and is what was deployed' },
    },
    {
      name: 'is not what two of three ran with',
      deployed: {
        kind: 'differ',
        others: [
          {
            functions: ['audit', 'prune'],
            policiesDigest: 'x',
            differences: [{ kind: 'tag', deployed: 'backup:policy', given: 'backup:plan' }],
          },
        ],
        same: ['backup'],
      },
      is: {
        status: 'missing',
        says: 'is valid, but audit, prune ran last with another one',
        fix: advise('Deploy it, or look at the one that was deployed with --policies FILE.'),
        details: [
          'audit, prune ran last with other policies:',
          '  tag: deployed backup:policy; here backup:plan',
          'backup ran last with this file: either not all have run since it was deployed, or only a part of it was.',
        ],
      },
    },
    {
      name: 'is not known to be deployed before the first run',
      deployed: { kind: 'never-ran' },
      is: { status: 'unknown', says: 'is valid; no run tells yet what was deployed' },
    },
  ])('$name', ({ deployed, is }) => {
    expect(policiesDiagnosis(deployed)).toEqual({ item: 'policy file', ...is });
  });
});

describe('hints', () => {
  const none = { status: 'unknown', says: 'none has come yet: tag a table to see one' };
  const last = { status: 'fine', says: 'the last one came 4 h ago' };
  const hint = run('hint', { at: NOW - 4 * HOUR_MS });

  it.each([
    { name: 'none came', runs: [run('audit')], is: none, callAt: undefined },
    { name: 'one came by a change of tags', runs: [run('audit'), hint], is: last, callAt: undefined },
    { name: 'one came by a trail', runs: [hint, run('cloudtrail')], is: last, callAt: NOW },
  ])('are told as they are: $name', ({ runs, is, callAt }) => {
    expect(hintsDiagnosis(runs, NOW)).toEqual({ item: 'hints', ...is });
    expect(lastCallAt(runs)).toBe(callAt);
  });
});
