import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import { type ChannelParts, composeChannelFromEnvironment } from '../shared/run/compose-channel.ts';
import { type PassReport, passOn, type TopicMessage, titleOf } from '../shared/run/pass-on.ts';
import { parseTopicMessages } from './topic-event.ts';

/** The event becomes messages before anything reads it. */
const messageParser = (): MiddlewareObj => ({
  before: (request) => {
    request.event = parseTopicMessages(request.event);
  },
});

/** Logs an error with its cause before Lambda counts it. */
const errorLogger = (logger: Logger, title: string): MiddlewareObj => ({
  onError: ({ error }) => {
    if (error) logger.error(`the messages did not all reach ${title}`, error);
  },
});

/** Lambda retries the event and then dead-letters it. */
const throwFailures = ({ failures }: PassReport, title: string): void => {
  const [cause] = failures;
  if (cause !== undefined)
    throw new Error(`not posted to ${title}: ${failures.map(({ message }) => message).join('; ')}`, {
      cause,
    });
};

/**
 * Creates the Lambda handler that passes on by one channel what is published on the alert topic. Its role may read one parameter and nothing
 * else.
 */
export const onTopic = (channel: ChannelParts) => {
  const title = titleOf(channel.name);
  const logger = new Logger({ serviceName: `tablekeeper-${channel.name}` });
  const deps = composeChannelFromEnvironment(channel, logger);
  return middy<readonly TopicMessage[], { readonly posted: number }>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(errorLogger(logger, title))
    .use(messageParser())
    .handler(async (messages, context) => {
      const deadline = deps.clock.now() + context.getRemainingTimeInMillis();
      const report = await passOn(deps, messages, deadline);
      throwFailures(report, title);
      return { posted: report.posted };
    });
};
