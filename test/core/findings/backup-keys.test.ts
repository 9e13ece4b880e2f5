import { describe, expect, it } from 'vitest';
import { backupKeyEndingFinder } from '../../../shared/core/findings/backup-key-ending.ts';
import { backupKeyUnusableFinder } from '../../../shared/core/findings/backup-key-unusable.ts';
import { backupKeysUncheckedFinder } from '../../../shared/core/findings/backup-keys-unchecked.ts';
import { shortHash } from '../../../shared/core/text/digest.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { AskedKey, TableKeys } from '../../../shared/model/key-facts.ts';
import type { KeySpan } from '../../../shared/model/key-span.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { aContext } from '../../support/check-context.ts';
import { aCallFailure } from '../../support/failures.ts';
import { aVaultPoint } from '../../support/vaults.ts';
import { anObservation, anOpenFinding, aRecoveryPoint, NOW, tableIdOf } from '../../support/world.ts';

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/then';
const NEXT = 'arn:aws:kms:eu-central-1:111122223333:key/next';

const ENDING: AskedKey['seen'] = {
  kind: 'found',
  value: { state: 'pending-deletion', word: 'PendingDeletion', deletesAt: NOW + 7 * DAY_MS },
};
const DISABLED: AskedKey['seen'] = { kind: 'found', value: { state: 'disabled', word: 'Disabled' } };

const SPANS: readonly KeySpan[] = [
  { keyArn: KEY, from: NOW - 9 * DAY_MS, until: NOW - 4 * DAY_MS },
  { keyArn: NEXT, from: NOW - 3 * DAY_MS, until: NOW },
];

const daysAgo = (days: number, more: Partial<RecoveryPoint> = {}): RecoveryPoint => ({
  ...aRecoveryPoint({ slot: NOW - days * DAY_MS }),
  createdAt: NOW - days * DAY_MS,
  ...more,
});

interface Seen {
  readonly points: readonly RecoveryPoint[];
  readonly seen: AskedKey['seen'];
  readonly table?: Partial<TableKeys>;
  readonly arn?: string;
}

const contextOf = ({ arn = KEY, points, seen, table = {} }: Seen) => {
  const { facets } = anObservation();
  return aContext({
    observation: anObservation({
      facets: [...facets, 'table-keys'],
      recoveryPoints: points,
      keyFacts: {
        tables: [{ table: 'Orders', tableId: tableIdOf('Orders'), spans: SPANS, ...table }],
        keys: [{ arn, seen }],
      },
    }),
  });
};

const ending = (given: Omit<Seen, 'seen'>) =>
  backupKeyEndingFinder.find(contextOf({ ...given, seen: ENDING }));
const disabled = (given: Omit<Seen, 'seen'>) =>
  backupKeyUnusableFinder.find(contextOf({ ...given, seen: DISABLED }));

describe('what needs a key', () => {
  it('is what was made while the table had it, and not what was made after', () => {
    const [found, ...rest] = ending({ points: [daysAgo(6), daysAgo(5), daysAgo(2)] });
    expect(rest).toEqual([]);
    expect(found?.measured).toMatch(/, 2 recovery points$/);
    expect(found?.fact).not.toContain('may need another one');
  });

  it('may be what was made while the table changed it', () => {
    const [found] = ending({ points: [daysAgo(6), daysAgo(3.5)] });
    expect(found?.fact).toContain(
      '1 of them was made at about the time at which the table changed its key, and may need another one.',
    );
    expect(ending({ points: [daysAgo(3.5)], arn: NEXT })[0]?.measured).toMatch(/, 1 recovery point$/);
  });

  it('is no recovery point that is not there, is not of this deployment or is not whole', () => {
    const { origin: _, ...theirs } = daysAgo(6);
    expect(ending({ points: [theirs, daysAgo(5, { status: 'creating' })] })).toEqual([]);
    expect(ending({ points: [] })).toEqual([]);
  });

  it('is what DynamoDB keeps for AWS Backup, and not what AWS Backup keeps with the key of its vault', () => {
    const advanced = aVaultPoint({ createdAt: NOW - 6 * DAY_MS });
    const { id } = daysAgo(6);
    expect(ending({ points: [{ ...advanced, tableId: tableIdOf('Orders') }] })).toEqual([]);
    expect(ending({ points: [{ ...advanced, tableId: tableIdOf('Orders'), id }] })).toHaveLength(1);
  });

  it('is a deleted table for as long as it may have a SYSTEM backup, with or without recovery points', () => {
    const gone = (days: number) => ({
      tableId: 'before',
      spans: SPANS.slice(0, 1),
      goneAt: NOW - days * DAY_MS,
    });
    expect(ending({ points: [], table: gone(34) })[0]?.fact).toContain(
      'Orders has no recovery point that needs the key',
    );
    expect(ending({ points: [], table: gone(35) })).toEqual([]);
  });
});

describe('a disabled key', () => {
  it('is a warning while something else can be restored, and critical where nothing can', () => {
    expect(disabled({ points: [daysAgo(6), daysAgo(2)] })[0]?.severity).toBe('warning');
    expect(disabled({ points: [daysAgo(6)] })[0]?.severity).toBe('critical');
  });

  it('is critical where the table has it now', () => {
    expect(disabled({ points: [daysAgo(6), daysAgo(2)], arn: NEXT })[0]?.severity).toBe('critical');
  });

  it('needs the same of every table, whatever their names', () => {
    const remedies = ['Orders', 'Carts'].map(
      (table) =>
        disabled({ points: [daysAgo(6, { tableName: table }), daysAgo(1)], table: { table } })[0]?.remedy,
    );
    expect(remedies[0]).toBeDefined();
    expect(remedies[0]).toBe(remedies[1]);
  });
});

it('says nothing of a key that can be used, nor of an hour in which none was asked for', () => {
  const usable = { kind: 'found', value: { state: 'usable', word: 'Enabled' } } as const;
  const context = contextOf({ points: [daysAgo(6)], seen: usable });
  expect([...backupKeyEndingFinder.find(context), ...backupKeyUnusableFinder.find(context)]).toEqual([]);
  expect(backupKeyEndingFinder.find(aContext({ now: NOW + HOUR_MS }))).toEqual([]);
});

it('names a key that cannot be read beside others of which people know', () => {
  const unreadable: AskedKey['seen'] = {
    kind: 'unreadable',
    failure: aCallFailure('DescribeKey', 'AccessDeniedException', 'no'),
  };
  const keys = [KEY, NEXT].map((arn) => ({ arn, seen: unreadable }));
  const context = aContext({ observation: anObservation({ keyFacts: { tables: [], keys } }) });
  const [first] = backupKeysUncheckedFinder.find(context);
  expect(first?.subjects).toEqual([KEY, NEXT].map((arn) => shortHash(arn)).toSorted());
  const told = anOpenFinding({
    id: 'backup-keys-unchecked',
    kind: 'backup-keys-unchecked',
    notifiedAt: NOW - DAY_MS,
    toldSubjects: [shortHash(KEY)],
  });
  const [again] = backupKeysUncheckedFinder.find({ ...context, openFindings: [told] });
  expect(again?.fact).toContain(`New since the last message: 1 key, ${NEXT}.`);
});
