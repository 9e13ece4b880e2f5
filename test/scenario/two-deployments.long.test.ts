import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// Two deployments in one account and Region, with policies of the same name for the same tables. The name of the second begins with that of
// the first, and it keeps less.

const policies = (retention: string) => `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: ${retention}
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
`;

const TABLES = ['carts', 'orders'];

const aPair = async (): Promise<readonly [Deployment, Deployment]> => {
  const prod = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: policies('{ daily: 7 }') });
  const second = prod.beside({ instance: 'prod-2', policies: policies('{ daily: 2 }') });
  for (const name of TABLES)
    createTable(prod.account, { name, tags: { 'backup:policy': 'standard' }, pitr: true });
  await prod.clock.advanceBy(HOUR_MS);
  return [prod, second];
};

/** Days on which all functions of these deployments run, those of one moment at once. */
const days = async (count: number, deployments: readonly Deployment[]): Promise<void> => {
  const [{ clock } = { clock: undefined }] = deployments;
  for (let day = 0; day < count; day += 1)
    for (const mode of ['protect', 'expire', 'audit'] as const) {
      const reports = await clock?.run(Promise.all(deployments.map(({ start }) => start(mode))));
      expect(reports?.flatMap(({ failures }) => failures)).toEqual([]);
      await clock?.advanceBy(DAY_MS / 3);
    }
};

/** Recovery points that somebody made or deleted, as `instance of the name by instance of the function`. */
const hands = ({ account }: Deployment, kind: 'recovery-point-made' | 'recovery-point-deleted') => {
  const deeds = account.ledger.of(kind).map(({ name, by }) => {
    const function_ = by.accessKeyId.replace(/^tablekeeper-/, '').replace(/-(backup|prune)$/, '');
    return `${name.split('.')[1]} by ${function_}`;
  });
  return Object.fromEntries(
    [...Map.groupBy(deeds, (deed) => deed)].map(([deed, { length }]) => [deed, length]),
  );
};

const namesOf = ({ account }: Deployment, table: string, instance: string): readonly string[] =>
  backupsOf(account, table)
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`tablekeeper.${instance}.`));

describe('two deployments in one account and Region', () => {
  it('each make and delete their own recovery points, and never touch the other’s', async () => {
    const pair = await aPair();
    await days(12, pair);
    const [prod] = pair;
    expect(hands(prod, 'recovery-point-made')).toEqual({ 'prod by prod': 24, 'prod-2 by prod-2': 24 });
    expect(hands(prod, 'recovery-point-deleted')).toEqual({ 'prod by prod': 10, 'prod-2 by prod-2': 20 });
    for (const table of TABLES) {
      expect(namesOf(prod, table, 'prod')).toHaveLength(7);
      expect(namesOf(prod, table, 'prod-2')).toHaveLength(2);
    }
    expect(prod.account.inbox.messages).toEqual([]);
  });

  it('when one is gone the other leaves alone what it left, and needs nothing of it', async () => {
    const pair = await aPair();
    const [prod, second] = pair;
    await days(10, pair);
    const left = TABLES.map((table) => namesOf(prod, table, 'prod'));
    await days(20, [second]);
    expect(TABLES.map((table) => namesOf(prod, table, 'prod'))).toEqual(left);
    for (const table of TABLES) expect(namesOf(prod, table, 'prod-2')).toHaveLength(2);
  });

  it('the recovery points of one protect no table for the other', async () => {
    const [prod, second] = await aPair();
    await days(10, [prod]);
    const report = await second.run('protect');
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    for (const table of TABLES) expect(namesOf(prod, table, 'prod-2')).toHaveLength(1);
  });

  it('a hold stops both, each in its own state', async () => {
    const pair = await aPair();
    const [prod] = pair;
    await days(8, pair);
    tagTable(prod.account, 'orders', { 'backup:hold': 'true' });
    await prod.clock.advanceBy(HOUR_MS);
    const before = backupsOf(prod.account, 'orders').map(({ name }) => name);
    await days(5, pair);
    expect(backupsOf(prod.account, 'orders').map(({ name }) => name)).toEqual(expect.arrayContaining(before));
  });

  it('people of each are told once by their own topic, and each remembers what it told', async () => {
    const pair = await aPair();
    const [prod] = pair;
    await days(1, pair);
    setPitr(prod.account, 'orders', { enabled: false });
    await days(1, pair);
    const told = prod.account.inbox.messages.map(({ topicArn, subject }) => [
      topicArn.split(':').at(-1),
      subject,
    ]);
    expect(told.toSorted()).toEqual([
      ['tablekeeper-prod-2-alerts', '[Tablekeeper prod-2] 1 new, critical: PITR off on orders'],
      ['tablekeeper-prod-alerts', '[Tablekeeper prod] 1 new, critical: PITR off on orders'],
    ]);
  });
});
