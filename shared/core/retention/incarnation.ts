import type { Stream } from '../scene/stream.ts';
import { newestFirst } from './counting.ts';

/**
 * Given a stream, returns the incarnation its table is taken for: the confirmed one, and until there is one that of the newest available
 * recovery point, which serves to explain but never to expire. At the edge: undefined when nothing tells.
 */
export const incarnationOf = ({ confirmed, points }: Stream): string | undefined => {
  if (confirmed !== undefined) return confirmed.tableId;
  const available = points.filter(({ recoveryPoint }) => recoveryPoint.status === 'available');
  return available.toSorted(newestFirst)[0]?.recoveryPoint.tableId;
};
