import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../cli/view/display-columns.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { policyWarnings } from '../../../shared/core/policy/warnings.ts';

const withSchedule = (schedule: string): string =>
  `policies:\n  standard:\n    schedule: ${schedule}\n    retention: { daily: 7 }\n`;

const mistakeOf = (text: string): string => {
  try {
    loadPolicies(text, 'policies.yml');
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

const scheduleOf = (schedule: string): string | undefined =>
  loadPolicies(withSchedule(schedule), 'policies.yml').policies[0]?.schedule;

describe('a schedule', () => {
  it.each([
    { name: 'a tab', schedule: '"0\\t3 * * *"' },
    { name: 'a no-break space', schedule: '"0\u00a03 * * *"' },
    { name: 'a line end', schedule: '"0 3 * * *\\n"' },
    { name: 'a block', schedule: '|\n      0 3 * * *' },
    { name: 'a folded block', schedule: '>-\n      0 3\n      * * *' },
  ])('is taken with $name, and written with spaces', ({ schedule }) => {
    expect(scheduleOf(schedule)).toBe('0 3 * * *');
  });

  it('stays as it was written where it has usual spaces only', () => {
    expect(scheduleOf('"0  3 * * * "')).toBe('0  3 * * * ');
  });

  it('names a character that nobody sees', () => {
    expect(mistakeOf(withSchedule('"0 3\u200b * * *"'))).toContain('3\\u200b');
  });

  it.each([
    { schedule: '"cron(0 3 * * ? *)"', fix: 'Write "0 3 * * *": five fields' },
    { schedule: '"cron(30 2 ? * 1 *)"', fix: 'Write "30 2 * * 0": five fields' },
    { schedule: '"cron(30 2 ? * MON-FRI *)"', fix: 'Write "30 2 * * MON-FRI": five fields' },
    { schedule: '"0 3 1 * ? *"', fix: 'Write "0 3 1 * *": five fields' },
    { schedule: '"cron(0 3 L * ? *)"', fix: 'Write five fields in quotes' },
    { schedule: '"cron(0 3 * * *)"', fix: 'Write "0 3 * * *".' },
    { schedule: '"rate(1 day)"', fix: 'Write when' },
    { schedule: '"@every 1h"', fix: 'Write when' },
    { schedule: '"@daily"', fix: 'Write "0 0 * * *".' },
  ])('of another tool is explained: $schedule', ({ schedule, fix }) => {
    expect(mistakeOf(withSchedule(schedule))).toContain(fix);
  });

  it.each([
    { schedule: '"*/45 * * * *"', says: ['some slots may never be met'] },
    { schedule: '"*/15 * * * *"', says: ['some slots may never be met'] },
    { schedule: '"*/30 * * * *"', says: [] },
    { schedule: '"45 * * * *"', says: [] },
    { schedule: '"0 3 1 * MON"', says: [] },
    { schedule: '"0 3 1 * *"', says: [] },
  ])('has a warning: $schedule, $says', ({ schedule, says }) => {
    const warnings = policyWarnings(loadPolicies(withSchedule(schedule), 'policies.yml'));
    expect(warnings.map((warning) => warning.says)).toEqual(says.map((one) => expect.stringContaining(one)));
  });
});

describe('a time zone', () => {
  it.each([
    { zone: 'Berlin', fix: 'Did you mean Europe/Berlin?' },
    { zone: 'New York', fix: 'Did you mean America/New_York?' },
    { zone: 'america/new york', fix: 'Did you mean America/New_York?' },
    { zone: 'CET', fix: 'such as Europe/Berlin.' },
    { zone: 'PST', fix: 'such as America/Los_Angeles.' },
    { zone: 'UTC+1', fix: 'An offset does not say' },
    { zone: '"+09:00"', fix: 'An offset does not say' },
    { zone: 'Z', fix: 'Write UTC.' },
    { zone: '"Europe/Berlin "', fix: 'Did you mean Europe/Berlin?' },
    { zone: 'Europe/Berln', fix: 'Did you mean Europe/Berlin?' },
  ])('that is none gets a helpful answer: $zone', ({ zone, fix }) => {
    expect(mistakeOf(`timezone: ${zone}\n${withSchedule('"0 3 * * *"')}`)).toContain(fix);
  });
});

describe('a word of another tool', () => {
  const inRetention = (word: string): string =>
    `policies:\n  standard:\n    schedule: "0 3 * * *"\n    retention: { last: 1, ${word}: 7 }\n`;
  const inPolicy = (word: string): string => `${withSchedule('"0 3 * * *"')}    ${word}: 7\n`;

  it.each([
    { text: inRetention('keep-daily'), fix: 'Write daily.' },
    { text: inRetention('keepWeekly'), fix: 'Write weekly.' },
    { text: inRetention('keep_within'), fix: 'Write within.' },
    { text: inRetention('DeleteAfterDays'), fix: 'Write within: 35d' },
    { text: inPolicy('keep-last'), fix: 'Write retention: { last: 7 }.' },
    { text: inPolicy('retentionDays'), fix: 'Write retention, with within: 35d' },
    { text: inPolicy('cron'), fix: 'Write schedule.' },
    { text: inPolicy('ScheduleExpression'), fix: 'Write schedule.' },
    { text: inPolicy('pointInTimeRecovery'), fix: 'Write pitr.' },
    { text: inPolicy('retentoin'), fix: 'Did you mean retention?' },
    { text: `tz: UTC\n${withSchedule('"0 3 * * *"')}`, fix: 'Write timezone.' },
    { text: 'plans: {}\n', fix: 'Write policies.' },
  ])('gets its word here: $fix', ({ text, fix }) => {
    expect(mistakeOf(text)).toContain(fix);
  });
});

describe('the columns that text takes in a terminal', () => {
  it.each([
    { text: 'abc', columns: 3 },
    { text: '日本', columns: 4 },
    { text: '한글', columns: 4 },
    { text: 'e\u0301', columns: 1 },
    { text: '👩‍👧', columns: 2 },
    { text: 'ｆ', columns: 2 },
    { text: '', columns: 0 },
  ])('$text: $columns', ({ text, columns }) => {
    expect(columnsOf(text)).toBe(columns);
  });
});
