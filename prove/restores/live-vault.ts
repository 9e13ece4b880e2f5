import type { SimAccount } from '../../sim/account.ts';
import type { RecoveryPoint } from '../../sim/backup/points.ts';
import { settingsOf } from '../../sim/console/settings-of.ts';
import { deleteTable, tablesOf } from '../../sim/console/tables.ts';
import { pointsOf } from '../../sim/console/vaults.ts';
import { isDrillTable } from '../drills/checks.ts';
import type { SessionTrouble, VaultRestore } from '../story/event.ts';
import { POLICY_MARK, readMark } from '../truth/vault-marks.ts';
import type { World } from '../world/deployment.ts';
import type { RestoreOutcome } from './live.ts';
import { type Typed, typeRestore } from './session.ts';

const MINUTE_MS = 60_000;

/** Until the person sits down again. */
const BETWEEN_MS = 65 * MINUTE_MS;

/** How often a person goes on with a restore in which nothing goes wrong any more. */
const MOST_CALM = 6;

const TARGET = 'from-a-vault';

/** Of this instance, whatever policy it is of, newest first. */
const candidates = (account: SimAccount, { table }: VaultRestore): readonly RecoveryPoint[] =>
  pointsOf(account)
    .filter(({ source, status, tags }) => {
      const isOwn = readMark(tags[POLICY_MARK] ?? '') !== undefined;
      return source.tableName === table && status === 'ready' && isOwn;
    })
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.arn < b.arn ? -1 : 1));

const tablesIn = (account: SimAccount): ReadonlyMap<string, string> =>
  new Map(
    tablesOf(account)
      // Those come and go by themselves.
      .filter(({ name }) => !isDrillTable(name))
      .map(({ id, name }) => [`${name} ${id}`, JSON.stringify(settingsOf(account, name))]),
  );

const isUnderWay = ({ watch }: World): boolean =>
  [...watch.restores.values()].some(({ phase }) => phase !== 'ended');

/** Types it, and goes on until nothing is under way. */
const sessionsOf = async (
  world: World,
  event: VaultRestore,
  point: RecoveryPoint,
): Promise<readonly Typed[]> => {
  const { clock } = world.account;
  const first = {
    tables: [event.table],
    recoveryPoint: point.arn,
    target: TARGET,
    key: 'aws-owned',
    ttl: 'later',
    yes: true,
  } as const;
  const sessions: Typed[] = [];
  const type = async (trouble: SessionTrouble): Promise<void> => {
    const options = isUnderWay(world) ? { resume: true as const } : first;
    sessions.push(await clock.run(typeRestore(world, options, trouble)));
  };
  await type(event.trouble ?? {});
  for (let calm = 0; calm < MOST_CALM && isUnderWay(world); calm += 1) {
    await clock.advanceBy(BETWEEN_MS);
    await type({});
  }
  return sessions;
};

interface Done {
  readonly world: World;
  readonly there: SimAccount;
  readonly point: RecoveryPoint;
  readonly sessions: readonly Typed[];
}

/** One job that came to something, of that recovery point, and its table. */
const wrongJobs = ({ there, point }: Done, since: number): readonly string[] => {
  const jobs = [...there.state.backup.restoreJobs.values()].filter(({ createdAt }) => createdAt >= since);
  const good = jobs.filter(({ status }) => status === 'COMPLETED' || status === 'RUNNING');
  const table = there.state.tables.get(TARGET);
  const others = jobs.filter(({ pointArn }) => pointArn !== point.arn);
  return [
    ...(good.length <= 1 ? [] : [`${good.length} jobs restored ${point.arn}`]),
    ...others.map(({ pointArn }) => `a job restored ${pointArn} instead of ${point.arn}`),
    ...(table === undefined || table.restoredFrom?.restoreAt === point.createdAt
      ? []
      : [`${TARGET} is of ${table.restoredFrom?.restoreAt} instead of ${point.createdAt}`]),
    ...(good.length === 0 || table !== undefined ? [] : [`${TARGET} was restored and is not there`]),
  ];
};

const wrongEnd = ({ world, sessions, there }: Done): readonly string[] => {
  const thrown = sessions
    .filter(({ end }) => end === 'threw')
    .map(({ error }) => `a session threw: ${error}`);
  const last = sessions.at(-1);
  const restored = last?.document?.restores?.find(({ targetTable }) => targetTable === TARGET);
  const isSaid = restored?.finished === true && restored.result === 'restored';
  return [
    ...thrown,
    ...(isUnderWay(world) ? ['a restore from a vault stays under way'] : []),
    ...(isSaid && there.state.tables.get(TARGET) === undefined
      ? [`${TARGET} is said to be there, and is not`]
      : []),
  ];
};

const changedIn = (account: SimAccount, before: ReadonlyMap<string, string>): readonly string[] => {
  const now = tablesIn(account);
  return [...before].flatMap(([name, settings]) =>
    now.get(name) === settings ? [] : [`the table ${name} was changed, or is gone`],
  );
};

const NOTHING: RestoreOutcome = { breaches: [], calls: 0, rare: {} };

/** Lets a person restore a recovery point of a vault, or a copy of one in another Region, and checks what came of it. */
export const liveVaultRestore = async (world: World, event: VaultRestore): Promise<RestoreOutcome> => {
  const { account, places } = world;
  const there = event.place === 'dr' ? places?.dr : places?.home;
  const point = there && candidates(there, event)[event.nth];
  if (there === undefined || point === undefined || isUnderWay(world)) return NOTHING;
  const at = account.clock.now();
  const others = [...new Set([account, there])].map((one) => [one, tablesIn(one)] as const);
  const sessions = await sessionsOf(world, event, point);
  const done = { world, there, point, sessions };
  const made = there.state.tables.get(TARGET);
  const wrong = {
    'vault-restored-once': wrongJobs(done, at),
    'vault-restore-ends': wrongEnd(done),
    'vault-restore-writes-to-its-own': others.flatMap(([one, before]) => changedIn(one, before)),
  };
  for (const one of new Set([account, there]))
    if (one.state.tables.get(TARGET) !== undefined) deleteTable(one, TARGET);
  return {
    breaches: Object.entries(wrong).flatMap(([invariant, all]) =>
      all.map((what) => ({ invariant, what: `restore of ${event.table}: ${what}`, at })),
    ),
    calls: sessions.reduce((sum, { calls }) => sum + calls.length, 0),
    rare: {
      'tables restored from a vault': made === undefined || event.place === 'dr' ? 0 : 1,
      'tables restored from a copy in another Region': made !== undefined && event.place === 'dr' ? 1 : 0,
    },
  };
};
