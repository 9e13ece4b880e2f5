import { describe, expect, it } from 'vitest';
import { endsAheadOf, keepableOf, otherDeployments } from '../../../shared/core/retention/keepable.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { KnownCopy, KnownPoint } from '../../../shared/model/vault-record.ts';
import { aCallFailure } from '../../support/failures.ts';
import { aPolicy, aRecoveryPoint } from '../../support/world.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');
const HOME = 'arn:aws:backup:us-east-1:111122223333:backup-vault:main';
const FAR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';

const aCopy = (changes: Partial<KnownCopy>): KnownCopy => ({
  vault: FAR,
  jobId: 'job',
  startedAt: NOW - 9 * DAY_MS,
  attempt: 1,
  state: 'completed',
  ...changes,
});

const aPoint = (changes: Partial<KnownPoint>): KnownPoint => ({
  id: 'arn:point',
  vault: HOME,
  policy: 'offsite',
  slot: NOW - 10 * DAY_MS,
  tableId: 'id-of-orders',
  createdAt: NOW - 10 * DAY_MS,
  ...changes,
});

const remembered = (...points: readonly KnownPoint[]): Memory => ({
  pitrBaselines: [],
  vaultRecords: [{ recordedTable: 'orders', version: 1, points }],
});

const policies = [
  aPolicy({
    name: 'offsite',
    engine: 'aws-backup',
    vault: { name: 'main', deleteAfterDays: 30, startWindowMinutes: 480, copyTo: [] },
  }),
];

describe('what AWS Backup still deletes by itself', () => {
  it.each([
    {
      name: 'the end that was noted, whatever the policy says today',
      points: [aPoint({ deletesAt: NOW + 2 * DAY_MS })],
      is: { points: 1, firstAt: NOW + 2 * DAY_MS, lastAt: NOW + 2 * DAY_MS },
    },
    {
      name: 'the end of the policy where none was noted',
      points: [aPoint({})],
      is: { points: 1, firstAt: NOW + 20 * DAY_MS, lastAt: NOW + 20 * DAY_MS },
    },
    {
      name: 'a copy, and no copy whose days are over',
      points: [
        aPoint({
          goneAt: NOW - DAY_MS,
          copies: [
            aCopy({ deletesAt: NOW - DAY_MS, isEnded: true }),
            aCopy({ vault: HOME, deletesAt: NOW + DAY_MS }),
          ],
        }),
      ],
      is: { points: 1, firstAt: NOW + DAY_MS, lastAt: NOW + DAY_MS },
    },
    {
      name: 'no copy that never came to anything',
      points: [aPoint({ goneAt: NOW, copies: [aCopy({ state: 'failed', deletesAt: NOW + DAY_MS })] })],
      is: undefined,
    },
    { name: 'nothing of what is over', points: [aPoint({ deletesAt: NOW - DAY_MS })], is: undefined },
  ])('is $name', ({ is, points }) => {
    expect(endsAheadOf('orders', { memory: remembered(...points), now: NOW, policies })).toEqual(is);
  });
});

describe('a name that a person asks to keep', () => {
  const of = (instance: string) =>
    aRecoveryPoint({ tableName: 'orders', origin: { instance, policy: 'standard', slot: NOW - DAY_MS } });
  const ended: Memory = {
    pitrBaselines: [],
    goneTables: [
      {
        goneTable: 'orders',
        tableId: 'id',
        policies: ['review'],
        since: NOW - 30 * DAY_MS,
        endedAt: NOW - DAY_MS,
      },
    ],
  };
  const none: Memory = { pitrBaselines: [] };
  const denied = aCallFailure('ListBackups', 'AccessDeniedException', 'no');

  it.each([
    { name: 'has a backup of ours', memory: none, points: { items: [of('prod')] }, is: 'known' },
    { name: 'has something in a vault', memory: remembered(aPoint({})), points: { items: [] }, is: 'known' },
    { name: 'has nothing left', memory: ended, points: { items: [] }, is: 'ended' },
    { name: 'may have something left', memory: ended, points: { items: [], gap: denied }, is: 'known' },
    { name: 'is known for nothing', memory: none, points: { items: [of('dev')] }, is: 'unknown' },
    { name: 'cannot be looked up', memory: none, points: { items: [], gap: denied }, is: 'unchecked' },
  ])('that $name is $is', ({ is, memory, points }) => {
    expect(keepableOf('orders', { instance: 'prod', memory, points }).kind).toBe(is);
  });

  it('is named by other deployments', () => {
    const points = { items: [of('prod'), of('dev'), of('dev')] };
    expect(otherDeployments({ instance: 'prod', memory: none, points })).toEqual([
      { instance: 'dev', points: 2 },
    ]);
  });
});
