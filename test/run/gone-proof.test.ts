import { describe, expect, it } from 'vitest';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { TableDetails } from '../../shared/model/table.ts';
import type { Reading } from '../../shared/ports/inventory.ts';
import { createExpiry, type ExpireDeps } from '../../shared/run/expire.ts';
import { anExpire } from '../support/attempts.ts';
import { aDrill, aDrillState } from '../support/drills.ts';
import { aCallFailure } from '../support/failures.ts';
import { aRecoveryPoint, someDetails, somePolicies, TARGET } from '../support/world.ts';

const WINDOW = { from: 0, until: 1 };

const ofGone = anExpire({
  table: 'pr-1',
  recoveryPoint: aRecoveryPoint({ tableName: 'pr-1' }),
  isOfGoneTable: true,
});

const aRestore = (changes: object): RestoreRecord =>
  ({
    source: { kind: 'recovery-point', table: 'pr-1' },
    targetTable: 'pr-1-copy',
    targetRegion: TARGET.region,
    phase: 'started',
    ...changes,
  }) as unknown as RestoreRecord;

interface Given {
  readonly reading?: Reading<TableDetails>;
  readonly kept?: readonly string[];
  readonly restores?: () => Promise<readonly RestoreRecord[]>;
  readonly drilled?: boolean;
}

const carryOut = async ({ reading = { kind: 'missing' }, kept = [], restores, drilled = false }: Given) => {
  const calls: string[] = [];
  const deps: ExpireDeps = {
    policies: somePolicies(),
    target: TARGET,
    tableReader: {
      readTags: async () => {
        calls.push('tags');
        return { kind: 'missing' };
      },
    } as unknown as ExpireDeps['tableReader'],
    engines: {
      dynamodb: {
        list: async () => ({ items: [] }),
        apply: async (action) => {
          calls.push('delete');
          return { action, status: 'done', reason: '' };
        },
      },
    },
    stateStore: {
      readKept: async () => kept.map((keptTable) => ({ keptTable, keptAt: 0 })),
    } as unknown as ExpireDeps['stateStore'],
    restoresUnderWay: { list: restores ?? (async () => []) },
    drillStates: {
      list: async () => (drilled ? [aDrillState({ table: 'pr-1', current: aDrill({ table: 'pr-1' }) })] : []),
    },
    inventory: {
      describeTable: async () => {
        calls.push('describe');
        return reading;
      },
    } as unknown as ExpireDeps['inventory'],
  };
  const expire = createExpiry(deps, () => undefined);
  const outcomes = await Promise.all([expire(ofGone, WINDOW), expire(ofGone, WINDOW)]);
  return { calls, statuses: outcomes.map(({ status }) => status), outcomes };
};

describe('what is left of a gone table', () => {
  it('is deleted once DynamoDB has said that the table is not there, asked once just before', async () => {
    const { calls, statuses } = await carryOut({});
    expect(calls).toEqual(['describe', 'delete', 'delete']);
    expect(statuses).toEqual(['done', 'done']);
  });

  const unreadable = aCallFailure('DescribeTable', 'AccessDeniedException', 'no');

  it.each<{ name: string; given: Given; status: string }>([
    {
      name: 'a table of the name is there',
      given: { reading: { kind: 'found', value: someDetails('pr-1') } },
      status: 'deferred',
    },
    {
      name: 'it is being deleted',
      given: { reading: { kind: 'found', value: someDetails('pr-1', { status: 'DELETING' }) } },
      status: 'deferred',
    },
    {
      name: 'DynamoDB does not say',
      given: { reading: { kind: 'unreadable', failure: unreadable } },
      status: 'failed',
    },
    {
      name: 'there is no time to ask',
      given: { reading: { kind: 'unreadable', failure: unreadable, deferred: true } },
      status: 'deferred',
    },
    { name: 'a person asked to keep it', given: { kept: ['pr-1'] }, status: 'deferred' },
    { name: 'a drill of it is under way', given: { drilled: true }, status: 'deferred' },
    {
      name: 'it is being restored from',
      given: { restores: async () => [aRestore({})] },
      status: 'deferred',
    },
    {
      name: 'something is being restored to its name',
      given: {
        restores: async () => [
          aRestore({ source: { kind: 'recovery-point', table: 'other' }, targetTable: 'pr-1' }),
        ],
      },
      status: 'deferred',
    },
    {
      name: 'restores cannot be read',
      given: {
        restores: async () => {
          throw new Error('no answer');
        },
      },
      status: 'failed',
    },
  ])('stays where $name', async ({ given, status }) => {
    const { calls, statuses } = await carryOut(given);
    expect(calls).not.toContain('delete');
    expect(statuses).toEqual([status, status]);
  });

  it('is deleted where nobody needs it: of a restore that ended, a table of that name elsewhere', async () => {
    const restores = async () => [
      aRestore({ phase: 'ended' }),
      aRestore({ source: { kind: 'recovery-point', table: 'x' }, targetTable: 'pr-1', targetRegion: 'x' }),
    ];
    expect((await carryOut({ restores, kept: ['pr-2'] })).statuses).toEqual(['done', 'done']);
  });
});

describe('a table that is not there when its own rules expire something', () => {
  it('keeps everything, as it always has: only the proof of its end says otherwise', async () => {
    const { isOfGoneTable: _, ...byRules } = ofGone;
    const calls: string[] = [];
    const expire = createExpiry(
      {
        policies: somePolicies(),
        tableReader: { readTags: async () => ({ kind: 'missing' }) },
        engines: { dynamodb: { list: async () => ({ items: [] }), apply: async () => calls.push('delete') } },
      } as unknown as ExpireDeps,
      () => undefined,
    );
    expect(await expire(byRules, WINDOW)).toMatchObject({ status: 'deferred' });
    expect(calls).toEqual([]);
  });
});
