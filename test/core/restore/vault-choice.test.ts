import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chosen } from '../../../shared/core/restore/choice.ts';
import { choose } from '../../../shared/core/restore/choose.ts';
import { maybeNearer, withinReach } from '../../../shared/core/restore/choose-together.ts';
import { farPointsOf } from '../../../shared/core/restore/far-points.ts';
import { incarnationsOf } from '../../../shared/core/restore/incarnations.ts';
import type { PointOption } from '../../../shared/core/restore/point-option.ts';
import type { UnseenPart } from '../../../shared/core/restore/points-of-name.ts';
import { UNKNOWN_TABLE } from '../../../shared/core/restore/points-of-name.ts';
import { planWarnings } from '../../../shared/core/restore/warnings.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { always } from '../calendar/always.ts';
import { at, DENIED, INSTANCE, knownOf, type Life, TARGET } from './history.ts';

const NOW = at('2026-11-20T10:58');
const NIGHT = at('2026-11-19T03:00');
const ELSEWHERE = { accountId: TARGET.accountId, region: 'us-east-1' } as const;

type Kind = 'native' | 'warm' | 'cold' | 'copy' | 'cold-copy' | 'expired';

interface Wish {
  readonly kind: Kind;
  readonly createdAt?: Instant;
  readonly id?: string;
  readonly more?: Partial<RecoveryPoint>;
}

/** One recovery point of orders in each place that there is; of this instance unless it is told otherwise. */
const point = ({ kind, createdAt = NIGHT, id = kind, more = {} }: Wish): RecoveryPoint => {
  const target = kind === 'copy' || kind === 'cold-copy' ? ELSEWHERE : TARGET;
  return {
    id,
    name: id,
    engine: kind === 'native' ? 'dynamodb' : 'aws-backup',
    location: { target, ...(kind !== 'native' && { vault: 'main' }) },
    origin: { instance: INSTANCE, policy: 'standard', slot: createdAt },
    tableName: 'orders',
    tableId: 'a1',
    createdAt,
    status: kind === 'expired' ? 'expired' : 'available',
    sizeBytes: 1_000,
    ...((kind === 'cold' || kind === 'cold-copy') && { isCold: true as const }),
    ...more,
  };
};

const GONE: Life = {
  id: 'a1',
  from: at('2026-11-01T00:00'),
  until: at('2026-11-20T10:00'),
  manifestUntil: at('2026-11-20T09:00'),
};
const STANDING: Life = { id: 'a1', from: at('2026-11-01T00:00') };

interface World {
  readonly lives?: readonly Life[];
  readonly unseen?: readonly UnseenPart[];
  readonly farPoints?: readonly PointOption[];
  readonly named?: string;
}

const viewWith = (
  recoveryPoints: readonly RecoveryPoint[],
  { lives = [GONE], unseen = [], farPoints = [], named }: World = {},
) => ({
  table: 'orders',
  target: TARGET,
  now: NOW,
  unseen,
  knownNames: [],
  incarnations: incarnationsOf({ ...knownOf(lives), recoveryPoints, farPoints, named, unseen }, INSTANCE),
});

const takenAt = (points: readonly RecoveryPoint[], asked: Instant, world: World = {}) => {
  const choice = choose(viewWith(points, world), { kind: 'second', at: asked });
  if (choice.kind === 'refused') return `refused ${choice.reason.kind}`;
  return choice.source.kind === 'recovery-point' ? choice.source.id : 'a second';
};

const ALL: readonly Kind[] = ['native', 'warm', 'copy', 'cold', 'cold-copy', 'expired'];

