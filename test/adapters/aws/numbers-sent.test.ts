import { describe, expect, it } from 'vitest';
import { changeEntries } from '../../../shared/adapters/state/changes.ts';
import { claimSlot } from '../../../shared/adapters/state/claims.ts';
import { takeTurn } from '../../../shared/adapters/state/turns.ts';
import { repairsOf } from '../../../shared/core/plan/actions.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { aPolicy, aTable } from '../../support/world.ts';
import { NOW, onAnswers } from '../connect.ts';

// Every number that is sent to AWS is the one that was meant.

describe('a repair', () => {
  it.each(Array.from({ length: 35 }, (_, at) => at + 1))('promises and sends %i days', async (days) => {
    const policy = aPolicy({ pitr: { recoveryPeriodDays: days, onDrift: 'repair' } });
    const table = aTable({ pitr: { enabled: false } });
    const [action, ...others] = repairsOf([
      { table, policies: [policy], unknownNames: [], optedOut: false, reasons: [] },
    ]);
    if (action === undefined || others.length > 0) throw new Error('not one repair');
    const description = { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: days };
    const { pitrSwitch, run, sent } = onAnswers(() => ({
      body: { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: description } },
    }));
    expect((await run(pitrSwitch.enable(action))).status).toBe('done');
    expect(sent.map(({ input }) => input)).toEqual([
      {
        TableName: 'Orders',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days },
      },
    ]);
  });
});

describe('what is sent', () => {
  it('asks for recovery points since just that second, a hundred at a time', async () => {
    const { engine, run, sent } = onAnswers(() => ({ body: { BackupSummaries: [] } }));
    await run(engine.list({ since: NOW }));
    expect(sent).toEqual([
      {
        operation: 'ListBackups',
        input: { BackupType: 'USER', Limit: 100, TimeRangeLowerBound: NOW / 1000 },
      },
    ]);
  });

  it('asks for tables and tags a hundred at a time', async () => {
    const { inventory, run, sent } = onAnswers(() => ({
      body: { TableNames: [], ResourceTagMappingList: [] },
    }));
    await run(inventory.listTableNames());
    await run(inventory.listTaggedTables('backup:policy'));
    expect(sent.map(({ input }) => input)).toEqual([
      { Limit: 100 },
      expect.objectContaining({ ResourcesPerPage: 100 }),
    ]);
  });

  it('holds a claim until just then, in milliseconds, and forgets it 400 days later, in seconds', async () => {
    const { dynamodb: client, run, sent } = onAnswers(() => ({ body: {} }));
    const heldUntil = NOW + 16 * MINUTE_MS;
    const claim = { id: 'c', runId: 'r', heldUntil, overBefore: NOW - 10 * MINUTE_MS, token: 't' };
    await run(claimSlot({ client, name: 'state' }, claim));
    expect(sent[0]?.input).toMatchObject({
      Item: {
        heldUntil: { N: String(heldUntil) },
        expiresAt: { N: String((heldUntil + 400 * DAY_MS) / 1000) },
      },
      ExpressionAttributeValues: { ':overBefore': { N: String(NOW - 10 * MINUTE_MS) } },
    });
  });

  it('holds a turn until just then, and forgets it a day later', async () => {
    const { dynamodb: client, run, sent } = onAnswers(() => ({ body: {} }));
    const heldUntil = NOW + MINUTE_MS;
    await run(takeTurn({ client, name: 'state' }, { name: 'alert', now: NOW, heldUntil }, 't'));
    expect(sent[0]?.input).toMatchObject({
      Item: { heldUntil: { N: String(heldUntil) }, expiresAt: { N: String((heldUntil + DAY_MS) / 1000) } },
      ExpressionAttributeValues: { ':now': { N: String(NOW) } },
    });
  });

  it.each([2, 25, 26, 51])('is written 25 items a call: %i', async (count) => {
    const { dynamodb: client, run, sent } = onAnswers(() => ({ body: { UnprocessedItems: {} } }));
    const put = Array.from({ length: count }, (_, at) => ({ pk: 'p', sk: `${at}`, content: at }));
    await run(changeEntries({ client, name: 'state' }, { put }));
    const sizes = sent.map(({ operation, input }) =>
      operation === 'PutItem'
        ? 1
        : ((input.RequestItems as Record<string, readonly unknown[]>).state?.length ?? 0),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
  });
});
