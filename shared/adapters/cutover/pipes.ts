import {
  CreatePipeCommand,
  type CreatePipeCommandInput,
  DeletePipeCommand,
  DescribePipeCommand,
  type DescribePipeCommandOutput,
  type PipesClient,
  StartPipeCommand,
  StopPipeCommand,
} from '@aws-sdk/client-pipes';
import type { CutoverOutcome } from '../../model/cutover.ts';
import type { Attachment, Json } from '../../model/table-settings.ts';
import type { Reading } from '../../ports/inventory.ts';
import { readingOf } from '../aws/reading.ts';
import { AS_ASKED, blocked, makeChange, open, wait } from '../restore/change.ts';
import { isSameJson, statedMembers } from '../restore/stated-json.ts';
import { PIPE_MEMBERS } from '../restore/stream-readers.ts';
import { madeChange, UNDER_WAY } from './outcome.ts';

type Pipe = Partial<DescribePipeCommandOutput>;
type Content = { readonly [key: string]: Json };

const readPipe = (client: PipesClient, Name: string): Promise<Reading<Pipe>> =>
  readingOf('DescribePipe', async () => client.send(new DescribePipeCommand({ Name })));

const membersOf = (value: Json | undefined): Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {};

/** Everything that it consists of but where it reads; a stream that has just begun is read from its beginning. */
const wantedOf = (content: Attachment['content'], Source: string): Content => {
  const { Arn: _arn, DesiredState: _state, SourceParameters, ...members } = content;
  const parameters = membersOf(SourceParameters);
  const stream = membersOf(parameters.DynamoDBStreamParameters);
  return {
    ...members,
    Source,
    SourceParameters: {
      ...parameters,
      DynamoDBStreamParameters: { ...stream, StartingPosition: 'TRIM_HORIZON' },
    },
  };
};

const isAlike = (pipe: Pipe, wanted: Content): boolean => {
  const { Arn: _arn, DesiredState: _state, ...members } = statedMembers(pipe, PIPE_MEMBERS);
  return isSameJson(members, wanted);
};

const isMoving = ({ CurrentState }: Pipe): boolean =>
  CurrentState?.endsWith('ING') === true && CurrentState !== 'RUNNING';

/**
 * Makes the stopped copy of a pipe, or adopts the one of its name when it is the same.
 * @see https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html (checked 2026-11-28)
 */
export const makePipe = (
  client: PipesClient,
  Name: string,
  content: Attachment['content'],
  streamArn: string,
): Promise<CutoverOutcome> => {
  const operation = 'CreatePipe';
  const wanted = wantedOf(content, streamArn);
  return madeChange<undefined>(
    {
      operation,
      look: async () => {
        const reading = await readPipe(client, Name);
        if (reading.kind === 'missing') return open(undefined);
        if (reading.kind === 'unreadable') return { kind: 'unread', failure: reading.failure };
        if (!isAlike(reading.value, wanted))
          return blocked(`a pipe ${Name} exists and differs from the old one`, operation);
        return isMoving(reading.value)
          ? wait(`the pipe is ${reading.value.CurrentState ?? ''}`, operation)
          : AS_ASKED;
      },
      send: async () => {
        const input = { ...wanted, Name, DesiredState: 'STOPPED' };
        await client.send(new CreatePipeCommand(input as unknown as CreatePipeCommandInput));
        return UNDER_WAY(operation);
      },
    },
    () => Name,
  );
};

/** Starts or stops a pipe, and waits until it does or has. */
export const switchPipe = (client: PipesClient, Name: string, on: boolean): Promise<CutoverOutcome> => {
  const operation = on ? 'StartPipe' : 'StopPipe';
  return makeChange<undefined>({
    operation,
    look: async () => {
      const reading = await readPipe(client, Name);
      if (reading.kind === 'unreadable') return { kind: 'unread', failure: reading.failure };
      if (reading.kind === 'missing') return on ? blocked(`the pipe ${Name} is gone`, operation) : AS_ASKED;
      if (isMoving(reading.value)) return wait(`the pipe is ${reading.value.CurrentState ?? ''}`, operation);
      return (reading.value.CurrentState === 'RUNNING') === on ? AS_ASKED : open(undefined);
    },
    send: async () => {
      await client.send(on ? new StartPipeCommand({ Name }) : new StopPipeCommand({ Name }));
      return UNDER_WAY(operation);
    },
  });
};

/** Deletes a pipe. SAFETY: only one that is stopped, and only while the one that follows it is there. */
export const deletePipe = (
  client: PipesClient,
  Name: string,
  successor: string | undefined,
): Promise<CutoverOutcome> => {
  const operation = 'DeletePipe';
  return makeChange<undefined>({
    operation,
    look: async () => {
      const reading = await readPipe(client, Name);
      if (reading.kind === 'missing') return AS_ASKED;
      if (reading.kind === 'unreadable') return { kind: 'unread', failure: reading.failure };
      if (isMoving(reading.value)) return wait(`the pipe is ${reading.value.CurrentState ?? ''}`, operation);
      if (reading.value.CurrentState === 'RUNNING') return blocked(`the pipe ${Name} is running`, operation);
      const next = successor === undefined ? undefined : await readPipe(client, successor);
      if (next?.kind === 'unreadable') return { kind: 'unread', failure: next.failure };
      return next?.kind === 'found'
        ? open(undefined)
        : blocked(`the pipe that follows ${Name} is not there`, operation);
    },
    send: async () => {
      await client.send(new DeletePipeCommand({ Name }));
      return UNDER_WAY(operation);
    },
  });
};
