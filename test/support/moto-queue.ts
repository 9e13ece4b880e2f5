import { callMoto } from './moto-json.ts';

/** A message as SNS puts it into a queue. */
export interface QueuedMessage {
  readonly subject: string;
  readonly message: string;
}

/** A queue of moto's that is subscribed to a topic, so that a test reads what subscribers are sent. */
export interface MotoQueue {
  readonly arn: string;
  /** What has come since the last time, oldest first. */
  take(): Promise<readonly QueuedMessage[]>;
}

const PAGE = 10;

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
}

const parse = ({ Body }: Received): QueuedMessage => {
  const { Subject = '', Message } = JSON.parse(Body) as { Subject?: string; Message: string };
  return { subject: Subject, message: Message };
};

/** Makes a queue; the caller subscribes its ARN. */
export const makeQueue = async (url: string, name: string): Promise<MotoQueue> => {
  const { QueueUrl } = await callMoto<Readonly<Record<string, unknown>>>(url, 'AmazonSQS.CreateQueue', {
    QueueName: name,
  });
  const takePage = async (): Promise<readonly QueuedMessage[]> => {
    const answer = await callMoto<Readonly<Record<string, unknown>>>(url, 'AmazonSQS.ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: PAGE,
      WaitTimeSeconds: 0,
    });
    const received = (answer.Messages ?? []) as readonly Received[];
    for (const { ReceiptHandle } of received)
      await callMoto<Readonly<Record<string, unknown>>>(url, 'AmazonSQS.DeleteMessage', {
        QueueUrl,
        ReceiptHandle,
      });
    return received.map(parse);
  };
  return {
    arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
    take: async () => {
      const all: QueuedMessage[] = [];
      for (let page = await takePage(); page.length > 0; page = await takePage()) all.push(...page);
      return all;
    },
  };
};
