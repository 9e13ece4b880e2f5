import type { Answer, Call, Input, Query, Sent } from '../call.ts';
import type { ServiceFailure } from '../failure.ts';
import { serviceFailure } from '../failure.ts';
import { readJson } from './json.ts';
import { ROUTES } from './routes.ts';

/** Reads what stands behind the question mark of a path. */
export const readQuery = (text: string): Query => {
  const found = new URLSearchParams(text);
  const valuesOf = (name: string): string | readonly string[] => {
    const values = found.getAll(name);
    return values.length > 1 ? values : (values[0] ?? '');
  };
  return Object.fromEntries([...new Set(found.keys())].map((name) => [name, valuesOf(name)]));
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
  }
  throw serviceFailure('SerializationException', '');
};

const membersOf = (groups: Readonly<Record<string, string>> = {}): Input =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decoded(value)]));

const renamed = (query: Query, memberOf: (name: string) => string): Query =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [memberOf(name), value]));

/** Finds the call that a method and a path make: its members are those of the path, the query and the body. Undefined when there is no such operation. */
export const routeOf = ({ method, path, query = {}, body }: Sent): Omit<Call, 'caller'> | undefined => {
  for (const { method: own, path: pattern, service, operation, memberOf } of ROUTES) {
    const found = own === method ? pattern.exec(path) : null;
    if (!found) continue;
    const asked = memberOf ? renamed(query, memberOf) : query;
    const input = { ...(body === '' ? {} : readJson(body)), ...asked, ...membersOf(found.groups) };
    return { service, operation, input };
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
