import { backupOptInDiagnosis } from '../core/doctor/backup-opt-in.ts';
import { lastCallAt } from '../core/doctor/runs.ts';
import { tagPolicyDiagnosis } from '../core/doctor/tag-policy.ts';
import { trailDiagnosis } from '../core/doctor/trail.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { ownFailure } from '../model/failure.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { BackupSettings, Functions, Organization, TableKeys, Trails } from '../ports/doctor.ts';
import type { SecretCheck } from '../ports/secrets.ts';
import type { Deps } from './deps.ts';

/** The SSM parameters that a person names; absent ones are looked up in the deployed functions. */
export interface SecretNames {
  readonly slackParameter?: string;
  readonly heartbeatParameter?: string;
}

/** What the doctor examines with, beside the parts of a run. */
export interface DoctorParts {
  readonly parts: Deps;
  readonly stateTable: string;
  readonly tableKeys: TableKeys;
  readonly topicArn: string;
  readonly trails: Trails;
  readonly organization: Organization;
  readonly backupSettings: BackupSettings;
  readonly functions: Functions;
  readonly secretNames: SecretNames;
  webhookIn(parameter: string): SecretCheck;
  heartbeatIn(parameter: string): SecretCheck;
}

const trailOf = async ({ parts, trails }: DoctorParts, runs: readonly NotedRun[]): Promise<Diagnosis> => {
  const { clock, target } = parts;
  const lastCall = lastCallAt(runs);
  const seen = await trails.list();
  return trailDiagnosis(seen, {
    region: target.region,
    now: clock.now(),
    ...(lastCall !== undefined && { lastCallAt: lastCall }),
  });
};

const tagPolicyOf = async ({ parts, organization }: DoctorParts): Promise<Diagnosis> =>
  tagPolicyDiagnosis(await organization.readTagPolicy(), parts.policies);

const backupOptInOf = async ({ backupSettings }: DoctorParts): Promise<Diagnosis> => {
  const reading = await backupSettings.read();
  switch (reading.kind) {
    case 'found':
      return backupOptInDiagnosis(reading.value);
    case 'missing':
      return backupOptInDiagnosis(ownFailure('not-there', 'there are no settings'));
    case 'unreadable':
      return backupOptInDiagnosis(reading.failure);
  }
};

/** Examines what surrounds the deployment in its account: a trail, a tag policy, AWS Backup. */
export const surroundingsDiagnoses = (
  doctor: DoctorParts,
  runs: readonly NotedRun[],
): Promise<readonly Diagnosis[]> =>
  Promise.all([trailOf(doctor, runs), tagPolicyOf(doctor), backupOptInOf(doctor)]);
