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

/** SQS by its JSON protocol; moto asks for no signature and reads the Region from it. */
const callSqs = async (
  url: string,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/sqs/aws4_request',
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
};

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
  const { QueueUrl } = await callSqs(url, 'CreateQueue', { QueueName: name });
  const takePage = async (): Promise<readonly QueuedMessage[]> => {
    const answer = await callSqs(url, 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: PAGE,
      WaitTimeSeconds: 0,
    });
    const received = (answer.Messages ?? []) as readonly Received[];
    for (const { ReceiptHandle } of received)
      await callSqs(url, 'DeleteMessage', { QueueUrl, ReceiptHandle });
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
