import { DAY_MS, type Instant } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import { createBackup } from '../sim/console/backups.ts';
import { type ConsoleTable, createTable, tableOf } from '../sim/console/tables.ts';

const MB = 1_000_000;
const GB = 1_000 * MB;

/** The tag that opts in, and the one that stops all expiry. */
export const POLICY_TAG = 'backup:policy';
export const HOLD_TAG = 'backup:hold';

type Row = readonly [name: string, tag: string | undefined, sizeBytes: number, pitr: boolean];

/** What a shop of some years has. Point-in-time recovery of wishlists was forgotten. */
const ROWS: readonly Row[] = [
  ['orders', 'critical', 48 * GB, true],
  ['payments', 'standard+offsite', 21 * GB, true],
  ['customers', 'standard', 9.4 * GB, true],
  ['customer-addresses', 'standard', 2.1 * GB, true],
  ['invoices-eu', 'standard+archive', 12 * GB, true],
  ['invoices-us', 'standard+archive', 7.7 * GB, true],
  ['ledger-eu', 'standard', 31 * GB, true],
  ['ledger-us', 'standard+offsite', 18 * GB, true],
  ['tax-reports', 'archive', 900 * MB, false],
  ['catalog', 'standard', 3.3 * GB, true],
  ['catalog-prices', 'standard', 1.2 * GB, true],
  ['inventory-berlin', 'standard', 280 * MB, true],
  ['inventory-madrid', 'standard', 310 * MB, true],
  ['carts', 'standard', 5.6 * GB, true],
  ['wishlists', 'standard', 820 * MB, false],
  ['reviews', 'standard', 4.4 * GB, true],
  ['coupons', 'standard', 75 * MB, true],
  ['promo-2025', 'standard', 12 * MB, true],
  ['returns', 'standard', 1.9 * GB, true],
  ['deliveries', 'standard', 6.8 * GB, true],
  ['carriers', 'standard', 2 * MB, true],
  ['support-tickets', 'standard', 3.9 * GB, true],
  ['newsletter', 'standard', 510 * MB, true],
  ['feature-flags', 'standard', 1 * MB, true],
  ['users', 'standard', 2.8 * GB, true],
  ['subscriptions', 'standard', 1.5 * GB, true],
  ['contracts', 'standard', 720 * MB, true],
  ['sessions', 'none', 16 * GB, false],
  ['search-cache', undefined, 27 * GB, false],
  ['rate-limits', undefined, 3 * MB, false],
  ['terraform-locks', undefined, 0, false],
  ['test-of-tom', undefined, 4 * MB, false],
  ['ab-tests-2024', undefined, 65 * MB, false],
  ['etl-scratch', undefined, 8.2 * GB, false],
  ['import-2019', undefined, 1.1 * GB, false],
  ['thumbnails-cache', undefined, 5.5 * GB, false],
  ['click-stream', undefined, 64 * GB, false],
];

/** A lawsuit: nothing of these contracts may be deleted. */
const HELD = 'contracts';

const OLDEST_DAYS = 900;

const tagsOf = (name: string, tag: string | undefined): Readonly<Record<string, string>> => ({
  team: name.split('-')[0] ?? name,
  ...(tag !== undefined && { [POLICY_TAG]: tag }),
  ...(name === HELD && { [HOLD_TAG]: 'true' }),
});

const rowTable = ([name, tag, sizeBytes, pitr]: Row, at: number, now: Instant): ConsoleTable => ({
  name,
  tags: tagsOf(name, tag),
  sizeBytes,
  itemCount: Math.round(sizeBytes / 400),
  pitr,
  createdAt: now - (OLDEST_DAYS - 20 * at) * DAY_MS,
});

/** People, another tool, and another deployment of Tablekeeper backed up before. */
const FOREIGN = [
  { table: 'orders', name: 'before-the-big-migration', daysAgo: 210 },
  { table: 'customers', name: 'tom-just-in-case', daysAgo: 64 },
  { table: 'reviews', name: 'nightly_reviews_2026-09-30', daysAgo: 5 },
  { table: 'reviews', name: 'nightly_reviews_2026-10-01', daysAgo: 4 },
  { table: 'orders', name: 'tablekeeper.staging.standard.20261003T010000Z', daysAgo: 2 },
  { table: 'payments', name: 'awsbackup-vault-copy', daysAgo: 3, type: 'AWS_BACKUP' },
] as const;

/** Of these some items can be read: drills and the restore at the end look for them. */
const WITH_ITEMS: readonly string[] = ['ledger-us', 'orders', 'payments'];

const ITEMS = Array.from({ length: 25 }, (_, at) => ({ pk: { S: `item-${at}` }, no: { N: String(at) } }));

const fillTable = (account: SimAccount, name: string): void => {
  const table = tableOf(account, name);
  table.itemCount = ITEMS.length;
  account.state.items.fill(table, Promise.resolve(ITEMS));
};

/** Fills an account with the tables and backups that were there before Tablekeeper. */
export const buildEstate = (account: SimAccount): void => {
  const now = account.clock.now();
  for (const [at, row] of ROWS.entries()) createTable(account, rowTable(row, at, now));
  for (const name of WITH_ITEMS) fillTable(account, name);
  for (const { daysAgo, ...backup } of FOREIGN)
    createBackup(account, { ...backup, createdAt: now - daysAgo * DAY_MS });
};

/** Makes a table of the estate again, empty, as an infrastructure tool does that replaces it. */
export const remakeTable = (account: SimAccount, name: string): void => {
  const row = ROWS.find(([known]) => known === name);
  if (row === undefined) throw new Error(`${name} is no table of the estate`);
  createTable(account, { name, tags: tagsOf(name, row[1]), pitr: row[3] });
};
