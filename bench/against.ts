import {
  CreateBackupCommand,
  DeleteBackupCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ListTagsOfResourceCommand,
  paginateListTables,
} from '@aws-sdk/client-dynamodb';
import type { RetryStrategyV2 } from '@smithy/types';
import { createRetryStrategy } from '../shared/adapters/aws/retry.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import { type Deployment, deploy } from '../test/support/deployment.ts';
import { markdownTable, numberText } from './cells.ts';
import { fillEstate, POINTS_EACH, POLICIES, STARTS_AT } from './estate.ts';
import { type Calls, totalOf } from './least-possible.ts';
import { LATENCY_MS } from './rate-bound.ts';

/** What most people would write: table by table, no pacing, the SDK left to retry. Returns the tables that failed. */
const loop = async (client: DynamoDBClient, keep: number): Promise<readonly string[]> => {
  const lost: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {}))
    for (const TableName of TableNames)
      try {
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        const { Tags = [] } = await client.send(
          new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }),
        );
        if (!Tags.some(({ Key, Value }) => Key === 'backup:policy' && Value !== 'none')) continue;
        await client.send(new CreateBackupCommand({ TableName, BackupName: `${TableName}-daily` }));
        const { BackupSummaries = [] } = await client.send(new ListBackupsCommand({ TableName }));
        const newestFirst = BackupSummaries.toSorted(
          (a, b) => Number(b.BackupCreationDateTime) - Number(a.BackupCreationDateTime),
        );
        for (const { BackupArn } of newestFirst.slice(keep))
          await client.send(new DeleteBackupCommand({ BackupArn }));
      } catch {
        lost.push(TableName);
      }
  return lost;
};

/** What backing up all tables and deleting the oldest recovery point of each took, on one account. */
export interface Contest {
  readonly name: string;
  readonly tables: number;
  readonly calls: Calls;
  readonly throttles: number;
  readonly seconds: number;
  /** Tables that failed, or that went without a backup or a deletion. */
  readonly missed: number;
}

/** Every table keeps as many as it has, so that the new one makes the oldest expire. */
const KEEPS_25 = POLICIES.replace('daily: 20', `daily: ${POINTS_EACH}`);

type Contestant = (deployment: Deployment) => Promise<number>;

const contest = async (name: string, tables: number, compete: Contestant): Promise<Contest> => {
  const deployment = await deploy({ startAt: STARTS_AT, policies: KEEPS_25, latencyMs: LATENCY_MS });
  const { account, clock } = deployment;
  fillEstate(account, { tables, isLatestFilled: false });
  account.calls.reset();
  const startedAt = clock.now();
  const missed = await compete(deployment);
  return {
    name,
    tables,
    calls: Object.fromEntries(account.calls.byOperation),
    throttles: [...account.calls.throttlesByOperation.values()].reduce((sum, count) => sum + count, 0),
    seconds: (clock.now() - startedAt) / 1_000,
    missed,
  };
};

/** What the SDK makes in its `standard` mode for DynamoDB (read in client-dynamodb 3.1164). */
const SDK_ATTEMPTS = 4;

/** Ours tries again for as long as a run has time; the SDK counts. */
const asTheSdk = (strategy: RetryStrategyV2): RetryStrategyV2 => ({
  ...strategy,
  refreshRetryTokenForRetry: async (token, failure) => {
    if (token.getRetryCount() + 1 >= SDK_ATTEMPTS) throw new Error('no further attempt');
    return await strategy.refreshRetryTokenForRetry(token, failure);
  },
});

const theLoop: Contestant = async ({ account, clock }) => {
  const client = new DynamoDBClient({
    region: account.region,
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    requestHandler: requestHandlerOf(account),
    retryStrategy: asTheSdk(createRetryStrategy({ clock, random: () => 0.5 })),
  });
  const lost = await clock.run(loop(client, POINTS_EACH));
  return lost.length;
};

const tablekeeper: Contestant = async ({ run }) => {
  const reports = [await run('protect'), await run('expire')];
  return reports.flatMap(({ outcomes }) => outcomes).filter(({ status }) => status !== 'done').length;
};

/** Compares the loop and Tablekeeper on the same work for each number of tables, both with the SDK's retries in virtual time. */
export const contests = async (sizes: readonly number[]): Promise<readonly Contest[]> => {
  const all: Contest[] = [];
  for (const tables of sizes) {
    all.push(await contest('loop', tables, theLoop));
    all.push(await contest('Tablekeeper', tables, tablekeeper));
  }
  return all;
};

const HEADS = ['Who', 'tables', 'calls', 'of them ListBackups', 'throttled', 'seconds', 'missed'];

/** Formats contests, one row for each. */
export const contestTable = (all: readonly Contest[]): string =>
  markdownTable([
    HEADS,
    ...all.map(({ name, tables, calls, throttles, seconds, missed }) => [
      name,
      numberText(tables),
      numberText(totalOf(calls)),
      numberText(calls.ListBackups ?? 0),
      numberText(throttles),
      numberText(seconds),
      numberText(missed),
    ]),
  ]);
