import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// A deployed edit that drops or shortens the promise of point-in-time recovery ends what was open about it, and is said.

const DROPPED = DAILY.replace(/ {4}pitr:[^\n]*\n/, '');
const ALSO = (text: string): string =>
  `${text}  offsite:\n    schedule: "0 4 * * 1"\n    retention: { weekly: 8 }\n`;
const TOLD = 'is no longer promised by standard';

const daysOf = async (names: readonly string[], tag = 'standard', policies = DAILY): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  const { account, clock } = tablekeeper;
  const createdAt = clock.now() - 40 * DAY_MS;
  for (const name of names)
    createTable(account, { name, tags: { 'backup:policy': tag }, pitr: true, createdAt });
  await live(tablekeeper, 2, policies);
  return tablekeeper;
};

const live = async ({ clock, run }: Deployment, days: number, policies: string): Promise<void> => {
  for (let tick = 0; tick < days * 4; tick += 1) {
    await clock.advanceBy(6 * HOUR_MS);
    await run('protect', { policies });
    await run('audit', { policies });
  }
};

const about = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ message }) => message).filter((message) => message.includes(TOLD));

const openIds = async ({ asPerson, clock }: Deployment): Promise<readonly string[]> =>
  (await clock.run(asPerson.stateStore.readFindings()))
    .filter(({ resolvedAt }) => resolvedAt === undefined)
    .map(({ id }) => id);

describe('a promise of point-in-time recovery that leaves the file', { timeout: 60_000 }, () => {
  it('is reported once for all tables of the policy, as information, and what was open about it ends', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await live(tablekeeper, 1, DAILY);
    expect(await openIds(tablekeeper)).toContain('pitr-off/orders');
    await live(tablekeeper, 10, DROPPED);
    expect(about(tablekeeper)).toHaveLength(1);
    expect(about(tablekeeper)[0]?.replaceAll(/\s+/g, ' ')).toContain(
      `Point-in-time recovery of 2 tables ${TOLD}: carts, orders.`,
    );
    const subjects = tablekeeper.account.inbox.messages.map(({ subject }) => subject).join('\n');
    expect(subjects).not.toMatch(/resolved/i);
    expect(await openIds(tablekeeper)).toEqual([]);
  });

  it('is reported by the next run when the message does not leave', async () => {
    const tablekeeper = await daysOf(['orders']);
    const fault = tablekeeper.account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    await live(tablekeeper, 2, DROPPED);
    fault.remove();
    expect(about(tablekeeper)).toEqual([]);
    await live(tablekeeper, 2, DROPPED);
    expect(about(tablekeeper)).toHaveLength(1);
  });

  it('is reported again when it is promised and dropped again', async () => {
    const tablekeeper = await daysOf(['orders']);
    await live(tablekeeper, 3, DROPPED);
    await live(tablekeeper, 3, DAILY);
    await live(tablekeeper, 3, DROPPED);
    expect(about(tablekeeper)).toHaveLength(2);
  });

  it('is no news while another policy of the table promises it', async () => {
    const both = ALSO(DAILY).replace('weekly: 8 }\n', 'weekly: 8 }\n    pitr: { required: true }\n');
    const tablekeeper = await daysOf(['orders'], 'standard+offsite', both);
    await live(tablekeeper, 3, both.replace(/ {4}pitr:[^\n]*alert }\n/, ''));
    expect(about(tablekeeper)).toEqual([]);
    await live(tablekeeper, 3, ALSO(DROPPED));
    expect(tablekeeper.account.inbox.messages.map(({ message }) => message).join('\n')).toContain(
      'is no longer promised by offsite',
    );
  });
});

const promising = (days: number, text = DAILY): string =>
  text.replace(/recoveryPeriodDays: \d+/, `recoveryPeriodDays: ${String(days)}`);

const ofPitr = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages
    .map(({ message }) => message.replaceAll(/\s+/g, ' '))
    .flatMap((message) => /Point-in-time recovery of [^.]*promised [^.]*\./.exec(message)?.[0] ?? []);

describe('a promise of point-in-time recovery that is shortened', { timeout: 60_000 }, () => {
  it('is reported once for all tables of the policy, as information, and what was open about it ends', async () => {
    const tablekeeper = await daysOf(['carts', 'orders']);
    setPitr(tablekeeper.account, 'orders', { enabled: true, recoveryPeriodDays: 14 });
    await live(tablekeeper, 1, DAILY);
    expect(await openIds(tablekeeper)).toContain('pitr-window-short/orders');
    await live(tablekeeper, 5, promising(7));
    expect(ofPitr(tablekeeper)).toEqual([
      'Point-in-time recovery of 2 tables is promised for 7 days now, and was for 35 days by standard: carts, orders.',
    ]);
    const subjects = tablekeeper.account.inbox.messages.map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes('protection changed'))).toHaveLength(1);
  });

  it('is no news when it is lengthened, and is news at each step down to none', async () => {
    const tablekeeper = await daysOf(['orders'], 'standard', promising(7));
    await live(tablekeeper, 1, promising(35));
    expect(ofPitr(tablekeeper)).toEqual([]);
    for (const days of [14, 7]) await live(tablekeeper, 1, promising(days));
    await live(tablekeeper, 2, DROPPED);
    expect(ofPitr(tablekeeper)).toEqual([
      'Point-in-time recovery of 1 table is promised for 14 days now, and was for 35 days by standard: orders.',
      'Point-in-time recovery of 1 table is promised for 7 days now, and was for 14 days by standard: orders.',
      'Point-in-time recovery of 1 table is no longer promised by standard: orders.',
    ]);
  });

  it('is reported by the next run when the message does not leave, and each step of two edits', async () => {
    const tablekeeper = await daysOf(['orders']);
    const fault = tablekeeper.account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    await live(tablekeeper, 1, promising(14));
    await live(tablekeeper, 1, promising(7));
    fault.remove();
    await live(tablekeeper, 2, promising(7));
    expect(ofPitr(tablekeeper)).toEqual([
      'Point-in-time recovery of 1 table is promised for 7 days now, and was for 35 days by standard: orders.',
    ]);
  });

  it('is what is left of it where another policy promises less, and no news where one promises as much', async () => {
    const also = (days: number): string =>
      ALSO(DAILY).replace(
        'weekly: 8 }\n',
        `weekly: 8 }\n    pitr: { required: true, recoveryPeriodDays: ${String(days)} }\n`,
      );
    const withoutFirst = (text: string): string => text.replace(/ {4}pitr:[^\n]*alert }\n/, '');
    const asMuch = await daysOf(['orders'], 'standard+offsite', also(35));
    await live(asMuch, 2, withoutFirst(also(35)));
    expect(ofPitr(asMuch)).toEqual([]);
    const less = await daysOf(['orders'], 'standard+offsite', also(7));
    await live(less, 2, withoutFirst(also(7)));
    expect(ofPitr(less)).toEqual([
      'Point-in-time recovery of 1 table is promised for 7 days now, and was for 35 days by standard: orders.',
    ]);
  });
});
