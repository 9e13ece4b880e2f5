import type { Call, Caller, Sent, ServiceName } from '../call.ts';
import { unknownOperation } from '../failure.ts';
import { cborTarget, isCbor, readCbor } from './cbor.ts';
import { scopeOf } from './credential.ts';
import { readForm } from './form.ts';
import { readJson } from './json.ts';
import { routeOf } from './rest.ts';
import { isS3, readS3Call } from './s3.ts';

const TARGET_PREFIXES: Readonly<Record<string, ServiceName>> = {
  AmazonSSM: 'ssm',
  AnyScaleFrontendService: 'autoscaling',
  AWSOrganizationsV20161128: 'organizations',
  CloudTrail_20131101: 'cloudtrail',
  DynamoDB_20120810: 'dynamodb',
  GraniteServiceVersion20100801: 'cloudwatch',
  ResourceGroupsTaggingAPI_20170126: 'tagging',
  TrentService: 'kms',
};

const QUERY_VERSIONS: Readonly<Record<string, ServiceName>> = {
  '2010-05-08': 'iam',
  '2010-03-31': 'sns',
  '2010-08-01': 'cloudwatch',
  '2011-06-15': 'sts',
};

/** The key of a request that was signed for nothing is in its header alone. */
const accessKeyOf = (sent: Sent): string =>
  scopeOf(sent)?.accessKeyId ??
  /Credential=([^/,\s]+)/.exec(sent.headers.authorization ?? '')?.[1] ??
  'anonymous';

const callerOf = (sent: Sent): Caller => {
  const { headers, via } = sent;
  return {
    accessKeyId: accessKeyOf(sent),
    userAgent: headers['x-amz-user-agent'] ?? headers['user-agent'] ?? '',
    via,
  };
};

/** Some clients write a name space before the service: `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails`. */
const readJsonCall = (sent: Sent, target: string): Call => {
  const [prefix = '', operation = ''] = target.split('.').slice(-2);
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

const readCborCall = (sent: Sent): Call => {
  const { service: prefix, operation } = cborTarget(sent.path);
  const service = TARGET_PREFIXES[prefix];
  if (!service) throw unknownOperation();
  return { service, operation, input: readCbor(sent.bytes), caller: callerOf(sent) };
};

const readRestCall = (sent: Sent): Call => {
  const route = routeOf(sent);
  if (!route) throw unknownOperation();
  return { ...route, caller: callerOf(sent) };
};

/** How a request says what it wants: by a header, by its form, or by its method and path. */
export const protocolOf = (sent: Sent): 'cbor' | 'json' | 'query' | 'rest' | 's3' => {
  if (isS3(sent)) return 's3';
  if (sent.headers['x-amz-target'] !== undefined) return 'json';
  if (isS3(sent)) return 's3';
  if (sent.path === '/') return 'query';
  return isCbor(sent) ? 'cbor' : 'rest';
};

/** Decodes a request. The target header names the operation, or the form's Action and Version, or the path. */
export const readCall = (sent: Sent): Call => {
  switch (protocolOf(sent)) {
    case 'cbor':
      return readCborCall(sent);
    case 'json':
      return readJsonCall(sent, sent.headers['x-amz-target'] ?? '');
    case 'query':
      return readQueryCall(sent);
    case 'rest':
      return readRestCall(sent);
    case 's3':
      return readS3Call(sent, callerOf(sent));
  }
};
