import type { Operations } from '../operation.ts';
import { describeRegionSettings } from './describe-region-settings.ts';

export const BACKUP_OPERATIONS: Operations = {
  DescribeRegionSettings: describeRegionSettings,
};
