import { UserError } from '../../model/errors.ts';
import type { RestoreOverrides } from '../../model/restore.ts';
import type { TableShape } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import { capped } from '../text/words.ts';

/** What a person typed about the table that is made. */
export interface OverrideOptions {
  /** Global ones: they can be built later. */
  readonly withoutIndexes?: boolean | undefined;
  /** For ever: they can never be added. */
  readonly withoutLocalIndexes?: boolean | undefined;
  readonly billing?: string | undefined;
  readonly toRegion?: string | undefined;
  readonly key?: string | undefined;
}

/**
 * Regions from and to which nothing can be restored across Regions.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_HowItWorks.html (checked 2026-11-28)
 */
const CLOSED_REGIONS: readonly string[] = ['ap-east-1', 'me-south-1'];

const KEY_ARN = /^arn:[a-z-]+:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+)$/;

/** The alias of the key that AWS makes for DynamoDB in each account and Region. */
export const AWS_MANAGED = 'alias/aws/dynamodb';

const mistake = (code: string, what: string, fix: string): UserError => new UserError({ code, what, fix });

const billingOf = (text: string): TableShape['billingMode'] => {
  if (text === 'on-demand') return 'PAY_PER_REQUEST';
  throw mistake(
    'unknown-billing',
    `--billing ${capped(text, 40)} is not possible.`,
    'Only --billing on-demand is; without it the table is paid for as its source.',
  );
};

const encryptionOf = (text: string, region: string): TableShape['encryption'] => {
  if (text === 'aws-owned') return { kind: 'aws-owned' };
  if (text === 'aws-managed' || text === AWS_MANAGED)
    return { kind: 'kms', keyArn: AWS_MANAGED, isAwsManaged: true };
  const [, keyRegion] = KEY_ARN.exec(text) ?? [];
  if (keyRegion === undefined)
    throw mistake(
      'unknown-key',
      `--key ${capped(text, 120)} is not a key.`,
      'Write the ARN of a KMS key, or aws-owned, or aws-managed.',
    );
  if (keyRegion !== region)
    throw mistake(
      'key-in-another-region',
      `--key ${capped(text, 120)} is a key of ${keyRegion}, and the table is made in ${region}.`,
      `Give a key of ${region}.`,
    );
  return { kind: 'kms', keyArn: text };
};

/** Across Regions a key has to be named: that of the source does not exist there. */
const refuseRegion = ({ toRegion, key }: OverrideOptions, { region }: Target): void => {
  if (toRegion === undefined || toRegion === region) return;
  const closed = CLOSED_REGIONS.find((one) => one === toRegion || one === region);
  if (closed !== undefined)
    throw mistake(
      'region-closed',
      `AWS restores neither from nor to another Region in ${closed}.`,
      'Restore in the same Region, or copy with AWS Backup.',
    );
  if (key === undefined)
    throw mistake(
      'key-missing',
      `A restore from ${region} to ${toRegion} needs a key of ${toRegion} named.`,
      'Add --key with the ARN of a KMS key there, or --key aws-owned.',
    );
};

/** Reads what a person wants otherwise than the source has it. Throws UserError. */
export const overridesOf = (options: OverrideOptions, target: Target): RestoreOverrides => {
  refuseRegion(options, target);
  const { withoutIndexes, withoutLocalIndexes, billing, key, toRegion = target.region } = options;
  return {
    ...(withoutIndexes === true && { globalIndexes: [] }),
    ...(withoutLocalIndexes === true && { localIndexes: [] }),
    ...(billing !== undefined && { billingMode: billingOf(billing) }),
    ...(key !== undefined && { encryption: encryptionOf(key, toRegion) }),
  };
};
