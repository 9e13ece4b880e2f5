import { serviceFailure, validationFailure } from '../failure.ts';
import type { Table } from './table.ts';

const DAY_MS = 86_400_000;

interface Limit {
  readonly count: number;
  readonly withinMs: number;
  readonly message: string;
}

/** What may change only so often. */
const LIMITS = {
  class: {
    count: 2,
    withinMs: 30 * DAY_MS,
    message: 'Subscriber limit exceeded: Table class updates are limited to 2 times in 30 days',
  },
  decrease: {
    count: 4,
    withinMs: DAY_MS,
    message:
      'Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds',
  },
  'on-demand': {
    count: 4,
    withinMs: DAY_MS,
    message: 'Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day(s)',
  },
  sse: {
    count: 4,
    withinMs: DAY_MS,
    message: 'Subscriber limit exceeded: SSE updates are limited to 4 times in 1 day(s)',
  },
  'kinesis precision': {
    count: 3,
    withinMs: DAY_MS,
    message: 'Subscriber limit exceeded: Precision updates are limited to 3 times in 1 day(s)',
  },
} satisfies Readonly<Record<string, Limit>>;

type LimitedChange = keyof typeof LIMITS;

/** Counts a change, and refuses one too many. */
export const countChange = (table: Table, kind: LimitedChange, now: number): void => {
  const { count, withinMs, message } = LIMITS[kind];
  const { changes } = table.settings;
  const recent = (changes.get(kind) ?? []).filter((at) => at > now - withinMs);
  if (recent.length >= count) throw serviceFailure('LimitExceededException', message);
  changes.set(kind, [...recent, now]);
};

/** What one UpdateTable may be about. AWS names some that exclude each other, and is silent on the rest. */
export type ChangeGroup =
  | 'capacity'
  | 'class'
  | 'indexes'
  | 'protection'
  | 'replicas'
  | 'sse'
  | 'stream'
  | 'warm throughput';

const EXCLUSIVE: readonly (readonly [ChangeGroup, ChangeGroup, string])[] = [
  ['stream', 'capacity', 'You cannot modify stream status while updating table IOPS'],
  ['capacity', 'indexes', 'You cannot create or delete an index while updating table IOPS'],
  ['class', 'capacity', 'You cannot modify the table class while updating table IOPS'],
  ['class', 'indexes', 'You cannot modify the table class while creating or deleting an index'],
  ['replicas', 'indexes', 'You cannot create or delete an index while updating replicas'],
  ['replicas', 'stream', 'You cannot modify stream status while updating replicas'],
];

/** Refuses what cannot be changed in one call. */
export const refuseTogether = (groups: ReadonlySet<ChangeGroup>, mayDoMore: boolean): void => {
  const invalid = (why: string) => validationFailure(`One or more parameter values were invalid: ${why}`);
  for (const [one, other, why] of EXCLUSIVE) {
    if (groups.has(one) && groups.has(other)) throw invalid(why);
  }
  if (!mayDoMore && groups.size > 1) {
    throw invalid(`Only one of these can be modified at a time: ${[...groups].join(', ')}`);
  }
};
