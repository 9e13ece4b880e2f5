import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { UserErrors } from '../../../shared/model/errors.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { growth, IN_PROPORTION } from '../../support/growth.ts';

const messagesOf = (text: string): readonly string[] => {
  try {
    loadPolicies(text, 'policies.yml');
  } catch (error) {
    if (error instanceof UserErrors) return error.errors.map(({ message }) => message);
    throw error;
  }
  return [];
};

/** A right policy `standard` on lines 1 to 4, with more of its settings from line 5 on. */
const withSettings = (...settings: readonly string[]): string =>
  [
    'policies:',
    '  standard:',
    '    schedule: "0 3 * * *"',
    '    retention: { daily: 7 }',
    ...settings.map((line) => `    ${line}`),
  ].join('\n');

const withSchedule = (schedule: string): string => withSettings().replace('"0 3 * * *"', schedule);
const withRetention = (retention: string): string => withSettings().replace('{ daily: 7 }', retention);
const withTop = (line: string): string => `${line}\n${withSettings()}`;
const named = (name: string): string => withSettings().replace('standard', name);

const SOME_POLICIES = 'such as standard: { schedule: "0 3 * * *", retention: { daily: 7 } }.';
const COUNT = 'Write a whole number from 1 to 100000, or leave it out.';
const FIVE =
  'Write minute, hour, day of month, month and day of week, such as "0 3 * * *" for every day at 03:00.';
const FIELD = 'or a list (1,5), a range (1-5) or a step (*/2) of these.';
const NAME =
  'cannot name a policy: the name stands in backup names and in tags. Write up to 48 of a–z, 0–9 and inner hyphens, such as standard.';
const TAG =
  'cannot be the key of a tag. Write 1–128 letters, digits, spaces and + - = . _ : / that do not begin with aws:, such as backup:policy.';
const DURATION =
  'is no duration. Write years, months, weeks, days, hours and minutes in this order, such as 90min, 48h, 7d, 2w or 1y6m.';
const UNIT = 'Write a duration with its unit, such as 90min, 48h, 7d, 2w or 1y6m.';

