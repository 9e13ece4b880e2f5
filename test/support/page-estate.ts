import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../shared/model/instant.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { createVault } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from './deployment.ts';

const DR = 'arn:aws:backup:us-east-1:111122223333:backup-vault:dr';

/** Nightly, hourly, and in a vault with copies. */
export const PAGE_POLICIES = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7, weekly: 4, monthly: 12 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
  busy:
    schedule: "0 * * * *"
    retention: { hourly: 24, daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 7, onDrift: alert }
  archive:
    schedule: "0 5 * * 0"
    retention: { weekly: 8 }
  offsite:
    engine: aws-backup
    schedule: "0 4 * * *"
    vault: tablekeeper
    retention: { daily: 4 }
    copyTo: [{ vault: "${DR}", retention: { daily: 4 } }]
`;

const NAMES = 'orders carts customers invoices payments sessions shipments stock prices reviews'.split(' ');

/** The nights that the rules of `standard` keep, newest first. */
const standardNights = (newest: Instant): readonly Instant[] => {
  const nights = Array.from({ length: 360 }, (_, night) => newest - night * DAY_MS);
  const kept = new Set(nights.slice(0, 7));
  for (const [count, keyOf] of [
    [4, (at: Instant) => String(Math.floor((at / DAY_MS + 3) / 7))],
    [12, (at: Instant) => new Date(at).toISOString().slice(0, 7)],
  ] as const) {
    const periods = [...Map.groupBy(nights, keyOf).values()].slice(0, count);
    for (const [first = newest] of periods) kept.add(first);
  }
  return [...kept];
};

const addPoints = (
  { account }: Deployment,
  table: string,
  policy: string,
  slots: readonly Instant[],
): void => {
  for (const slot of slots.toSorted((a, b) => a - b)) {
    const createdAt = slot + 2 * MINUTE_MS;
    const name = recoveryPointName({ instance: 'prod', policy, slot });
    createBackup(account, { table, name, createdAt, availableAt: createdAt });
  }
};

const addTable = (deployment: Deployment, at: number): void => {
  const { account, clock } = deployment;
  const now = clock.now();
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const name = `${NAMES[at % 10]}-${Math.floor(at / 10)}`;
  const policy = at % 10 === 3 ? 'busy' : 'standard';
  const tags = { 'backup:policy': policy, ...(at % 25 === 7 && { 'backup:hold': 'true' }) };
  const sizeBytes = 1_000_000 * (1 + ((at * 7919) % 90_000));
  createTable(account, { name, tags, sizeBytes, pitr: at % 40 !== 5, createdAt: now - 400 * DAY_MS });
  const hours = Array.from({ length: 24 }, (_, hour) => Math.floor(now / HOUR_MS) * HOUR_MS - hour * HOUR_MS);
  const nights = standardNights(midnight + 3 * HOUR_MS);
  // Every thirtieth has no recovery point of the last two nights, every fiftieth lacks one in between.
  const made = nights.filter(
    (_, night) => !(at % 30 === 11 && night < 2) && !(at % 50 === 21 && night === 4),
  );
  const days = Array.from({ length: 7 }, (_, day) => midnight - day * DAY_MS + 23 * HOUR_MS - DAY_MS);
  addPoints(deployment, name, policy, policy === 'busy' ? [...new Set([...hours, ...days])] : made);
};

/** An account of so many tables in all states that a page can show, a day after the last audit of a week. */
export const pageEstate = async (tables: number): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-11-14T10:00:00Z', rates: 'off', policies: PAGE_POLICIES });
  const { account, clock, run, asPerson } = deployment;
  createVault(account, { name: 'tablekeeper' });
  createVault(account, { name: 'dr' });
  const createdAt = clock.now() - 60 * DAY_MS;
  createTable(account, {
    name: 'ledger',
    tags: { 'backup:policy': 'offsite+standard' },
    sizeBytes: 52e9,
    pitr: true,
    createdAt,
  });
  createTable(account, { name: 'events', tags: { 'backup:policy': 'offsite' }, sizeBytes: 310e9, createdAt });
  for (let hour = 0; hour < 24 * 6; hour += 2) {
    await clock.advanceBy(2 * HOUR_MS);
    await run('protect');
    if (hour % 6 === 0) await run('expire');
  }
  for (let at = 0; at < tables - 5; at += 1) addTable(deployment, at);
  createTable(account, { name: 'typo', tags: { 'backup:policy': 'standrad' }, createdAt });
  createTable(account, {
    name: 'new-one',
    tags: { 'backup:policy': 'standard' },
    pitr: true,
    createdAt: clock.now() - HOUR_MS,
  });
  createTable(account, { name: 'archive', tags: { 'backup:policy': 'archive' }, sizeBytes: 4e9, createdAt });
  addPoints(
    deployment,
    'archive',
    'archive',
    Array.from({ length: 8 }, (_, week) => Date.UTC(2026, 10, 15, 5) - week * 7 * DAY_MS),
  );
  createTable(account, { name: 'elsewhere', sizeBytes: 1e9, createdAt });
  addPoints(deployment, 'elsewhere', 'standard', [clock.now() - 30 * DAY_MS, clock.now() - 29 * DAY_MS]);
  for (const [mode, name] of [
    ['protect', 'backup'],
    ['expire', 'prune'],
    ['audit', 'audit'],
  ] as const) {
    await run(mode);
    await clock.run(noteRun(asPerson, name, true));
  }
  if (tables > 20) setPitr(account, 'carts-1', { enabled: false });
  await clock.advanceBy(6 * HOUR_MS);
  await run('audit');
  await clock.run(noteRun(asPerson, 'audit', true));
  await clock.advanceBy(10 * MINUTE_MS);
  return deployment;
};
