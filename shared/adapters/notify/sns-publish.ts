import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { NotSentError } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import type { Message } from '../../ports/messages.ts';
import { type ClientOptions, clientConfig, paceClient } from '../aws/clients.ts';
import { failureOf } from '../aws/errors.ts';
import { snsMessageOf } from './sns-message.ts';

/** Publishes one message, or throws. */
export type Publish = (message: Message) => Promise<void>;

/** An unanswered message may have reached people each time: a run that repeats it until its end would send hundreds. */
const MOST_UNANSWERED = 3;

/**
 * Creates the function that publishes to a topic. Throws unless the service confirms that it has the message, with a `NotSentError` if it certainly
 * has not.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-22)
 */
export const createPublish = (options: ClientOptions, topicArn: string): Publish => {
  const client = paceClient(
    new SNSClient(clientConfig(options, { mostUnanswered: MOST_UNANSWERED })),
    options,
  );
  return async (message) => {
    try {
      await client.send(new PublishCommand({ TopicArn: topicArn, ...snsMessageOf(message) }));
    } catch (error) {
      const { kind, failure } = failureOf('Publish', error);
      const Thrown = kind === 'ambiguous' ? Error : NotSentError;
      throw new Thrown(failureText(failure), { cause: error });
    }
  };
};
