import { expect, it } from 'vitest';
import { itemTexts } from '../../../cli/view/restore-items-text.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import type { ItemCheck, RestoreRecord } from '../../../shared/model/restore.ts';

const textsOf = (items: Partial<ItemCheck>): readonly string[] =>
  itemTexts({
    items: { read: 10, boundToName: 0, failures: [], ...items },
    source: { kind: 'point-in-time', table: 'orders', tableId: 'id', tableArn: 'arn', second: 0 },
  } as unknown as RestoreRecord);

it.each([
  [
    'all is there',
    { compared: { keys: 10, there: 10, equal: 10 } },
    ['10 items of orders looked for: 10 are there, 10 hold the same.'],
  ],
  [
    'what is not there may be missing',
    { compared: { keys: 10, there: 7, equal: 7 } },
    [
      '10 items of orders looked for: 7 are there, 7 hold the same. 3 keys are not there: written after the restored second, or missing. The sample cannot tell which: look at one of them.',
    ],
  ],
  [
    'what differs was changed',
    { compared: { keys: 10, there: 10, equal: 9 } },
    [
      '10 items of orders looked for: 10 are there, 9 hold the same. 1 item differs, as what was changed since does.',
    ],
  ],
  [
    'the source is empty',
    { compared: { keys: 0, there: 0, equal: 0 } },
    ['orders has no items to look for.'],
  ],
  [
    'TTL would delete some',
    { expired: 4 },
    ['Of 10 items 4 have run out: TTL will delete such items within days of being switched on.'],
  ],
  [
    'nothing could be read',
    {
      read: 0,
      failures: [ownFailure('not-there', 'the restored table is not there', { operation: 'Scan' })],
    },
    ['Items could not be read: Scan: the restored table is not there.'],
  ],
])('says of items that %s', (_, items, expected) => {
  expect(textsOf(items).slice(1)).toEqual(expected);
});

it('doubts a copy of which nothing was read where AWS counted something in the source', () => {
  expect(textsOf({ read: 0, sourceBytes: 4_000_000_000 })).toEqual([
    '0 items read of the restored table. AWS counted 4.0 GB in orders within the last six hours or so: look what the table holds before you rely on it.',
  ]);
  expect(textsOf({ read: 0 })).toEqual(['0 items read of the restored table.']);
});
