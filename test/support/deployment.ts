import { deployTo } from '../../cli/sim-account.ts';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { Deps } from '../../shared/run/deps.ts';
import { sendDigest } from '../../shared/run/digest.ts';
import type { DrillDeps } from '../../shared/run/drill/deps.ts';
import { type DrillReport, drill } from '../../shared/run/drill/drill.ts';
import { type HintReport, hint } from '../../shared/run/hint.ts';
import type { HintRequest } from '../../shared/run/hint-slices.ts';
import { type RunReport, type RunRequest, reconcile } from '../../shared/run/reconcile.ts';
import { type AccountOptions, createAccount, type SimAccount } from '../../sim/account.ts';
import { createVirtualClock, type VirtualClock } from '../../sim/clock.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../tools/bundle.ts';
import { type ContainerWishes, containersIn, drillContainersIn, wireAs } from './containers.ts';
import {
  drillVaultRoleOf,
  keyOf,
  packagedJobRights,
  packagedRights,
  type Rights,
  restoreRoleOf,
  vaultRoleOf,
} from './rights.ts';
import { createRoleGuard, type RoleGuard } from './role-guard.ts';

/** One Tablekeeper in an account. */
interface InstanceOptions {
  /** A policy file's text. */
  readonly policies?: string;
  readonly instance?: string;
  /** What its functions may do: what the packaged roles allow, unless given. */
  readonly rights?: Rights;
  /** Where its runs write; nowhere unless given. */
  readonly log?: Log;
  /** The bucket that its drills export to; none unless given. */
  readonly drillBucket?: string;
  /** The role of its jobs of drills; none unless given, and no drill looks into vaults. */
  readonly drillVaultRoleArn?: string;
}

/** What a deployment on the simulated account is made of. */
export interface DeploymentOptions
  extends InstanceOptions,
    Partial<Omit<AccountOptions, 'clock' | 'authorize'>> {
  readonly startAt: string;
}

/** Whose role a run has, where it is not its own function's. */
interface RoleWish {
  readonly as?: FunctionName;
}
type RunWishes = Partial<Omit<RunRequest, 'mode'>> & ContainerWishes & RoleWish;
type HintWishes = Partial<Omit<HintRequest, 'table'>> & ContainerWishes & RoleWish;

/** Tablekeeper in a simulated account: what happens in one is seen by the other, in virtual time. */
export interface Deployment {
  readonly account: SimAccount;
  readonly clock: VirtualClock;
  readonly guard: RoleGuard;
  /** What a person with every right looks with. */
  readonly asPerson: Deps;
  /** What a person reads the drills with. */
  readonly drillParts: DrillDeps;
  /** How calls of a function leave: signed with the key of its role. */
  wireOf(name: FunctionName): ReturnType<typeof wireAs>;
  /** Reconciles as the function of that mode would, under its role, driving the clock. Rejects when a role refused a call. */
  run(mode: Mode, wishes?: RunWishes): Promise<RunReport>;
  /** The same without driving the clock, for two runs at once: `clock.run(Promise.all([...]))`. */
  start(mode: Mode, wishes?: RunWishes): Promise<RunReport>;
  /** Looks at a table as the hint function would, under its role, driving the clock. Rejects when a role refused a call. */
  hint(table: string, wishes?: HintWishes): Promise<HintReport>;
  /** The same without driving the clock. */
  startHint(table: string, wishes?: HintWishes): Promise<HintReport>;
  /** Runs drills as their function would, under its role, driving the clock. Rejects when a role refused a call. */
  drill(wishes?: ContainerWishes): Promise<DrillReport>;
  /** The same without driving the clock. */
  startDrill(wishes?: ContainerWishes): Promise<DrillReport>;
  /** Another Tablekeeper in the same account. */
  beside(options: InstanceOptions & { readonly instance: string }): Deployment;
}

/** The bucket that the stack makes for exports of drills, as it is called where templates are resolved. */
export const DRILL_BUCKET = 'DrillExports';

/** The role of jobs of drills, in the same way. */
export const DRILL_VAULT_ROLE = drillVaultRoleOf({ accountId: '111122223333' });

