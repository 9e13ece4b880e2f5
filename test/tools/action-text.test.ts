import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateDocument } from '../../cli/documents/simulate-document.ts';
import { PRICES } from '../../shared/core/money/prices.ts';
import { policyDifferences } from '../../shared/core/policy/differences.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { policiesDigest } from '../../shared/core/policy/policies-file.ts';
import type { Policies, Policy } from '../../shared/model/policy.ts';

// What the comment on a pull request says of two files, without simulating them.

/** What GitHub takes of a comment. */
const MOST = 65_536;

type EditText = (file: string, standing: 'compared' | 'first' | 'mistaken', document: object) => string;
const TEXT = pathToFileURL(join(resolve(import.meta.dirname, '../..'), 'action/text.mjs')).href;
const { editText, mistakesText } = (await import(TEXT)) as {
  readonly editText: EditText;
  readonly mistakesText: (file: string, errors: readonly object[]) => string;
};

const documentOf = (before: Policies, after: Policies): object =>
  simulateDocument({
    ...{ region: 'us-east-1', prices: PRICES, from: 0, days: 1, sizeBytes: 1e11, comparisons: [] },
    edit: { before: 'before.yml', after: 'policies.yml', differences: policyDifferences(before, after) },
  });

const commentOf = (before: Policies, after: Policies): string =>
  editText('policies.yml', 'compared', JSON.parse(JSON.stringify(documentOf(before, after))) as object);

const BASE = `
tag: backup:policy
guardrail: { maxShare: 0.5, floor: 5 }
drills: { maxMonthlyUsd: 20 }
policies:
  standard:
    schedule: "0 * * * *"
    retention: { daily: 7 }
    rpo: 3h
    rto: 4h
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
    drill: { every: 7d }
  critical:
    schedule: "0 * * * *"
    retention: { daily: 7 }
`;
const load = (text: string): Policies => loadPolicies(text, 'policies.yml');
const edited = (text: string): string => commentOf(load(BASE), load(text));

