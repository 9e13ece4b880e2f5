import { expect, it } from 'vitest';
import { fillEstate, POLICIES, STARTS_AT } from '../../bench/estate.ts';
import { LATENCY_MS } from '../../bench/rate-bound.ts';
import { deploy } from '../support/deployment.ts';

it('a prune and an audit that list at the same moment share the rate, and both see everything', async () => {
  const { account, clock, start } = await deploy({
    startAt: STARTS_AT,
    policies: POLICIES,
    latencyMs: LATENCY_MS,
  });
  fillEstate(account, { tables: 1_000, isLatestFilled: true });
  account.calls.reset();
  const reports = await clock.run(Promise.all([start('expire'), start('audit')]));
  expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
  expect(reports.flatMap(({ openFindings }) => openFindings)).toEqual([]);
  expect(account.calls.of('ListBackups')).toBeLessThan(1.1 * 500);
  expect(account.calls.throttlesOf('ListBackups')).toBeGreaterThan(0);
}, 60_000);
