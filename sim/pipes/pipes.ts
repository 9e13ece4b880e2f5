import type { Input } from '../call.ts';

type Wish = 'RUNNING' | 'STOPPED';

/** One pipe. The definition is as it was given: members of the wire's names. */
export interface Pipe {
  readonly name: string;
  readonly createdAt: number;
  changedAt: number;
  definition: Input;
  wish: Wish;
  /** What is under way, until that instant. */
  underWay: {
    readonly state: 'CREATING' | 'DELETING' | 'STARTING' | 'STOPPING' | 'UPDATING';
    readonly until: number;
  };
}

/** Pipes by name. They carry nothing. */
export type Pipes = Map<string, Pipe>;

export const createPipes = (): Pipes => new Map();

export const pipeState = (pipe: Pipe, now: number): string =>
  now < pipe.underWay.until ? pipe.underWay.state : pipe.wish;
