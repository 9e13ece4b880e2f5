import type { NameView } from '../../../shared/core/restore/choice.ts';
import { type Incarnation, incarnationsOf } from '../../../shared/core/restore/incarnations.ts';
import type { KnownOfName, UnseenPart } from '../../../shared/core/restore/points-of-name.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { DAY_MS, type Instant } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { parseRecoveryPointName, recoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import type { Pitr, TableStatus } from '../../../shared/model/table.ts';

export const TARGET = { accountId: '111122223333', region: 'eu-west-1' } as const;
/** A call that was not allowed. */
export const DENIED: Failure = {
  kind: 'call',
  operation: 'DescribeTable',
  code: 'AccessDeniedException',
  message: 'User is not authorized to perform: dynamodb:DescribeTable',
};
export const INSTANCE = 'prod';

/** One table under a name, as it really was. */
export interface Life {
  readonly id: string;
  readonly from: Instant;
  /** Absent: it exists. */
  readonly until?: Instant;
  readonly pitr?: Pitr;
  readonly hasSystemBackup?: boolean;
  /** Absent: nothing says when it was created, unless it exists. */
  readonly manifestUntil?: Instant;
  readonly points?: readonly Point[];
  readonly status?: TableStatus;
}

export interface Point {
  readonly at: Instant;
  readonly by?: 'us' | 'other-instance' | 'person';
  readonly status?: RecoveryPoint['status'];
  readonly sizeBytes?: number;
}

export const at = (text: string): Instant => Date.parse(text.length === 16 ? `${text}:00Z` : text);

export const pointId = (table: string, life: string, index: number | 'system'): string =>
  `arn:aws:dynamodb:${TARGET.region}:${TARGET.accountId}:table/${table}/backup/${life}-${index}`;

const nameOf = ({ at: slot, by = 'us' }: Point): string => {
  if (by === 'person') return 'before-the-migration';
  return recoveryPointName({ instance: by === 'us' ? INSTANCE : 'staging', policy: 'standard', slot });
};

const originOf = (point: Point): Pick<RecoveryPoint, 'origin'> => {
  const origin = parseRecoveryPointName(nameOf(point));
  return origin === undefined ? {} : { origin };
};

const pointsOf = (table: string, life: Life): readonly RecoveryPoint[] =>
  (life.points ?? []).map((point, index) => ({
    id: pointId(table, life.id, index),
    name: nameOf(point),
    engine: 'dynamodb',
    location: { target: TARGET },
    ...originOf(point),
    tableName: table,
    tableId: life.id,
    createdAt: point.at,
    status: point.status ?? 'available',
    sizeBytes: point.sizeBytes ?? 1_000,
  }));

const systemOf = (table: string, { id, until, hasSystemBackup }: Life) =>
  until === undefined || hasSystemBackup !== true
    ? []
    : [
        {
          id: pointId(table, id, 'system'),
          name: `${table}$DeletedTableBackup`,
          tableName: table,
          tableId: id,
          createdAt: until,
          expiresAt: until + 35 * DAY_MS,
          sizeBytes: 5_000,
        },
      ];

/** Everything that can be read about a name that had these tables. */
export const knownOf = (lives: readonly Life[], table = 'orders'): KnownOfName => {
  const standing = lives.find(({ until }) => until === undefined);
  return {
    table,
    target: TARGET,
    ...(standing !== undefined && {
      standing: {
        details: {
          tableId: standing.id,
          status: standing.status ?? 'ACTIVE',
          createdAt: standing.from,
          sizeBytes: 2_000,
        },
        arn: `arn:aws:dynamodb:${TARGET.region}:${TARGET.accountId}:table/${table}`,
        pitr: standing.pitr ?? { enabled: false },
      },
    }),
    recoveryPoints: lives.flatMap((life) => pointsOf(table, life)),
    systemBackups: lives.flatMap((life) => systemOf(table, life)),
    manifests: lives.flatMap(({ id, from, manifestUntil }) =>
      manifestUntil === undefined ? [] : [{ tableId: id, tableCreatedAt: from, confirmedAt: manifestUntil }],
    ),
    unseen: [],
  };
};

export const incarnationsOfLives = (lives: readonly Life[]): readonly Incarnation[] =>
  incarnationsOf(knownOf(lives), INSTANCE);

export interface ViewOptions {
  readonly table?: string;
  readonly unseen?: readonly UnseenPart[];
  readonly knownNames?: readonly string[];
}

export const viewOf = (
  lives: readonly Life[],
  now: Instant,
  { table = 'orders', unseen = [], knownNames = [] }: ViewOptions = {},
): NameView => ({
  table,
  target: TARGET,
  now,
  incarnations: incarnationsOf({ ...knownOf(lives, table), unseen }, INSTANCE),
  unseen,
  knownNames,
});

/** On, and reaching from the first to the second instant. */
export const pitrFrom = (from: Instant, to: Instant): Pitr => ({
  enabled: true,
  recoveryPeriodDays: 35,
  earliestRestorableAt: from,
  latestRestorableAt: to,
});
