/** Which types of resources AWS Backup looks after in the Region, and which it manages whole. */
export interface RegionSettings {
  readonly optIn: Readonly<Record<string, boolean>>;
  /** Undefined where the Region answers without this map. */
  readonly management: Readonly<Record<string, boolean>> | undefined;
}

/** As in an account whose first vault is younger than 21 November 2021. */
export const createRegionSettings = (): RegionSettings => ({
  optIn: { Aurora: true, DynamoDB: true, EBS: true, EC2: true, EFS: true, RDS: true, S3: true },
  management: { DynamoDB: true, EFS: true },
});
