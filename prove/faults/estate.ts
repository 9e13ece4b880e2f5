import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { Story } from '../story/event.ts';
import type { World } from '../world/deployment.ts';

/** Each operation, the function that its fault is injected into, and what else must fail for it to be called at all. */
export const OPERATIONS: readonly {
  readonly operation: string;
  readonly mode: Mode;
  readonly also?: string;
}[] = [
  { operation: 'GetResources', mode: 'protect' },
  { operation: 'ListBackups', mode: 'expire' },
  { operation: 'ListTables', mode: 'audit' },
  { operation: 'DescribeTable', mode: 'expire' },
  { operation: 'DescribeContinuousBackups', mode: 'audit' },
  { operation: 'CreateBackup', mode: 'protect' },
  { operation: 'ListTagsOfResource', mode: 'expire' },
  { operation: 'DescribeBackup', mode: 'expire' },
  { operation: 'DeleteBackup', mode: 'expire' },
  { operation: 'UpdateContinuousBackups', mode: 'audit' },
  { operation: 'Query', mode: 'expire' },
  { operation: 'PutItem', mode: 'protect' },
  { operation: 'BatchWriteItem', mode: 'audit' },
  // A claim is given back only where its backup was not made.
  { operation: 'DeleteItem', mode: 'protect', also: 'CreateBackup' },
  { operation: 'GetTopicAttributes', mode: 'audit' },
  { operation: 'ListSubscriptionsByTopic', mode: 'audit' },
  { operation: 'Publish', mode: 'audit' },
];

const START = Date.UTC(2026, 2, 10, 2);

/** One policy, daily at three, of which two are kept; PITR is promised and repaired. */
export const FAULTS_STORY: Story = {
  seed: 1,
  startAt: START,
  endAt: START + DAY_MS,
  file: {
    timezone: 'UTC',
    guardrail: { maxShare: 1, floor: 100 },
    policies: [
      {
        name: 'daily',
        rhythm: { minute: 0, hour: 3 },
        retention: { last: 2 },
        rpoHours: 26,
        pitr: { days: 35, onDrift: 'repair' },
      },
    ],
  },
  settings: { latencyMs: 0, shortPages: 0, backupListLagMs: 0, tagLagMs: 0 },
  events: [],
};

const TABLES = ['Orders', 'carts'] as const;

const namedFor = (at: number): string =>
  `tablekeeper.prod.daily.${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}T030000Z`;

/** Two tables with PITR off and three days of recovery points, just before the next slot. */
export const settleIn = (world: World): void => {
  for (const name of TABLES) {
    createTable(world.account, {
      name,
      tags: { 'backup:policy': 'daily' },
      sizeBytes: 1_000_000,
      createdAt: START - 30 * DAY_MS,
    });
    for (const daysAgo of [3, 2, 1]) {
      const createdAt = START + HOUR_MS - daysAgo * DAY_MS;
      createBackup(world.account, { table: name, name: namedFor(createdAt), createdAt });
    }
  }
};
