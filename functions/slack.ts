import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import { composeSlackFromEnvironment } from '../shared/run/compose-slack.ts';
import { passToSlack, type SlackReport, type TopicMessage } from '../shared/run/pass-on.ts';
import { parseTopicMessages } from './topic-event.ts';

const logger = new Logger({ serviceName: 'tablekeeper-slack' });
const parts = composeSlackFromEnvironment(logger);

/** The event becomes messages before anything reads it. */
const messageParser = (): MiddlewareObj => ({
  before: (request) => {
    request.event = parseTopicMessages(request.event);
  },
});

/** Logs an error with its cause before Lambda counts it. */
const errorLogger = (): MiddlewareObj => ({
  onError: ({ error }) => {
    if (error) logger.error('the messages did not all reach Slack', error);
  },
});

/** Lambda retries the event and then dead-letters it. */
const failAloud = ({ failures }: SlackReport): void => {
  const [cause] = failures;
  if (cause !== undefined)
    throw new Error(`not posted to Slack: ${failures.map(({ message }) => message).join('; ')}`, { cause });
};

/**
 * Posts to Slack what is published on the alert topic. Its role may read one parameter and nothing
 * else.
 */
export const handler = middy<readonly TopicMessage[], { readonly posted: number }>({
  timeoutEarlyInMillis: 0,
})
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(errorLogger())
  .use(messageParser())
  .handler(async (messages, context) => {
    const deadline = parts.clock.now() + context.getRemainingTimeInMillis();
    const report = await passToSlack(parts, messages, deadline);
    failAloud(report);
    return { posted: report.posted };
  });
