import { describe, expect, it } from 'vitest';
import { totalOf } from '../../../shared/core/money/bill.ts';
import { PRICES } from '../../../shared/core/money/prices.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { simulate } from '../../../shared/core/simulate/simulate.ts';
import { steadyBill, steadyOf } from '../../../shared/core/simulate/steady.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';

// What validate says a policy comes to has to be where its simulation ends.

const TARGET = { accountId: '111122223333', region: 'us-east-1' };
const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';
const FROM = Date.UTC(2026, 10, 1);

const CASES = [
  { name: 'days', rules: 'schedule: "0 3 * * *"\n    retention: { daily: 7 }' },
  {
    name: 'tiers',
    rules: 'schedule: "0 3 * * *"\n    retention: { last: 3, within: 48h, daily: 7, weekly: 4, monthly: 6 }',
  },
  { name: 'hours', rules: 'schedule: "15 */6 * * *"\n    retention: { hourly: 8, daily: 10 }', days: 30 },
  { name: 'months', rules: 'schedule: "30 4 1 * *"\n    retention: { monthly: 5 }' },
  {
    name: 'copies',
    rules: `engine: aws-backup\n    vault: home\n    schedule: "0 3 * * *"\n    retention: { daily: 5 }\n    copyTo: [{ vault: "${DR}", retention: { daily: 9, monthly: 2 } }]`,
  },
];

describe('what a policy comes to', { timeout: 60_000 }, () => {
  it.each(CASES)('is where its simulation ends: $name', ({ days = 250, rules }) => {
    const policies = loadPolicies(`policies:\n  one:\n    ${rules}\n`, 'policies.yml');
    const [policy] = policies.policies;
    if (policy === undefined) throw new Error('there is a policy');
    const { days: ends, months } = simulate({
      ...{ policies, tag: 'one', target: TARGET, from: FROM, days, prices: PRICES },
      bytesAt: () => 1e11,
    });
    const end = ends.at(-1);
    const steady = steadyOf(policy, FROM + days * DAY_MS);
    const copies = steady.copies.flatMap(([, sources]) => sources);
    expect(Math.abs((end?.points ?? 0) - steady.madeAt.length)).toBeLessThanOrEqual(1);
    expect(Math.abs((end?.copies ?? 0) - copies.length)).toBeLessThanOrEqual(1);
    expect(steady.lacks).toEqual([]);
    const bill = steadyBill([steady], { bytes: 1e11, target: TARGET, now: FROM + days * DAY_MS }, PRICES);
    const sent = months.slice(1, -1).map((month) => month.bill.transfer?.usd ?? 0);
    const average = sent.reduce((sum, usd) => sum + usd, 0) / Math.max(1, sent.length);
    expect(Math.abs((bill.transfer?.usd ?? 0) - average)).toBeLessThanOrEqual(average * 0.1);
  });

  it.each([
    { keeps: '{ daily: 9 }', copies: 30 },
    { keeps: '{ monthly: 2 }', copies: (12 * 30) / 365 },
    { keeps: '{ yearly: 2 }', copies: 30 / 365 },
  ])('has the copies that leave the Region in a month: $keeps', ({ copies, keeps }) => {
    const { policies } = loadPolicies(
      `policies:\n  one:\n    engine: aws-backup\n    vault: home\n    schedule: "0 3 * * *"\n    retention: { daily: 5 }\n    copyTo: [{ vault: "${DR}", retention: ${keeps} }, { vault: "${DR.replace('eu-west-1', 'us-east-1')}" }]\n`,
      'policies.yml',
    );
    const steadies = policies.map((one) => steadyOf(one, FROM));
    const sent = steadyBill(steadies, { bytes: 1e11, target: TARGET, now: FROM }, PRICES).transfer;
    expect(sent?.usd).toBeCloseTo(copies * 100 * 0.02, 6);
    expect(sent?.lacks).toEqual([]);
    const home = { accountId: TARGET.accountId, region: 'ap-east-1' };
    const unknown = steadyBill(steadies, { bytes: 1e11, target: home, now: FROM }, PRICES).transfer;
    expect(unknown).toEqual({ usd: 0, lacks: ['the price of copies out in ap-east-1'] });
  });

  it('has every copy of a destination with short rules of its own, however far those at home reach', () => {
    const [policy] = loadPolicies(
      `policies:\n  one:\n    engine: aws-backup\n    vault: home\n    schedule: "0 * * * *"\n    retention: { hourly: 12, yearly: 30 }\n    copyTo: [{ vault: "${DR}", retention: { daily: 9 } }]\n`,
      'policies.yml',
    ).policies;
    if (policy === undefined) throw new Error('there is a policy');
    const { copies, lacks, madeAt } = steadyOf(policy, FROM);
    expect({ copies: copies.map(([, sources]) => sources.length), lacks }).toEqual({
      copies: [10],
      lacks: [],
    });
    expect(madeAt).toHaveLength(41);
  });

  it('is priced with point-in-time recovery once, however many policies promise it', () => {
    const text = 'schedule: "0 3 * * *"\n    retention: { daily: 2 }\n    pitr: { required: true }';
    const { policies } = loadPolicies(`policies:\n  a:\n    ${text}\n  b:\n    ${text}\n`, 'policies.yml');
    const table = { bytes: 1e11, target: TARGET, now: FROM };
    const bill = steadyBill(
      policies.map((one) => steadyOf(one, FROM)),
      table,
      PRICES,
    );
    expect(bill.pitr?.usd).toBe(20);
    expect(totalOf(bill).usd).toBe(60);
  });
});
