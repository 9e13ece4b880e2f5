import type { Table } from './table.ts';

/** One stream of a table. It holds no records. */
export interface Stream {
  readonly arn: string;
  readonly label: string;
  disabledAt: number | undefined;
}

/** Streams by ARN, those of deleted tables included. */
export type Streams = Map<string, Stream>;

export const createStreams = (): Streams => new Map();

interface State {
  readonly streams: Streams;
}

/** A stream that is off stays readable for that long. */
const READABLE_MS = 86_400_000;

/** The stream of that ARN, as long as it can be read. */
export const streamAt = ({ streams }: State, arn: string, now: number): Stream | undefined => {
  const stream = streams.get(arn);
  const isGone = stream?.disabledAt !== undefined && now >= stream.disabledAt + READABLE_MS;
  return isGone ? undefined : stream;
};

/** Labels are instants, and two streams of a table never have the same. */
const freeLabel = ({ streams }: State, table: Table, now: number): string => {
  for (let at = now; ; at += 1) {
    const label = new Date(at).toISOString().slice(0, 23);
    if (!streams.has(`${table.arn}/stream/${label}`)) return label;
  }
};

/** Gives the table a new stream, with an ARN of its own. */
export const openStream = (state: State, table: Table, now: number): void => {
  const label = freeLabel(state, table, now);
  const arn = `${table.arn}/stream/${label}`;
  state.streams.set(arn, { arn, label, disabledAt: undefined });
  table.streamArn = arn;
};

export const closeStream = ({ streams }: State, table: Table, now: number): void => {
  const stream = streams.get(table.streamArn ?? '');
  if (stream && stream.disabledAt === undefined) stream.disabledAt = now;
};
