import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { createLimiter } from '../shared/adapters/aws/limiter.ts';
import { API_LIMITS, DOCTOR_LIMITS } from '../shared/adapters/aws/limits.ts';
import { createCallRecorder } from '../shared/adapters/aws/pacing.ts';
import { createSecretParameter } from '../shared/adapters/aws/secret-parameter.ts';
import { secretCheck } from '../shared/adapters/channels/service.ts';
import { SERVICES } from '../shared/adapters/channels/services.ts';
import { heartbeatCheck } from '../shared/adapters/heartbeat/heartbeat-services.ts';
import { systemClock } from '../shared/adapters/system/time.ts';
import { type Deployment, wholeAdvice } from '../shared/core/text/whole-command.ts';
import { asAdvice } from '../shared/model/advice.ts';
import { CHANNELS, type Channel } from '../shared/model/channel.ts';
import { messageOf, UserError } from '../shared/model/errors.ts';
import { adviceLine } from '../shared/model/shell.ts';
import type { Secret, SecretCheck } from '../shared/ports/secrets.ts';
import { type AlertRoutes, routesText, type SecretState, type TopicSubscription } from './alert-routes.ts';
import { readStack } from './deployed-stack.ts';
import type { GivenParameter } from './given-parameters.ts';
import type { AwsConfig, Serverless } from './serverless.ts';

const statusOf = (arn: string): TopicSubscription['status'] => {
  if (arn.startsWith('arn:')) return 'confirmed';
  return arn === 'Deleted' ? 'deleted' : 'pending';
};

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html (checked 2026-11-28) */
const listSubscriptions = async (
  config: AwsConfig,
  TopicArn: string,
): Promise<AlertRoutes['subscriptions']> => {
  const found: TopicSubscription[] = [];
  try {
    for await (const page of paginateListSubscriptionsByTopic(
      { client: new SNSClient(config) },
      { TopicArn },
    ))
      for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? [])
        found.push({ protocol: Protocol, endpoint: Endpoint, status: statusOf(SubscriptionArn) });
    return found;
  } catch (error) {
    return messageOf(error);
  }
};

const stateOf = async (check: SecretCheck, deployment: Deployment): Promise<SecretState> => {
  try {
    const doubt = await check.check();
    return doubt === undefined ? { kind: 'usable' } : { kind: 'doubtful', ...doubt };
  } catch (error) {
    if (!(error instanceof UserError)) return { kind: 'unread', why: messageOf(error) };
    const { fix, what } = error.content;
    return { kind: 'unusable', what, fix: adviceLine(wholeAdvice(asAdvice(fix), deployment)) };
  }
};

/** Looks with the person's own credentials, which are those that deploy. */
const secretsIn = (
  config: AwsConfig,
  { instance, region }: { readonly instance: string; readonly region: string },
) => {
  const limiter = createLimiter({ clock: systemClock, limits: { ...API_LIMITS, ...DOCTOR_LIMITS } });
  const { credentials } = config;
  const options = {
    ...{ region, clock: systemClock, limiter, recorder: createCallRecorder() },
    ...(credentials !== undefined && { credentials }),
  };
  const look = (parameter: string, check: (secret: Secret) => SecretCheck): Promise<SecretState> =>
    parameter === ''
      ? Promise.resolve({ kind: 'none' })
      : stateOf(check(createSecretParameter(options, parameter)), { instance, target: { region } });
  return {
    channel: ({ name }: Channel, parameter: string) =>
      look(parameter, (secret) => secretCheck(secret, SERVICES[name])),
    heartbeat: (parameter: string) => look(parameter, heartbeatCheck),
  };
};

const keptIn = (given: readonly GivenParameter[]): readonly string[] =>
  given.filter(({ origin }) => origin === 'kept').map(({ name, value }) => `${name}=${value}`);

/** Reads in the account where alerts go, and returns it in words. */
export const reportDeployment = async (
  serverless: Serverless,
  given: readonly GivenParameter[],
): Promise<string> => {
  const { stackName, environment } = serverless.service.provider;
  const provider = serverless.getProvider('aws');
  const [config, region] = [await provider.getAwsSdkV3Config(), provider.getRegion()];
  const givenValue = (wanted: string): string => given.find(({ name }) => name === wanted)?.value ?? '';
  const secrets = secretsIn(config, { instance: environment.TABLEKEEPER_INSTANCE, region });
  const heartbeatParameter = givenValue('heartbeatParameter');
  const routeOf = async (channel: Channel) => {
    const parameter = givenValue(channel.parameter);
    const functionName = `tablekeeper-${environment.TABLEKEEPER_INSTANCE}-${channel.name}`;
    return { channel, functionName, parameter, state: await secrets.channel(channel, parameter) };
  };
  const topicArn = (await readStack(config, stackName))?.outputs.AlertTopicArn ?? '';
  const [subscriptions, heartbeat, channels] = await Promise.all([
    listSubscriptions(config, topicArn),
    secrets.heartbeat(heartbeatParameter),
    Promise.all(CHANNELS.map(routeOf)),
  ]);
  return routesText({
    ...{ stack: stackName, region, topicArn, subscriptions, channels },
    ...{ alertEmail: givenValue('alertEmail'), heartbeatParameter, heartbeat, kept: keptIn(given) },
  });
};
