import { describe, expect, it } from 'vitest';
import { compilePolicies } from '../../../shared/core/policy/compile.ts';
import { explain } from '../../../shared/core/policy/explain.ts';
import { policiesSchema } from '../../../shared/core/policy/schema.ts';
import { vaultMistakes } from '../../../shared/core/policy/vault-mistakes.ts';
import { policyWarnings } from '../../../shared/core/policy/warnings.ts';

const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr';
const FAR = 'arn:aws:backup:eu-west-1:999922223333:backup-vault:tablekeeper-dr';

const MONTHLY = {
  engine: 'aws-backup',
  schedule: '0 4 1 * *',
  vault: 'tablekeeper',
  retention: { monthly: 12, yearly: 7 },
};

const daily = (retention: object) => ({ schedule: '0 4 * * *', retention });

/** Path and sentence of each mistake, of the schema and beyond it. */
const mistakesOf = (changes: object, timezone: unknown = 'UTC'): readonly string[] => {
  const policy = { ...MONTHLY, ...changes };
  const content = { policies: { offsite: policy } };
  const issues = policiesSchema.safeParse(content).error?.issues ?? [];
  return [
    ...issues.flatMap((issue) => explain(issue, content)),
    ...vaultMistakes('offsite', timezone, policy),
  ].map(({ path, what, fix }) => `${path.slice(2).join('.')}: ${what} ${fix}`);
};

const compiled = (changes: object) =>
  compilePolicies(policiesSchema.parse({ policies: { offsite: { ...MONTHLY, ...changes } } }));

describe('a policy of AWS Backup', () => {
  it.each([
    { name: 'as the guide has it', changes: { coldAfterDays: 30, copyTo: [DR] } },
    { name: 'with a backstop past its rules', changes: { deleteAfterDays: 2_563 } },
    {
      name: 'cold after eight days and deleted after 99',
      changes: { ...daily({ weekly: 14 }), coldAfterDays: 8, deleteAfterDays: 99 },
    },
    {
      name: 'cold after eight days and kept for a year',
      changes: { ...daily({ monthly: 11 }), coldAfterDays: 8, deleteAfterDays: 365 },
    },
    {
      name: 'copying with rules of its own',
      changes: { copyTo: [{ vault: DR, retention: { monthly: 6 } }, FAR] },
    },
    { name: 'with windows', changes: { startWindow: '2h', completeWindow: '1d' } },
    { name: 'every hour', changes: { schedule: '0 * * * *', retention: { hourly: 24 } } },
    { name: 'of one slot a leap year', changes: { schedule: '0 0 29 2 *', retention: { last: 2 } } },
  ])('is right $name', ({ changes }) => {
    expect(mistakesOf(changes)).toEqual([]);
  });

  it.each([
    [
      { vault: undefined },
      'vault: The policy offsite has no vault. Write the name of a backup vault, such as tablekeeper.',
    ],
    [
      { vault: 'a vault' },
      'vault: "a vault" cannot name a backup vault. Write 2–50 letters, digits, hyphens and underscores, such as tablekeeper.',
    ],
    [
      { vault: DR },
      'vault: vault is the name of a vault beside the tables, not its ARN. Write tablekeeper-dr; where recovery points are copied to belongs in copyTo.',
    ],
    [
      { coldAfterDays: 0 },
      'coldAfterDays: coldAfterDays cannot be 0. Write a whole number of days from 1 to 36500, or leave it out.',
    ],
    [
      { ...daily({ monthly: 3 }), coldAfterDays: 8, deleteAfterDays: 97 },
      'deleteAfterDays: deleteAfterDays is 97, and what moves to cold storage after 8 days has to stay there for 90: 8 + 90 = 98 days. Write 98 or more, or a coldAfterDays of 7 or less.',
    ],
    [
      { ...daily({ daily: 35 }), coldAfterDays: 30 },
      'coldAfterDays: Cold storage after 30 days never pays: it is paid for 90 days at least, until day 120 (30 + 90 = 120 days), and no rule keeps anything for so long: daily: 35 keeps a recovery point for 35 days. Leave coldAfterDays out, or keep recovery points longer.',
    ],
    [
      { deleteAfterDays: 2_562 },
      'deleteAfterDays: AWS Backup would delete after 2562 days what the retention keeps: yearly: 7 keeps a recovery point for 2562 days. Write 2563 or more, or leave deleteAfterDays out: recovery points expire by the retention.',
    ],
    [
      { ...daily({ within: '30d' }), deleteAfterDays: 31 },
      'deleteAfterDays: AWS Backup would delete after 31 days what the retention keeps: within: 30 days keeps a recovery point for 31 days. Write 32 or more, or leave deleteAfterDays out: recovery points expire by the retention.',
    ],
    [
      { schedule: '*/30 * * * *', retention: { last: 5 } },
      'schedule: The schedule has slots 30 minutes apart, and AWS Backup takes up to an hour to start a job. Leave an hour or more between two slots, or use the engine dynamodb.',
    ],
    [
      { startWindow: '30min' },
      'startWindow: A startWindow of 30 minutes is shorter than AWS Backup accepts. Write 1h or more.',
    ],
    [
      { ...daily({ daily: 7 }), startWindow: '30h' },
      'startWindow: A startWindow of 30 hours is longer than the 24 hours between two slots: a job that waits would hold up the next one. Write 24h or less, or leave it out.',
    ],
    [
      { startWindow: '4h', completeWindow: '4h' },
      'completeWindow: A completeWindow of 4 hours ends before a job has to start: it counts from the scheduled time, as startWindow does. Write a completeWindow longer than startWindow, or leave it out.',
    ],
    [{ copyTo: DR }, `copyTo: copyTo cannot be "${DR.slice(0, 60)}…". Write a list of vaults: [ "${DR}" ].`],
    [{ copyTo: ['dr'] }, `copyTo.0: "dr" is no ARN of a backup vault. Write one such as "${DR}".`],
    [
      { copyTo: [5] },
      `copyTo.0: copyTo.0 cannot be 5. Write "${DR}", or { vault: "${DR}", retention: { monthly: 12 } }.`,
    ],
    [
      { copyTo: [DR, { vault: 'dr' }] },
      `copyTo.1.vault: "dr" is no ARN of a backup vault. Write one such as "${DR}".`,
    ],
    [
      { copyTo: [{ retention: { daily: 7 } }] },
      `copyTo.0.vault: copyTo.0 has no vault. Write the ARN of a backup vault, such as "${DR}".`,
    ],
    [
      { copyTo: [{ vault: DR, retention: {} }] },
      'copyTo.0.retention: This retention keeps nothing. Write at least one rule, such as { daily: 7 }.',
    ],
    [{ copyTo: [{ vault: DR, keep: 3 }] }, 'copyTo.0.keep: "keep" is no setting here. Write retention.'],
    [{ copyTo: [DR, { vault: DR }] }, 'copyTo.1: This vault stands in copyTo twice. Leave one of them out.'],
    [
      { copyTo: ['arn:aws:backup:eu-west-1:999922223333:backup-vault:Default'] },
      'copyTo.0: AWS Backup copies nothing of another account into a Default vault, and its key cannot be shared. Name a vault with a key of its own.',
    ],
    [
      { copyTo: [{ vault: DR, retention: { monthly: 2 }, coldAfterDays: 30 }] },
      'copyTo.0.coldAfterDays: Cold storage after 30 days never pays: it is paid for 90 days at least, until day 120 (30 + 90 = 120 days), and no rule keeps anything for so long: monthly: 2 keeps a recovery point for 62 days. Leave coldAfterDays out, or keep recovery points longer.',
    ],
  ])('%j', (changes, mistake) => {
    expect(mistakesOf(changes)).toEqual([mistake]);
  });

  it.each([
    { schedule: 'soon', deleteAfterDays: 5 },
    { retention: 'all', deleteAfterDays: 5 },
    { engine: 'steam', deleteAfterDays: 5 },
    { deleteAfterDays: 'soon' },
    { startWindow: 'soon', completeWindow: 'later' },
  ])('says one thing of what is wrong by itself: %j', (changes) => {
    expect(vaultMistakes('offsite', 'UTC', { ...MONTHLY, ...changes })).toEqual([]);
  });

  it('of a zone that is none says nothing of days', () => {
    expect(vaultMistakes('offsite', 'Mars', { ...MONTHLY, deleteAfterDays: 5 })).toEqual([]);
  });
});

