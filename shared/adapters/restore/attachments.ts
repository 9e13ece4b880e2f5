import type { Failure } from '../../model/failure.ts';
import type { Attachment } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import type { Listing } from '../../ports/inventory.ts';
import { alarmsOf, listAlarms } from './alarms.ts';
import type { AttachmentClients } from './settings-clients.ts';
import { isStreamOf, listMappings, listPipes, readPipe } from './stream-readers.ts';

/** What points at a table, as far as it could be read. */
export interface ReadAttachments {
  readonly value: readonly Attachment[];
  readonly failure?: Failure;
}

/** Calls only once, at the first need. */
const once = <Value>(call: () => Promise<Value>): (() => Promise<Value>) => {
  let value: Promise<Value> | undefined;
  return () => {
    value ??= call();
    return value;
  };
};

const byKindAndId = (a: Attachment, b: Attachment): number =>
  `${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1;

/**
 * Returns what reads what points at a table. The three lists are of the whole account and Region: each is read once, at the first table, and serves
 * all others. One that could not be read hides nothing of the others.
 */
export const createAttachments = (clients: AttachmentClients, target: Target) => {
  const alarms = once(() => listAlarms(clients.cloudwatch));
  const mappings = once(() => listMappings(clients.lambda));
  const pipes = once(() => listPipes(clients.pipes, target));
  const pipesOf = async (table: string): Promise<Listing<Attachment>> => {
    const listed = await pipes();
    const own = listed.items.filter(({ streamArn }) => isStreamOf(streamArn, table));
    const readings = await Promise.all(own.map(({ name }) => readPipe(clients.pipes, name)));
    const failed = readings.find((reading) => reading.kind === 'unreadable');
    const gap = listed.gap ?? (failed?.kind === 'unreadable' ? failed.failure : undefined);
    const items = readings.flatMap((reading) => (reading.kind === 'found' ? [reading.value] : []));
    return { items, ...(gap !== undefined && { gap }) };
  };
  return async (table: string): Promise<ReadAttachments> => {
    const [ofAlarms, ofMappings, ofPipes] = await Promise.all([alarms(), mappings(), pipesOf(table)]);
    const failure = ofAlarms.gap ?? ofMappings.gap ?? ofPipes.gap;
    const mapped = ofMappings.items.filter(({ streamArn }) => isStreamOf(streamArn, table));
    const value = [
      ...alarmsOf(table, ofAlarms.items),
      ...mapped.map(({ attachment }) => attachment),
      ...ofPipes.items,
    ].toSorted(byKindAndId);
    return { value, ...(failure !== undefined && { failure }) };
  };
};
