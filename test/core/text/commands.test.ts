import { describe, expect, it } from 'vitest';
import {
  deletePointCommands,
  describeTableCommand,
  explainCommand,
  restoreTableCommand,
  tagTableCommand,
  untagTableCommand,
} from '../../../shared/core/text/commands.ts';
import { commandText } from '../../../shared/model/shell.ts';
import { TARGET } from '../../support/world.ts';

describe('a command to be copied', () => {
  it.each([
    { region: 'eu-central-1', partition: 'aws' },
    { region: 'us-east-1', partition: 'aws' },
    { region: 'cn-north-1', partition: 'aws-cn' },
    { region: 'us-gov-west-1', partition: 'aws-us-gov' },
  ])('names a table by the ARN it has in $region', ({ region, partition }) => {
    expect(commandText(tagTableCommand('Orders', 'backup:policy', { ...TARGET, region }))).toBe(
      `aws dynamodb tag-resource --region ${region} --resource-arn arn:${partition}:dynamodb:${region}:111122223333:table/Orders ` +
        '--tags Key=backup:policy,Value=POLICY',
    );
  });

  it('has a tag with a space in quotes', () => {
    expect(commandText(tagTableCommand('Orders', 'our backups', TARGET))).toMatch(
      / --tags 'Key=our backups,Value=POLICY'$/,
    );
    expect(commandText(untagTableCommand('Orders', 'our backups', TARGET))).toMatch(
      / --tag-keys 'our backups'$/,
    );
    expect(commandText(untagTableCommand('Orders', 'backup:hold', TARGET))).toMatch(
      / --tag-keys backup:hold$/,
    );
  });

  it('restores or deletes one recovery point', () => {
    expect(commandText(restoreTableCommand('Orders', 'arn:backup', TARGET))).toBe(
      'aws dynamodb restore-table-from-backup --region eu-central-1 --target-table-name Orders --backup-arn arn:backup',
    );
    expect(deletePointCommands([{ location: { target: TARGET } }], TARGET).map(commandText)).toEqual([
      'aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN',
    ]);
  });

  it('restores or deletes one of a vault', () => {
    expect(
      commandText(restoreTableCommand('Orders-2', 'arn:aws:backup:eu-central-1:1:recovery-point:a', TARGET)),
    ).toBe(
      'tablekeeper restore --recovery-point arn:aws:backup:eu-central-1:1:recovery-point:a --target Orders-2',
    );
    const points = [{ location: { target: TARGET } }, { location: { target: TARGET, vault: 'main' } }];
    expect(deletePointCommands(points, TARGET).map(commandText)).toContain(
      'aws backup delete-recovery-point --region eu-central-1 --backup-vault-name main --recovery-point-arn ARN',
    );
  });

  it('takes a table whose name looks like an option for a table', () => {
    expect(describeTableCommand('-orders', TARGET).slice(-1)).toEqual(['--table-name=-orders']);
    expect(explainCommand('--help')).toEqual(['tablekeeper', 'explain', '--', '--help']);
  });
});
