import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { SimAccount } from '../../sim/account.ts';
import { makeGlobal, removeReplica } from '../../sim/console/global-tables.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable, deleteTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };

/** A deployment where the replica is, and the Region in which the table stands that it was made of. */
interface World {
  readonly tablekeeper: Deployment;
  readonly there: SimAccount;
}

const live = async ({ clock, run }: Deployment, days: number): Promise<void> => {
  for (let day = 0; day < days; day += 1) {
    await clock.advanceBy(DAY_MS - HOUR_MS);
    await run('protect');
    await clock.advanceBy(HOUR_MS);
    await run('audit');
  }
};

const lived = async (): Promise<World> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  const { account, clock } = tablekeeper;
  const there = openRegion(account, 'us-west-2');
  createTable(there, { name: 'ledger', createdAt: clock.now() - 90 * DAY_MS });
  await makeGlobal(there, 'ledger', { regions: [account.region] });
  tagTable(account, 'ledger', STANDARD);
  setPitr(account, 'ledger', { enabled: true });
  await live(tablekeeper, 3);
  account.inbox.clear();
  return { tablekeeper, there };
};

const lose = async ({ tablekeeper, there }: World): Promise<void> => {
  await removeReplica(there, 'ledger', tablekeeper.account.region);
  await tablekeeper.clock.advanceBy(MINUTE_MS);
};

const addAgain = async ({ tablekeeper, there }: World): Promise<void> => {
  await lose({ tablekeeper, there });
  await makeGlobal(there, 'ledger', { regions: [tablekeeper.account.region] });
};

const text = ({ account }: Deployment): string =>
  account.inbox.messages
    .map(({ message }) => message.replaceAll(/\\?\s+/g, ' '))
    .join(' ')
    .replaceAll(/\\ /g, '')
    .replaceAll(/\s+/g, ' ');

const ADD_AGAIN = `aws dynamodb update-table --region us-west-2 --table-name ledger --replica-updates '[{"Create":{"RegionName":"us-east-1"}}]'`;

const openOf = async (tablekeeper: Deployment, id: string) =>
  (await tablekeeper.run('audit')).openFindings.find((finding) => finding.id === id);

describe('a replica that is removed', { timeout: 60_000 }, () => {
  it('is reported by the audit with where its table still stands, and how it is added again', async () => {
    const world = await lived();
    await lose(world);
    const finding = await openOf(world.tablekeeper, 'table-deleted/ledger');
    expect(finding?.fact).toContain(
      'ledger, which a policy keeps, was deleted. It was a replica: its global table still stands in us-west-2.',
    );
    expect(text(world.tablekeeper)).toContain(ADD_AGAIN);
    expect(text(world.tablekeeper)).not.toContain('--target-table-name ledger ');
    expect(text(world.tablekeeper)).toContain('--target-table-name ledger-former');
  });

  it('is reported by a hint, which may not look elsewhere, with what the audit knew', async () => {
    const world = await lived();
    await lose(world);
    await world.tablekeeper.hint('ledger');
    expect(text(world.tablekeeper)).toContain(
      'It was a replica: its global table stood in us-west-2 as well',
    );
    expect(text(world.tablekeeper)).toContain('aws dynamodb describe-table --region us-west-2');
    expect(text(world.tablekeeper)).toContain(ADD_AGAIN);
    expect(text(world.tablekeeper)).toContain('--target-table-name ledger ');
  });

  it('is a table like any other where nothing of its global table stands', async () => {
    const world = await lived();
    await lose(world);
    deleteTable(world.there, 'ledger');
    await world.tablekeeper.clock.advanceBy(MINUTE_MS);
    const finding = await openOf(world.tablekeeper, 'table-deleted/ledger');
    expect(finding?.fact).not.toContain('replica');
    expect(text(world.tablekeeper)).toContain('--target-table-name ledger ');
  });
});

describe('a replica that is removed and added again', { timeout: 60_000 }, () => {
  it('has its items, and nothing is to be brought over', async () => {
    const world = await lived();
    await addAgain(world);
    tagTable(world.tablekeeper.account, 'ledger', STANDARD);
    const finding = await openOf(world.tablekeeper, 'table-replaced/ledger');
    expect(finding?.fact).toMatch(
      /^ledger, which a policy keeps, was deleted and made again at [^:]+:\d\d UTC as a replica of the table in us-west-2, which replication fills it from\./,
    );
    expect(finding?.fact).not.toContain('are not in it');
    expect(text(world.tablekeeper)).not.toContain('bring its items over');
    expect(text(world.tablekeeper)).toContain('Bring nothing over');
  });

  it('without its tag is said to be a replica', async () => {
    const world = await lived();
    await addAgain(world);
    const finding = await openOf(world.tablekeeper, 'no-longer-protected/ledger/standard');
    expect(finding?.fact).toContain(
      'it was deleted and made again, as a replica in a global table with us-west-2, and is not backed up',
    );
  });

  it('is not filled by a table that was made again elsewhere', async () => {
    const world = await lived();
    await lose(world);
    deleteTable(world.there, 'ledger');
    await world.tablekeeper.clock.advanceBy(MINUTE_MS);
    createTable(world.there, { name: 'ledger' });
    await makeGlobal(world.there, 'ledger', { regions: [world.tablekeeper.account.region] });
    tagTable(world.tablekeeper.account, 'ledger', STANDARD);
    const finding = await openOf(world.tablekeeper, 'table-replaced/ledger');
    expect(finding?.fact).toContain('the items of the former table are not in it');
  });
});
