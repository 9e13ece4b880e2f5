import { describe, expect, it } from 'vitest';
import { readChannelEnvironment, readEnvironment } from '../../../shared/adapters/system/env.ts';
import { UserError } from '../../../shared/model/errors.ts';

const VARIABLES: Readonly<Record<string, string>> = {
  TABLEKEEPER_INSTANCE: 'prod',
  TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
  TABLEKEEPER_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
  TABLEKEEPER_ACCOUNT_ID: '111122223333',
  AWS_REGION: 'us-east-1',
};

describe('the environment', () => {
  it('is read from the variables of a deployment', () => {
    expect(readEnvironment(VARIABLES)).toEqual({
      instance: 'prod',
      stateTable: 'tablekeeper-prod-state',
      topicArn: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
      accountId: '111122223333',
      region: 'us-east-1',
    });
  });

  it.each([
    { given: { AWS_ENDPOINT_URL: 'http://all' }, s3Endpoint: 'http://all' },
    { given: { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_S3: 'http://s3' }, s3Endpoint: 'http://s3' },
  ])(
    'says where buckets are, and leaves clients of the SDK to read theirs themselves: $given',
    ({ given, s3Endpoint }) => {
      const { endpoint, ...read } = { endpoint: undefined, ...readEnvironment({ ...VARIABLES, ...given }) };
      expect({ endpoint, s3: read.s3Endpoint }).toEqual({ endpoint: undefined, s3: s3Endpoint });
    },
  );

  it.each(Object.keys(VARIABLES))('without %s is a mistake that names it', (name) => {
    for (const value of [undefined, '']) {
      const read = () => readEnvironment({ ...VARIABLES, [name]: value });
      expect(read).toThrow(UserError);
      expect(read).toThrow(name);
    }
  });
});

const VARIABLE = 'TABLEKEEPER_SLACK_WEBHOOK_PARAMETER';

describe("the Slack function's environment", () => {
  const SLACK: Readonly<Record<string, string>> = {
    TABLEKEEPER_INSTANCE: 'prod',
    TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: '/tablekeeper/prod/slack-webhook',
    AWS_REGION: 'us-east-1',
  };

  it('names the parameter that holds the webhook, and needs nothing of the other functions', () => {
    expect(readChannelEnvironment(VARIABLE, SLACK)).toEqual({
      instance: 'prod',
      secretParameter: '/tablekeeper/prod/slack-webhook',
      region: 'us-east-1',
    });
  });

  it.each(Object.keys(SLACK))('without %s is a mistake that names it', (name) => {
    expect(() => readChannelEnvironment(VARIABLE, { ...SLACK, [name]: '' })).toThrow(name);
  });
});