describe('of recovery points of one second', () => {
  it.each(ALL.map((kind, index) => [kind, ALL.slice(index)] as const))(
    '%s is taken before what comes back with more effort',
    (kind, rest) => {
      const points = rest.map((one) => point({ kind: one }));
      expect(takenAt(points, NOW)).toBe(kind);
      expect(takenAt(points.toReversed(), NOW)).toBe(kind);
    },
  );

  it('the others are named as equals, and parts of a second do not count', () => {
    const points = [point({ kind: 'native' }), point({ kind: 'warm', createdAt: NIGHT + 900 })];
    const choice = choose(viewWith(points), { kind: 'latest' });
    expect(choice).toMatchObject({ source: { id: 'native' }, equals: [{ id: 'warm' }] });
  });

  it('nearer counts before any effort', () => {
    const points = [point({ kind: 'native' }), point({ kind: 'cold-copy', createdAt: NIGHT + HOUR_MS })];
    expect(takenAt(points, NIGHT + HOUR_MS)).toBe('cold-copy');
    expect(takenAt(points, NIGHT + HOUR_MS - 1_000)).toBe('native');
  });

  it('what is chosen is the same in whichever order they are listed, and no later than asked', () => {
    const drawing = fc.record({
      askedHour: fc.integer({ min: -1, max: 4 }),
      drawn: fc.uniqueArray(
        fc.record({ kind: fc.constantFrom(...ALL), hour: fc.integer({ min: 0, max: 3 }) }),
        { minLength: 1, maxLength: 8, selector: ({ kind, hour }) => `${kind} ${hour}` },
      ),
    });
    always({ from: drawing, runs: 300 }, ({ askedHour, drawn }) => {
      const points = drawn.map(({ kind, hour }) =>
        point({ kind, createdAt: NIGHT + hour * HOUR_MS, id: `${kind} ${hour}` }),
      );
      const usable = drawn.filter(({ hour }) => hour <= askedHour);
      const newest = Math.max(...usable.map(({ hour }) => hour));
      const first = ALL.find((kind) => usable.some((one) => one.hour === newest && one.kind === kind));
      const right = usable.length === 0 ? 'refused nothing-before' : `${first} ${newest}`;
      const asked = NIGHT + askedHour * HOUR_MS;
      expect(takenAt(points, asked)).toBe(right);
      expect(takenAt(points.toReversed(), asked)).toBe(right);
    });
  });
});

describe('what is never taken unnamed', () => {
  it.each(['creating', 'deleting', 'deleted', 'unusable', 'unknown'] as const)(
    'is one that is %s',
    (status) => {
      expect(takenAt([point({ kind: 'warm', more: { status } })], NOW)).toBe('refused nothing-before');
    },
  );

  it("is someone else's", () => {
    const { origin: _origin, ...theirs } = point({ kind: 'warm' });
    expect(takenAt([theirs], NOW)).toBe('refused only-of-others');
  });

  it("is not what only the role of this instance's jobs says", () => {
    const { origin: _origin, ...bare } = point({ kind: 'warm' });
    expect(takenAt([{ ...bare, unproven: true }], NOW)).toBe('warm');
  });

  it('is a copy in another account: it is shown, and the plan says where it is nearer', () => {
    const far = farPointsOf(
      [
        {
          recordedTable: 'orders',
          version: 1,
          points: [
            {
              id: 'home',
              vault: `arn:aws:backup:${TARGET.region}:${TARGET.accountId}:backup-vault:main`,
              policy: 'standard',
              slot: NIGHT,
              tableId: 'a1',
              createdAt: NIGHT + HOUR_MS,
              copies: ['far', 'gone', 'going'].map((id) => ({
                vault: 'arn:aws:backup:eu-west-1:999922223333:backup-vault:far',
                attempt: 1,
                startedAt: NIGHT,
                id,
                state: id === 'going' ? ('running' as const) : ('completed' as const),
                ...(id === 'gone' && { deletesAt: NOW - 1 }),
              })),
            },
          ],
        },
      ],
      'orders',
      TARGET,
      NOW,
    );
    expect(far.map(({ id, status, beyond }) => [id, status, beyond])).toEqual([
      ['far', 'available', 'account'],
      ['going', 'unknown', 'account'],
    ]);
    const view = viewWith([point({ kind: 'warm' })], { farPoints: far });
    const choice = choose(view, { kind: 'latest' });
    expect(choice).toMatchObject({ kind: 'chosen', source: { id: 'warm' } });
    const input = { overrides: {}, choices: { role: 'replacement' }, keepsName: true } as const;
    expect(planWarnings({ ...input, choice: choice as Chosen })).toContainEqual(
      expect.objectContaining({
        kind: 'nearer-in-another-account',
        point: expect.objectContaining({ id: 'far' }),
      }),
    );
    expect(
      choose(view, {
        kind: 'recovery-point',
        id: 'arn:aws:backup:eu-west-1:999922223333:recovery-point:far',
      }),
    ).toMatchObject({
      reason: { kind: 'in-another-account', of: { accountId: '999922223333' } },
    });
  });
});