describe('the comment on a pull request', () => {
  it('says that no table with the old tag is governed, first of all', () => {
    const text = edited(
      BASE.replace('backup:policy', 'backup:polcy').replace('0.5', '1').replace('alert', 'repair'),
    );
    expect(text).toMatchInlineSnapshot(`
      "<!-- tablekeeper policies -->
      ### What this edit of \`policies.yml\` changes

      **Backups end**

      - \`tag\` was \`backup:policy\`; becomes \`backup:polcy\`. A table is governed by the tag backup:polcy only. One that has the tag backup:policy and not backup:polcy gets no more backups, and its point-in-time recovery is not watched any more; what it has stays until someone deletes it.

      **Protects less**

      - \`guardrail\` was \`more than 50 % and more than 5 at once\`; becomes \`more than 100 % and more than 5 at once\`. One run of prune may delete more before it is stopped.

      **Protects more**

      - policy \`standard\`, \`pitr\` was \`point-in-time recovery of 35 days is promised; alerts when it is off\`; becomes \`point-in-time recovery of 35 days is promised; switched on again when it is off\`. Where it is off, audit switches it on, which is paid for by the size of the table.

      For a table of 100 GB over 1 days, by prices of us-east-1 of 2026-11-29 (public price tables, not read from AWS)."
    `);
  });

  it('says what gets no more backups where a policy is deleted', () => {
    expect(edited(BASE.slice(0, BASE.indexOf('  critical')))).toMatchInlineSnapshot(`
      "<!-- tablekeeper policies -->
      ### What this edit of \`policies.yml\` changes

      **Backups end**

      - policy \`critical\` is gone; it was \`0 * * * * in UTC, keeps the newest of each of the last 7 days that has one\`. A table whose tag names only critical gets no more backups. Its recovery points of this policy stay, and are paid for, until someone deletes them.

      For a table of 100 GB over 1 days, by prices of us-east-1 of 2026-11-29 (public price tables, not read from AWS)."
    `);
  });

  it('says which promises are weaker', () => {
    const text = edited(
      BASE.replace('rpo: 3h', 'rpo: 10h')
        .replace('    rto: 4h\n', '')
        .replace('    drill: { every: 7d }\n', '')
        .replace('drills: { maxMonthlyUsd: 20 }\n', ''),
    );
    expect(text).toMatchInlineSnapshot(`
      "<!-- tablekeeper policies -->
      ### What this edit of \`policies.yml\` changes

      **Protects less**

      - policy \`standard\`, \`rpo\` was \`promises a newest recovery point at most 3 hours old (RPO)\`; becomes \`promises a newest recovery point at most 10 hours old (RPO)\`. A newest backup may be older before anyone is alerted.
      - policy \`standard\`, \`rto\` was \`promises a restore within 4 hours (RTO)\`; becomes \`promises nothing of how long a restore takes\`. A slower restore, or any, is not reported any more.
      - policy \`standard\`, \`drill\` was \`drills each table every 7 days: it is restored, checked with 100 items and deleted; over 50 GB it is only described\`; becomes \`no drills\`. It is not proved any more that its tables can be restored.
      - \`drills\` was \`$20 a month\`; becomes \`none\`

      For a table of 100 GB over 1 days, by prices of us-east-1 of 2026-11-29 (public price tables, not read from AWS)."
    `);
  });

  it('shows what a file says as text', () => {
    const text = edited(BASE.replace('backup:policy', 'team_a_x'));
    expect(text).toContain('`team_a_x`');
    expect(text).not.toContain('tag team_a_x');
  });

  it('says that nothing changes only where nothing does', () => {
    expect(edited(`# a comment\n${BASE.replace('rpo: 3h', 'rpo: 180min')}`)).toContain('Nothing changes');
  });

  it('compares with nothing where the file before has mistakes, and says so', () => {
    expect(editText('policies.yml', 'mistaken', documentOf(load(BASE), load(BASE)))).toContain(
      'cannot be said what changes',
    );
  });

  it('leaves out what does not fit, the least bad, and counts it', () => {
    const policy = (at: number, days: number, rpo: string) =>
      `  policy-${at}-with-a-name-of-some-length:\n    schedule: "0 3 * * *"\n    rpo: ${rpo}\n    retention: { daily: ${days}, weekly: 4, monthly: 12 }\n`;
    const file = (days: number, rpo: string) =>
      load(
        `tag: ${rpo === '30h' ? 'one' : 'other'}\npolicies:\n${Array.from({ length: 300 }, (_, at) => policy(at, days, rpo)).join('')}`,
      );
    const text = commentOf(file(3, '40h'), file(7, '30h'));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST);
    expect(text).toContain('**Backups end**');
    const [, left = '0'] = /\*\*Left out here: (\d+) differences/.exec(text) ?? [];
    const shown = text.split('\n').filter((line) => line.startsWith('- ')).length;
    expect(Number(left)).toBeGreaterThan(0);
    expect(shown + Number(left)).toBe(601);
    expect(text).toContain('npx tablekeeper simulate');
    expect(text).toContain('For a table of 100 GB');
  });

  it('leaves nothing out of what fits', () => {
    expect(edited(BASE.replace('daily: 7', 'daily: 3'))).not.toContain('Left out');
  });

  it('leaves out mistakes that do not fit, and counts them', () => {
    const errors = Array.from({ length: 2000 }, (_, at) => ({
      line: at + 1,
      what: `policies.p${at}.retention.dayly is not known.`,
      fix: 'Did you mean daily?',
    }));
    const text = mistakesText('policies.yml', errors);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST);
    expect(text).toMatch(/Left out here: \d+ mistakes/);
    expect(text).toContain('2000 mistakes');
  });

  it('fails where Tablekeeper is too old to list differences', () => {
    expect(() => editText('policies.yml', 'compared', { simulations: [] })).toThrow('use a newer one');
  });
});

const some = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const AWAY = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:away';
const AT_HOME = { name: 'one', startWindowMinutes: 480, copyTo: [] } as const;

const perhaps = <Key extends string, Value>(key: Key, ...values: readonly Value[]) =>
  some(undefined, ...values).map((value) => (value === undefined ? {} : { [key]: value }));

