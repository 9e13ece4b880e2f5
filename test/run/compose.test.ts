import { describe, expect, it } from 'vitest';
import { composeFromTerminal } from '../../shared/run/compose.ts';
import { namesOf } from '../../shared/run/compose-wire.ts';
import { aDeployment } from '../cli/world.ts';
import { wireAs } from '../support/containers.ts';

describe('the partition', () => {
  it("at a terminal is that of the caller's ARN, whatever the Region is called", async () => {
    const { account, clock, asPerson } = await aDeployment();
    const { accountId, region } = account;
    account.state.sessions.set('SOMEONE', `arn:aws-eusc:sts::${accountId}:assumed-role/admin/someone`);
    const parts = await clock.run(
      composeFromTerminal({
        policies: asPerson.policies,
        instance: 'prod',
        clock,
        ...wireAs(account, 'SOMEONE'),
      }),
    );
    expect(parts.target).toEqual({ accountId, region, partition: 'aws-eusc' });
    expect(namesOf('prod', parts.target).topicArn).toBe(
      `arn:aws-eusc:sns:${region}:${accountId}:tablekeeper-prod-alerts`,
    );
  });
});
