import { stateKeysFault } from '../core/doctor/backup-opt-in.ts';
import { keyDiagnoses, keysKept, unreadKeys } from '../core/doctor/keys.ts';
import { reasonText } from '../core/doctor/reason-text.ts';
import { hintsDiagnosis, policiesDiagnosis, runDiagnoses } from '../core/doctor/runs.ts';
import { subscriptionsDiagnosis } from '../core/doctor/topic.ts';
import { deployedPolicies } from '../core/policy/deployed.ts';
import { DEPLOY_COMMAND } from '../core/text/commands.ts';
import { wholeAdvice } from '../core/text/whole-command.ts';
import { advise } from '../model/advice.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { type Failure, thrownFailure } from '../model/failure.ts';
import type { SubscriberMemory } from '../model/memory.ts';
import type { NotedRun } from '../model/noted-run.ts';
import { deployedAs } from '../model/policy.ts';
import type { Subscriber } from '../model/topic-state.ts';
import { functionPermissionDiagnoses, yourPermissionDiagnoses } from './doctor-permissions.ts';
import { secretDiagnoses } from './doctor-secrets.ts';
import { type DoctorParts, surroundingsDiagnoses } from './doctor-surroundings.ts';

const DEPLOY = advise('Deploy, or choose another deployment with --instance and --region:', DEPLOY_COMMAND);

const REPLACE = advise(
  'Somebody made it by hand. See whose it is, delete it if nothing else uses it, and deploy again:',
  DEPLOY_COMMAND,
);

const stateDiagnosis = async ({ parts, stateTable, tableKeys }: DoctorParts): Promise<Diagnosis> => {
  const item = 'state table';
  const keys = await tableKeys.read(stateTable);
  if (keys.kind === 'missing')
    return { item, status: 'missing', says: `there is no table ${stateTable}`, fix: DEPLOY };
  const fault = keys.kind === 'found' ? stateKeysFault(keys.value) : undefined;
  if (fault !== undefined)
    return { item, status: 'missing', says: `${stateTable} is no state table: ${fault}`, fix: REPLACE };
  try {
    await parts.stateStore.readMemory();
    return { item, status: 'fine', says: `${stateTable} can be read` };
  } catch (error) {
    const fix = advise(`Allow yourself to read ${stateTable}.`);
    return { item, status: 'missing', says: reasonText(thrownFailure(error)), fix };
  }
};

/**
 * Subscribers that audits saw confirmed and that are gone; none when nothing was remembered, which
 * is reported elsewhere.
 */
const lostSubscribers = async ({ parts }: DoctorParts): Promise<readonly SubscriberMemory[]> => {
  try {
    const { subscribers = [] } = await parts.stateStore.readMemory();
    return subscribers.filter(({ gone, wasConfirmed }) => gone && wasConfirmed);
  } catch {
    return [];
  }
};

/** A subscriber that was remembered as lost may have subscribed again since. */
const stillLost = (
  lost: readonly SubscriberMemory[],
  subscribers: readonly Subscriber[],
): readonly SubscriberMemory[] =>
  lost.filter(
    ({ protocol, endpoint }) =>
      !subscribers.some((one) => one.protocol === protocol && one.endpoint === endpoint),
  );

const topicDiagnoses = async ({ parts, topicArn, ...doctor }: DoctorParts): Promise<readonly Diagnosis[]> => {
  const item = 'alert topic';
  const [topic, listing, lost] = await Promise.all([
    parts.subscriptions.read(),
    parts.subscriptions.list(),
    lostSubscribers({ parts, topicArn, ...doctor }),
  ]);
  if (topic.kind === 'missing')
    return [{ item, status: 'missing', says: `there is no ${topicArn}`, fix: DEPLOY }];
  if (topic.kind === 'unreadable') {
    const fix = advise('Allow yourself sns:GetTopicAttributes on it.');
    return [{ item, status: 'unknown', says: reasonText(topic.failure), fix }];
  }
  // A person who may count but not list subscribers lacks their names, and nothing else.
  const subscribers = listing.gap === undefined ? listing.items : [];
  const state = { ...topic.value, subscribers };
  const gone = listing.gap === undefined ? stillLost(lost, subscribers) : [];
  return [{ item, status: 'fine', says: topicArn }, subscriptionsDiagnosis(state, topicArn, gone)];
};

/** What was noted of runs, or why it could not be read. */
const readRuns = async ({ parts }: DoctorParts): Promise<readonly NotedRun[] | Failure> => {
  try {
    return await parts.runNotes.read();
  } catch (error) {
    return thrownFailure(error);
  }
};

const runsDiagnoses = ({ parts }: DoctorParts, runs: readonly NotedRun[] | Failure): readonly Diagnosis[] => {
  if ('kind' in runs)
    return [{ item: 'functions', status: 'unknown', says: `no run could be read: ${reasonText(runs)}` }];
  const { clock, instance, policies } = parts;
  const now = clock.now();
  return [
    ...runDiagnoses(runs, { now, instance, policies }),
    policiesDiagnosis(deployedPolicies(runs, policies)),
    hintsDiagnosis(runs, now),
  ];
};

const tableKeyDiagnoses = async ({ parts: { keyFacts } }: DoctorParts): Promise<readonly Diagnosis[]> => {
  if (keyFacts === undefined) return [];
  try {
    const heads = await keyFacts.readHeads();
    return keyDiagnoses(await keyFacts.readKeys(keysKept(heads)));
  } catch (error) {
    return [unreadKeys(thrownFailure(error))];
  }
};

/**
 * Lists what a deployment needs and whether it is there, in the order in which to fix it. Reads
 * only. What cannot be seen is unknown, not missing; no secret is shown.
 */
export const examine = async (doctor: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { accountId, region } = doctor.parts.target;
  const runs = await readRuns(doctor);
  const noted = 'kind' in runs ? [] : runs;
  const [state, topic, secrets, ofFunctions, keys, surroundings, yours] = await Promise.all([
    stateDiagnosis(doctor),
    topicDiagnoses(doctor),
    secretDiagnoses(doctor),
    functionPermissionDiagnoses(doctor, runs),
    tableKeyDiagnoses(doctor),
    surroundingsDiagnoses(doctor, noted),
    yourPermissionDiagnoses(doctor),
  ]);
  const says = `of account ${accountId}, Region ${region}`;
  const all: readonly Diagnosis[] = [
    { item: 'credentials', status: 'fine', says },
    state,
    ...topic,
    ...secrets,
    ...runsDiagnoses(doctor, runs),
    ...ofFunctions,
    ...keys,
    ...surroundings,
    ...yours,
  ];
  const deployment = { ...doctor.parts, ...deployedAs(doctor.parts.policies) };
  return all.map((diagnosis) =>
    diagnosis.fix === undefined ? diagnosis : { ...diagnosis, fix: wholeAdvice(diagnosis.fix, deployment) },
  );
};
