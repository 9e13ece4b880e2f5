import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firesAt, ticksOfDay } from '../../demo/schedule.ts';
import { readStack } from '../../demo/stack.ts';
import { latestSlot } from '../../shared/core/calendar/slots.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/model/instant.ts';

const DAY = Date.UTC(2026, 9, 5);

const firesOn = (expression: string, day = DAY): readonly string[] => {
  const fires = firesAt(expression);
  const minutes = Array.from({ length: DAY_MS / MINUTE_MS }, (_, minute) => day + minute * MINUTE_MS);
  return minutes.filter(fires).map((at) => new Date(at).toISOString().slice(11, 16));
};

describe('an expression of EventBridge', () => {
  it.each([
    {
      name: 'a step from a start',
      expression: 'cron(20 1/6 * * ? *)',
      times: ['01:20', '07:20', '13:20', '19:20'],
    },
    { name: 'a list', expression: 'cron(5,45 3 * * ? *)', times: ['03:05', '03:45'] },
    { name: 'a range', expression: 'cron(0 8-10 * * ? *)', times: ['08:00', '09:00', '10:00'] },
    { name: 'a weekday, from Sunday = 1', expression: 'cron(0 8 ? * 2 *)', times: ['08:00'] },
    { name: 'another weekday', expression: 'cron(0 8 ? * 3 *)', times: [] },
    { name: 'another month and year', expression: 'cron(0 8 5 11 ? 2027)', times: [] },
  ])('knows $name', ({ expression, times }) => {
    expect(firesOn(expression)).toEqual(times);
  });

  it.each([
    { name: 'a rate', expression: 'rate(30 minutes)' },
    { name: 'five fields', expression: 'cron(0 3 * * *)' },
    { name: 'a name of a day', expression: 'cron(0 8 ? * MON *)' },
    { name: 'a step of nothing', expression: 'cron(0/0 8 * * ? *)' },
  ])('refuses $name', ({ expression }) => {
    expect(() => firesAt(expression)).toThrow();
  });
});

describe('the schedules of serverless.yml', () => {
  it('bring the prune function when every slot of policies.yml had its backup run, so that each policy can expire', async () => {
    const { functions } = await readStack('serverless.yml', {});
    const { policies } = loadPolicies(readFileSync('policies.yml', 'utf8'), 'policies.yml');
    const ticks = [...ticksOfDay(functions, DAY), ...ticksOfDay(functions, DAY + DAY_MS)];
    const prunes = ticks.filter(({ at, spec }) => spec.key === 'prune' && at >= DAY + DAY_MS);
    const early = prunes.flatMap(({ at }) => {
      const backedUpAt = ticks.findLast((tick) => tick.spec.key === 'backup' && tick.at <= at)?.at ?? 0;
      return policies
        .filter((policy) => latestSlot(policy, at) > backedUpAt)
        .map(({ name }) => `${name} at ${new Date(at).toISOString()}`);
    });
    expect(prunes).toHaveLength(4);
    expect(early).toEqual([]);
  });
});
