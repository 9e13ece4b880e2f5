import type { CreateAction } from '../../model/action.ts';
import type { Instant } from '../../model/instant.ts';
import { recoveryPointName } from '../../model/recovery-point-name.ts';
import { dueOf, type ListReach } from '../scene/due.ts';
import { isActedOn } from '../scene/is-acted-on.ts';
import type { Stream } from '../scene/stream.ts';

/** What a create needs to know beside its stream. */
export interface CreateScope {
  readonly instance: string;
  readonly now: Instant;
  readonly reach: ListReach;
}

const createOf = (stream: Stream, { instance, now, reach }: CreateScope): readonly CreateAction[] => {
  const { confirmed, policy, table } = stream;
  if (confirmed === undefined || !isActedOn(confirmed.status)) return [];
  const due = dueOf(stream, now, reach);
  if (!due.due) return [];
  const { slot, urgency, reason } = due;
  const name = recoveryPointName({ instance, policy: policy.name, slot });
  const { tableId } = confirmed;
  return [{ kind: 'create', table, tableId, policy: policy.name, slot, name, urgency, reason }];
};

/**
 * Given the streams, returns one create for each that is due. At the edge a gap in the observation holds none back, for a claim on the
 * slot stands before every call; a table that is not confirmed, or in a status that refuses backups, waits for the next run.
 */
export const createsOf = (streams: readonly Stream[], scope: CreateScope): readonly CreateAction[] =>
  streams.flatMap((stream) => createOf(stream, scope));
