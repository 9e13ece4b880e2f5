import { backupOptInDiagnosis } from '../core/doctor/backup-opt-in.ts';
import { neighboursDiagnoses, neighboursIn } from '../core/doctor/neighbours.ts';
import { lastCallAt } from '../core/doctor/runs.ts';
import { tagPolicyDiagnosis } from '../core/doctor/tag-policy.ts';
import { trailDiagnosis } from '../core/doctor/trail.ts';
import { vaultDiagnoses } from '../core/doctor/vaults.ts';
import { withVaults } from '../core/preflight/needs.ts';
import type { ChannelName } from '../model/channel.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { ownFailure } from '../model/failure.ts';
import { parseMadeVault } from '../model/made-vault.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { BackupSettings, Functions, Organization, TableKeys, Trails } from '../ports/doctor.ts';
import type { SecretCheck } from '../ports/secrets.ts';
import type { Deps } from './deps.ts';
import { examineVaults } from './examine-vaults.ts';

/** What a parameter holds: what a channel needs, or the address of the heartbeat's check. */
export type SecretKind = ChannelName | 'heartbeat';

/** The SSM parameters that a person names; absent ones are looked up in the deployed functions. */
export type SecretNames = Partial<Readonly<Record<SecretKind, string>>>;

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
  checkOf(kind: SecretKind, parameter: string): SecretCheck;
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

const isDeployed = async ({ functions }: DoctorParts, instance: string): Promise<boolean> =>
  (await functions.readEnvironment(`tablekeeper-${instance}-backup`)).kind !== 'missing';

/** A list that could not be read is reported among the person's own permissions. */
const neighboursOf = async (doctor: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { inventory, instance, policies } = doctor.parts;
  const { items } = await inventory.listTaggedTables(policies.tag);
  const named = neighboursIn(items, policies.tag, instance);
  const deployed = await Promise.all(named.map((other) => isDeployed(doctor, other)));
  return neighboursDiagnoses(
    named.filter((_, index) => deployed[index]),
    policies.tag,
  );
};

const ROLE_VARIABLE = 'TABLEKEEPER_VAULT_ROLE_ARN';

/** What policies of vaults need, with the role that the deployed functions were given. */
const vaultsOf = async (doctor: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { instance, policies, target } = doctor.parts;
  if (withVaults(policies.policies).length === 0) return [await backupOptInOf(doctor)];
  const deployed = await doctor.functions.readEnvironment(`tablekeeper-${instance}-backup`);
  const role = deployed.kind === 'found' ? deployed.value[ROLE_VARIABLE] : undefined;
  const made =
    deployed.kind === 'found' ? parseMadeVault(instance, deployed.value.TABLEKEEPER_VAULT_MADE) : undefined;
  const found = await examineVaults(doctor.parts, policies.policies, {
    ...(role !== undefined && role !== '' && { jobRole: role }),
    ...(made !== undefined && { made }),
  });
  return found === undefined
    ? []
    : vaultDiagnoses({ policies: policies.policies, target, found, isWithoutRole: role === '' });
};

/** Examines what surrounds the deployment in its account: other deployments, a trail, a tag policy, AWS Backup. */
export const surroundingsDiagnoses = async (
  doctor: DoctorParts,
  runs: readonly NotedRun[],
): Promise<readonly Diagnosis[]> => {
  const [neighbours, vaults, ...others] = await Promise.all([
    neighboursOf(doctor),
    vaultsOf(doctor),
    trailOf(doctor, runs),
    tagPolicyOf(doctor),
  ]);
  return [...neighbours, ...others, ...vaults];
};
