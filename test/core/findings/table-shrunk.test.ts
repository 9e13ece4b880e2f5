import { expect, it } from 'vitest';
import { tableShrunkFinder } from '../../../shared/core/findings/table-shrunk.ts';
import type { PlanInput } from '../../../shared/core/scene/scene.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { adviceText } from '../../support/advice-text.ts';
import { aContext } from '../../support/check-context.ts';
import { plan } from '../../support/decide-plan.ts';
import { aFailure } from '../../support/failures.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTable,
  dailyRecoveryPoints,
  LATEST_SLOT,
  NO_MEMORY,
  NOW,
  somePolicies,
} from '../../support/world.ts';
import { aPlanInput, expiredIds } from '../plan/plan-input.ts';

export const example = (): Example =>
  seen({
    recoveryPoints: dailyRecoveryPoints(4).map((point, at) => ({
      ...point,
      sizeBytes: at === 3 ? 0 : 400_000_000_000,
    })),
  });

const GB = 1_000_000_000;
const MIB = 1024 ** 2;

/** One a day, as large as given in GB, oldest first, the last one for the latest slot. */
const sized = (...sizes: readonly number[]): readonly RecoveryPoint[] =>
  sizes.map((size, at) =>
    aRecoveryPoint({ slot: LATEST_SLOT - (sizes.length - 1 - at) * DAY_MS, sizeBytes: size * GB }),
  );

const LAST_THREE = somePolicies({ policies: [aPolicy({ retention: { last: 3 } })] });
const FAR = { since: NOW - 60 * DAY_MS, schedule: '0 3 * * *', timezone: 'UTC', retention: { last: 3 } };
const REMEMBERING = {
  ...NO_MEMORY,
  histories: [{ policy: 'standard', regimes: [{ ...FAR, seenAt: NOW }] }],
};

const found = (recoveryPoints: readonly RecoveryPoint[], given: Partial<PlanInput> = {}) =>
  tableShrunkFinder.find(
    aContext({ memory: REMEMBERING, observation: anObservation({ recoveryPoints }), ...given }),
  );

const tagged = (tags: Readonly<Record<string, string>>) =>
  aTable({ tags: { 'backup:policy': 'standard', ...tags } });

const DROP_DAY = '2026-11-23';

