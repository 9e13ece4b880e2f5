import { inRegion } from '../core/doctor/in-region.ts';
import { hintDiagnoses, policiesDiagnosis, runDiagnoses } from '../core/doctor/runs.ts';
import { subscriptionsDiagnosis } from '../core/doctor/topic.ts';
import { policiesDigest } from '../core/policy/policies-digest.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { messageOf, UserError } from '../model/errors.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { SecretCheck } from '../ports/secret-check.ts';
import type { Parts } from './parts.ts';

/** What the doctor looks with, beside the parts of a run. */
export interface DoctorParts {
  readonly parts: Parts;
  readonly stateTable: string;
  readonly topicArn: string;
  /** Absent where nobody said in which parameter it is. */
  readonly webhook?: SecretCheck;
  readonly heartbeat?: SecretCheck;
}

const DEPLOY = 'Deploy, or choose another deployment with --instance and --region:\n  npm run deploy';

const permission = (operation: string, reason: string | undefined): Diagnosis =>
  reason === undefined
    ? { item: operation, status: 'fine', says: 'is allowed to you' }
    : {
        item: operation,
        status: 'missing',
        says: reason,
        fix: 'Allow it to yourself; the functions have roles of their own.',
      };

const stateDiagnosis = async ({ parts, stateTable }: DoctorParts): Promise<Diagnosis> => {
  const item = 'state table';
  const table = await parts.inventory.describeTable(stateTable);
  if (table.kind === 'missing')
    return { item, status: 'missing', says: `there is no table ${stateTable}`, fix: DEPLOY };
  try {
    await parts.stateStore.readMemory();
    return { item, status: 'fine', says: `${stateTable} can be read` };
  } catch (error) {
    const fix = `Allow yourself to read ${stateTable}.`;
    return { item, status: 'missing', says: messageOf(error), fix };
  }
};

const topicDiagnoses = async ({ parts, topicArn }: DoctorParts): Promise<readonly Diagnosis[]> => {
  const item = 'alert topic';
  const topic = await parts.subscriptions.read();
  if (topic.kind === 'missing')
    return [{ item, status: 'missing', says: `there is no ${topicArn}`, fix: DEPLOY }];
  if (topic.kind === 'unreadable') return [{ item, status: 'unknown', says: topic.reason }];
  return [{ item, status: 'fine', says: topicArn }, subscriptionsDiagnosis(topic.value, topicArn)];
};

const secretDiagnosis = async (
  item: string,
  secret: SecretCheck | undefined,
  option: string,
): Promise<Diagnosis> => {
  if (secret === undefined)
    return { item, status: 'unknown', says: `not looked at: name its parameter with ${option}` };
  try {
    await secret.check();
    return { item, status: 'fine', says: `${secret.name} holds an address` };
  } catch (error) {
    if (error instanceof UserError)
      return { item, status: 'missing', says: error.content.what, fix: error.content.fix };
    const fix = 'Allow yourself ssm:GetParameter on it, and kms:Decrypt on its key.';
    return { item, status: 'missing', says: messageOf(error), fix };
  }
};

const runsDiagnoses = async ({ parts }: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { clock, instance, policies, runNotes } = parts;
  const now = clock.now();
  const digest = policiesDigest(policies);
  const of = (runs: readonly NotedRun[]) => [
    ...runDiagnoses(runs, { now, instance }),
    policiesDiagnosis(runs, digest),
    ...hintDiagnoses(runs, now),
  ];
  try {
    return of(await runNotes.read());
  } catch (error) {
    return [{ item: 'functions', status: 'unknown', says: `no run could be read: ${messageOf(error)}` }];
  }
};

/** Each is asked once, for something that is there or for the shortest list. */
const permissionDiagnoses = async ({ parts, stateTable }: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { inventory, closeLook, policies } = parts;
  const [tags, names, backups, pitr] = await Promise.all([
    closeLook.listTagged(policies.tag, [stateTable]),
    inventory.listTableNames(),
    closeLook.listRecoveryPointsOf(stateTable),
    inventory.readPitr(stateTable),
  ]);
  return [
    permission('tag:GetResources', tags.gap),
    permission('dynamodb:ListTables', names.gap),
    permission('dynamodb:ListBackups', backups.gap),
    permission('dynamodb:DescribeContinuousBackups', pitr.kind === 'unreadable' ? pitr.reason : undefined),
  ];
};

/** What these commands show is not needed by any policy, so that nothing is asked for it. */
const NOT_READ: readonly Diagnosis[] = [
  {
    item: 'tag policy',
    status: 'unknown',
    says: 'not looked at: an organization may forbid the values that the tag needs',
    fix: 'See it from the management account:\n  aws organizations list-policies --filter TAG_POLICY',
  },
  {
    item: 'AWS Backup opt-in',
    status: 'unknown',
    says: 'not needed: no policy uses AWS Backup',
    fix: 'See it:\n  aws backup describe-region-settings',
  },
];

/**
 * Given a deployment, returns what it needs and whether it is there, in the order in which to mend it. It only reads. At the edge what
 * cannot be seen is unknown and not missing, and no secret is shown.
 */
export const examine = async (doctor: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { accountId, region } = doctor.parts.target;
  const [state, topic, webhook, heartbeat, runs, permissions] = await Promise.all([
    stateDiagnosis(doctor),
    topicDiagnoses(doctor),
    secretDiagnosis('Slack webhook', doctor.webhook, '--slack-parameter'),
    secretDiagnosis('heartbeat', doctor.heartbeat, '--heartbeat-parameter'),
    runsDiagnoses(doctor),
    permissionDiagnoses(doctor),
  ]);
  const credentials: Diagnosis = {
    item: 'credentials',
    status: 'fine',
    says: `of account ${accountId}, Region ${region}`,
  };
  const all = [credentials, state, ...topic, webhook, heartbeat, ...runs, ...permissions, ...NOT_READ];
  return all.map((diagnosis) => inRegion(diagnosis, region));
};
