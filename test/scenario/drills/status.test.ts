import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { plainPaint } from '../../../cli/view/colour.ts';
import { explainLines } from '../../../cli/view/explain-text.ts';
import { createRestoreRecords } from '../../../shared/adapters/state/restore-records.ts';
import { explanationOf } from '../../../shared/core/explain/explanation.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RestoreRecord } from '../../../shared/model/restore.ts';
import { lookAtAll } from '../../../shared/run/look.ts';
import { readStatus } from '../../../shared/run/status.ts';
import { restoring } from '../restore/world.ts';
import { aDrilledWorld, DRILLED } from './world.ts';

/** A restore of `carts` by a person, from nine hours ago, that took twenty minutes. */
const restoredByPerson = (now: number): RestoreRecord => {
  const begunAt = now - 9 * HOUR_MS;
  return {
    ...{ id: 'carts-again/1', targetTable: 'carts-again', targetRegion: 'us-east-1', phase: 'ended' },
    ...{ revision: 0, plannedAt: begunAt, askedAt: begunAt, acceptedAt: begunAt },
    activeAt: begunAt + 20 * MINUTE_MS,
    ...{ overrides: {}, steps: [] },
    choices: { settings: 'all', ttl: 'later', warm: 'leave', role: 'look-only' },
    source: { kind: 'point-in-time', table: 'carts', tableId: 'x', tableArn: 'arn:carts', second: begunAt },
  };
};

const afterDrillAndRestore = async (policies?: string) => {
  const world = await aDrilledWorld({ ...(policies !== undefined && { policies }) }, ['carts']);
  const { asPerson, clock } = world;
  for (let hour = 0; hour < 3; hour += 1) {
    await world.drill();
    await clock.advanceBy(HOUR_MS);
  }
  const people = new DynamoDBClient({
    ...world.wireOf('audit'),
    credentials: { accessKeyId: 'person', secretAccessKey: 'x' },
  });
  const state = { client: people, name: 'tablekeeper-prod-state' };
  const restoreRecords = createRestoreRecords(state, asPerson.target);
  expect(await clock.run(restoreRecords.begin(restoredByPerson(clock.now())))).toBe(true);
  return world;
};

it('the status counts restores by people beside drills', async () => {
  const { asPerson, clock } = await afterDrillAndRestore();
  const expectedIn = async (parts: typeof asPerson) => {
    const { tables } = await clock.run(readStatus(parts, { live: true }));
    return tables.find(({ verdict }) => verdict.table === 'carts')?.ifLost.expected;
  };
  const withoutThem = { ...asPerson, restoreRecords: { list: async () => [] } };
  expect(await expectedIn(withoutThem)).toMatchObject({
    ...{ kind: 'own-table', count: 1, shortestMs: HOUR_MS },
  });
  expect(await expectedIn(asPerson)).toEqual({
    kind: 'own-table',
    count: 2,
    shortestMs: 20 * MINUTE_MS,
    longestMs: HOUR_MS,
  });
});

it('so does the digest, under the role of the audit', async () => {
  const { account, clock, run } = await afterDrillAndRestore(`digest: { schedule: "0 8 * * *" }\n${DRILLED}`);
  await clock.advanceBy(3 * HOUR_MS);
  await run('audit');
  const digest = account.inbox.messages.findLast(({ subject }) => subject.includes('Digest'));
  expect(digest?.message.replaceAll(/\s+/g, ' ')).toContain('in about 20 min to 1 h (2 restores)');
});

it('a restore is expected to take as long as its drills did', async () => {
  const world = await aDrilledWorld({}, ['carts']);
  const plan = ['carts', '--at', 'latest', '--plan', '--tz', 'UTC'];
  expect((await restoring(world, plan)).stdout).toContain('AWS says at least 20 minutes');
  for (let hour = 0; hour < 3; hour += 1) {
    await world.drill();
    await world.clock.advanceBy(HOUR_MS);
  }
  expect((await restoring(world, plan)).stdout).toMatch(/as 1 earlier restore of carts took/);
});

it('explain says how far the restore of a table was proved', async () => {
  const { asPerson, clock } = await afterDrillAndRestore();
  const { policies, instance, target } = asPerson;
  const seen = await clock.run(lookAtAll(asPerson));
  const explanation = explanationOf({ ...seen, policies }, 'carts');
  const view = { explanation, instance, target, now: seen.plan.plannedAt, tag: policies.tag };
  const lines = explainLines(view, { paint: plainPaint }).join('\n');
  expect(lines).toMatch(/Restore last proved\n {2}.*: restored from backup within 1 h/);
  expect(lines).toContain('drills each table every');
});