export const DAILY = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
`;

const FUNCTION_OF = { protect: 'backup', expire: 'prune', audit: 'audit' } as const;

/** What a role refuses is a mistake in iam/, whatever the run made of it. */
const refuseNothing = ({ refused }: RoleGuard): void => {
  if (refused.length > 0) throw new Error(`the roles do not allow:\n${refused.join('\n')}`);
};

type Ground = Pick<Deployment, 'account' | 'clock' | 'guard'>;

/** How functions are started: each under its role, and none unseen when that refuses something. */
const runnersOf = (
  { clock, guard }: Ground,
  container: (as: FunctionName, wishes?: ContainerWishes) => Deps,
  drillContainer: (as: FunctionName, wishes?: ContainerWishes) => DrillDeps,
) => {
  let runs = 0;
  const requestOf = (word: string, minutes: number) => {
    runs += 1;
    return { runId: `${word}-${runs}`, deadline: clock.now() + minutes * MINUTE_MS };
  };
  const start: Deployment['start'] = (mode, { as = FUNCTION_OF[mode], ...wishes } = {}) => {
    const { policies: _policies, requestHandler: _wire, clock: _clock, ...request } = wishes;
    const digests = mode === 'audit' && { sendDigest };
    const run = reconcile(container(as, wishes), { ...requestOf('run', 15), ...digests, ...request, mode });
    return run.finally(() => refuseNothing(guard));
  };
  const startHint: Deployment['startHint'] = (table, { as = 'hint', ...wishes } = {}) => {
    const { policies: _policies, requestHandler: _wire, clock: _clock, ...request } = wishes;
    const look = hint(container(as, wishes), { ...requestOf('hint', 5), ...request, table });
    return look.finally(() => refuseNothing(guard));
  };
  const startDrill: Deployment['startDrill'] = (wishes) => {
    const { deadline } = requestOf('drill', 15);
    return drill(drillContainer('drill', wishes), { deadline }).finally(() => refuseNothing(guard));
  };
  return { start, startHint, startDrill };
};

const install = (ground: Ground, options: InstanceOptions): Deployment => {
  const { account, clock, guard } = ground;
  const { instance = 'prod', policies = DAILY, rights, log, drillBucket, drillVaultRoleArn } = options;
  const { accountId, region } = account;
  const key = (name: FunctionName): string => keyOf(instance, name);
  deployTo(account, instance, 'ops@example.com');
  const place = { accountId, region, instance };
  guard.admit(FUNCTION_NAMES.map(key), () => rights ?? packagedRights(place));
  guard.admit([vaultRoleOf(place), restoreRoleOf(place), drillVaultRoleOf(place)], () =>
    packagedJobRights(place),
  );
  const settings = {
    instance,
    policies,
    ...(log !== undefined && { log }),
    ...(drillBucket !== undefined && { drillBucket }),
    ...(drillVaultRoleArn !== undefined && { drillVaultRoleArn }),
  };
  const container = containersIn(account, settings);
  const drillContainer = drillContainersIn(account, settings);
  const { start, startHint, startDrill } = runnersOf(
    ground,
    (as, wishes) => container(key(as), wishes),
    (as, wishes) => drillContainer(key(as), wishes),
  );
  return {
    ...ground,
    asPerson: container('person'),
    drillParts: drillContainer('person'),
    wireOf: (name) => wireAs(account, key(name)),
    start,
    startHint,
    startDrill,
    drill: (wishes) => clock.run(startDrill(wishes)),
    run: (mode, wishes) => clock.run(start(mode, wishes)),
    hint: (table, wishes) => clock.run(startHint(table, wishes)),
    beside: (others) => install(ground, others),
  };
};

/** Deploys Tablekeeper at an instant with policies; the state table and the confirmed topic exist, nothing else. */
export const deploy = async (options: DeploymentOptions): Promise<Deployment> => {
  const guard = createRoleGuard();
  const clock = createVirtualClock(Date.parse(options.startAt));
  const {
    startAt: _startAt,
    policies: _policies,
    instance: _instance,
    rights: _rights,
    log: _log,
    drillBucket: _bucket,
    drillVaultRoleArn: _role,
    ...settings
  } = options;
  const account = createAccount({ ...settings, clock, authorize: guard.authorize });
  const deployment = install({ account, clock, guard }, options);
  await clock.advanceBy(MINUTE_MS);
  return deployment;
};
