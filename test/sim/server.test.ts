import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import {
  CreateBackupCommand,
  DynamoDBClient,
  ListBackupsCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeEffectivePolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { createTable } from '../../sim/console/tables.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { installVirtualTime } from '../../sim/virtual-time.ts';
import { failureOf, HOUR, START } from './world.ts';

const backUp = new CreateBackupCommand({ TableName: 'Orders', BackupName: 'nightly' });

describe('over HTTP', () => {
  const clock = createVirtualClock(START);
  const account = createAccount({ clock, rates: 'off' });
  createTable(account, { name: 'Orders', tags: { a: 'b' } });
  let server: SimServer;
  const config = () => ({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  beforeEach(async () => {
    server = await startServer(account);
  });
  afterEach(async () => {
    account.faults.clear();
    await server.close();
  });

  it('one endpoint answers for all services', async () => {
    const dynamodb = new DynamoDBClient(config());
    await dynamodb.send(backUp);
    await dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'ü' } } }));
    expect((await dynamodb.send(new ListBackupsCommand({}))).BackupSummaries).toHaveLength(1);
    const tagged = await new ResourceGroupsTaggingAPIClient(config()).send(new GetResourcesCommand({}));
    expect(tagged.ResourceTagMappingList).toHaveLength(1);
    const topic = await new SNSClient(config()).send(new CreateTopicCommand({ Name: 'alerts' }));
    expect(topic.TopicArn).toContain(':alerts');
    expect((await new STSClient(config()).send(new GetCallerIdentityCommand({}))).Account).toBe(
      '111122223333',
    );
    const settings = await new BackupClient(config()).send(new DescribeRegionSettingsCommand({}));
    expect(settings.ResourceTypeOptInPreference?.DynamoDB).toBe(true);
    const effective = new DescribeEffectivePolicyCommand({ PolicyType: 'TAG_POLICY' });
    expect(await failureOf(new OrganizationsClient(config()).send(effective))).toBe(
      'AWSOrganizationsNotInUseException: Your account is not a member of an organization.',
    );
  });

  it('a service is known by its name, with a name space before it as the AWS CLI writes it, or without', async () => {
    const ask = async (target: string) => {
      const headers = { 'x-amz-target': target };
      const answer = await fetch(server.url, { method: 'POST', headers, body: '{}' });
      return await answer.json();
    };
    const own = 'CloudTrail_20131101.DescribeTrails';
    expect(await ask(own)).toEqual({ trailList: [] });
    expect(await ask(`com.amazonaws.cloudtrail.v20131101.${own}`)).toEqual({ trailList: [] });
    expect(await ask('Nobody_20131101.DescribeTrails')).toMatchObject({
      __type: expect.stringMatching(/UnknownOperationException$/),
    });
  });

  it('a lost connection is a lost connection, with the effect or without', async () => {
    const dynamodb = new DynamoDBClient(config());
    const made = () => account.ledger.of('recovery-point-made').length;
    const before = made();
    account.faults.add({ operation: 'CreateBackup', kind: 'connection-reset', times: 1 });
    expect(await failureOf(dynamodb.send(backUp))).toMatch(/ECONNRESET|socket hang up/);
    expect(made()).toBe(before);
    account.faults.add({ operation: 'CreateBackup', kind: 'connection-reset-after-effect', times: 1 });
    expect(await failureOf(dynamodb.send(backUp))).toMatch(/ECONNRESET|socket hang up/);
    expect(made()).toBe(before + 1);
  });

  it('a request that belongs to no service is refused as an unknown operation', async () => {
    const answer = await fetch(server.url, { method: 'POST', body: 'Action=Dance&Version=2010-03-31' });
    expect(answer.status).toBe(400);
    // A client would correct its clock by it.
    expect(answer.headers.get('date')).toBeNull();
    expect(await answer.text()).toContain('<Code>UnknownOperationException</Code>');
  });

  it('an unchanged program lives in virtual time, its back-off and its time-outs too', async () => {
    const own = { Date, setTimeout, clearTimeout };
    const leave = installVirtualTime(clock, account);
    try {
      expect(Date).not.toBe(own.Date);
      const dynamodb = new DynamoDBClient({ ...config(), maxAttempts: 3 });
      account.faults.add({ operation: 'ListBackups', kind: 'slow', delayMs: HOUR, times: 1 });
      account.faults.add({ operation: 'ListBackups', kind: 'throttle', times: 1 });
      const work = async (): Promise<number> => {
        const started = Date.now();
        await dynamodb.send(new ListBackupsCommand({}));
        await dynamodb.send(new ListBackupsCommand({}));
        await new Promise((resolve) => setTimeout(resolve, HOUR));
        expect(Date.now()).toBe(Date.now());
        return Date.now() - started;
      };
      const tookMs = await clock.run(work());
      // The SDK draws its back-off, and may draw nothing.
      expect(tookMs).toBeGreaterThanOrEqual(2 * HOUR);
      expect(tookMs).toBeLessThan(2 * HOUR + 30_000);
    } finally {
      leave();
    }
    expect({ Date, setTimeout, clearTimeout }).toEqual(own);
  });

  it('time stands still while a request is open', async () => {
    const leave = installVirtualTime(clock, account);
    try {
      const dynamodb = new DynamoDBClient(config());
      const started = Date.now();
      const timer = new Promise((resolve) => setTimeout(resolve, HOUR));
      const work = async (): Promise<number> => {
        for (let count = 0; count < 20; count += 1) await dynamodb.send(new ListBackupsCommand({}));
        return Date.now() - started;
      };
      expect(await clock.run(work())).toBe(0);
      await clock.run(timer);
      expect(Date.now() - started).toBe(HOUR);
    } finally {
      leave();
    }
  });

  it('a program that cancels its timers is not woken by them', async () => {
    const leave = installVirtualTime(clock, account);
    try {
      const fired: string[] = [];
      const cancelled = setTimeout(() => fired.push('called off'), 10);
      setTimeout((name: string) => fired.push(name), 20, 'fired');
      setTimeout(() => fired.push('at once'), 0);
      clearTimeout(cancelled);
      await clock.run(new Promise((resolve) => setTimeout(resolve, 50)));
      expect(fired).toEqual(['at once', 'fired']);
    } finally {
      leave();
    }
  });
});
