import { DAY_MS, HOUR_MS } from '../shared/model/instant.ts';
import {
  backupsOf,
  createBackup,
  createTable,
  deleteBackup,
  deleteTable,
  setPitr,
  tagTable,
} from '../sim/console.ts';
import { POLICY_TAG, remakeTable } from './estate.ts';
import type { Incident, World } from './world.ts';

/** An audit is never further away than this. */
const AN_AUDIT = 6;

const switchPitr =
  (table: string, enabled: boolean) =>
  ({ account }: World): void =>
    setPitr(account, table, { enabled, ...(enabled && { recoveryPeriodDays: 35 }) });

const PITR: readonly Incident[] = [
  {
    day: 1,
    time: '09:30',
    who: 'lena',
    what: 'reads the first mail and switches point-in-time recovery of wishlists on',
    act: switchPitr('wishlists', true),
    ends: 'pitr-off/wishlists',
  },
  {
    day: 2,
    time: '10:12',
    who: 'tom',
    what: 'switches point-in-time recovery of orders off, in the wrong browser tab',
    act: switchPitr('orders', false),
    heard: { findingId: 'pitr-off/orders', withinHours: AN_AUDIT },
  },
  {
    day: 5,
    time: '10:12',
    who: 'tom',
    what: 'switches point-in-time recovery of invoices-eu off, to save money',
    act: switchPitr('invoices-eu', false),
    heard: { findingId: 'pitr-off/invoices-eu', withinHours: AN_AUDIT },
  },
  {
    day: 6,
    time: '09:05',
    who: 'lena',
    what: 'switches it on again',
    act: switchPitr('invoices-eu', true),
    ends: 'pitr-off/invoices-eu',
  },
  {
    day: 8,
    time: '11:00',
    who: 'terraform',
    what: 'switches point-in-time recovery of carts off and, in the same minute, on again',
    act: (world) => {
      switchPitr('carts', false)(world);
      switchPitr('carts', true)(world);
    },
    heard: { findingId: 'pitr-window-restarted/carts', withinHours: AN_AUDIT },
  },
];

const TABLES: readonly Incident[] = [
  {
    day: 2,
    time: '14:05',
    who: 'lena',
    what: 'makes the table shipments and tags it "standrad"',
    act: ({ account }) => {
      createTable(account, {
        name: 'shipments',
        tags: { [POLICY_TAG]: 'standrad' },
        sizeBytes: 40e6,
        pitr: true,
      });
    },
    heard: { findingId: 'unknown-policy/shipments', withinHours: AN_AUDIT },
  },
  {
    day: 3,
    time: '08:40',
    who: 'lena',
    what: 'tags shipments "standard"',
    act: ({ account }) => tagTable(account, 'shipments', { [POLICY_TAG]: 'standard' }),
    ends: 'unknown-policy/shipments',
  },
  {
    day: 10,
    time: '15:30',
    who: 'tom',
    what: 'deletes the table promo-2025',
    act: ({ account }) => deleteTable(account, 'promo-2025'),
    heard: { findingId: 'recovery-points-of-lost-table/promo-2025', withinHours: AN_AUDIT },
  },
  {
    day: 12,
    time: '13:10',
    who: 'terraform',
    what: 'deletes the table reviews and makes it again, empty',
    act: ({ account }) => {
      deleteTable(account, 'reviews');
      remakeTable(account, 'reviews');
    },
    heard: { findingId: 'recovery-points-of-lost-table/reviews', withinHours: AN_AUDIT },
  },
  {
    day: 33,
    time: '14:20',
    who: 'tom',
    what: 'backs catalog up by hand',
    act: ({ account }) => {
      createBackup(account, { table: 'catalog', name: 'before-the-price-import' });
    },
  },
  {
    day: 40,
    time: '11:10',
    who: 'tom',
    what: 'deletes the newest backup of catalog by hand, and not his own',
    act: ({ account }) => {
      const newest = backupsOf(account, 'catalog').findLast(({ name }) => name.startsWith('tablekeeper.'));
      if (newest !== undefined) deleteBackup(account, newest.arn);
    },
  },
];

