import { describe, expect, it } from 'vitest';
import { keyDiagnoses, keysKept, unreadKeys } from '../../../shared/core/doctor/keys.ts';
import type { AskedKey } from '../../../shared/model/key-facts.ts';
import { aCallFailure } from '../../support/failures.ts';
import { NOW } from '../../support/world.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/a';

const standing = (seen: AskedKey['seen']) => keyDiagnoses([{ arn: KEY, seen }]);

describe('the keys of tables, as the doctor has them', () => {
  it('are those that tables have or had, each once', () => {
    const span = (keyArn?: string) => ({ ...(keyArn !== undefined && { keyArn }), from: NOW, until: NOW });
    expect(keysKept([{ keys: [span('b'), span(), span('a')] }, { keys: [span('b')] }, {}])).toEqual([
      'a',
      'b',
    ]);
  });

  it('are not spoken of where there are none', () => {
    expect(keyDiagnoses([])).toEqual([]);
  });

  it('are unknown where the state table cannot be read', () => {
    expect(unreadKeys(aCallFailure('Query', 'AccessDeniedException', 'no'))).toMatchObject({
      item: 'keys of tables',
      status: 'unknown',
      says: expect.stringContaining('which keys tables have or had'),
    });
  });

  it('are fine while all can be used', () => {
    expect(standing({ kind: 'found', value: { state: 'usable', word: 'Enabled' } })).toEqual([
      { item: 'keys of tables', status: 'fine', says: '1 key of KMS can be used' },
    ]);
  });

  it('are unknown where they may not be read', () => {
    const failure = aCallFailure('DescribeKey', 'AccessDeniedException', 'no');
    expect(standing({ kind: 'unreadable', failure })[0]).toMatchObject({ status: 'unknown' });
  });

  it.each([
    { seen: { kind: 'missing' }, says: `${KEY} is not there any more`, runs: 'describe-key' },
    {
      seen: { kind: 'found', value: { state: 'disabled', word: 'Disabled' } },
      says: `${KEY} is disabled`,
      runs: 'enable-key',
    },
    {
      seen: { kind: 'found', value: { state: 'unusable', word: 'Unavailable' } },
      says: `${KEY} cannot be used`,
      runs: 'describe-key',
    },
    {
      seen: { kind: 'found', value: { state: 'pending-deletion', word: 'PendingDeletion' } },
      says: `${KEY} waits for its deletion`,
      runs: 'cancel-key-deletion',
    },
  ] as const)('are named with what to do: $says', ({ runs, says, seen }) => {
    const [said, ...rest] = standing(seen);
    expect(rest).toEqual([]);
    expect(said).toMatchObject({ status: 'advised', says });
    expect(said?.fix?.commands[0]).toContain(runs);
  });
});
