import type { Operation } from '../operation.ts';
import { announce } from './announce.ts';
import { invalidParameter, missingParameter } from './failures.ts';

export const describeRegionSettings: Operation = ({ account }) => {
  const { optIn, management } = account.state.backup.regionSettings;
  return {
    ResourceTypeOptInPreference: optIn,
    ...(management === undefined ? {} : { ResourceTypeManagementPreference: management }),
  };
};

const MEMBERS = ['ResourceTypeOptInPreference', 'ResourceTypeManagementPreference'] as const;

const KNOWN = new Set([
  'Aurora',
  'CloudFormation',
  'DocumentDB',
  'DynamoDB',
  'EBS',
  'EC2',
  'EFS',
  'FSx',
  'Neptune',
  'RDS',
  'Redshift',
  'S3',
  'SAP HANA on Amazon EC2',
  'Storage Gateway',
  'Timestream',
  'VirtualMachine',
]);

/** Keys that are left out stay as they are. */
export const updateRegionSettings: Operation = ({ account, now }, input) => {
  const { backup } = account.state;
  const given = MEMBERS.filter((member) => input[member] !== undefined && input[member] !== null);
  if (given.length === 0) throw missingParameter(MEMBERS[0]);
  for (const member of given) {
    if (Object.keys(input[member] as object).every((key) => KNOWN.has(key))) continue;
    throw invalidParameter(
      'Element present in resource type opt in preference has invalid values. Please use describeRegionSettings API to know the supported resource types',
    );
  }
  const { optIn, management } = backup.regionSettings;
  backup.regionSettings = {
    optIn: { ...optIn, ...(input.ResourceTypeOptInPreference as object | undefined) },
    management: { ...management, ...(input.ResourceTypeManagementPreference as object | undefined) },
  };
  for (const member of given) {
    announce(account, now, 'Region Setting State Change', [], { [member]: input[member] });
  }
  return {};
};
