/** The name that a service signs with, by the first word of its operations. */
const SIGNED_AS = { AmazonSQS: 'sqs', AWSEvents: 'events', Logs_20140328: 'logs' } as const;

/** Such as `AmazonSQS.CreateQueue`. */
type Operation = `${keyof typeof SIGNED_AS}.${string}`;

/** Calls an operation by the JSON protocol, where no client of the service is at hand and the AWS CLI would take a second. moto reads the Region from the signature, and checks none. */
export const callMoto = async <Answer>(url: string, operation: Operation, input: object): Promise<Answer> => {
  const service = SIGNED_AS[operation.split('.')[0] as keyof typeof SIGNED_AS];
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': operation,
      authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request`,
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
};
