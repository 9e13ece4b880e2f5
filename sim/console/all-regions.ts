import type { SimAccount } from '../account.ts';
import { openRegion } from './regions.ts';

/**
 * The Regions that any account can use.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html (from memory, not fetched)
 */
const REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Opens an account in every Region in which it is not yet, with nothing in them. */
export const openAllRegions = (account: SimAccount): void => {
  for (const region of REGIONS) if (!account.state.regions.has(region)) openRegion(account, region);
};