// Compiled, because compiling a file takes a hundred times as long as all else here.
const aPolicy = fc
  .tuple(
    some('0 3 * * *', '0 4 * * *', '0 3 1 * *'),
    some({ daily: 7 }, { daily: 8 }, { within: { years: 0, months: 0, days: 0, hours: 48 } }),
    some(93_600_000, 93_600_001, 97_200_000),
    perhaps('rtoMs', 14_400_000, 14_400_001),
    perhaps(
      'pitr',
      { recoveryPeriodDays: 35, onDrift: 'alert' },
      { recoveryPeriodDays: 35, onDrift: 'repair' },
      { recoveryPeriodDays: 7, onDrift: 'alert' },
    ),
    perhaps(
      'drill',
      { everyMs: 604_800_000, level: 'listed', maxSizeBytes: 50e9, sample: 100 },
      { everyMs: 604_800_000, level: 'listed', maxSizeBytes: 50e9, sample: 5 },
      { everyMs: 604_800_001, level: 'restored', maxSizeBytes: 50e9, sample: 5 },
    ),
    perhaps(
      'vault',
      AT_HOME,
      { ...AT_HOME, startWindowMinutes: 60 },
      { ...AT_HOME, completeWindowMinutes: 600 },
      { ...AT_HOME, copyTo: [{ vaultArn: AWAY }] },
      { ...AT_HOME, copyTo: [{ vaultArn: AWAY, retention: { monthly: 1 } }] },
    ),
  )
  .map(([schedule, retention, rpoMs, ...rest]) => ({
    ...{ schedule, retention, rpoMs },
    ...(Object.assign({}, ...rest) as object),
  }));

const valid = fc
  .tuple(
    some('backup:policy', 'backup:polcy'),
    some('UTC', 'Asia/Seoul'),
    some({ maxShare: 0.5, floor: 5 }, { maxShare: 0.50001, floor: 5 }, { maxShare: 1, floor: 6 }),
    perhaps('digest', { schedule: '0 8 * * 1', timezone: 'UTC' }, { schedule: '0 9 * * 1', timezone: 'UTC' }),
    perhaps('drillCapUsd', 20, 0.5),
    fc.dictionary(some('a', 'b', 'c'), aPolicy, { minKeys: 1, noNullPrototype: true }),
  )
  .map(([tag, timezone, guardrail, digest, cap, policies]) => ({
    ...{ tag, guardrail, ...digest, ...cap },
    policies: Object.entries(policies)
      .map(([name, one]) => ({ name, timezone, engine: 'vault' in one ? 'aws-backup' : 'dynamodb', ...one }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }))
  .map((policies) => policies as unknown as Policies);

const TOP = { tag: '`tag`', guardrail: '`guardrail`', digest: '`digest`', drillCapUsd: '`drills`' } as const;
const OF_A_POLICY = {
  ...{ engine: 'engine', vault: 'vault', schedule: 'schedule', timezone: 'schedule', retention: 'retention' },
  ...{ rpoMs: 'rpo', pitr: 'pitr', rtoMs: 'rto', drill: 'drill' },
} as const;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What a comment has to begin a line with, found without the code that lists differences. */
const due = (before: Policies, after: Policies): readonly string[] => {
  const top = (Object.keys(TOP) as (keyof typeof TOP)[]).filter((key) => !isSame(before[key], after[key]));
  const ofPolicy = (name: string): readonly string[] => {
    const find = ({ policies }: Policies): Policy | undefined => policies.find((one) => one.name === name);
    const [was, is] = [find(before), find(after)];
    if (was === undefined && is === undefined) return [];
    if (was === undefined) return [`- policy \`${name}\` is new`];
    if (is === undefined) return [`- policy \`${name}\` is gone`];
    return (Object.keys(OF_A_POLICY) as (keyof typeof OF_A_POLICY)[])
      .filter((key) => !isSame(was[key], is[key]))
      .map((key) => `- policy \`${name}\`, \`${OF_A_POLICY[key]}\` was `);
  };
  return [...top.map((key) => `- ${TOP[key]} was `), ...['a', 'b', 'c'].flatMap(ofPolicy)];
};

it('mentions any edit that changes the compiled policies', () => {
  fc.assert(
    fc.property(valid, valid, (before, after) => {
      const text = commentOf(before, after);
      const lines = text.split('\n').filter((line) => line.startsWith('- '));
      for (const start of due(before, after))
        expect(lines.filter((line) => line.startsWith(start))).toHaveLength(1);
      expect(lines).toHaveLength(new Set(due(before, after)).size);
      for (const line of lines) {
        const [, was, is] = /was `(.*?)`; becomes `(.*?)`/.exec(line) ?? [];
        if (was !== undefined) expect(is).not.toBe(was);
      }
      const isUnchanged = policiesDigest(before) === policiesDigest(after);
      expect(text.includes('Nothing changes')).toBe(isUnchanged);
    }),
    { numRuns: 200 },
  );
});
