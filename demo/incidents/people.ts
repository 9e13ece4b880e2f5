import { backupsOf, createBackup, deleteBackup } from '../../sim/console/backups.ts';
import { remakeTable } from '../estate.ts';
import type { Incident, World } from '../world.ts';
import { deletes, incident, isHeard, makes, pitrOf, switchesOff, switchesOn, tags } from './deeds.ts';

const offAndOn =
  (table: string) =>
  (world: World): void => {
    pitrOf(table, false)(world);
    pitrOf(table, true)(world);
  };

const replaces =
  (table: string) =>
  (world: World): void => {
    deletes(table)(world);
    remakeTable(world.account, table);
  };

const backsUp =
  (table: string, name: string) =>
  ({ account }: World): void => {
    createBackup(account, { table, name });
  };

const deletesOurNewest =
  (table: string) =>
  ({ account }: World): void => {
    const newest = backupsOf(account, table).findLast(({ name }) => name.startsWith('tablekeeper.'));
    if (newest !== undefined) deleteBackup(account, newest.arn);
  };

const lost = (table: string) => isHeard(`recovery-points-of-lost-table/${table}`);

/** What people and their tools do to tables. */
export const PEOPLE: readonly Incident[] = [
  switchesOn(
    [1, '09:30', 'lena'],
    'wishlists',
    'reads the first mail and switches point-in-time recovery of wishlists on',
  ),
  switchesOff([2, '10:12', 'tom'], 'orders', 'in the wrong browser tab'),
  incident(
    [2, '14:05', 'lena'],
    { what: 'makes the table shipments and tags it "standrad"', ...isHeard('unknown-policy/shipments') },
    makes('shipments', 'standrad'),
  ),
  incident(
    [3, '08:40', 'lena'],
    { what: 'tags shipments "standard"', ends: 'unknown-policy/shipments' },
    tags('shipments', 'standard'),
  ),
  switchesOff([5, '10:12', 'tom'], 'invoices-eu', 'to save money'),
  switchesOn([6, '09:05', 'lena'], 'invoices-eu', 'switches it on again'),
  incident(
    [8, '11:00', 'terraform'],
    {
      what: 'switches point-in-time recovery of carts off and, in the same minute, on again',
      ...isHeard('pitr-window-restarted/carts'),
    },
    offAndOn('carts'),
  ),
  incident(
    [10, '15:30', 'tom'],
    { what: 'deletes the table promo-2025', ...lost('promo-2025') },
    deletes('promo-2025'),
  ),
  incident(
    [12, '13:10', 'terraform'],
    { what: 'deletes the table reviews and makes it again, empty', ...lost('reviews') },
    replaces('reviews'),
  ),
  incident(
    [33, '14:20', 'tom'],
    { what: 'backs catalog up by hand' },
    backsUp('catalog', 'before-the-price-import'),
  ),
  switchesOn([37, '08:30', 'tom'], 'coupons', 'switches it on again'),
  incident(
    [40, '11:10', 'tom'],
    { what: 'deletes the newest backup of catalog by hand, and not his own' },
    deletesOurNewest('catalog'),
  ),
];
