import type { Instant } from '../../model/instant.ts';
import type { Stream } from '../scene/stream.ts';
import { judgeStream } from './judge.ts';

/**
 * Given a stream at a moment, returns whether its rules would let anything expire, whichever incarnation the table turns out to be. It
 * says which tables are worth confirming: where it is false, `decideStream` expires nothing. At the edge no refusal is looked at.
 */
export const proposesExpiry = (stream: Stream, now: Instant): boolean =>
  [...new Set(stream.points.map(({ recoveryPoint }) => recoveryPoint.tableId))].some((tableId) =>
    judgeStream(stream, tableId, now).some(({ decision }) => decision === 'expire'),
  );
