import type { ServiceName } from '../call.ts';
import { BACKUP_PATHS, backupMember } from './backup-routes.ts';

/** One operation of a service that names its operations by method and path. */
interface Route {
  readonly method: string;
  /** What stands in a named group is a member of the input. */
  readonly path: RegExp;
  readonly service: ServiceName;
  readonly operation: string;
  /** What the API calls a member of the query, where that is not its name there. */
  readonly memberOf?: (name: string) => string;
}

const route =
  (service: ServiceName) =>
  (method: string, path: RegExp, operation: string): Route => ({ method, path, service, operation });

const lambda = route('lambda');
const pipes = route('pipes');

const FUNCTION = /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/configuration\/?$/;
const MAPPINGS = /^\/2015-03-31\/event-source-mappings\/?$/;
const MAPPING = /^\/2015-03-31\/event-source-mappings\/(?<UUID>[^/]+)\/?$/;
const PIPE = /^\/v1\/pipes\/(?<Name>[^/]+)$/;

export const ROUTES: readonly Route[] = [
  ...BACKUP_PATHS.map(([method, path, operation]) => ({
    ...route('backup')(method, new RegExp(`^${path}/?$`), operation),
    memberOf: backupMember,
  })),
  lambda('POST', /^\/2015-03-31\/functions\/?$/, 'CreateFunction'),
  lambda('GET', FUNCTION, 'GetFunctionConfiguration'),
  lambda('GET', MAPPINGS, 'ListEventSourceMappings'),
  lambda('POST', MAPPINGS, 'CreateEventSourceMapping'),
  lambda('GET', MAPPING, 'GetEventSourceMapping'),
  lambda('PUT', MAPPING, 'UpdateEventSourceMapping'),
  lambda('DELETE', MAPPING, 'DeleteEventSourceMapping'),
  pipes('GET', /^\/v1\/pipes\/?$/, 'ListPipes'),
  pipes('GET', PIPE, 'DescribePipe'),
  pipes('POST', PIPE, 'CreatePipe'),
  pipes('PUT', PIPE, 'UpdatePipe'),
  pipes('DELETE', PIPE, 'DeletePipe'),
  pipes('POST', /^\/v1\/pipes\/(?<Name>[^/]+)\/start$/, 'StartPipe'),
  pipes('POST', /^\/v1\/pipes\/(?<Name>[^/]+)\/stop$/, 'StopPipe'),
];
