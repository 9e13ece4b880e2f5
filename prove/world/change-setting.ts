import { tableArn } from '../../sim/arn.ts';
import { invokeIn } from '../../sim/console/attachments.ts';
import { isServiceFailure } from '../../sim/failure.ts';
import type { SettingChanged } from '../story/event.ts';
import type { World } from './deployment.ts';

/** Changes a setting as a person at the console does. What AWS refuses, such as a table that is not there, stays as it was. */
export const changeSetting = async (
  { account }: World,
  { table, operation, input }: SettingChanged,
): Promise<void> => {
  const isByArn = operation.endsWith('ResourcePolicy') || operation === 'TagResource';
  const of = isByArn ? { ResourceArn: tableArn(account, table) } : { TableName: table };
  const Policy = typeof input.Policy === 'string' ? input.Policy.replace('TABLE', table) : undefined;
  try {
    await invokeIn(account)('dynamodb', operation, {
      ...of,
      ...input,
      ...(Policy !== undefined && { Policy }),
    });
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
  }
};
