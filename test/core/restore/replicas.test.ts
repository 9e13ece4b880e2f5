import { describe, expect, it } from 'vitest';
import { formerReplica, replicaRegions } from '../../../shared/core/restore/replicas.ts';
import { aShape, everySetting } from '../../support/table-settings.ts';

const AT = 1_000_000;
const manifest = { table: 'orders', capturedAt: AT, settings: everySetting() };
const BASE = {
  table: 'orders',
  keptAt: AT,
  standsIn: [],
  unseenIn: [],
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/0123',
};

describe('what is known of the global table of a table that is gone', () => {
  it.each([
    {
      name: 'a table that was there before the settings were kept',
      seen: [{ region: 'eu-west-1', createdAt: AT }],
      expected: { ...BASE, standsIn: ['eu-west-1'] },
    },
    {
      name: 'a table that was made later is another one',
      seen: [{ region: 'eu-west-1', createdAt: AT + 1 }],
      expected: undefined,
    },
    {
      name: 'a Region that was not read may have it',
      seen: [{ region: 'eu-west-1', isUnread: true } as const],
      expected: { ...BASE, unseenIn: ['eu-west-1'] },
    },
    { name: 'nothing stands', seen: [], expected: undefined },
  ])('is, of $name', ({ seen, expected }) => expect(formerReplica(manifest, seen)).toEqual(expected));

  it('has no key where AWS has it, and says that strong consistency takes no replica', () => {
    const shape = aShape({
      encryption: { kind: 'kms', keyArn: 'alias/aws/dynamodb', isAwsManaged: true },
      strongConsistency: { witnesses: [] },
    });
    const strong = { ...manifest, settings: everySetting({ shape }) };
    const found = formerReplica(strong, [{ region: 'eu-west-1', createdAt: 0 }]);
    expect(found).toEqual({
      table: 'orders',
      keptAt: AT,
      standsIn: ['eu-west-1'],
      unseenIn: [],
      isStrong: true,
    });
  });
});

it('an older manifest that knows no replicas knows no Regions', () => {
  expect(replicaRegions(undefined, 'us-east-1')).toEqual([]);
  expect(replicaRegions([{ region: 'us-east-1' }, { region: 'eu-west-1' }], 'us-east-1')).toEqual([
    'eu-west-1',
  ]);
});
