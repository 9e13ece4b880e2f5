import type { SimAccount } from '../account.ts';
import { pipeArn } from '../arn.ts';
import type { Input } from '../call.ts';
import { streamAt } from '../dynamodb/streams.ts';
import { type ServiceFailure, serviceFailure, validationFailure } from '../failure.ts';
import type { Operation, Operations } from '../operation.ts';
import { pageBy } from '../paging.ts';
import { type Pipe, pipeState } from './pipes.ts';

const found = (account: SimAccount, { Name: name }: Input): Pipe => {
  const pipe = account.state.pipes.get(String(name));
  if (!pipe) throw serviceFailure('NotFoundException', `Pipe ${String(name)} does not exist.`, 404);
  return pipe;
};

const conflict = (message: string): ServiceFailure => serviceFailure('ConflictException', message, 409);

const refuseInTransition = (pipe: Pipe, now: number): void => {
  if (now < pipe.underWay.until) throw conflict(`Pipe ${pipe.name} is in state ${pipe.underWay.state}.`);
};

const start = (account: SimAccount, pipe: Pipe, state: Pipe['underWay']['state']): void => {
  const now = account.clock.now();
  pipe.underWay = { state, until: now + account.state.settings.pipeMs };
  pipe.changedAt = now;
};

const stateShape = (account: SimAccount, pipe: Pipe): object => ({
  Arn: pipeArn(account, pipe.name),
  Name: pipe.name,
  DesiredState: pipe.wish,
  CurrentState: pipeState(pipe, account.clock.now()),
  CreationTime: pipe.createdAt / 1000,
  LastModifiedTime: pipe.changedAt / 1000,
});

const REQUIRED = ['RoleArn', 'Source', 'Target'];

const createPipe: Operation = ({ account, now }, { Name, DesiredState, ...definition }) => {
  const name = String(Name);
  const absent = REQUIRED.filter((member) => typeof definition[member] !== 'string');
  if (absent.length > 0) throw validationFailure(`${absent.join(', ')} must not be null`);
  if (account.state.pipes.has(name)) throw conflict(`Pipe ${name} already exists.`);
  const source = String(definition.Source);
  if (source.includes(':dynamodb:') && !streamAt(account.state, source, now)) {
    throw validationFailure(`Stream not found: ${source}`);
  }
  const pipe: Pipe = {
    name,
    createdAt: now,
    changedAt: now,
    definition,
    wish: DesiredState === 'STOPPED' ? 'STOPPED' : 'RUNNING',
    underWay: { state: 'CREATING', until: now + account.state.settings.pipeMs },
  };
  account.state.pipes.set(name, pipe);
  return stateShape(account, pipe);
};

const describePipe: Operation = ({ account }, input) => {
  const pipe = found(account, input);
  return { ...pipe.definition, ...stateShape(account, pipe) };
};

/** Of each kind of source the members that are given: the others, such as where reading started, stay. */
const mergedParameters = (former: unknown, given: unknown): Input => {
  const before = (former ?? {}) as Input;
  const kinds = Object.entries(given as Input).map(([kind, members]) => {
    const isStructure = typeof members === 'object' && members !== null;
    return [kind, isStructure ? { ...(before[kind] as object | undefined), ...members } : members];
  });
  return { ...before, ...Object.fromEntries(kinds) };
};

/** What a pipe reads from cannot be changed: the API has no such member, and ignores it. */
const updatePipe: Operation = ({ account, now }, input) => {
  const pipe = found(account, input);
  refuseInTransition(pipe, now);
  const { Name: _name, Source: _source, DesiredState: wish, SourceParameters: source, ...changes } = input;
  const { SourceParameters: former } = pipe.definition;
  const sources = source === undefined ? {} : { SourceParameters: mergedParameters(former, source) };
  pipe.definition = { ...pipe.definition, ...changes, ...sources };
  if (wish === 'RUNNING' || wish === 'STOPPED') pipe.wish = wish;
  start(account, pipe, 'UPDATING');
  return stateShape(account, pipe);
};

const deletePipe: Operation = ({ account, now }, input) => {
  const pipe = found(account, input);
  refuseInTransition(pipe, now);
  start(account, pipe, 'DELETING');
  account.state.at(pipe.underWay.until, () => void account.state.pipes.delete(pipe.name));
  return stateShape(account, pipe);
};

const switchTo =
  (wish: Pipe['wish']): Operation =>
  ({ account, now }, input) => {
    const pipe = found(account, input);
    refuseInTransition(pipe, now);
    pipe.wish = wish;
    start(account, pipe, wish === 'RUNNING' ? 'STARTING' : 'STOPPING');
    return stateShape(account, pipe);
  };

const PAGE_SIZE = 100;

const listPipes: Operation = ({ account, now }, input) => {
  const { NamePrefix = '', SourcePrefix = '', TargetPrefix = '', DesiredState, CurrentState } = input;
  const pipes = [...account.state.pipes.values()].filter(
    (pipe) =>
      pipe.name.startsWith(String(NamePrefix)) &&
      String(pipe.definition.Source).startsWith(String(SourcePrefix)) &&
      String(pipe.definition.Target).startsWith(String(TargetPrefix)) &&
      (DesiredState ?? pipe.wish) === pipe.wish &&
      (CurrentState ?? pipeState(pipe, now)) === pipeState(pipe, now),
  );
  const size = Math.min(PAGE_SIZE, Number(input.Limit ?? PAGE_SIZE));
  const refuse = (): ServiceFailure => validationFailure('Invalid NextToken');
  const wanted = { token: input.NextToken, size, refuse };
  const { page, token } = pageBy(account, pipes, ({ name }) => name, wanted);
  return {
    Pipes: page.map((pipe) => ({
      ...stateShape(account, pipe),
      Source: pipe.definition.Source,
      Target: pipe.definition.Target,
      ...(pipe.definition.Enrichment === undefined ? {} : { Enrichment: pipe.definition.Enrichment }),
    })),
    ...(token === undefined ? {} : { NextToken: token }),
  };
};

export const PIPES_OPERATIONS: Operations = {
  CreatePipe: createPipe,
  DeletePipe: deletePipe,
  DescribePipe: describePipe,
  ListPipes: listPipes,
  StartPipe: switchTo('RUNNING'),
  StopPipe: switchTo('STOPPED'),
  UpdatePipe: updatePipe,
};
