import { describe, expect, it } from 'vitest';
import { deleteBackup, restoreTable, tagTable, untagTable } from '../../../shared/core/text/commands.ts';
import { TARGET } from '../../support/world.ts';

describe('a command to be copied', () => {
  it.each([
    { region: 'eu-central-1', partition: 'aws' },
    { region: 'us-east-1', partition: 'aws' },
    { region: 'cn-north-1', partition: 'aws-cn' },
    { region: 'us-gov-west-1', partition: 'aws-us-gov' },
  ])('names a table by the ARN it has in $region', ({ region, partition }) => {
    expect(tagTable('Orders', 'backup:policy', { ...TARGET, region })).toBe(
      `aws dynamodb tag-resource --region ${region} --resource-arn arn:${partition}:dynamodb:${region}:111122223333:table/Orders ` +
        '--tags Key=backup:policy,Value=POLICY',
    );
  });

  it('has a tag with a space in quotes', () => {
    expect(tagTable('Orders', 'our backups', TARGET)).toMatch(/ --tags 'Key=our backups,Value=POLICY'$/);
    expect(untagTable('Orders', 'our backups', TARGET)).toMatch(/ --tag-keys 'our backups'$/);
    expect(untagTable('Orders', 'backup:hold', TARGET)).toMatch(/ --tag-keys backup:hold$/);
  });

  it('restores or deletes one recovery point', () => {
    expect(restoreTable('Orders', 'arn:backup', TARGET)).toBe(
      'aws dynamodb restore-table-from-backup --region eu-central-1 --target-table-name Orders --backup-arn arn:backup',
    );
    expect(deleteBackup(TARGET)).toBe('aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN');
  });
});
