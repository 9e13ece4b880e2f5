import type { Answer, Call, Input, ServiceName } from '../call.ts';
import type { ServiceFailure } from '../failure.ts';

interface Route {
  readonly method: string;
  /** What stands in a named group is a member of the input. */
  readonly path: RegExp;
  readonly service: ServiceName;
  readonly operation: string;
}

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/account-settings\/?$/,
    service: 'backup',
    operation: 'DescribeRegionSettings',
  },
  {
    method: 'GET',
    path: /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/configuration\/?$/,
    service: 'lambda',
    operation: 'GetFunctionConfiguration',
  },
];

const membersOf = (groups: Readonly<Record<string, string>> = {}): Input =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));

/** Finds the call that a method and a path make. Undefined when there is no such operation. */
export const routeOf = (method: string, path: string): Omit<Call, 'caller'> | undefined => {
  for (const { method: own, path: pattern, service, operation } of ROUTES) {
    const found = own === method ? pattern.exec(path) : null;
    if (found) return { service, operation, input: membersOf(found.groups) };
  }
  return undefined;
};

const CONTENT_TYPE = 'application/json';

export const restSuccess = (output: object, requestId: string): Answer => ({
  status: 200,
  headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
  body: JSON.stringify(output),
});

export const restFailure = (
  { code, message, status, details }: ServiceFailure,
  requestId: string,
): Answer => ({
  status,
  headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
  body: JSON.stringify({ Message: message, message, ...details }),
});
