import type { BackupSettings, Functions, Organization, TableKeys, Trails } from '../ports/doctor.ts';
import type { SecretCheck } from '../ports/secrets.ts';
import type { Deps } from './deps.ts';

/** In which SSM parameters a person says that secrets are kept; what is absent is looked for in the deployed functions. */
export interface SecretNames {
  readonly slackParameter?: string;
  readonly heartbeatParameter?: string;
}

/** What the doctor looks with, beside the parts of a run. */
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
