import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { type HistoryInput, historyOf } from '../../shared/core/simulate/history.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../shared/model/instant.ts';
import { isCopy } from '../../shared/model/recovery-point.ts';
import { parseRecoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { createVault, pointsOf } from '../../sim/console/vaults.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// The simulator says what is there on each day; the functions themselves, run by their rates on the simulated account, have to leave exactly that.

const START = Date.parse('2026-01-12T10:00:00Z');

const POLICIES = `
timezone: Europe/Berlin
policies:
  nightly:
    schedule: "30 2 * * *"
    retention: { last: 2, daily: 5, weekly: 3, monthly: 2 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair }
  archive:
    schedule: "0 4 1,15 * *"
    retention: { monthly: 2 }
  often:
    schedule: "15 */3 * * *"
    retention: { within: 10h, hourly: 4, daily: 3 }
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 4 }
    copyTo: [{ vault: "arn:aws:backup:us-east-1:111122223333:backup-vault:dr", retention: { daily: 6 } }]
`;

const compiled = loadPolicies(POLICIES, 'policies.yml');

const tablesOfDay = ({ account }: Deployment): readonly string[] =>
  backupsOf(account).map(({ name }) => {
    const { policy = '', slot = 0 } = parseRecoveryPointName(name) ?? {};
    return `${policy} ${new Date(slot).toISOString()}`;
  });

const vaultOfDay = ({ account }: Deployment): readonly string[] =>
  pointsOf(account)
    .filter(({ status }) => status === 'ready')
    .map(({ vaultName, createdAt }) => `${vaultName} ${new Date(createdAt).toISOString().slice(0, 10)}`);

/** Runs the functions by their default rates, but for runs of backup at other hours than those of slots, and looks at each midnight. */
const live = async (
  tablekeeper: Deployment,
  days: number,
  backupHours: readonly number[],
  look: (one: Deployment) => readonly string[],
): Promise<readonly (readonly string[])[]> => {
  const { clock, run } = tablekeeper;
  const seen: (readonly string[])[] = [];
  for (let halfHour = 0; seen.length < days; halfHour += 1) {
    const from = START + (halfHour * HOUR_MS) / 2;
    const hour = new Date(from).getUTCHours();
    const isHalf = halfHour % 2 === 1;
    const at = async (minutes: number): Promise<void> =>
      void (await clock.advanceBy(from + minutes * MINUTE_MS - clock.now()));
    if (hour === 0 && !isHalf) seen.push(look(tablekeeper).toSorted());
    if (halfHour < 2 || backupHours.includes(hour)) {
      await at(2);
      await run('protect');
    }
    if (isHalf && [1, 7, 13, 19].includes(hour)) {
      await at(7);
      await run('expire');
    }
    if (isHalf && hour === 4) {
      await at(20);
      await run('audit');
    }
  }
  return seen;
};

const begin = async (tag: string): Promise<Deployment> => {
  const tablekeeper = await deploy({
    startAt: new Date(START - MINUTE_MS).toISOString(),
    policies: POLICIES,
    rates: 'off',
  });
  const { account } = tablekeeper;
  createVault(account, { name: 'tablekeeper' });
  createVault(account, { name: 'dr' });
  createTable(account, { name: 'orders', tags: { 'backup:policy': tag }, pitr: true, createdAt: START });
  return tablekeeper;
};

const simulated = (tag: string, days: number, text: (one: Simulated) => string) => {
  const input: HistoryInput = {
    policies: compiled,
    table: {
      ...{ name: 'orders', tableId: 'orders', tags: { 'backup:policy': tag } },
      createdAt: START,
      bytesAt: () => 1_000_000,
    },
    target: { accountId: '111122223333', region: 'eu-central-1' },
    instance: 'prod',
    from: START,
    to: START + days * DAY_MS,
  };
  const { points } = historyOf(input);
  const midnight = Math.ceil(START / DAY_MS) * DAY_MS;
  return Array.from({ length: days }, (_, day) => {
    const at = midnight + day * DAY_MS;
    return points
      .filter((one) => isThere(one, at))
      .map(text)
      .toSorted();
  });
};

type Simulated = ReturnType<typeof historyOf>['points'][number];

const isThere = ({ copiedAt, goneAt, point }: Simulated, at: Instant): boolean =>
  (copiedAt ?? point.createdAt) < at && (goneAt === undefined || goneAt > at);

const slotText = ({ point: { origin } }: Simulated): string =>
  `${origin?.policy ?? ''} ${new Date(origin?.slot ?? 0).toISOString()}`;

const HOME = { accountId: '111122223333', region: 'eu-central-1' };

const vaultText = ({ point }: Simulated): string =>
  `${isCopy(point, HOME) ? 'dr' : 'tablekeeper'} ${new Date(point.createdAt).toISOString().slice(0, 10)}`;

describe('the simulator and the product itself', { timeout: 240_000 }, () => {
  it('leave the same recovery points on each day of five months', async () => {
    const days = 150;
    const lived = await live(await begin('nightly+archive'), days, [1, 2, 3, 4], tablesOfDay);
    expect(simulated('nightly+archive', days, slotText)).toEqual(lived);
    expect(new Set(lived.map(({ length }) => length)).size).toBeGreaterThan(3);
  });

  it('leave the same of a policy of every few hours', async () => {
    const days = 12;
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const lived = await live(await begin('often'), days, hours, tablesOfDay);
    expect(simulated('often', days, slotText)).toEqual(lived);
  });

  it('leave the same in a vault, and the same copies in another', async () => {
    const days = 16;
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const lived = await live(await begin('offsite'), days, hours, vaultOfDay);
    expect(simulated('offsite', days, vaultText)).toEqual(lived);
  });
});