describeHere(import.meta, 'table-shrunk', () => {
  it('reads so', () => {
    expect(textOf('table-shrunk', example())).toMatchInlineSnapshot(`
      "
      warning table-shrunk/Orders table=Orders needs=arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/1795316460000-tablekeeper.prod.standard.20261122T030000Z
        Orders lost nearly all it held: its newest recovery point has 0 B (2026-11-23 03:01 UTC), the last one before the drop has 400 GB (2026-11-22 03:01 UTC). 3 larger recovery points are left and are kept until 2026-12-28 03:01 UTC, whatever the retention says.
        0 B (2026-11-23 03:01 UTC) (a tenth of 400 GB or more) since 2026-11-23T03:01:00Z
        If nobody meant it, stop what empties the table, restore the last larger recovery point beside it, and see who changed it. If it is meant, the last command says so, and the larger ones expire by the rules again:
          aws dynamodb restore-table-from-backup --region eu-central-1 --target-table-name Orders-restored --backup-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/1795316460000-tablekeeper.prod.standard.20261122T030000Z
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Orders
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Orders --tags Key=backup:smaller-since,Value=2026-11-23
      "
    `);
  });

  it.each([
    { name: 'the table was emptied', points: sized(400, 400, 0), severity: 'warning' },
    { name: 'one larger one is all that is left', points: sized(400, 0), severity: 'critical' },
    { name: 'something is left', points: sized(400, 39.9), severity: 'warning' },
    { name: 'it dropped in two steps', points: sized(400, 50, 30), severity: 'warning' },
    { name: 'it dropped twice', points: sized(400, 5, 0), severity: 'warning' },
    { name: 'it shrank by and by within weeks', points: sized(400, 200, 100, 50, 25), severity: 'warning' },
    { name: 'it grew from nothing before', points: sized(0, 0, 400, 400, 0), severity: 'warning' },
  ])('is found where $name', ({ points, severity }) => {
    expect(found(points).map((finding) => [finding.id, finding.severity])).toEqual([
      ['table-shrunk/Orders', severity],
    ]);
  });

  it.each([
    { name: 'it is as large as before', points: sized(400, 400) },
    { name: 'there is one', points: sized(400) },
    { name: 'there is none', points: [] },
    { name: 'a tenth is left', points: sized(400, 40) },
    { name: 'it has grown again', points: sized(400, 0, 0, 400) },
    { name: 'the first ones say nothing yet', points: sized(0, 0, 400) },
    { name: 'there was less than 1 MiB before', points: sized((MIB - 1) / GB, 0) },
    {
      name: 'the larger ones are of an earlier table of this name',
      points: sized(400, 400, 0).map((point, at) => (at < 2 ? { ...point, tableId: 'former' } : point)),
    },
    {
      name: 'the empty one is still being made',
      points: sized(400, 400, 0).map((point, at) =>
        at < 2 ? point : { ...point, status: 'creating' as const },
      ),
    },
    {
      name: 'the empty one has a name that no schedule asked for',
      points: [
        ...sized(400, 400),
        aRecoveryPoint({ slot: LATEST_SLOT + HOUR_MS, createdAt: LATEST_SLOT + HOUR_MS, sizeBytes: 0 }),
      ],
    },
    {
      name: 'the larger one has the name of a slot in which it was not made',
      points: [
        ...sized(0, 0),
        aRecoveryPoint({
          slot: LATEST_SLOT - 9 * DAY_MS,
          createdAt: LATEST_SLOT - 30 * MINUTE_MS,
          sizeBytes: GB,
        }),
      ],
    },
    {
      name: 'the larger one is of another instance',
      points: [...sized(0), aRecoveryPoint({ instance: 'stage', slot: LATEST_SLOT - DAY_MS, sizeBytes: GB })],
    },
  ])('is not found where $name', ({ points }) => {
    expect(found(points)).toEqual([]);
  });

  it('is not found where the list of recovery points has a gap', () => {
    const gaps = [{ facet: 'recovery-points' as const, failure: aFailure() }];
    const observation = anObservation({ recoveryPoints: sized(400, 400, 0), gaps });
    expect(tableShrunkFinder.find(aContext({ observation }))).toEqual([]);
  });

  it('is one finding of a table with several policies, which grows by the newest of any of them', () => {
    const policies = somePolicies({
      policies: [aPolicy(), aPolicy({ name: 'six', schedule: '0 */6 * * *' })],
    });
    const six = (hour: number, sizeBytes: number) =>
      aRecoveryPoint({ policy: 'six', slot: Date.UTC(2026, 10, 22, hour), sizeBytes });
    const table = aTable({ tags: { 'backup:policy': 'standard+six' } });
    const at = (recoveryPoints: readonly RecoveryPoint[]) =>
      found([], { policies, observation: anObservation({ tables: [table], recoveryPoints }) });
    expect(at([...sized(400, 400, 0), six(0, 400 * GB), six(12, 0)]).map(({ id }) => id)).toEqual([
      'table-shrunk/Orders',
    ]);
    expect(at([...sized(400, 0, 400), six(12, 0)])).toEqual([]);
  });

  it('says the sizes and the days, until when the larger ones stay, and the one to restore', () => {
    const points = sized(400, 400, 0);
    expect(found(points)).toMatchObject([
      {
        fact: 'Orders lost nearly all it held: its newest recovery point has 0 B (2026-11-23 03:01 UTC), the last one before the drop has 400 GB (2026-11-22 03:01 UTC). 2 larger recovery points are left and are kept until 2026-12-28 03:01 UTC, whatever the retention says.',
        measured: '0 B (2026-11-23 03:01 UTC)',
        promised: 'a tenth of 400 GB or more',
        since: LATEST_SLOT + MINUTE_MS,
      },
    ]);
    expect(adviceText(found(points)[0]?.advice)).toMatch(
      new RegExp(
        `--target-table-name Orders-restored --backup-arn ${points[1]?.id}\\n.*\\n.*Key=backup:smaller-since,Value=${DROP_DAY}$`,
      ),
    );
  });

  it.each([
    { value: DROP_DAY, isMeant: true, name: 'the day of the drop' },
    { value: ` ${DROP_DAY} `, isMeant: true, name: 'the day, with spaces' },
    { value: '2026-11-22', isMeant: false, name: 'a day before it' },
    { value: '2026-11-24', isMeant: false, name: 'a day that is still to come' },
    { value: '2099-01-01', isMeant: false, name: 'every day there will be' },
    { value: 'true', isMeant: false, name: 'no day' },
    { value: '', isMeant: false, name: 'nothing' },
  ])('is meant where the tag says $name: $isMeant', ({ value, isMeant }) => {
    const recoveryPoints = sized(400, 400, 0);
    const tables = [tagged({ 'backup:smaller-since': value })];
    expect(found([], { observation: anObservation({ tables, recoveryPoints }) })).toHaveLength(
      isMeant ? 0 : 1,
    );
  });

  it.each([
    { tags: {}, says: /whatever the retention says\.$/ },
    {
      tags: { 'backup:smaller-since': '2026-11-22' },
      says: /Its tag backup:smaller-since = "2026-11-22" accepts nothing: that is before the first smaller recovery point/,
    },
    { tags: { 'backup:smaller-since': '2026-11-24' }, says: /"2026-11-24" accepts nothing: .*still to come/ },
    {
      tags: { 'backup:smaller-since': '23.11.2026' },
      says: /"23.11.2026" accepts nothing: .*no day written/,
    },
    { tags: { 'backup:smaller-since': '' }, says: /"" accepts nothing/ },
    {
      tags: { 'Backup:Smaller-Since': DROP_DAY },
      says: /Its tag "Backup:Smaller-Since" accepts nothing: the key is backup:smaller-since\.$/,
    },
  ])('says why the tag $tags accepts nothing', ({ tags, says }) => {
    const recoveryPoints = sized(400, 400, 0);
    const observation = anObservation({ tables: [tagged(tags)], recoveryPoints });
    expect(found([], { observation }).map(({ fact }) => fact)).toEqual([expect.stringMatching(says)]);
  });
});