describe('a compiled policy of AWS Backup', () => {
  it('has its vault with windows and copies', () => {
    const changes = {
      coldAfterDays: 30,
      completeWindow: '2d',
      copyTo: [DR, { vault: FAR, retention: { monthly: 6 } }],
    };
    expect(compiled(changes).policies[0]).toMatchObject({
      engine: 'aws-backup',
      vault: {
        name: 'tablekeeper',
        coldAfterDays: 30,
        startWindowMinutes: 480,
        completeWindowMinutes: 2_880,
        copyTo: [{ vaultArn: DR }, { vaultArn: FAR, retention: { monthly: 6 } }],
      },
    });
  });

  it.each([
    { schedule: '0 */2 * * *', minutes: 120 },
    { schedule: '0 4 * * *', minutes: 480 },
    { schedule: '0 0 29 2 *', minutes: 480 },
  ])('gives a job of $schedule no longer than until the next slot', ({ schedule, minutes }) => {
    expect(compiled({ schedule }).policies[0]?.vault?.startWindowMinutes).toBe(minutes);
  });

  it('of the engine dynamodb has none', () => {
    const { policies } = compilePolicies(
      policiesSchema.parse({ policies: { standard: { schedule: '0 3 * * *', retention: { daily: 7 } } } }),
    );
    expect(policies[0]).not.toHaveProperty('vault');
  });

  it('is warned where AWS Backup deletes all before afterDeletion does', () => {
    const ends = (days: number) => {
      const given = { ...daily({ daily: 5 }), deleteAfterDays: days, afterDeletion: { keep: '30d' } };
      return policyWarnings(compiled(given)).map(({ path }) => path);
    };
    expect(ends(12)).toEqual(['policies.offsite.afterDeletion.keep']);
    expect(ends(31)).toEqual([]);
  });

  it('is warned of copies that come too late, and of days in cold storage that nobody uses', () => {
    const policies = compiled({ ...daily({ daily: 40, monthly: 12 }), coldAfterDays: 5, copyTo: [DR] });
    expect(policyWarnings(policies).map(({ path, says }) => `${path}: ${says}`)).toEqual([
      'policies.offsite.coldAfterDays: Nothing in cold storage can be copied: a copy that is held up for 5 days is never made. 7 days or more leave time.',
      `policies.offsite.copyTo: Copies in ${DR} stay warm: coldAfterDays is for the vault at home alone. A destination has its own: { vault: ARN, coldAfterDays: 7 }.`,
      'policies.offsite.retention.daily: What daily keeps expires after 40 days and is in cold storage since day 5: it is paid until day 95 (5 + 90).',
    ]);
  });
});