/** As many calls of each table as its name's letters say, so that some get through at each run. */
const throttleBackups = ({ clock, faults }: World['account']): void => {
  const left = new Map<unknown, number>();
  const when = ({ TableName }: Readonly<Record<string, unknown>>): boolean => {
    const letters = [...String(TableName)].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
    const before = left.get(TableName) ?? letters % 12;
    left.set(TableName, before - 1);
    return before > 0;
  };
  faults.add({ operation: 'CreateBackup', kind: 'throttle', when, until: clock.now() + 2 * HOUR_MS });
  faults.add({ operation: 'ListBackups', kind: 'throttle', times: 12, until: clock.now() + 2 * HOUR_MS });
};

const FAULTS: readonly Incident[] = [
  {
    day: 14,
    time: '00:50',
    who: 'AWS',
    what: 'throttles ListBackups and CreateBackup, right over the nightly slot',
    act: ({ account }) => throttleBackups(account),
  },
  {
    day: 16,
    time: '00:30',
    who: 'AWS',
    what: 'denies every backup of ledger-eu, for three days: somebody changed the key policy',
    act: ({ account: { clock, faults } }) => {
      const when = ({ TableName }: Readonly<Record<string, unknown>>): boolean => TableName === 'ledger-eu';
      const until = clock.now() + 3 * DAY_MS;
      faults.add({ operation: 'CreateBackup', kind: 'access-denied', when, until });
    },
    heard: { findingId: 'backups-failing/ledger-eu/standard', withinHours: 1 },
  },
  {
    day: 19,
    time: '00:30',
    who: 'lena',
    what: 'sets the key policy of ledger-eu right',
    act: () => undefined,
    ends: 'backups-failing/ledger-eu/standard',
  },
  {
    day: 28,
    time: '02:01',
    who: 'Lambda',
    what: 'loses the machine under the next backup run half-way: nothing it sends arrives any more',
    act: (world) => {
      world.nextBackup = 'dies-half-way';
    },
  },
  {
    day: 30,
    time: '02:01',
    who: 'EventBridge',
    what: 'delivers the next backup event twice: two runs at once',
    act: (world) => {
      world.nextBackup = 'delivered-twice';
    },
  },
  {
    day: 36,
    time: '10:05',
    who: 'AWS',
    what: 'SNS is down for two hours, and tom switches point-in-time recovery of coupons off meanwhile',
    act: ({ account }) => {
      const until = account.clock.now() + 2 * HOUR_MS;
      account.faults.add({ operation: 'Publish', kind: 'internal-error', until });
      setPitr(account, 'coupons', { enabled: false });
    },
    heard: { findingId: 'pitr-off/coupons', withinHours: 2 * AN_AUDIT },
  },
  {
    day: 37,
    time: '08:30',
    who: 'tom',
    what: 'switches it on again',
    act: switchPitr('coupons', true),
    ends: 'pitr-off/coupons',
  },
];

const POLICIES: readonly Incident[] = [
  {
    day: 21,
    time: '01:00',
    who: 'Berlin',
    what: 'sets its clocks back: this day has 25 hours, and the nightly slot moves from 01:00 to 02:00 UTC',
    act: () => undefined,
  },
  {
    day: 24,
    time: '09:30',
    who: 'tom',
    what: 'deploys policies.yml with "retention: { last: 2 }" for standard: most recovery points would expire',
    act: (world) => world.deploy('careless'),
    heard: { findingId: 'guardrail-refusal', withinHours: AN_AUDIT },
  },
  {
    day: 25,
    time: '08:15',
    who: 'lena',
    what: 'reads the mail and deploys policies.yml as it was',
    act: (world) => world.deploy('careful'),
    ends: 'guardrail-refusal',
  },
];

/** All that happens, in order of time. */
export const INCIDENTS: readonly Incident[] = [...PITR, ...TABLES, ...FAULTS, ...POLICIES].toSorted(
  (a, b) => a.day - b.day || (a.time < b.time ? -1 : 1),
);
