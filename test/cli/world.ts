import { DAY_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../support/deployment.ts';

export const STANDARD = { 'backup:policy': 'standard' };

/** A deployment a week old, two hours after the day's slot; `orders` is whole, with ten nightly recovery points of which seven are kept. */
export const aDeployment = async (options: Partial<DeploymentOptions> = {}): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', ...options });
  addTable(deployment, 'orders', 10);
  return deployment;
};

/** Makes a table of 90 days under `standard`, with point-in-time recovery and so many nightly recovery points. */
export const addTable = ({ account }: Deployment, name: string, nights: number): void => {
  const now = account.clock.now();
  const newest = Math.floor(now / DAY_MS) * DAY_MS + 180 * MINUTE_MS;
  const table = { name, tags: STANDARD, sizeBytes: 1_200_000_000, pitr: true };
  createTable(account, { ...table, createdAt: now - 90 * DAY_MS });
  for (let night = nights - 1; night >= 0; night -= 1) {
    const slot = newest - night * DAY_MS;
    const own = recoveryPointName({ instance: 'prod', policy: 'standard', slot });
    const createdAt = slot + 2 * MINUTE_MS;
    createBackup(account, { table: name, name: own, createdAt, availableAt: createdAt });
  }
};
