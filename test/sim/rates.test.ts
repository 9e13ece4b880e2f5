import {
  DescribeBackupCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { describe, expect, it } from 'vitest';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { RateMode } from '../../sim/rates.ts';
import { arnOf, failureOf, SECOND, simWorld } from './world.ts';

const worldAt = (rates: RateMode) => {
  const world = simWorld({ rates });
  createTable(world.account, { name: 'Orders' });
  const { arn } = createBackup(world.account, { table: 'Orders', name: 'b-1' });
  const { dynamodb, tagging } = world;
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    ListBackups: () => dynamodb.send(new ListBackupsCommand({})),
    DescribeBackup: () => dynamodb.send(new DescribeBackupCommand({ BackupArn: arn })),
    DescribeTable: () => dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' })),
    ListTagsOfResource: () => dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arnOf('Orders') })),
    GetResources: () => tagging.send(new GetResourcesCommand({})),
  };
  /** How many of fifty in a row pass. */
  const passing = async (name: string): Promise<number> => {
    let passed = 0;
    for (let count = 0; count < 50; count += 1) {
      if ((await failureOf(calls[name]?.() ?? Promise.reject(new Error(name)))) === 'no failure') passed += 1;
    }
    return passed;
  };
  return { ...world, passing };
};

describe('rates', () => {
  it.each<{ rates: RateMode; operation: string; passes: number }>([
    { rates: 'documented', operation: 'ListBackups', passes: 5 },
    { rates: 'documented', operation: 'DescribeBackup', passes: 13 },
    { rates: 'documented', operation: 'ListTagsOfResource', passes: 10 },
    { rates: 'documented', operation: 'GetResources', passes: 15 },
    { rates: 'documented', operation: 'DescribeTable', passes: 50 },
    { rates: 'measured', operation: 'ListBackups', passes: 5 },
    { rates: 'measured', operation: 'ListTagsOfResource', passes: 50 },
    { rates: 'off', operation: 'ListBackups', passes: 50 },
  ])('as $rates let $passes of fifty $operation pass at once', async ({ rates, operation, passes }) => {
    const { account, passing } = worldAt(rates);
    expect(await passing(operation)).toBe(passes);
    expect(account.calls.of(operation)).toBe(50);
    expect(account.calls.throttlesOf(operation)).toBe(50 - passes);
    account.calls.reset();
    expect(account.calls.total()).toBe(0);
  });

  it('let through for ever who keeps to them', async () => {
    const { account, clock, dynamodb } = worldAt('documented');
    for (let count = 0; count < 200; count += 1) {
      await dynamodb.send(new ListBackupsCommand({}));
      await clock.advanceBy(200);
    }
    expect(account.calls.throttlesOf('ListBackups')).toBe(0);
  });

  it('save up no more than a burst, however long nobody calls', async () => {
    const { clock, passing } = worldAt('documented');
    await passing('ListBackups');
    await clock.advanceBy(3600 * SECOND);
    expect(await passing('ListBackups')).toBe(5);
  });

  it('are one bucket for writing tags and taking them away', async () => {
    const { clock, dynamodb } = worldAt('documented');
    const ResourceArn = arnOf('Orders');
    const tag = new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: 'b' }] });
    const untag = new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] });
    for (let count = 0; count < 5; count += 1) await dynamodb.send(tag);
    expect(await failureOf(dynamodb.send(untag))).toBe('ThrottlingException: Rate exceeded');
    await clock.advanceBy(SECOND);
    await dynamodb.send(untag);
  });

  it('leave room for latency, which is virtual', async () => {
    const { clock, dynamodb } = simWorld({ latencyMs: 250, rates: 'documented' });
    const started = clock.now();
    await clock.run(dynamodb.send(new ListBackupsCommand({})));
    expect(clock.now() - started).toBe(250);
  });
});
