import { expect, it } from 'vitest';
import { backupOptInDiagnosis } from '../../../shared/core/doctor/backup-opt-in.ts';
import { aCallFailure } from '../../support/failures.ts';

it.each([
  {
    seen: { optedIn: true, advanced: true },
    says: 'not needed, for no policy uses AWS Backup; it is on for tables here, with advanced features',
  },
  {
    seen: { optedIn: true, advanced: false },
    says: 'not needed, for no policy uses AWS Backup; it is on for tables here, without advanced features',
  },
  {
    seen: { optedIn: false, advanced: true },
    says: 'not needed, for no policy uses AWS Backup; it is off for tables here',
  },
  {
    seen: aCallFailure('DescribeRegionSettings', 'AccessDeniedException'),
    says: 'not needed, for no policy uses AWS Backup; it could not be seen: backup:DescribeRegionSettings is not allowed to you',
  },
])('the opt-in of AWS Backup is $says', ({ seen, says }) => {
  expect(backupOptInDiagnosis(seen)).toEqual({ item: 'AWS Backup opt-in', status: 'unneeded', says });
});
