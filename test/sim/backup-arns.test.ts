import { describe, expect, it } from 'vitest';
import { createAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { START } from './world.ts';

const arnsOf = (order: readonly string[]): readonly string[] => {
  const account = createAccount({ clock: createVirtualClock(START), seed: 7 });
  for (const name of ['Carts', 'Orders', 'Users']) createTable(account, { name });
  for (const table of order) createBackup(account, { table, name: 'nightly' });
  return account.ledger
    .of('recovery-point-made')
    .map(({ arn }) => arn)
    .toSorted();
};

describe('the ARN of a backup', () => {
  it('is the same in whatever order backups of one moment are made', () => {
    expect(arnsOf(['Carts', 'Orders', 'Users'])).toEqual(arnsOf(['Users', 'Carts', 'Orders']));
  });

  it('differs for two of one name, one table and one moment', () => {
    expect(new Set(arnsOf(['Orders', 'Orders', 'Orders'])).size).toBe(3);
  });
});

describe('the ledger', () => {
  it('lists the entries of one kind that shares its shape with others', () => {
    const account = createAccount({ clock: createVirtualClock(START) });
    createTable(account, { name: 'Carts' });
    createTable(account, { name: 'Orders' });
    deleteTable(account, 'Carts');
    expect(account.ledger.of('table-deleted').map(({ tableName }) => tableName)).toEqual(['Carts']);
  });
});