describe('loadPolicies tells', () => {
  it.each([
    {
      name: 'an empty file',
      text: '',
      message: `1:1: The file is empty. Write policies by name, ${SOME_POLICIES}`,
    },
    {
      name: 'a file of comments',
      text: '# nothing yet\n',
      message: `1:1: The file is empty. Write policies by name, ${SOME_POLICIES}`,
    },
    {
      name: 'a list for the whole',
      text: '- standard',
      message:
        '1:1: The file cannot be a list. Write settings by name: tag, timezone, guardrail, digest, drills, deletedVaults and policies.',
    },
    {
      name: 'text for the whole',
      text: 'standard',
      message:
        '1:1: The file cannot be "standard". Write settings by name: tag, timezone, guardrail, digest, drills, deletedVaults and policies.',
    },
    {
      name: 'no policies',
      text: 'tag: team',
      message: `1:1: The file has no policies. Write policies by name, ${SOME_POLICIES}`,
    },
    {
      name: 'policies without any',
      text: 'policies: {}',
      message: `1:11: There are no policies. Write at least one, ${SOME_POLICIES}`,
    },
    {
      name: 'policies left empty',
      text: 'tag: team\npolicies:',
      message: `2:1: policies cannot be empty. Write policies by name, ${SOME_POLICIES}`,
    },
    {
      name: 'a list of policies',
      text: 'policies:\n  - standard',
      message: `2:3: policies cannot be a list. Write policies by name, ${SOME_POLICIES}`,
    },
    {
      name: 'a policy left empty',
      text: 'policies:\n  standard:',
      message:
        '2:3: The policy standard cannot be empty. Write its settings, such as { schedule: "0 3 * * *", retention: { daily: 7 } }.',
    },
    {
      name: 'a policy named as a setting',
      text: 'policies:\n  daily: 7',
      message:
        '2:10: The policy daily cannot be 7. Write its settings, such as { schedule: "0 3 * * *", retention: { daily: 7 } }.',
    },
    {
      name: 'no schedule',
      text: 'policies:\n  standard:\n    retention: { daily: 7 }',
      message:
        '2:3: The policy standard has no schedule. Write a cron of five fields in quotes, such as "0 3 * * *" for every day at 03:00.',
    },
    {
      name: 'no retention',
      text: 'policies:\n  standard:\n    schedule: "0 3 * * *"',
      message: '2:3: The policy standard has no retention. Write at least one rule, such as { daily: 7 }.',
    },

    {
      name: 'no YAML',
      text: 'policies: [',
      message:
        '1:12: This is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Write settings as name: value, indented with spaces.',
    },
    {
      name: 'no text',
      text: '\u0000\u0001PNG',
      message:
        '1:1: The file cannot be "\\u0000\\u0001PNG". Write settings by name: tag, timezone, guardrail, digest, drills, deletedVaults and policies.',
    },
    {
      name: 'a tab',
      text: 'policies:\n\tstandard: {}',
      message: '2:1: This line is indented with a tab. Indent with spaces.',
    },
    {
      name: 'a cron without quotes',
      text: withSchedule('* * * * *'),
      message: '3:15: A value that begins with * needs quotes. Write it as schedule: "*/30 * * * *".',
    },
    {
      name: 'two documents',
      text: `${withSettings()}\n---\ntag: team`,
      message: '5:1: A second document begins here. Remove the line ---.',
    },
    {
      name: 'an alias',
      text: withTop('tag: &tag team\ntimezone: *tag'),
      message: '2:11: Aliases are not read in a policy file. Write the value out.',
    },
    {
      name: 'a YAML tag',
      text: withTop('tag: !secret team'),
      message: '1:14: YAML tags (!) are not read in a policy file. Write the value alone.',
    },
    {
      name: 'a map as a key',
      text: withTop('? { a: b }\n: 1'),
      message: '1:3: This cannot be the name of a setting or a policy. Write one word.',
    },
    {
      name: 'a key that means something to JavaScript',
      text: withTop('__proto__: { tag: team }'),
      message: '1:1: This cannot be the name of a setting or a policy. Write one word.',
    },
    {
      name: 'a setting twice',
      text: withTop('tag: team\ntag: crew'),
      message: '2:1: tag stands here twice. Keep one of them.',
    },
    {
      name: 'a policy twice',
      text: `${withSettings()}\n  standard: {}`,
      message: '5:3: standard stands here twice. Keep one of them.',
    },
    {
      name: 'a bottomless file',
      text: '['.repeat(50_000),
      message: 'This is nested too deeply. Write settings as name: value, indented with spaces.',
    },

    {
      name: 'an unknown setting',
      text: withTop('timezon: UTC'),
      message: '1:1: "timezon" is no setting here. Did you mean timezone?',
    },
    {
      name: 'an unknown setting of a policy',
      text: withSettings('shedule: "0 4 * * *"'),
      message: '5:5: "shedule" is no setting here. Did you mean schedule?',
    },
    {
      name: 'an unknown rule',
      text: withRetention('{ daily: 7, dialy: 6 }'),
      message: '4:28: "dialy" is no setting here. Did you mean daily?',
    },
    {
      name: 'an unknown promise',
      text: withSettings('pitr: { days: 35 }'),
      message: '5:13: "days" is no setting here. Known here are onDrift, recoveryPeriodDays, required.',
    },
    {
      name: 'a deleted vault by its name alone',
      text: withTop('deletedVaults: [old]'),
      message:
        '"old" is no ARN of a backup vault. Write one such as "arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr".',
    },
    {
      name: 'a setting like no other',
      text: withTop('colour: blue'),
      message:
        '1:1: "colour" is no setting here. Known here are deletedVaults, digest, drills, guardrail, policies, tag, timezone.',
    },

    {
      name: 'AWS Backup without a vault',
      text: withSettings('engine: aws-backup'),
      message:
        '2:3: The policy standard has no vault. Write the name of a backup vault, such as tablekeeper.',
    },
    {
      name: 'a destination that is no vault, at its place',
      text: withSettings('engine: aws-backup', 'vault: main', 'copyTo:', '  - elsewhere'),
      message:
        '8:9: "elsewhere" is no ARN of a backup vault. Write one such as "arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr".',
    },
    {
      name: 'its vault under another engine',
      text: withSettings('vault: tablekeeper'),
      message:
        '5:5: vault belongs to the engine aws-backup, and this policy has the engine dynamodb. Leave it out, or write engine: aws-backup.',
    },
    {
      name: 'its cold storage under another engine',
      text: withSettings('coldAfterDays: 30', 'engine: dynamodb'),
      message:
        '5:5: coldAfterDays belongs to the engine aws-backup, and this policy has the engine dynamodb. Leave it out, or write engine: aws-backup.',
    },
    {
      name: 'its copies under another engine',
      text: withSettings('copyTo: []'),
      message:
        '5:5: copyTo belongs to the engine aws-backup, and this policy has the engine dynamodb. Leave it out, or write engine: aws-backup.',
    },
    {
      name: 'an engine like no other',
      text: withSettings('engine: steam'),
      message: '5:13: engine cannot be "steam". Write dynamodb or aws-backup.',
    },

    {
      name: 'a wrong minute',
      text: withSchedule('"60 3 * * *"'),
      message: `3:15: The schedule "60 3 * * *" cannot have "60" as its minute. Write *, 0–59, ${FIELD}`,
    },
    {
      name: 'a wrong day of week',
      text: withSchedule('0 3 * * MOO'),
      message: `3:15: The schedule "0 3 * * MOO" cannot have "MOO" as its day of week. Write *, 0–7 or SUN–SAT, ${FIELD}`,
    },
    {
      name: 'four fields',
      text: withSchedule('"0 3 * *"'),
      message: `3:15: The schedule "0 3 * *" does not have five fields. ${FIVE}`,
    },
    {
      name: 'six fields',
      text: withSchedule('"0 0 3 * * *"'),
      message: `3:15: The schedule "0 0 3 * * *" does not have five fields. ${FIVE}`,
    },
    {
      name: 'a nickname',
      text: withSchedule('"@daily"'),
      message: '3:15: "@daily" is a word of other crons. Write "0 0 * * *".',
    },
    {
      name: 'a number for a schedule',
      text: withSchedule('3'),
      message:
        '3:15: schedule cannot be 3. Write a cron of five fields in quotes, such as "0 3 * * *" for every day at 03:00.',
    },
    {
      name: 'a day that never comes',
      text: withSchedule('"0 3 30 2 *"'),
      message:
        '3:15: The schedule "0 3 30 2 *" names a day that never comes. Choose a day of month that one of its months has.',
    },
    {
      name: 'slots too close',
      text: withSchedule('"*/10 * * * *"'),
      message:
        '3:15: The schedule "*/10 * * * *" asks for recovery points 10 minutes apart. Leave 15 minutes or more: Tablekeeper looks every 30 minutes and makes only the latest, and pitr covers the time between.',
    },
    {
      name: 'slots too close over midnight',
      text: withSchedule('"0,55 0,23 * * *"'),
      message:
        '3:15: The schedule "0,55 0,23 * * *" asks for recovery points 5 minutes apart. Leave 15 minutes or more: Tablekeeper looks every 30 minutes and makes only the latest, and pitr covers the time between.',
    },

    {
      name: 'a mistyped zone',
      text: withTop('timezone: Europe/Berln'),
      message: '1:11: "Europe/Berln" is no IANA time zone of a place. Did you mean Europe/Berlin?',
    },
    {
      name: 'a zone in another case',
      text: withTop('timezone: asia/seoul'),
      message: '1:11: "asia/seoul" is no IANA time zone of a place. Did you mean Asia/Seoul?',
    },
    {
      name: 'an offset',
      text: withTop('timezone: "+09:00"'),
      message:
        '1:11: "+09:00" is no IANA time zone of a place. An offset does not say when clocks change. Write a zone by place, such as Europe/Berlin, or UTC.',
    },
    {
      name: 'an abbreviation',
      text: withTop('timezone: EST5EDT'),
      message:
        '1:11: "EST5EDT" is no IANA time zone of a place. An abbreviation names no place, and clocks differ between places. Write a zone by place, such as America/New_York.',
    },
    {
      name: 'a zone as people call it',
      text: withTop('timezone: Pacific Time'),
      message: '1:11: "Pacific Time" is no IANA time zone of a place. Did you mean America/Los_Angeles?',
    },
    {
      name: 'a number for a zone',
      text: withTop('timezone: 9'),
      message: '1:11: timezone cannot be 9. Write an IANA zone, such as Europe/Berlin or UTC.',
    },

    {
      name: 'a retention without rules',
      text: withRetention('{}'),
      message: '4:16: This retention keeps nothing. Write at least one rule, such as { daily: 7 }.',
    },
    {
      name: 'a retention left empty',
      text: withRetention(''),
      message: '4:5: retention cannot be empty. Write at least one rule, such as { daily: 7 }.',
    },
    {
      name: 'a count of zero',
      text: withRetention('{ daily: 0 }'),
      message: `4:25: retention.daily cannot be 0. ${COUNT}`,
    },
    {
      name: 'a count below zero',
      text: withRetention('{ last: -1 }'),
      message: `4:24: retention.last cannot be -1. ${COUNT}`,
    },
    {
      name: 'a count that is too large in two ways, once',
      text: withRetention('{ last: 9007199254740993 }'),
      message: `4:24: retention.last cannot be 9007199254740992. ${COUNT}`,
    },
    {
      name: 'a share of a count',
      text: withRetention('{ weekly: 1.5 }'),
      message: `4:26: retention.weekly cannot be 1.5. ${COUNT}`,
    },
    {
      name: 'a count without end',
      text: withRetention('{ yearly: .inf }'),
      message: `4:26: retention.yearly cannot be Infinity. ${COUNT}`,
    },
    {
      name: 'a count past all sense',
      text: withRetention('{ hourly: 100001 }'),
      message: `4:26: retention.hourly cannot be 100001. ${COUNT}`,
    },
    {
      name: 'a count in quotes',
      text: withRetention('{ monthly: "12" }'),
      message: `4:27: retention.monthly cannot be "12". ${COUNT}`,
    },
    {
      name: 'a duration without unit',
      text: withRetention('{ within: 48 }'),
      message: `4:26: retention.within cannot be 48. ${UNIT}`,
    },
    {
      name: 'a duration in words',
      text: withRetention('{ within: 2 days }'),
      message: `4:26: "2 days" ${DURATION}`,
    },
    {
      name: 'a duration of nothing',
      text: withRetention('{ within: 0h }'),
      message: `4:26: "0h" ${DURATION}`,
    },

    {
      name: 'a period too long',
      text: withSettings('pitr: { recoveryPeriodDays: 36 }'),
      message: '5:33: pitr.recoveryPeriodDays cannot be 36. Write a whole number of days from 1 to 35.',
    },
    {
      name: 'a period of zero',
      text: withSettings('pitr: { recoveryPeriodDays: 0 }'),
      message: '5:33: pitr.recoveryPeriodDays cannot be 0. Write a whole number of days from 1 to 35.',
    },
    {
      name: 'a drift like no other',
      text: withSettings('pitr: { onDrift: panic }'),
      message: '5:22: pitr.onDrift cannot be "panic". Write alert or repair.',
    },
    {
      name: 'yes for true',
      text: withSettings('pitr: { required: yes }'),
      message: '5:23: pitr.required cannot be "yes". Write true or false.',
    },
    {
      name: 'true for a promise',
      text: withSettings('pitr: true'),
      message:
        '5:11: pitr cannot be true. Write { required: true, recoveryPeriodDays: 35, onDrift: alert }, or leave it out.',
    },

    {
      name: 'an rpo that the schedule cannot keep',
      text: withSettings('rpo: 23h'),
      message:
        '5:10: An rpo of 23h can never be kept: up to 24h lie between two slots of "0 3 * * *". Write 24h or more, leave rpo out, or schedule more often.',
    },
    {
      name: 'an rpo that the clock change breaks',
      text: `timezone: Europe/Berlin\n${withSettings('rpo: 1d')}`,
      message:
        '6:10: An rpo of 1d can never be kept: up to 25h lie between two slots of "0 3 * * *". Write 25h or more, leave rpo out, or schedule more often.',
    },
    {
      name: 'an end of deleted tables that comes too soon',
      text: withSettings('afterDeletion: { keep: 6d }'),
      message:
        '5:28: A table that was deleted by mistake may not be missed for 6d: they are its last recovery points, and people are told a week before they go. Write a duration of 7d or more, such as 30d.',
    },
    {
      name: 'an end of deleted tables without a time',
      text: withSettings('afterDeletion: {}'),
      message: '5:5: afterDeletion has no keep. Write a duration of 7d or more, such as 30d.',
    },
    {
      name: 'an end of deleted tables that is no map',
      text: withSettings('afterDeletion: 30d'),
      message: '5:20: afterDeletion cannot be "30d". Write { keep: 30d }, or leave it out.',
    },
    {
      name: 'drills more often than one can end',
      text: withSettings('drill: { every: 6h }'),
      message:
        '5:21: A drill every 6h is more often than one can end. Write a duration from 1d to 1y, such as 7d or 30d.',
    },
    {
      name: 'drills less often than once a year',
      text: withSettings('drill: { every: 2y }'),
      message:
        '5:21: A drill every 2y is less often than once a year. Write a duration from 1d to 1y, such as 7d or 30d.',
    },
    {
      name: 'drills without a unit',
      text: withSettings('drill: { every: 7 }'),
      message: '5:21: drill.every cannot be 7. Write a duration from 1d to 1y, such as 7d or 30d.',
    },
    {
      name: 'a level that drills do not have',
      text: withSettings('drill: { every: 7d, level: full }'),
      message: '5:32: drill.level cannot be "full". Write listed, described, sampled or restored.',
    },
    {
      name: 'a drill of no size',
      text: withSettings('drill: { every: 7d, maxSizeGb: 0 }'),
      message: '5:36: drill.maxSizeGb cannot be 0. Write a size in gigabytes, such as 50.',
    },
    {
      name: 'an rto without unit',
      text: withSettings('rto: 4'),
      message: `5:10: rto cannot be 4. ${UNIT}`,
    },
    {
      name: 'a cap below nothing',
      text: `drills: { maxMonthlyUsd: -1 }\n${withSettings('rpo: 26h')}`,
      message: '1:26: drills.maxMonthlyUsd cannot be -1. Write an amount of US dollars, such as 20.',
    },
    {
      name: 'an rpo without unit',
      text: withSettings('rpo: 26'),
      message: `5:10: rpo cannot be 26. ${UNIT}`,
    },

    {
      name: 'a share over the whole',
      text: withTop('guardrail: { maxShare: 1.5 }'),
      message: '1:24: guardrail.maxShare cannot be 1.5. Write a share over 0 and up to 1, such as 0.5.',
    },
    {
      name: 'a share of nothing',
      text: withTop('guardrail: { maxShare: 0 }'),
      message: '1:24: guardrail.maxShare cannot be 0. Write a share over 0 and up to 1, such as 0.5.',
    },
    {
      name: 'a floor below zero',
      text: withTop('guardrail: { floor: -1 }'),
      message: '1:21: guardrail.floor cannot be -1. Write a whole number from 0 to 100000, such as 5.',
    },

    {
      name: 'a digest without its schedule',
      text: withTop('digest: {}'),
      message:
        '1:1: digest has no schedule. Write a cron of five fields in quotes, such as "0 8 * * 1" for Mondays at 08:00.',
    },
    {
      name: 'a digest that is only asked for',
      text: withTop('digest: true'),
      message: '1:9: digest cannot be true. Write { schedule: "0 8 * * 1" }, or leave it out.',
    },
    {
      name: 'a digest whose schedule is a word',
      text: withTop('digest: { schedule: weekly }'),
      message:
        '1:21: The schedule "weekly" does not have five fields. Write minute, hour, day of month, month and day of week, such as "0 3 * * *" for every day at 03:00.',
    },

    { name: 'a name in capitals', text: named('Standard'), message: `2:3: "Standard" ${NAME}` },
    { name: 'a name with a dot', text: named('a.b'), message: `2:3: "a.b" ${NAME}` },
    { name: 'a name with a plus', text: named('a+b'), message: `2:3: "a+b" ${NAME}` },
    {
      name: 'a name that is too long',
      text: named('a'.repeat(49)),
      message: `2:3: "${'a'.repeat(49)}" ${NAME}`,
    },
    {
      name: 'the name that opts out',
      text: named('none'),
      message:
        '2:3: No policy can be named none: as the value of a tag it opts a table out. Choose another name.',
    },

    { name: 'a tag of AWS', text: withTop('tag: aws:backup'), message: `1:6: "aws:backup" ${TAG}` },
    { name: 'a tag of nothing', text: withTop('tag: ""'), message: `1:6: "" ${TAG}` },
    { name: 'a tag with a hash', text: withTop('tag: "a#b"'), message: `1:6: "a#b" ${TAG}` },
    {
      name: 'the tag that stops expiry',
      text: withTop('tag: backup:hold'),
      message: '1:6: The tag backup:hold already stops expiry. Choose another, such as backup:policy.',
    },
  ])('$name', ({ text, message }) => {
    const [first = '', ...others] = messagesOf(text);
    expect(others).toEqual([]);
    expect(first).toMatch(/^policies\.yml:\d+:\d+: /);
    expect(first.endsWith(message)).toBe(true);
    if (/^\d/.test(message)) expect(first).toBe(`policies.yml:${message}`);
  });

  it('every mistake at once, in the order of the file', () => {
    const text = `
timezone: Europe/Berln
tagg: team
policies:
  Standard:
    schedule: "0 25 * * *"
    retention: { dayly: 7, weekly: 0 }
  none:
    engine: aws-backup
    vault: v
    rpo: soon
`;
    expect(messagesOf(text).map((message) => message.split(' ').slice(0, 4).join(' '))).toEqual([
      'policies.yml:2:11: "Europe/Berln" is no',
      'policies.yml:3:1: "tagg" is no',
      'policies.yml:5:3: "Standard" cannot name',
      'policies.yml:6:15: The schedule "0',
      'policies.yml:7:18: "dayly" is no',
      'policies.yml:7:36: retention.weekly cannot be',
      'policies.yml:8:3: The policy none',
      'policies.yml:8:3: The policy none',
      'policies.yml:8:3: No policy can',
      'policies.yml:10:12: "v" cannot name',
      'policies.yml:11:10: "soon" is no',
    ]);
  });

  it.each([
    { code: 'policies-empty', text: '' },
    { code: 'policies-not-yaml', text: 'a: b: c' },
    { code: 'policies-not-yaml', text: 'a: &x 1\nb: *x' },
    { code: 'policies-duplicate-key', text: 'tag: a\ntag: b' },
    { code: 'policies-missing', text: 'tag: a' },
    { code: 'policies-missing', text: withSettings('engine: aws-backup') },
    { code: 'policies-unknown-key', text: withSettings('tagg: v') },
    { code: 'policies-value', text: withTop('guardrail: 5') },
    { code: 'policies-value', text: withTop('timezone: Mars') },
    { code: 'policies-value', text: named('Standard') },
  ])('the code $code of %j', ({ code, text }) => {
    expect(() => loadPolicies(text, 'policies.yml')).toThrow(
      expect.objectContaining({ content: expect.objectContaining({ code }) }),
    );
  });

  it.each([
    { name: 'a list', value: '[1]', says: 'a list' },
    { name: 'nothing', value: 'null', says: 'empty' },
    { name: 'a number', value: '5', says: '5' },
    { name: 'a flag', value: 'true', says: 'true' },
    { name: 'sixty letters', value: `"${'x'.repeat(60)}"`, says: `"${'x'.repeat(60)}"` },
    { name: 'sixty-one letters', value: `"${'x'.repeat(61)}"`, says: `"${'x'.repeat(60)}…"` },
  ])('what stands where a guardrail should: $name', ({ value, says }) => {
    expect(messagesOf(withTop(`guardrail: ${value}`))).toEqual([
      `policies.yml:1:${value === 'null' ? 1 : 12}: guardrail cannot be ${says}. Write { maxShare: 0.5, floor: 5 }.`,
    ]);
  });

  it.each([
    { name: 'an rpo that is no text', settings: ['rpo: 26'] },
    { name: 'an rpo that is no duration', settings: ['rpo: soon'] },
    {
      name: 'an rpo that is too short, and a schedule that is wrong',
      schedule: '"0 25 * * *"',
      settings: ['rpo: 1h'],
    },
    { name: 'a schedule that is no text beside a short rpo', schedule: '5', settings: ['rpo: 1h'] },
    { name: 'a zone that is wrong beside a short rpo', top: 'timezone: Mars', settings: ['rpo: 1h'] },
    { name: 'a zone that is no text beside a short rpo', top: 'timezone: 5', settings: ['rpo: 1h'] },
  ])('one mistake alone: $name', ({ settings, schedule = '"0 3 * * *"', top }) => {
    const text = withSettings(...settings).replace('"0 3 * * *"', schedule);
    expect(messagesOf(top === undefined ? text : `${top}\n${text}`)).toHaveLength(1);
  });

  it.each([
    { name: 'a list of policies', text: 'policies: [standard]' },
    { name: 'nothing for a policy', text: 'policies:\n  standard:' },
    { name: 'a word for a policy', text: 'policies: { standard: daily }' },
  ])('what is written instead, once: $name', ({ text }) => {
    expect(messagesOf(text)).toHaveLength(1);
  });

  it('a setting of the engine to come only where it would stand', () => {
    expect(messagesOf(withTop('vault: v'))[0]).toContain('"vault" is no setting here.');
    expect(messagesOf(withRetention('{ daily: 7, vault: v }'))[0]).toContain('"vault" is no setting here.');
  });

  it('a name that is empty', () => {
    expect(messagesOf(withTop(': 5'))).toEqual([
      'policies.yml:1:1: This cannot be the name of a setting or a policy. Write one word.',
    ]);
  });

  it('a map where a word should stand', () => {
    expect(messagesOf(withTop('tag: { a: 1 }'))).toEqual([
      'policies.yml:1:6: tag cannot be a map. Write the key of a tag, such as backup:policy.',
    ]);
  });

  it('every duplicate key', () => {
    const text = withTop('tag: a\ntag: b\ntimezone: UTC\ntimezone: UTC');
    expect(messagesOf(text)).toHaveLength(2);
  });

  it('the code, the place, the fact and the way out apart', () => {
    const error = (() => {
      try {
        return loadPolicies(withTop('timezon: UTC'), 'etc/policies.yml');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({
      content: {
        code: 'policies-unknown-key',
        where: { file: 'etc/policies.yml', line: 1, column: 1 },
        what: '"timezon" is no setting here.',
        fix: 'Did you mean timezone?',
      },
    });
  });
});

describe('loadPolicies refuses what would exhaust it', () => {
  it('a bomb of aliases', () => {
    const levels = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
    );
    const messages = messagesOf(['a0: &a0 [x]', ...levels].join('\n'));
    expect(messages).toHaveLength(60);
    expect(messages[0]).toBe(
      'policies.yml:2:10: Aliases are not read in a policy file. Write the value out.',
    );
  });
});

describe('loadPolicies reads', () => {
  it('the defaults', () => {
    expect(loadPolicies(withSettings('pitr: {}'), 'policies.yml')).toEqual({
      tag: 'backup:policy',
      guardrail: { maxShare: 0.5, floor: 5 },
      policies: [
        {
          name: 'standard',
          engine: 'dynamodb',
          schedule: '0 3 * * *',
          timezone: 'UTC',
          retention: { daily: 7 },
          pitr: { recoveryPeriodDays: 35, onDrift: 'alert' },
          rpoMs: 26.4 * HOUR_MS,
        },
      ],
    });
  });

  it('every setting that is written', () => {
    const text = `
tag: team/backup
timezone: Europe/Berlin
guardrail: { maxShare: 0.25, floor: 7 }
digest: { schedule: "0 8 * * 1" }
policies:
  b:
    schedule: "0 3 * * *"
    retention: { last: 1, hourly: 2, daily: 3, weekly: 4, monthly: 5, yearly: 6, within: 1y2m3w4d5h }
    pitr: { recoveryPeriodDays: 7, onDrift: repair }
    rpo: 3d
  a:
    engine: dynamodb
    schedule: "0 * * * *"
    retention: { within: 48h }
`;
    expect(loadPolicies(text, 'policies.yml')).toStrictEqual({
      tag: 'team/backup',
      guardrail: { maxShare: 0.25, floor: 7 },
      digest: { schedule: '0 8 * * 1', timezone: 'Europe/Berlin' },
      policies: [
        {
          name: 'a',
          engine: 'dynamodb',
          schedule: '0 * * * *',
          timezone: 'Europe/Berlin',
          retention: { within: { years: 0, months: 0, days: 0, hours: 48 } },
          rpoMs: 2 * HOUR_MS,
        },
        {
          name: 'b',
          engine: 'dynamodb',
          schedule: '0 3 * * *',
          timezone: 'Europe/Berlin',
          retention: {
            ...{ last: 1, hourly: 2, daily: 3, weekly: 4, monthly: 5, yearly: 6 },
            within: { years: 1, months: 2, days: 25, hours: 5 },
          },
          pitr: { recoveryPeriodDays: 7, onDrift: 'repair' },
          rpoMs: 72 * HOUR_MS,
        },
      ],
    });
  });

  it('a byte order mark, Windows line ends and a last line without end', () => {
    const text = `\uFEFF${withSettings().replaceAll('\n', '\r\n')}`;
    expect(loadPolicies(text, 'policies.yml')).toEqual(loadPolicies(withSettings(), 'policies.yml'));
  });

  it('the policy file of this deployment', () => {
    const text = readFileSync(new URL('../../../policies.yml', import.meta.url), 'utf8');
    const { policies } = loadPolicies(text, 'policies.yml');
    expect(policies.map(({ name }) => name)).toEqual(['archive', 'critical', 'standard']);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./policies.schema.json');
  });

  it('a thousand policies and a megabyte, in four times as long as a quarter of them', {
    tags: ['timed'],
  }, async () => {
    const comment = `# ${'x'.repeat(1_000)}\n`;
    const policies = Array.from(
      { length: 1_000 },
      (_, index) =>
        `${comment}  p${index}:\n    schedule: "${index % 60} ${index % 24} * * *"\n    retention: { daily: ${index + 1} }\n`,
    );
    const prepare = (amount: number) => {
      const text = `timezone: Europe/Berlin\npolicies:\n${policies.slice(0, amount).join('')}`;
      return () => expect(loadPolicies(text, 'policies.yml').policies).toHaveLength(amount);
    };
    expect(await growth(prepare, 1_000, 2)).toBeLessThan(IN_PROPORTION);
  });
});
