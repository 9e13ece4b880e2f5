import type { DrillState } from '../../../shared/model/drill.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../../support/deployment.ts';

/** Daily backups, PITR, and a drill of each table a week. */
export const DRILLED = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
    rto: 4h
    drill: { every: 7d, maxSizeGb: 50, sample: 20 }
`;

export const STANDARD = { 'backup:policy': 'standard' };

const ITEMS = Array.from({ length: 30 }, (_, index) => ({ pk: { S: `item-${index}` } }));

/** Two tables of a gigabyte under `DRILLED`, backed up once and audited, so that their settings are kept. */
export const aDrilledWorld = async (
  options: Partial<DeploymentOptions> = {},
  tables: readonly string[] = ['carts', 'orders'],
): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T02:30:00Z', policies: DRILLED, ...options });
  for (const name of tables) {
    const table = createTable(world.account, {
      ...{ name, tags: { ...STANDARD, team: 'shop' }, pitr: true, sizeBytes: 1_000_000_000 },
      createdAt: world.clock.now() - 40 * DAY_MS,
    });
    world.account.state.items.fill(table, Promise.resolve(ITEMS));
  }
  await world.clock.advanceBy(HOUR_MS);
  await world.run('protect');
  await world.clock.advanceBy(HOUR_MS);
  await world.run('audit');
  return world;
};

/** The names of the tables that drills made and that are there. */
export const drillTablesIn = ({ account }: Pick<Deployment, 'account'>): readonly string[] => {
  account.state.settle();
  const { tables } = account.state;
  return tables.namesAfter(undefined, tables.size).filter((name) => name.startsWith('tablekeeper-drill.'));
};

/** What is kept of the drills of each table. */
export const drillStatesIn = ({ clock, drillParts }: Deployment): Promise<readonly DrillState[]> =>
  clock.run(drillParts.states.list());

/** Runs drills on a wire that is dead from the nth call on: before the call leaves, or after it took effect. */
export const killedAt = (world: Deployment, calls: number, when: 'after' | 'before') => {
  const alive = requestHandlerOf(world.account);
  const death = Promise.withResolvers<'killed'>();
  let left = calls;
  const handle: typeof alive.handle = async (request, options) => {
    left -= 1;
    if (left > 0) return await alive.handle(request, options);
    if (left === 0 && when === 'after') await alive.handle(request, options);
    death.resolve('killed');
    return await new Promise<never>(() => undefined);
  };
  const run = world.startDrill({ requestHandler: { ...alive, handle } }).then(() => 'finished' as const);
  return world.clock.run(Promise.race([run, death.promise]));
};
