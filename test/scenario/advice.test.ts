import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, tableOf, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// Somebody does what the mail says, to the letter and to every table that it names, and nothing is worse for it.

const TAG = 'backup:policy';

const policy = (name: string, days: number, onDrift: string): string => `
  ${name}:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
    pitr: { required: true, recoveryPeriodDays: ${days}, onDrift: ${onDrift} }`;

const POLICIES = `
timezone: UTC
policies:
  archive:
    schedule: "0 4 1 * *"
    retention: { monthly: 24 }${policy('critical', 35, 'alert')}${policy('mended', 35, 'repair')}${policy('standard', 7, 'alert')}
`;

const daysOf = async (tags: Readonly<Record<string, string>>): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: POLICIES });
  const { account, clock } = tablekeeper;
  for (const [name, value] of Object.entries(tags))
    createTable(account, { name, tags: { [TAG]: value }, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
  createTable(account, {
    name: 'zz-well',
    tags: { [TAG]: 'standard' },
    pitr: true,
    createdAt: clock.now() - 40 * DAY_MS,
  });
  await live(tablekeeper);
  await live(tablekeeper);
  account.inbox.clear();
  return tablekeeper;
};

const live = async ({ clock, run }: Deployment): Promise<void> => {
  await clock.advanceBy(DAY_MS - 10 * MINUTE_MS);
  await run('protect');
  await clock.advanceBy(10 * MINUTE_MS);
  await run('audit', { deadline: clock.now() + HOUR_MS });
};

/** Commands and sentences on one line each, entry by entry. */
const entries = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages
    .filter(({ protocol }) => protocol === 'email')
    .flatMap(({ message }) =>
      message
        .replaceAll(/ ?\\?\n {2,}/g, ' ')
        .split(/^\* /m)
        .slice(1),
    );

const SET_TAG = /table\/(\S+) --tags Key=backup:policy,Value=(\S+)/;
const SET_DAYS = /update-continuous-backups \S+ \S+ --table-name (\S+) \S+ \S+RecoveryPeriodInDays=(\d+)/;

/** What an entry says of a table, and, where it says so, of all others that it names. */
const asTold = (entry: string, command: RegExp): ReadonlyMap<string, string> => {
  const [, table = '', value = ''] = command.exec(entry) ?? [];
  if (table === '') return new Map();
  const others = entry.includes('each of the others needs the same')
    ? [...entry.slice(0, entry.indexOf(' The first of them:')).matchAll(/\bt-\d+\b/g)].map(([name]) => name)
    : [];
  const apart = [...entry.matchAll(/(t-\d+)=([a-z+]+)/g)].map(
    ([, name = '', own = '']) => [name, own] as const,
  );
  return new Map([...others.map((name) => [name, value] as const), ...apart, [table, value]]);
};

const allTold = (tablekeeper: Deployment, command: RegExp, about: string) =>
  new Map(
    entries(tablekeeper)
      .filter((entry) => entry.startsWith(about))
      .flatMap((entry) => [...asTold(entry, command)]),
  );

const TAGS = [
  'critical',
  'critical',
  'critical',
  'archive',
  'archive+critical',
  'archive+standard',
  'standard',
];

const tablesWith = (tags: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map((tag, at) => [`t-${String(at).padStart(2, '0')}`, tag]));

describe('what the mail says of tables that lost their tags', { timeout: 120_000 }, () => {
  it.each([
    { name: 'seven tables with five tags', tags: TAGS, most: 9 },
    {
      name: 'seventy tables with five tags',
      tags: Array.from({ length: 10 }, () => TAGS).flat(),
      most: 6,
    },
  ])('brings each tag back: $name', async ({ tags, most }) => {
    const were = tablesWith(tags);
    const tablekeeper = await daysOf(were);
    for (const name of Object.keys(were)) tagTable(tablekeeper.account, name, { [TAG]: null });
    await live(tablekeeper);
    const lost = entries(tablekeeper).filter((entry) => entry.startsWith('no longer backed up'));
    expect(lost.length).toBeLessThanOrEqual(most);
    const advised = allTold(tablekeeper, SET_TAG, 'no longer backed up');
    expect(advised.size).toBeGreaterThanOrEqual(Math.min(tags.length, 20));
    for (const [name, value] of advised) expect([name, value]).toEqual([name, were[name]]);
  });

  it('brings each tag back, also where there are too many different ones for an entry each', async () => {
    const names = ['archive', 'critical', 'mended', 'standard'];
    const tags = Array.from({ length: 15 }, (_, at) =>
      names.filter((_name, bit) => ((at + 1) >> bit) % 2 === 1).join('+'),
    );
    const were = tablesWith(tags);
    const tablekeeper = await daysOf(were);
    for (const name of Object.keys(were)) tagTable(tablekeeper.account, name, { [TAG]: null });
    await live(tablekeeper);
    const lost = entries(tablekeeper).filter((entry) => entry.startsWith('no longer backed up'));
    expect(lost.length).toBeLessThanOrEqual(10);
    expect(lost.join()).toContain('for it alone. What each needs: t-');
    expect(Object.fromEntries(allTold(tablekeeper, SET_TAG, 'no longer backed up'))).toEqual(were);
  });
});

describe('what the mail says of tables that were given another policy', { timeout: 120_000 }, () => {
  const changed = (tags: readonly string[], now: string) => async (): Promise<void> => {
    const were = tablesWith(tags);
    const tablekeeper = await daysOf(were);
    for (const name of Object.keys(were)) tagTable(tablekeeper.account, name, { [TAG]: now });
    await live(tablekeeper);
    expect(Object.fromEntries(allTold(tablekeeper, SET_TAG, 'protection changed'))).toEqual(were);
  };

  it('is the tag that it had, and not both', changed(['critical'], 'archive'));
  it('is the tag that it had, with what stayed', changed(['critical+standard'], 'archive+critical'));
  it('is the tag that each had: they opted out', changed(TAGS, 'none'));
  it('is the tag that each had: they are under one policy now', changed(TAGS, 'mended'));

  it('is the tag that it had also when the first message did not leave', async () => {
    const tablekeeper = await daysOf({ 't-00': 'critical' });
    const { account } = tablekeeper;
    tagTable(account, 't-00', { [TAG]: 'archive' });
    account.faults.add({ operation: 'Publish', kind: 'internal-error' });
    await live(tablekeeper);
    await live(tablekeeper);
    account.faults.clear();
    account.inbox.clear();
    await live(tablekeeper);
    expect(allTold(tablekeeper, SET_TAG, 'protection changed')).toEqual(new Map([['t-00', 'critical']]));
  });
});

describe('what the mail says of point-in-time recovery that is off', { timeout: 120_000 }, () => {
  it('tells what the run repairs from what is left to do, with the days of each', async () => {
    const tags = [
      ...Array<string>(7).fill('mended'),
      'critical',
      'critical',
      ...Array<string>(5).fill('standard'),
    ];
    const were = tablesWith(tags);
    const tablekeeper = await daysOf(were);
    const { account } = tablekeeper;
    for (const name of Object.keys(were)) setPitr(account, name, { enabled: false });
    await live(tablekeeper);
    const off = entries(tablekeeper).filter((entry) => entry.startsWith('PITR off'));
    expect(off).toHaveLength(4);
    const [repaired, ...others] = off.filter((entry) => entry.includes('This run switches it on again'));
    expect(others).toEqual([]);
    expect(repaired).toMatch(/^PITR off on 7 tables/);
    expect(repaired).not.toContain('update-continuous-backups');
    for (const name of Object.keys(were))
      expect(tableOf(account, name).pitr !== undefined).toBe(were[name] === 'mended');
    const days = allTold(tablekeeper, SET_DAYS, 'PITR off');
    expect(days.size).toBe(7);
    for (const [name, value] of days) expect(value).toBe(were[name] === 'standard' ? '7' : '35');
  });
});
