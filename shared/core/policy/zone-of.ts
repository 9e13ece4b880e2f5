import type { Policies } from '../../model/policy.ts';

/** Given policies, returns the IANA zone in which their schedules are read: all policies of a file share one. At the edge UTC where there is no policy. */
export const zoneOf = ({ policies }: Pick<Policies, 'policies'>): string => policies[0]?.timezone ?? 'UTC';
