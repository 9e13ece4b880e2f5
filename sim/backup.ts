import type { OperationOn, OperationsOn } from './call.ts';

/** Which types of resources AWS Backup looks after in the Region, and which it manages whole. */
export interface RegionSettings {
  readonly optIn: Readonly<Record<string, boolean>>;
  readonly management: Readonly<Record<string, boolean>>;
}

/** As in an account whose first vault is younger than 21 November 2021. */
export const createRegionSettings = (): RegionSettings => ({
  optIn: { Aurora: true, DynamoDB: true, EBS: true, EC2: true, EFS: true, RDS: true, S3: true },
  management: { DynamoDB: true, EFS: true },
});

/** What its operations work on. */
interface State {
  readonly regionSettings: RegionSettings;
}

const describeRegionSettings: OperationOn<State> = ({ account }) => {
  const { optIn, management } = account.state.regionSettings;
  return { ResourceTypeOptInPreference: optIn, ResourceTypeManagementPreference: management };
};

export const BACKUP_OPERATIONS: OperationsOn<State> = {
  DescribeRegionSettings: describeRegionSettings,
};
