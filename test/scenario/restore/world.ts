import type { Terminal } from '../../../cli/terminal.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { recoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import type { RestoreRecord } from '../../../shared/model/restore.ts';
import type { Clock } from '../../../shared/ports/time.ts';
import { composeRestore, type RestoreParts } from '../../../shared/run/compose-restore.ts';
import { settingsNow, viewName } from '../../../shared/run/restore/view-name.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createFullTable, type FullTable } from '../../../sim/console/full-table.ts';
import { deleteTable, tablesOf } from '../../../sim/console/tables.ts';
import { statusOf } from '../../../sim/dynamodb/table.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../../sim/request-handler.ts';
import { aFile, type Sheet, seatIn, sheet, type Typed, typed } from '../../cli/typed.ts';
import { DAILY, type Deployment, type DeploymentOptions, deploy } from '../../support/deployment.ts';

// Restores typed at a terminal on the simulated account, in virtual time.

export const ITEMS = Array.from({ length: 40 }, (_, at) => ({
  pk: { S: `pk-${at}` },
  sk: { S: 'a' },
  customer: { S: `c-${at % 5}` },
}));

/** What a session is typed with, where it is not the account's own wire and no one to answer. */
export interface Typing {
  /** What a person answers, one after another; nobody is there unless given. */
  readonly answers?: readonly string[];
  /** Resolves when the person presses Ctrl-C. */
  readonly interrupted?: Promise<void>;
  readonly handler?: SdkRequestHandler;
  /** Another clock than the account's own, such as that of a machine that sleeps. */
  readonly clock?: Clock;
  readonly policies?: string;
  /** The zone of the machine. */
  readonly zone?: string;
  readonly streams?: [Sheet, Sheet];
  /** Done just before each answer, such as letting time pass. */
  readonly meanwhile?: () => Promise<void> | void;
}

const askedOf = ({ answers, meanwhile }: Typing): Pick<Terminal, 'ask'> => {
  if (answers === undefined) return {};
  const left = [...answers];
  return {
    ask: async () => {
      await meanwhile?.();
      return left.shift();
    },
  };
};

/** Types a session without driving the clock, for two at once or one that is killed. */
export const startTyping = (
  deployment: Deployment,
  argv: readonly string[],
  typing: Typing = {},
): Promise<Typed> => {
  const { handler, clock, policies = DAILY, streams, zone, interrupted } = typing;
  const seat = seatIn(deployment, handler);
  const wired = {
    ...seat,
    ...(interrupted !== undefined && { untilInterrupted: () => interrupted }),
    ...(zone !== undefined && { env: { ...seat.env, TZ: zone } }),
    seat: {
      ...seat.seat,
      ...(clock !== undefined && { clock }),
    },
  };
  return typed(
    [...argv, '--policies', aFile(policies)],
    { ...wired, ...askedOf(typing) },
    streams ?? [sheet(), sheet()],
  );
};

export const restoring = (
  deployment: Deployment,
  argv: readonly string[],
  typing: Typing = {},
): Promise<Typed> => deployment.clock.run(startTyping(deployment, ['restore', ...argv], typing));

/** What a restore of that person works with, to look at its records. */
export const partsOf = (deployment: Deployment): Promise<RestoreParts> =>
  deployment.clock.run(
    composeRestore({
      ...seatIn(deployment).seat,
      policies: loadPolicies(DAILY, 'policies.yml'),
      instance: 'prod',
      region: deployment.account.region,
    }),
  );

export const recordsOf = async (deployment: Deployment): Promise<readonly RestoreRecord[]> =>
  deployment.clock.run((await partsOf(deployment)).records.list());

/** Keeps the settings that a table has now, as the audit does. */
export const keepManifest = async (deployment: Deployment, table: string): Promise<void> => {
  const { parts, manifests, settingsReader } = await partsOf(deployment);
  const keep = async () => {
    const { view } = await viewName({ ...parts, manifests }, table);
    const manifest = await settingsNow({ ...parts, settingsReader }, view);
    if (manifest === undefined) throw new Error(`${table} is not there`);
    await manifests.save(manifest);
  };
  await deployment.clock.run(keep());
};

