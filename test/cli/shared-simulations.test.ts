import { expect, it } from 'vitest';
import { createSharedSimulations } from '../../cli/simulate/shared.ts';
import { PRICES } from '../../shared/core/money/prices.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { simulate } from '../../shared/core/simulate/simulate.ts';
import { targetOf } from '../../shared/model/target.ts';

const fileOf = (...lines: readonly string[]) =>
  loadPolicies(['policies:', ...lines].join('\n'), 'policies.yml');
const line = (name: string, daily: number) =>
  `  ${name}: { schedule: "0 3 * * *", retention: { daily: ${daily} } }`;

const inputOf = (policies: ReturnType<typeof fileOf>, tag: string) => ({
  ...{ policies, tag, target: targetOf('111122223333', 'us-east-1'), from: 0, days: 20 },
  ...{ bytesAt: () => 1e9, prices: PRICES },
});

it('simulates what two files or names have alike once, with the same outcome', () => {
  let count = 0;
  const shared = createSharedSimulations((input) => {
    count += 1;
    return simulate(input);
  });
  const [before, after] = [
    fileOf(line('a', 3), line('b', 3), line('c', 5)),
    fileOf(line('a', 3), line('b', 4), line('c', 5)),
  ];
  const asked = ['a', 'b', 'c', 'a+c'].flatMap((tag) => [inputOf(before, tag), inputOf(after, tag)]);
  for (const input of asked) {
    const [{ history: _, ...one }, { history: _other, ...own }] = [shared(input), simulate(input)];
    expect(one).toEqual(own);
  }
  // a and the former b, the new b, c, and a with c.
  expect(count).toBe(4);
});

it('does not share between files with another guardrail', () => {
  let count = 0;
  const shared = createSharedSimulations((input) => {
    count += 1;
    return simulate(input);
  });
  const file = fileOf(line('a', 3));
  shared(inputOf(file, 'a'));
  shared(inputOf({ ...file, guardrail: { ...file.guardrail, maxShare: 0.1 } }, 'a'));
  expect(count).toBe(2);
});
