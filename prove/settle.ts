import type { Mode } from '../shared/model/plan.ts';
import { look } from '../shared/run/look.ts';
import type { Breach } from './invariants/all.ts';
import type { Life } from './invariants/life.ts';
import { copiesThere } from './settled/copies-there.ts';
import { findingsTrue } from './settled/findings-true.ts';
import { latestSlotsFilled } from './settled/latest-slots.ts';
import { neverSilent } from './settled/never-silent.ts';
import { peopleKnow } from './settled/people-know.ts';
import { retentionExact } from './settled/retention-exact.ts';
import { mutedIn } from './truth/mutes.ts';
import { latestSlotOf } from './truth/slots.ts';
import type { World } from './world/deployment.ts';
import type { Tick } from './world/job.ts';
import type { RunRecord, Scene } from './world/record.ts';
import { sceneOf } from './world/scene.ts';
import { mendVaults } from './world/vault-effects.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Longer than a claim is held. */
const BETWEEN_MS = 20 * MINUTE_MS;

/** Long enough for ghosts of deleted tables, slow backups and claims from clocks that ran ahead to be over. */
const REST_MS = 8 * HOUR_MS;

/** Flapping findings are reported as resolved once they have stayed away for this long. */
const QUIET_MS = 49 * HOUR_MS;

/** How long that takes, with room to spare. */
const SETTLING_MS = 3 * HOUR_MS;

/** What vaults take besides: what AWS Backup refused to delete is asked for again a week later, and jobs take their time. */
const VAULTS_REST_MS = 8 * 24 * HOUR_MS;
const VAULTS_BETWEEN_MS = 2 * HOUR_MS;
const VAULTS_SETTLING_MS = 14 * HOUR_MS;

/** Runs a tick and says what it did and what did not hold. */
export type Run = (tick: Tick) => Promise<{ readonly run: RunRecord; readonly breaches: readonly Breach[] }>;

const approvalIn = ({ report }: RunRecord): string | undefined =>
  report?.plan.findings.some(({ kind }) => kind === 'guardrail-refusal')
    ? report.plan.expiryDigest
    : undefined;

/** A person who reads that the guardrail holds something back looks at it, and approves. */
const runMode = async (run: Run, mode: Mode): Promise<{ run: RunRecord; breaches: readonly Breach[] }> => {
  const first = await run({ mode, runId: `settling-${mode}` });
  const approvedDigest = mode === 'expire' ? approvalIn(first.run) : undefined;
  if (approvedDigest === undefined || first.breaches.length > 0) return first;
  return await run({ mode, runId: `settling-${mode}-approved`, approvedDigest });
};

const plansNothing = async (world: World): Promise<readonly string[]> => {
  const planned: string[] = [];
  for (const mode of ['protect', 'expire', 'audit'] as const) {
    const { parts, wire } = world.container(mode, 0);
    void wire.begin([], undefined);
    const { plan } = await world.account.clock.run(look(parts, { mode }));
    planned.push(
      // What the last audit says is over goes at the next prune.
      ...plan.actions
        .filter((action) => !('isOfGoneTable' in action))
        .map(({ kind, table, reason }) => `${mode} plans again to ${kind} ${table}: ${reason}`),
    );
  }
  return planned;
};

/** So many copies of a table run at once, and no more are begun. */
const ROUNDS = 12;

/** Copies that were held up for long are made a few at a time. */
const catchUp = async ({ account, container }: World, run: Run): Promise<void> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { parts, wire } = container('protect', 0);
    void wire.begin([], undefined);
    const { plan } = await account.clock.run(look(parts, { mode: 'protect' }));
    if (!plan.actions.some((action) => action.kind === 'copy' && action.waits === undefined)) return;
    await run({ mode: 'protect', runId: `settling-copies-${round}` });
    await account.clock.advanceBy(BETWEEN_MS);
  }
};

/** No slot comes while the account settles, so that what is due is due throughout. */
const quietMoment = ({ file, places }: World, from: number): number => {
  const settlingMs = places === undefined ? SETTLING_MS : VAULTS_SETTLING_MS;
  const slots = (at: number): string =>
    file.policies.map(({ rhythm }) => latestSlotOf(rhythm, file.timezone, at)).join();
  let at = from;
  while (slots(at) !== slots(at + settlingMs)) at += MINUTE_MS * 30;
  return at;
};

type Check = (scene: Scene, last: RunRecord, life: Life) => readonly string[];

const CHECKS: Readonly<Record<string, Check>> = {
  'latest-slots-filled': latestSlotsFilled,
  'copies-there': copiesThere,
  'retention-exact': (scene, { report }) => retentionExact(scene, report?.openFindings ?? []),
  'findings-true': (scene, { report }, life) => findingsTrue(report?.openFindings ?? [], scene, life),
  'never-silent': (scene, { report }, life) => neverSilent(report?.openFindings ?? [], scene, life),
  'whole-run': (_, { end, failures }) =>
    end === 'whole' ? [] : [`the audit is ${end}: ${failures.join('; ')}`],
};

const breach = (invariant: string, at: number, what: string): Breach => ({ invariant, at, what });

const SETTLING: readonly Mode[] = ['audit', 'protect', 'expire', 'audit'];

/** What a job made is copied by the next run, and goes after that. A table has one job at a time. */
const SETTLING_VAULTS: readonly Mode[] = ['audit', 'protect', 'protect', 'protect', 'expire', 'audit'];

/** After all faults, one run of each function puts everything right; a while later nothing more is reported. */
export const settle = async (
  world: World,
  life: Life,
  endAt: number,
  run: Run,
): Promise<readonly Breach[]> => {
  const { account } = world;
  account.faults.clear();
  world.backupMs = 50;
  const { places } = world;
  if (places !== undefined) mendVaults(places);
  const restedAt =
    Math.max(endAt, account.clock.now(), life.skewedUntil) +
    (places === undefined ? REST_MS : VAULTS_REST_MS);
  await account.clock.advanceTo(quietMoment(world, restedAt));
  let last: RunRecord | undefined;
  for (const mode of places === undefined ? SETTLING : SETTLING_VAULTS) {
    await account.clock.advanceBy(places === undefined ? BETWEEN_MS : VAULTS_BETWEEN_MS);
    const done = await runMode(run, mode);
    if (done.breaches.length > 0) return done.breaches;
    last = done.run;
  }
  if (last === undefined) return [];
  if (places !== undefined) await catchUp(world, run);
  const ended = places === undefined ? last : (await run({ mode: 'audit', runId: 'settling-again' })).run;
  const scene = sceneOf(world);
  const wrong = Object.entries(CHECKS).flatMap(([name, check]) =>
    check(scene, ended, life).map((what) => breach(name, scene.at, what)),
  );
  const again = (await plansNothing(world)).map((what) => breach('plans-nothing', scene.at, what));
  if (wrong.length + again.length > 0) return [...wrong, ...again];
  await account.clock.advanceBy(QUIET_MS);
  const quiet = await run({ mode: 'audit', runId: 'quiet-audit' });
  const untold = peopleKnow(quiet.run.report?.openFindings ?? [], mutedIn(quiet.run), life);
  return [...quiet.breaches, ...untold.map((what) => breach('people-know', account.clock.now(), what))];
};
