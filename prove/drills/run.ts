import { createHash } from 'node:crypto';
import { composeDrill } from '../../shared/run/compose-drill.ts';
import { type DrillReport, drill } from '../../shared/run/drill/drill.ts';
import type { DrillTrouble } from '../story/event.ts';
import { ACCOUNT_ID } from '../story/vault-spec.ts';
import { addTrouble } from '../world/add-trouble.ts';
import { INSTANCE, policiesOf, STATE_TABLE, type World } from '../world/deployment.ts';
import { bypassSdk } from '../world/lean-client.ts';
import { createNap } from '../world/nap.ts';
import type { CallRecord } from '../world/record.ts';
import { JOB_ROLE } from '../world/vaults.ts';
import { createWire } from '../world/wire.ts';

/** Who runs drills, by the ledger. */
export const DRILLER = 'drill';

/** The bucket of the deployment, and the role of its jobs. */
export const BUCKET = 'drill-exports';
export const DRILL_ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/DrillVaultRole`;

/** Lambda's longest. */
const TIME_LIMIT_MS = 15 * 60_000;

/** What one run of drills came to. */
export interface Drilled {
  readonly end: 'killed' | 'reported' | 'threw';
  readonly report?: DrillReport;
  readonly error?: unknown;
  readonly calls: readonly CallRecord[];
}

/** Of letters nobody guesses; here the same ones come with every seed. */
const lotsOf =
  ({ drills: { lots } }: World): (() => string) =>
  () => {
    lots.drawn += 1;
    return createHash('sha256').update(String(lots.drawn)).digest('hex').slice(0, 8);
  };

const runOnce = async (world: World, kill: DrillTrouble['kill']): Promise<Drilled> => {
  const { account, places, speech } = world;
  const { clock, region, accountId } = account;
  const nap = createNap(clock);
  const wire = createWire(account, nap);
  const parts = composeDrill({
    policies: policiesOf(world.file),
    instance: INSTANCE,
    accountId,
    region,
    stateTable: STATE_TABLE,
    topicArn: `arn:aws:sns:${region}:${accountId}:tablekeeper-${INSTANCE}-alerts`,
    clock: { now: clock.now, ...nap.timers },
    random: () => 0.5,
    credentials: { accessKeyId: DRILLER, secretAccessKey: 'simulated' },
    requestHandler: wire.handler,
    drillBucket: BUCKET,
    ...(places !== undefined && { drillVaultRoleArn: DRILL_ROLE, vaultRoleArn: JOB_ROLE }),
    ...(speech === 'lean' && { wrapClient: bypassSdk({ wire, accessKeyId: DRILLER }) }),
  });
  const calls: CallRecord[] = [];
  const killed = wire.begin(calls, kill);
  const stopTimer = clock.after(TIME_LIMIT_MS, () => wire.die());
  const run = drill({ ...parts, drawLot: lotsOf(world) }, { deadline: clock.now() + TIME_LIMIT_MS });
  const ended = await Promise.race([run, killed]).then(
    (report): Omit<Drilled, 'calls'> =>
      report === 'killed' ? { end: 'killed' } : { end: 'reported', report },
    (error: unknown): Omit<Drilled, 'calls'> => ({ end: 'threw', error }),
  );
  stopTimer();
  void wire.begin([], { call: 1, when: 'before' });
  return { ...ended, calls };
};

/** Runs the drill function once, or twice at once, under what goes wrong with it. */
export const runDrills = async (
  world: World,
  { kill, twice, wire }: DrillTrouble = {},
): Promise<readonly Drilled[]> => {
  const fault = wire && addTrouble(world, wire);
  const runs = [runOnce(world, kill), ...(twice === true ? [runOnce(world, undefined)] : [])];
  const done = await world.account.clock.run(Promise.all(runs));
  fault?.remove();
  return done;
};
