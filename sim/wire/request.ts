import type { Call, Caller, Input, ServiceName } from '../call.ts';
import { serviceFailure, unknownOperation } from '../failure.ts';
import { readForm } from './form.ts';

/** A request as it came: header names in lower case. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly via: Caller['via'];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TARGET_PREFIXES: Readonly<Record<string, ServiceName>> = {
  AmazonSSM: 'ssm',
  DynamoDB_20120810: 'dynamodb',
  ResourceGroupsTaggingAPI_20170126: 'tagging',
};

const QUERY_VERSIONS: Readonly<Record<string, ServiceName>> = { '2010-03-31': 'sns', '2011-06-15': 'sts' };

const callerOf = ({ headers, via }: Sent): Caller => {
  const credential = /Credential=([^/,\s]+)/.exec(headers.authorization ?? '');
  return {
    accessKeyId: credential?.[1] ?? 'anonymous',
    userAgent: headers['x-amz-user-agent'] ?? headers['user-agent'] ?? '',
    via,
  };
};

const readJson = (body: string): Input => {
  try {
    const value: unknown = JSON.parse(body || '{}');
    if (typeof value === 'object' && value !== null) return value as Input;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw serviceFailure('SerializationException', '');
};

const readJsonCall = (sent: Sent, target: string): Call => {
  const [prefix = '', operation = ''] = target.split('.');
  const service = TARGET_PREFIXES[prefix];
  if (!service) throw unknownOperation();
  return { service, operation, input: readJson(sent.body), caller: callerOf(sent) };
};

const readQueryCall = (sent: Sent): Call => {
  const { Action: operation, Version: version, ...input } = readForm(sent.body);
  const service = QUERY_VERSIONS[String(version)];
  if (!service || typeof operation !== 'string') throw unknownOperation();
  return { service, operation, input, caller: callerOf(sent) };
};

/** Given a request, returns the call that it makes: the target header names the operation, or the form's Action and Version. */
export const readCall = (sent: Sent): Call => {
  const target = sent.headers['x-amz-target'];
  return target === undefined ? readQueryCall(sent) : readJsonCall(sent, target);
};