const pruning = (
  recoveryPoints: readonly RecoveryPoint[],
  given: Partial<PlanInput> & { readonly tags?: Readonly<Record<string, string>> } = {},
): PlanInput => {
  const { tags = {}, ...input } = given;
  return aPlanInput({
    policies: LAST_THREE,
    memory: REMEMBERING,
    mode: 'expire',
    observation: anObservation({ tables: [tagged(tags)], recoveryPoints }),
    ...input,
  });
};

const sizesLeft = (input: PlanInput): readonly number[] => {
  const gone = new Set(expiredIds(input));
  return input.observation.recoveryPoints
    .filter(({ id }) => !gone.has(id))
    .map(({ sizeBytes = Number.NaN }) => sizeBytes / GB);
};

const open = (overrides: Partial<OpenFinding>): readonly OpenFinding[] => [
  anOpenFinding({ id: 'table-shrunk/Orders', kind: 'table-shrunk', severity: 'warning', ...overrides }),
];

const openUntold = (): readonly OpenFinding[] =>
  open({ openedAt: NOW - 30 * DAY_MS }).map(({ notifiedAt: _, ...untold }) => untold);

/** Emptied so many days before the latest slot, with one recovery point of each day since that last three kept, and the first. */
const emptied = (daysAgo: number): readonly RecoveryPoint[] => {
  const day = (ago: number, sizeBytes: number) =>
    aRecoveryPoint({ slot: LATEST_SLOT - ago * DAY_MS, sizeBytes });
  return [
    ...[3, 2, 1].map((before) => day(daysAgo + before, 400 * GB)),
    day(daysAgo, 0),
    ...[2, 1, 0].map((ago) => day(ago, 0)),
  ];
};

describeHere(import.meta, 'while a table has shrunk', () => {
  it('the larger ones and the first smaller one stay, though no audit has found it; other smaller ones go', () => {
    expect(sizesLeft(pruning(sized(400, 400, 400, 0, 1, 1, 1, 1)))).toEqual([400, 400, 400, 0, 1, 1, 1]);
    expect(sizesLeft(pruning(sized(400, 400, 400, 400, 400, 400)))).toEqual([400, 400, 400]);
  });

  it('says why each stays', () => {
    const [newest, , , first] = plan(pruning(sized(400, 0, 0, 0))).retention;
    expect(newest?.decision).toBe('keep');
    expect(first).toMatchObject({
      decision: 'keep',
      reasons: ['the table holds less than a tenth since: kept until 2026-12-26 03:01 UTC'],
    });
  });

  it('nothing more goes when it is planned again', () => {
    const input = pruning(sized(400, 400, 400, 0, 1, 1, 1, 1));
    const gone = new Set(expiredIds(input));
    const left = input.observation.recoveryPoints.filter(({ id }) => !gone.has(id));
    expect(expiredIds(pruning(left))).toEqual([]);
  });

  it.each([
    { name: 'it has grown again', input: pruning(sized(400, 400, 400, 0, 0, 300, 300)), left: 3 },
    {
      name: 'the tag says that it is meant',
      input: pruning(sized(400, 400, 400, 0, 0, 0), { tags: { 'backup:smaller-since': '2026-11-21' } }),
      left: 3,
    },
    { name: '34 days have passed', input: pruning(emptied(34)), left: 7 },
    {
      name: '35 days have passed and nothing is open any more: the one that dates the drop goes with the larger ones',
      input: pruning(emptied(35)),
      left: 3,
    },
    {
      name: '35 days have passed and people were told',
      input: pruning(emptied(35), {
        openFindings: open({ openedAt: NOW - 35 * DAY_MS, notifiedAt: NOW - DAY_MS }),
      }),
      left: 3,
    },
    {
      name: '35 days have passed and people could not be told',
      input: pruning(emptied(35), { openFindings: openUntold() }),
      left: 7,
    },
    {
      name: '35 days have passed and people were first told six days ago',
      input: pruning(emptied(35), {
        openFindings: open({
          openedAt: NOW - 35 * DAY_MS,
          toldFirstAt: NOW - 6 * DAY_MS,
          notifiedAt: NOW - 6 * DAY_MS,
        }),
      }),
      left: 7,
    },
    {
      name: '35 days have passed and it was found six days ago',
      input: pruning(emptied(35), {
        openFindings: open({ openedAt: NOW - 6 * DAY_MS, notifiedAt: NOW - 6 * DAY_MS }),
      }),
      left: 7,
    },
  ])('$left are left where $name', ({ input, left }) => {
    expect(sizesLeft(input)).toHaveLength(left);
  });
});
