/** One AWS account in one Region: what one run looks at. */
export interface Target {
  readonly accountId: string;
  readonly region: string;
  /** What the caller's ARN says after `arn:`. Absent where the Region's name already says it. */
  readonly partition?: string;
}

/** The partitions that the name of a Region tells, by what it begins with. */
const BY_REGION: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

const partitionOfRegion = (region: string): string =>
  BY_REGION.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

/**
 * Returns the partition with which a target's ARNs begin: what AWS says in the caller's ARN, else what the Region's name tells.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (checked 2026-11-22)
 */
export const partitionOf = ({ region, partition }: Pick<Target, 'region' | 'partition'>): string =>
  partition ?? partitionOfRegion(region);

const ARN_HEAD = /^arn:(aws[a-z0-9-]*):/;

/** Builds the target of an account and a Region; any ARN of that account says its partition. An ARN that says none changes nothing. */
export const targetOf = (accountId: string, region: string, arn = ''): Target => {
  const partition = ARN_HEAD.exec(arn)?.[1];
  const isTold = partition === undefined || partition === partitionOfRegion(region);
  return { accountId, region, ...(!isTold && { partition }) };
};

/** Builds the ARN of a table. The name is not checked: the service refuses invalid ones. */
export const tableArn = (table: string, target: Target): string =>
  `arn:${partitionOf(target)}:dynamodb:${target.region}:${target.accountId}:table/${table}`;

/** The domains of AWS's services in each partition. */
const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
};

/**
 * Returns the domain in which a target's services have their addresses.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html (not verified)
 */
export const dnsSuffixOf = (target: Target): string => DNS_SUFFIXES[partitionOf(target)] ?? 'amazonaws.com';