describe('a Region that was asked for', () => {
  it('takes only what is in a vault there, or what DynamoDB makes there itself', () => {
    const vaults = [point({ kind: 'warm' }), point({ kind: 'copy', createdAt: NIGHT - HOUR_MS })];
    const idsIn = (points: readonly RecoveryPoint[]) => {
      const choice = choose(withinReach(viewWith(points), ELSEWHERE.region), { kind: 'latest' });
      return choice.kind === 'chosen' && choice.source.kind === 'recovery-point'
        ? choice.source.id
        : choice.kind;
    };
    expect(idsIn(vaults)).toBe('copy');
    expect(idsIn([point({ kind: 'warm' })])).toBe('refused');
    expect(idsIn([...vaults, point({ kind: 'native', createdAt: NIGHT - MINUTE_MS })])).toBe('native');
  });
});

describe('a vault that could not be read', () => {
  it('may hold something nearer, but for a second of a window', () => {
    const unseen: readonly UnseenPart[] = [{ part: 'vaults', vault: 'arn:of:it', failure: DENIED }];
    const choice = choose(viewWith([point({ kind: 'native' })], { unseen }), { kind: 'latest' });
    expect(choice.kind === 'chosen' && maybeNearer(choice)).toEqual(unseen);
  });
});

describe('whose a recovery point is that does not say it', () => {
  const bare = (createdAt: Instant): RecoveryPoint =>
    point({ kind: 'warm', createdAt, more: { tableId: '' } });
  const idOf = (lives: readonly Life[], one: RecoveryPoint) =>
    viewWith([one], { lives }).incarnations.find(({ points }) => points.length > 0)?.tableId;

  it.each([
    ['the table that stands since before', [STANDING], NIGHT, 'a1'],
    ['one of before, while it surely stood', [GONE], NIGHT, 'a1'],
    ['none, before it was made', [STANDING], at('2026-10-01T00:00'), UNKNOWN_TABLE],
    ['none, after it was last seen', [{ ...GONE, until: NOW }], at('2026-11-20T10:30'), UNKNOWN_TABLE],
  ] as const)('%s', (_name, lives, createdAt, expected) => {
    expect(idOf(lives, bare(createdAt))).toBe(expected);
  });
});

describe("copies of another Region's table of the name", () => {
  const foreign = (id: string) => point({ kind: 'warm', id, more: { tableId: 'theirs', home: ELSEWHERE } });

  it('are all there is where no table here has or had the name', () => {
    expect(takenAt([foreign('theirs')], NOW, { lives: [] })).toBe('theirs');
  });

  it('are nothing beside a table of here, unless one is named', () => {
    expect(takenAt([foreign('theirs')], NOW, { lives: [STANDING] })).toBe('refused nothing-before');
    const id = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:theirs';
    const view = viewWith([foreign(id)], { lives: [STANDING], named: id });
    expect(choose(view, { kind: 'recovery-point', id })).toMatchObject({ because: 'named', source: { id } });
  });
});
