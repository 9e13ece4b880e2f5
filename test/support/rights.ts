import { CHANNELS, type ChannelName } from '../../shared/model/channel.ts';
import type { FunctionName } from '../../tools/bundle.ts';
import { resolvedResources } from './resolved-template.ts';
import { type Grant, grantsOf, rolesOf } from './roles.ts';
import { packageTemplate, type Resource, type Template } from './template.ts';

/** What each function may do, by its name. */
export type Rights = ReadonlyMap<string, readonly Grant[]>;

/** Where an instance is deployed. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly instance: string;
}

/** The SSM parameters that the secrets are in, wherever rights are looked up. */
export const WEBHOOK_PARAMETER = '/tablekeeper/slack';
export const HEARTBEAT_PARAMETER = '/tablekeeper/heartbeat';

/** A bucket that somebody else made. */
export const REPORT_BUCKET = 'tablekeeper-pages';

/** That of a channel. */
export const channelParameter = (name: ChannelName): string => `/tablekeeper/${name}`;

const roleArn = ({ accountId, instance, region }: Place, name: 'restore' | 'vault'): string =>
  `arn:aws:iam::${accountId}:role/tablekeeper-${instance}-${region}-${name}`;

/** What a deployment gives to jobs of AWS Backup, by the name that the program expects where nothing else is said. */
export const vaultRoleOf = (place: Place): string => roleArn(place, 'vault');

/** The same for jobs that restore. */
export const restoreRoleOf = (place: Place): string => roleArn(place, 'restore');

/** What it gives to jobs of drills, which CloudFormation names: as it is called where templates are resolved. */
export const drillVaultRoleOf = ({ accountId }: Pick<Place, 'accountId'>): string =>
  `arn:aws:iam::${accountId}:role/DrillVaultRole`;

const parameters = {
  ...Object.fromEntries(CHANNELS.map(({ name, stackParameter }) => [stackParameter, channelParameter(name)])),
  HeartbeatParameter: HEARTBEAT_PARAMETER,
  Drills: 'on',
  DrillBucket: 'on',
  ReportBucket: REPORT_BUCKET,
};

/** What a function is called, and the key with which it signs. */
export const keyOf = (instance: string, name: FunctionName): string => `tablekeeper-${instance}-${name}`;

/** The default of serverless.yml, and one whose name begins with it. */
export const INSTANCES = ['prod', 'prod-2'] as const;

/** Packages the template that would be deployed for an instance. */
export const packagedFor = (instance: string): Template =>
  instance === 'prod' ? packageTemplate() : packageTemplate(`--param=instance=${instance}`);

const functionsOf = (resources: Readonly<Record<string, Resource>>) =>
  Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');

const resolved = ({ accountId, region, instance }: Place): Rights => {
  const resources = resolvedResources(packagedFor(instance), {
    accountId,
    region,
    parameters: { ...parameters, VaultRoleArn: vaultRoleOf({ accountId, region, instance }) },
  });
  const roles = rolesOf(resources);
  return new Map(
    functionsOf(resources).map(({ Properties }) => {
      const role = roles[String(Properties.Role).split('/').at(-1) ?? ''];
      if (role === undefined) throw new Error(`${Properties.FunctionName} has no role of the template`);
      return [String(Properties.FunctionName), grantsOf(role)];
    }),
  );
};

const ofJobs = (place: Place): Rights => {
  const { accountId, region, instance } = place;
  const parameters = { Vault: 'tablekeeper', Drills: 'on' };
  const roles = rolesOf(resolvedResources(packagedFor(instance), { accountId, region, parameters }));
  const { VaultJobRole: job, VaultRestoreRole: restore, DrillVaultRole: drill } = roles;
  if (job === undefined || restore === undefined || drill === undefined)
    throw new Error('the template has no roles of jobs');
  return new Map([
    [vaultRoleOf(place), grantsOf(job)],
    [restoreRoleOf(place), grantsOf(restore)],
    [drillVaultRoleOf(place), grantsOf(drill)],
  ]);
};

const known = new Map<string, Rights>();

const once = (place: Place, resolve: (place: Place) => Rights, word: string): Rights => {
  const key = `${word} ${JSON.stringify(place)}`;
  const rights = known.get(key) ?? resolve(place);
  known.set(key, rights);
  return rights;
};

/** Returns what the packaged template allows each function of an instance. */
export const packagedRights = (place: Place): Rights => once(place, resolved, 'functions');

/** Returns what it allows the roles that jobs of AWS Backup have, by their ARNs. */
export const packagedJobRights = (place: Place): Rights => once(place, ofJobs, 'jobs');
