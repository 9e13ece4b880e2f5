import {
  CreateBackupCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { PublishCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { createTable } from '../../sim/console/tables.ts';
import type { Fault } from '../../sim/faults.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { failureOf, MINUTE, START, simWorld } from './world.ts';

const backUp = new CreateBackupCommand({ TableName: 'Orders', BackupName: 'nightly' });

const worldWithTable = () => {
  const world = simWorld();
  createTable(world.account, { name: 'Orders' });
  return world;
};

describe('faults', () => {
  it.each<{ kind: Fault['kind']; fails: RegExp; tookMs: number; made: number }>([
    { kind: 'throttle', fails: /^ThrottlingException: Rate exceeded$/, tookMs: 0, made: 0 },
    { kind: 'internal-error', fails: /^InternalServerError: Internal server error$/, tookMs: 0, made: 0 },
    {
      kind: 'access-denied',
      fails:
        /^AccessDeniedException: User: arn:aws:iam::111122223333:user\/AKIATEST is not authorized to perform: dynamodb:CreateBackup on resource: arn:aws:dynamodb:us-east-1:111122223333:table\/Orders because/,
      tookMs: 0,
      made: 0,
    },
    { kind: 'timeout', fails: /^TimeoutError: /, tookMs: 5000, made: 0 },
    { kind: 'timeout-after-effect', fails: /^TimeoutError: /, tookMs: 5000, made: 1 },
    { kind: 'connection-reset', fails: /^Error: read ECONNRESET$/, tookMs: 0, made: 0 },
    { kind: 'connection-reset-after-effect', fails: /^Error: read ECONNRESET$/, tookMs: 0, made: 1 },
    { kind: 'slow', fails: /^no failure$/, tookMs: 5000, made: 1 },
  ])('of kind $kind take $tookMs ms and leave $made backups', async ({ kind, fails, tookMs, made }) => {
    const { account, clock, dynamodb } = worldWithTable();
    account.faults.add({ operation: 'CreateBackup', kind, delayMs: 5000 });
    expect(await clock.run(failureOf(dynamodb.send(backUp)))).toMatch(fails);
    expect(clock.now() - START).toBe(tookMs);
    expect(account.ledger.of('recovery-point-made')).toHaveLength(made);
  });

  it.each<{ name: string; fault: Omit<Fault, 'kind' | 'operation'>; hits: string }>([
    { name: 'as often as they say', fault: { times: 2 }, hits: 'xx....' },
    { name: 'after so many calls', fault: { after: 2, times: 1 }, hits: '..x...' },
    {
      name: 'from an instant until another',
      fault: { from: START + MINUTE, until: START + 3 * MINUTE },
      hits: '.xx...',
    },
    { name: 'always, with no limit', fault: {}, hits: 'xxxxxx' },
    { name: 'for some inputs', fault: { when: (input) => input.TableName === 'Users' }, hits: '......' },
  ])('strike $name', async ({ fault, hits }) => {
    const { account, clock, dynamodb } = worldWithTable();
    account.faults.add({ operation: 'DescribeTable', kind: 'throttle', ...fault });
    let seen = '';
    for (let minute = 0; minute < 6; minute += 1) {
      const failure = await failureOf(dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' })));
      seen += failure === 'no failure' ? '.' : 'x';
      await clock.advanceBy(MINUTE);
    }
    expect(seen).toBe(hits);
  });

  it('happen with a probability, the same way for the same seed', async () => {
    const pattern = async (seed: number): Promise<string> => {
      const { account, dynamodb } = simWorld({ seed });
      account.faults.add({ operation: '*', kind: 'internal-error', probability: 0.5 });
      let seen = '';
      for (let call = 0; call < 40; call += 1) {
        seen += (await failureOf(dynamodb.send(new ListTablesCommand({})))) === 'no failure' ? '.' : 'x';
      }
      return seen;
    };
    const first = await pattern(7);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
    expect(await pattern(7)).toBe(first);
    expect(await pattern(8)).not.toBe(first);
  });

  it('can be taken away, one or all', async () => {
    const { account, dynamodb } = worldWithTable();
    const list = () => failureOf(dynamodb.send(new ListTablesCommand({})));
    const fault = account.faults.add({ operation: '*', kind: 'throttle' });
    expect(await list()).toMatch(/^ThrottlingException/);
    fault.remove();
    expect(await list()).toBe('no failure');
    account.faults.add({ operation: '*', kind: 'throttle' });
    account.faults.clear();
    expect(await list()).toBe('no failure');
  });

  it('are worded as each service words them', async () => {
    const { account, sns, tagging } = simWorld();
    account.faults.add({ operation: '*', kind: 'throttle', times: 2 });
    const publish = new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: 'm' });
    expect(await failureOf(tagging.send(new GetResourcesCommand({})))).toBe(
      'ThrottledException: Rate exceeded',
    );
    expect(await failureOf(sns.send(publish))).toMatch(/^Throttled(Exception)?: Rate exceeded$/);
    account.faults.add({ operation: '*', kind: 'access-denied' });
    expect(await failureOf(tagging.send(new GetResourcesCommand({})))).toContain(
      'to perform: tag:GetResources on resource: *',
    );
    expect(await failureOf(sns.send(publish))).toMatch(
      /^AuthorizationErrorException: .* SNS:Publish on resource: arn:aws:sns/,
    );
  });

  it.each<Fault['kind']>(['throttle', 'internal-error', 'timeout', 'connection-reset'])(
    'of kind %s are ones that the SDK tries again by itself',
    async (kind) => {
      const { account, clock } = worldWithTable();
      account.faults.add({ operation: 'DescribeTable', kind, times: 1, delayMs: 10 });
      const retrying = new DynamoDBClient({
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler: requestHandlerOf(account),
      });
      const answer = await clock.run(retrying.send(new DescribeTableCommand({ TableName: 'Orders' })));
      expect(answer.$metadata.attempts).toBe(2);
    },
  );
});

describe('permission', () => {
  it('is asked for every call, with operation, resource and key', async () => {
    const asked: string[] = [];
    const { account, dynamodb, tagging } = simWorld({
      authorize: ({ operation, resource, accessKeyId }) => {
        asked.push(`${accessKeyId} ${operation} ${resource}`);
        return operation !== 'dynamodb:CreateBackup';
      },
    });
    createTable(account, { name: 'Orders' });
    expect(await failureOf(dynamodb.send(backUp))).toMatch(/^AccessDeniedException/);
    await tagging.send(new GetResourcesCommand({}));
    expect(asked).toEqual([
      'AKIATEST dynamodb:CreateBackup arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
      'AKIATEST tag:GetResources *',
    ]);
  });
});
