import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { CutoverOutcome } from '../../model/cutover.ts';
import type { Attachment, Json } from '../../model/table-settings.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf, statedText } from '../aws/reading.ts';
import {
  AS_ASKED,
  blocked,
  type Change,
  type Look,
  makeChange,
  open,
  unseen,
  wait,
} from '../restore/change.ts';
import { isSameJson, statedMembers } from '../restore/stated-json.ts';
import { MAPPING_MEMBERS } from '../restore/stream-readers.ts';
import { madeChange, UNDER_WAY } from './outcome.ts';
import { readMappingTags } from './tags-of.ts';

type Tags = Readonly<Record<string, string>>;
type Mapping = Partial<EventSourceMappingConfiguration>;

/** Reads one mapping. Returns `missing` where there is none. */
export const readMapping = (client: LambdaClient, UUID: string): Promise<Reading<Mapping>> =>
  readingOf('GetEventSourceMapping', async () => client.send(new GetEventSourceMappingCommand({ UUID })));

/** Everything that it consists of but where it reads; a stream that has just begun is read from its beginning. */
const wantedOf = (content: Attachment['content'], streamArn: string): { readonly [key: string]: Json } => {
  const { Enabled: _enabled, StartingPositionTimestamp: _timestamp, ...members } = content;
  return { ...members, EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON' };
};

const isAlike = (mapping: Mapping, wanted: { readonly [key: string]: Json }): boolean =>
  isSameJson(statedMembers(mapping, MAPPING_MEMBERS), wanted);

const CONFLICT_ID = /\bUUID ([0-9a-f-]{36})\b/i;

/** The service names the mapping that there is only in its words. */
const namedIn = (thrown: unknown): string | undefined =>
  thrown instanceof Error && thrown.name === 'ResourceConflictException'
    ? CONFLICT_ID.exec(thrown.message)?.[1]
    : undefined;

const listed = (
  client: LambdaClient,
  EventSourceArn: string,
  FunctionName: string,
): Promise<Reading<{ readonly found?: Mapping }>> =>
  readingOf('ListEventSourceMappings', async () => {
    const answer = await client.send(new ListEventSourceMappingsCommand({ EventSourceArn, FunctionName }));
    const found = answer.EventSourceMappings?.find(({ State }) => State !== 'Deleting');
    return found === undefined ? {} : { found };
  });

/**
 * Makes the switched-off copy of a mapping, with its tags, or adopts the one that is there when it is the same.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html (checked 2026-11-28)
 */
export const makeMapping = async (
  client: LambdaClient,
  of: string,
  content: Attachment['content'],
  streamArn: string,
): Promise<CutoverOutcome> => {
  const operation = 'CreateEventSourceMapping';
  const wanted = wantedOf(content, streamArn);
  const functionArn = String(content.FunctionArn);
  let made: string | undefined;
  let conflict: string | undefined;
  const withTags = async (): Promise<Look<Tags>> => {
    const tags = await readMappingTags(client, of);
    return tags.kind === 'found' ? open(tags.value) : unseen(tags, operation);
  };
  const judge = (mapping: Mapping): Look<Tags> => {
    if (!isAlike(mapping, wanted))
      return blocked(
        `the mapping ${mapping.UUID ?? ''} of ${functionArn} reads ${streamArn} already and differs from the old one`,
        operation,
      );
    made = statedText(mapping.UUID);
    return mapping.State === 'Creating' ? wait('the mapping is being made', operation) : AS_ASKED;
  };
  const look = async (): Promise<Look<Tags>> => {
    const list = await listed(client, streamArn, functionArn);
    if (list.kind === 'unreadable') return { kind: 'unread', failure: list.failure };
    const inList = list.kind === 'found' ? list.value.found : undefined;
    if (inList !== undefined) return judge(inList);
    if (conflict === undefined) return await withTags();
    const named = await readMapping(client, conflict);
    return named.kind === 'found' ? judge(named.value) : await withTags();
  };
  const send = async (tags: Tags) => {
    const { FunctionArn: _, ...members } = wanted;
    const isTagged = Object.keys(tags).length > 0;
    const input = {
      ...members,
      FunctionName: functionArn,
      Enabled: false,
      ...(isTagged && { Tags: tags }),
    };
    try {
      await client.send(
        new CreateEventSourceMappingCommand(input as unknown as CreateEventSourceMappingCommandInput),
      );
    } catch (error) {
      conflict = namedIn(error);
      throw error;
    }
    return UNDER_WAY(operation);
  };
  return await madeChange({ operation, look, send }, () => made);
};

const MOVING: readonly (string | undefined)[] = ['Creating', 'Deleting', 'Disabling', 'Enabling', 'Updating'];

/** Switches a mapping on or off, and waits until it is. */
export const switchMapping = (
  client: LambdaClient,
  UUID: string,
  Enabled: boolean,
): Promise<CutoverOutcome> => {
  const operation = 'UpdateEventSourceMapping';
  const change: Change<undefined> = {
    operation,
    look: async () => {
      const reading = await readMapping(client, UUID);
      if (reading.kind === 'unreadable') return { kind: 'unread', failure: reading.failure };
      if (reading.kind === 'missing')
        return Enabled ? blocked(`the mapping ${UUID} is gone`, operation) : AS_ASKED;
      const { State } = reading.value;
      if (MOVING.includes(State)) return wait(`the mapping is ${State ?? ''}`, operation);
      return (State === 'Enabled') === Enabled ? AS_ASKED : open(undefined);
    },
    send: async () => {
      await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
      return UNDER_WAY(operation);
    },
  };
  return makeChange(change);
};

/** Deletes a mapping. SAFETY: only one that is switched off, and only while the one that follows it is there. */
export const deleteMapping = (
  client: LambdaClient,
  UUID: string,
  successor: string | undefined,
): Promise<CutoverOutcome> => {
  const operation = 'DeleteEventSourceMapping';
  return makeChange<undefined>({
    operation,
    look: async () => {
      const reading = await readMapping(client, UUID);
      if (reading.kind === 'missing') return AS_ASKED;
      if (reading.kind === 'unreadable') return { kind: 'unread', failure: reading.failure };
      const { State } = reading.value;
      if (State === 'Enabled') return blocked(`the mapping ${UUID} is switched on`, operation);
      if (State !== 'Disabled') return wait(`the mapping is ${State ?? ''}`, operation);
      const next = successor === undefined ? undefined : await readMapping(client, successor);
      if (next?.kind === 'unreadable') return { kind: 'unread', failure: next.failure };
      return next?.kind === 'found'
        ? open(undefined)
        : blocked(`the mapping that follows ${UUID} is not there`, operation);
    },
    send: async () => {
      await client.send(new DeleteEventSourceMappingCommand({ UUID }));
      return UNDER_WAY(operation);
    },
  });
};
