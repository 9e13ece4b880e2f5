import type { Answer, Call, Sent, ServiceName } from '../call.ts';
import type { ServiceFailure } from '../failure.ts';
import { readForm } from './form.ts';
import { toXml } from './xml.ts';

const NAME_SPACES: Readonly<Partial<Record<ServiceName, string>>> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  cloudwatch: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

const BY_VERSION: Readonly<Record<string, ServiceName>> = {
  '2010-03-31': 'sns',
  '2010-05-08': 'iam',
  '2010-08-01': 'cloudwatch',
};

const headers = (requestId: string): Record<string, string> => ({
  'content-type': 'text/xml',
  'x-amzn-requestid': requestId,
});

export const querySuccess = (call: Call, output: object, requestId: string): Answer => {
  const { operation } = call;
  const result = `<${operation}Result>${toXml(output)}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    headers: headers(requestId),
    body: `<${operation}Response xmlns="${NAME_SPACES[call.service]}">${result}${metadata}</${operation}Response>`,
  };
};

export const queryFailure = (sent: Sent, failure: ServiceFailure, requestId: string): Answer => {
  const service = BY_VERSION[String(readForm(sent.body).Version)] ?? 'sts';
  const type = failure.status >= 500 ? 'Receiver' : 'Sender';
  const error = toXml({ Error: { Type: type, Code: failure.code, Message: failure.message } });
  return {
    status: failure.status,
    headers: headers(requestId),
    body: `<ErrorResponse xmlns="${NAME_SPACES[service]}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
};
