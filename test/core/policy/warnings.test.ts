import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { policyWarnings } from '../../../shared/core/policy/warnings.ts';

const fileOf = (top: string, schedule = '0 3 * * *'): string =>
  `${top}\npolicies:\n  a1:\n    schedule: "${schedule}"\n    retention: { last: 3 }\n`;

const pathsOf = (text: string): readonly string[] =>
  policyWarnings(loadPolicies(text, 'f')).map(({ path }) => path);

describe('a policy file that is right is warned of', () => {
  it.each([
    { usd: 0, level: 'restored', paths: ['drills.maxMonthlyUsd'] },
    { usd: 1, level: 'restored', paths: [] },
    { usd: 0, level: 'described', paths: [] },
  ])('for drills at the level $level that may cost $usd', ({ usd, level, paths }) => {
    const file = fileOf(`drills: { maxMonthlyUsd: ${usd} }`);
    expect(pathsOf(`${file}    drill: { every: 7d, level: ${level} }\n`)).toEqual(paths);
  });

  it.each([
    {
      name: 'a guardrail that holds nothing',
      top: 'guardrail: { maxShare: 1 }',
      paths: ['guardrail.maxShare'],
    },
    {
      name: 'one written as 1.0',
      top: 'guardrail: { maxShare: 1.0, floor: 0 }',
      paths: ['guardrail.maxShare'],
    },
    { name: 'a schedule of leap days', schedule: '0 3 29 2 *', paths: ['policies.a1.schedule'] },
    {
      name: 'one with a range that only 29 February fills',
      schedule: '0 3 29-31 FEB *',
      paths: ['policies.a1.schedule'],
    },
    { name: 'a digest of leap days', top: 'digest: { schedule: "0 8 29 2 *" }', paths: ['digest.schedule'] },
    {
      name: 'all of them',
      top: 'digest: { schedule: "0 8 29 2 *" }\nguardrail: { maxShare: 1 }',
      schedule: '0 3 29 2 *',
      paths: ['guardrail.maxShare', 'digest.schedule', 'policies.a1.schedule'],
    },
  ])('for $name', ({ top = '', schedule, paths }) => {
    expect(pathsOf(fileOf(top, schedule))).toEqual(paths);
  });

  it.each([
    { name: 'a guardrail that holds something', top: 'guardrail: { maxShare: 0.99 }' },
    { name: 'the default guardrail', top: '' },
    { name: 'the last days of all months', schedule: '0 3 29 * *' },
    { name: 'a day of February and the leap day', schedule: '0 3 28,29 2 *' },
    { name: 'leap days and every Monday', schedule: '0 3 29 2 1' },
    { name: 'once a year', schedule: '0 3 1 1 *' },
  ])('and not for $name', ({ top = '', schedule }) => {
    expect(pathsOf(fileOf(top, schedule))).toEqual([]);
  });
});

const copyingFile = (home: string, destination: string): string =>
  `policies:\n  a1:\n    engine: aws-backup\n    vault: home\n    schedule: "0 3 1 * *"\n    retention: { monthly: 12 }\n${home}    copyTo: [{ vault: "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr"${destination} }]\n`;

describe('copies that stay warm beside cold storage at home', () => {
  const cold = '    coldAfterDays: 30\n';
  it.each([
    { home: cold, destination: '', paths: ['policies.a1.copyTo'] },
    { home: cold, destination: ', coldAfterDays: 8', paths: [] },
    { home: '', destination: '', paths: [] },
  ])('are warned of: "$home" and "$destination"', ({ destination, home, paths }) => {
    expect(pathsOf(copyingFile(home, destination))).toEqual(paths);
  });
});
