import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { streamAt } from '../dynamodb/streams.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { pageBy } from '../paging.ts';
import { functionNameOf } from './functions.ts';
import { mappingShape, withDefaults } from './mapping-shape.ts';
import { type Mapping, stateOf } from './mappings.ts';

const refused = (message: string): ServiceFailure =>
  serviceFailure('InvalidParameterValueException', message, 400, { Type: 'User' });
const missing = (message: string): ServiceFailure =>
  serviceFailure('ResourceNotFoundException', message, 404, { Type: 'User' });

const found = (account: SimAccount, { UUID: uuid }: Input): Mapping => {
  const mapping = account.state.mappings.get(String(uuid));
  if (!mapping) throw missing('The resource you requested does not exist.');
  return mapping;
};

const refuseInUse = (mapping: Mapping, now: number): void => {
  if (now >= mapping.underWay.until) return;
  const message = `Cannot update the event source mapping because it is in use.`;
  throw serviceFailure('ResourceInUseException', message, 400, { Type: 'User' });
};

const requireFunction = (account: SimAccount, given: unknown): string => {
  const name = functionNameOf(String(given ?? ''));
  if (account.state.functions.has(name)) return name;
  throw missing(`Function not found: arn:aws:lambda:${account.region}:${account.accountId}:function:${name}`);
};

const requireSource = (account: SimAccount, arn: string): void => {
  if (!/^arn:[^:]+:dynamodb:/.test(arn) || streamAt(account.state, arn, account.clock.now())) return;
  throw refused(`Stream not found: ${arn}`);
};

const refuseTwin = (account: SimAccount, functionName: string, arn: string): void => {
  for (const mapping of account.state.mappings.values()) {
    if (mapping.functionName !== functionName || mapping.sourceArn !== arn) continue;
    const message = `The event source arn (" ${arn} ") and function (" ${functionName} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${mapping.uuid}`;
    throw serviceFailure('ResourceConflictException', message, 409, { Type: 'User' });
  }
};

export const createEventSourceMapping: Operation = ({ account, now }, input) => {
  const { EventSourceArn: arn, FunctionName, Enabled: enabled = true, Tags, ...definition } = input;
  const sourceArn = typeof arn === 'string' ? arn : undefined;
  if (sourceArn === undefined && definition.SelfManagedEventSource === undefined) {
    throw refused('Unrecognized event source.');
  }
  const functionName = requireFunction(account, FunctionName);
  if (sourceArn !== undefined) {
    if (/:(dynamodb|kinesis):/.test(sourceArn) && definition.StartingPosition === undefined) {
      throw refused('1 validation error detected: StartingPosition is required for a stream');
    }
    requireSource(account, sourceArn);
    refuseTwin(account, functionName, sourceArn);
  }
  const { random, settings } = account.state;
  const mapping: Mapping = {
    uuid: random.uuid(),
    functionName,
    sourceArn,
    definition: withDefaults(definition, sourceArn),
    enabled: enabled !== false,
    underWay: { state: 'Creating', until: now + settings.mappingMs },
    changedAt: now,
    tags: (Tags ?? {}) as Mapping['tags'],
    lastResult: 'No records processed',
  };
  account.state.mappings.set(mapping.uuid, mapping);
  return mappingShape(account, mapping, now);
};

const nextState = (mapping: Mapping, enabled: boolean): 'Disabling' | 'Enabling' | 'Updating' => {
  if (mapping.enabled === enabled) return 'Updating';
  return enabled ? 'Enabling' : 'Disabling';
};

/** Neither the source nor where reading starts can be changed: the API has no such members, and ignores them. */
export const updateEventSourceMapping: Operation = ({ account, now }, input) => {
  const mapping = found(account, input);
  refuseInUse(mapping, now);
  const {
    UUID: _uuid,
    EventSourceArn: _arn,
    StartingPosition: _position,
    FunctionName: name,
    Enabled,
    ...changes
  } = input;
  const enabled = typeof Enabled === 'boolean' ? Enabled : mapping.enabled;
  const functionName = name === undefined ? mapping.functionName : requireFunction(account, name);
  const state = nextState(mapping, enabled);
  const changed = {
    ...mapping,
    functionName,
    definition: { ...mapping.definition, ...changes },
    enabled,
    changedAt: now,
    underWay: { state, until: now + account.state.settings.mappingMs },
  };
  account.state.mappings.set(mapping.uuid, changed);
  return mappingShape(account, changed, now);
};

export const deleteEventSourceMapping: Operation = ({ account, now }, input) => {
  const mapping = found(account, input);
  refuseInUse(mapping, now);
  const until = now + account.state.settings.mappingMs;
  mapping.underWay = { state: 'Deleting', until };
  account.state.at(until, () => void account.state.mappings.delete(mapping.uuid));
  return mappingShape(account, mapping, now);
};

export const getEventSourceMapping: Operation = ({ account, now }, input) =>
  mappingShape(account, found(account, input), now);

const PAGE_SIZE = 100;

/** Filters by the source's whole ARN or by the function, and knows no prefix. */
export const listEventSourceMappings: Operation = ({ account, now }, input) => {
  const { EventSourceArn: arn, FunctionName: name, Marker: token, MaxItems = PAGE_SIZE } = input;
  const functionName = name === undefined ? undefined : functionNameOf(String(name));
  const mappings = [...account.state.mappings.values()].filter(
    (mapping) =>
      (arn === undefined || mapping.sourceArn === arn) &&
      (functionName === undefined || mapping.functionName === functionName) &&
      !(stateOf(mapping, now) === 'Deleting' && now >= mapping.underWay.until),
  );
  const size = Math.min(PAGE_SIZE, Number(MaxItems));
  const refuse = (): ServiceFailure => refused('Invalid pagination token');
  const { page, token: next } = pageBy(account, mappings, ({ uuid }) => uuid, { token, size, refuse });
  return {
    EventSourceMappings: page.map((mapping) => mappingShape(account, mapping, now)),
    ...(next === undefined ? {} : { NextMarker: next }),
  };
};