/** Makes a recovery point of this instance. */
export const recoveryPoint = (
  { account, clock }: Deployment,
  table: string,
  more: { readonly availableAt?: number } = {},
): string => {
  const slot = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
  const name = recoveryPointName({ instance: 'prod', policy: 'standard', slot });
  return createBackup(account, { table, name, ...more }).arn;
};

/** A deployment with a table of every setting, a manifest and a recovery point of it. */
export const aFullTable = async (
  options: Partial<DeploymentOptions> = {},
  table: Partial<FullTable> = {},
): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', ...options });
  const { account, clock } = deployment;
  const tags = { team: 'shop', 'backup:policy': 'standard' };
  await createFullTable(account, { name: 'Orders', items: ITEMS, tags, ...table });
  await clock.advanceBy(MINUTE_MS);
  await keepManifest(deployment, table.name ?? 'Orders');
  recoveryPoint(deployment, table.name ?? 'Orders');
  await clock.advanceBy(30 * MINUTE_MS);
  return deployment;
};

/** Deletes a table, whatever protects it. */
export const lose = async ({ account, clock }: Deployment, name: string): Promise<void> => {
  deleteTable(account, name);
  await clock.advanceBy(MINUTE_MS);
};

export const tableNames = ({ account }: Deployment): readonly string[] =>
  tablesOf(account)
    .map(({ name }) => name)
    .toSorted();

type SentRequest = Parameters<SdkRequestHandler['handle']>[0];

/** A wire that dies at its nth call, of all or of some: before the call leaves, or after it took effect and before its answer. */
export const dyingWire = (
  deployment: Deployment,
  callsUntilDeath: number,
  when: 'before' | 'after',
  isCounted: (request: SentRequest) => boolean = () => true,
) => {
  const alive = requestHandlerOf(deployment.account);
  const death = Promise.withResolvers<'killed'>();
  const never = new Promise<never>(() => undefined);
  let calls = 0;
  let isDead = false;
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    if (isDead) return await never;
    if (isCounted(request)) calls += 1;
    if (calls < callsUntilDeath) return await alive.handle(request, options);
    isDead = true;
    if (when === 'after') await alive.handle(request, options);
    death.resolve('killed');
    return await never;
  };
  return { handler: { ...alive, handle }, death: death.promise };
};

/** Forgets all that was kept of the settings of a table. */
export const forgetManifests = async (deployment: Deployment, table: string): Promise<void> => {
  const { manifests } = await partsOf(deployment);
  const forget = async () => {
    const versions = await manifests.readOf(table);
    await manifests.forget({ versions, heads: versions });
  };
  await deployment.clock.run(forget());
};

/** A wire that works until somebody kills its session. */
export const mortalWire = ({ account }: Deployment) => {
  const alive = requestHandlerOf(account);
  let isDead = false;
  const handle: SdkRequestHandler['handle'] = (request, options) =>
    isDead ? new Promise<never>(() => undefined) : alive.handle(request, options);
  return {
    handler: { ...alive, handle },
    die: () => {
      isDead = true;
    },
  };
};

/** Lets time pass in small steps while a session is under way, until something is so. */
export const untilSo = async ({ account, clock }: Deployment, isSo: () => boolean): Promise<void> => {
  const before = account.calls.total();
  while (account.calls.total() === before) await new Promise((resolve) => setTimeout(resolve, 1));
  for (let round = 0; round < 20_000; round += 1) {
    if (isSo()) return;
    await clock.advanceBy(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it never comes so far');
};

/** Whether a table is there and in that state. */
export const isStatus = ({ account, clock }: Deployment, name: string, status: string): boolean => {
  const table = tablesOf(account).find((one) => one.name === name);
  return table !== undefined && statusOf(table, clock.now()) === status;
};
