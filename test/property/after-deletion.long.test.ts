import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../shared/core/scene/scene.ts';
import { ownFailure } from '../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Memory, OpenFinding } from '../../shared/model/memory.ts';
import type { Facet, Gap } from '../../shared/model/observation.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';
import { plan } from '../support/decide-plan.ts';
import { aPolicyWithoutPitr, aRecoveryPoint, INSTANCE, NOW, somePolicies, TARGET } from '../support/world.ts';

// One table that comes and goes, and the audits and prunes of its days. The rule in words of this file: what is left of it goes at the earliest so many days
// after the first whole look of a right clock that found no table, and a week after somebody was told; never in doubt.

const KEEP_DAYS = 10;

/** What may happen on a day, before its audit. */
type Event =
  | 'nothing'
  | 'table-back'
  | 'table-gone'
  | 'blink'
  | 'hold'
  | 'keep'
  | 'release'
  | 'rule-off'
  | 'rule-on'
  | 'memory-lost';

interface Day {
  readonly event: Event;
  /** What of the audit's look cannot be read. */
  readonly cut: Facet | undefined;
  readonly isTold: boolean;
  readonly skewMs: number;
  readonly pruneCut: boolean;
}

const anEvent = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Event>('nothing') },
  { weight: 4, arbitrary: fc.constantFrom<Event>('table-back', 'table-gone', 'blink') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Event>('hold', 'keep', 'release', 'rule-off', 'rule-on', 'memory-lost'),
  },
);

const aDay = (skews: fc.Arbitrary<number>): fc.Arbitrary<Day> =>
  fc.record({
    event: anEvent,
    cut: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom<Facet>('tags', 'table-names', 'recovery-points') },
    ),
    isTold: fc.boolean(),
    skewMs: fc.oneof({ weight: 15, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: skews }),
    pruneCut: fc.integer({ min: 0, max: 11 }).map((one) => one === 0),
  });

const aFirstEvent = fc.constantFrom<Event>('nothing', 'nothing', 'nothing', 'hold', 'keep');

const SKEWS = fc.constantFrom(-40 * DAY_MS, -DAY_MS, -HOUR_MS, HOUR_MS, DAY_MS, 40 * DAY_MS);

const policiesWith = (isRuled: boolean) =>
  somePolicies({
    policies: [
      aPolicyWithoutPitr(isRuled ? { afterDeletion: { keepMs: KEEP_DAYS * DAY_MS } } : {}),
      aPolicyWithoutPitr({ name: 'other', afterDeletion: { keepMs: 400 * DAY_MS } }),
    ],
  });

/** The estate and what people know of it, and what the rule says of the table. */
interface Told {
  tableId: string | undefined;
  held: boolean;
  kept: boolean;
  isRuled: boolean;
  points: readonly RecoveryPoint[];
  memory: Memory;
  open: readonly OpenFinding[];
  /** By the words of this file. */
  goneId: string | undefined;
  wasHeld: boolean;
  seenGoneAt: number | undefined;
  toldAt: number | undefined;
}

const pointsOf = (tableId: string, now: number): readonly RecoveryPoint[] =>
  [3, 2, 1].map((days) => {
    const slot = Math.floor(now / DAY_MS) * DAY_MS - days * DAY_MS + 3 * HOUR_MS;
    return aRecoveryPoint({ tableName: 'pr-1', tableId, slot, createdAt: slot + MINUTE_MS });
  });

/** While no table opts in, nothing of a gone one ends. */
const OTHER = { name: 'Orders', tags: { 'backup:policy': 'standard' } };

const inputOf = (world: Told, mode: PlanInput['mode'], now: number, cut: Facet | undefined): PlanInput => {
  const isThere = world.tableId !== undefined;
  const gaps: Gap[] = cut === undefined ? [] : [{ facet: cut, failure: ownFailure('thrown', 'cut') }];
  const facets: Facet[] = ['memory', 'tags', 'recovery-points'];
  const tags = { 'backup:policy': 'standard', ...(world.held && { 'backup:hold': 'true' }) };
  const details = {
    tableId: world.tableId ?? '',
    status: 'ACTIVE' as const,
    createdAt: now - 400 * DAY_MS,
    sizeBytes: 1,
  };
  return {
    policies: policiesWith(world.isRuled),
    instance: INSTANCE,
    mode,
    now,
    openFindings: world.open,
    memory: { ...world.memory, ...(world.kept && { keptTables: [{ keptTable: 'pr-1', keptAt: 0 }] }) },
    observation: {
      target: TARGET,
      observedAt: now,
      facets: mode === 'audit' ? [...facets, 'table-names', 'details'] : facets,
      tables: cut === 'tags' ? [] : [OTHER, ...(isThere ? [{ name: 'pr-1', tags, details }] : [])],
      ...(mode === 'audit' && {
        tableNames: cut === 'table-names' ? [] : [OTHER.name, ...(isThere ? ['pr-1'] : [])],
      }),
      recoveryPoints: cut === 'recovery-points' ? [] : world.points,
      gaps,
    },
  };
};

const goes = (world: Told): void => {
  if (world.tableId === undefined) return;
  world.goneId = world.tableId;
  world.tableId = undefined;
  world.seenGoneAt = undefined;
  world.toldAt = undefined;
};

const comes = (world: Told, now: number): void => {
  if (world.tableId !== undefined) return;
  world.tableId = `id-${now}`;
  world.held = false;
  world.points = [...world.points, ...pointsOf(world.tableId, now)];
};

const EVENTS: Readonly<Record<Event, (world: Told, now: number) => void>> = {
  nothing: () => undefined,
  'table-back': comes,
  'table-gone': goes,
  blink: (world, now) => {
    goes(world);
    comes(world, now);
  },
  hold: (world) => {
    world.held = world.tableId !== undefined;
  },
  keep: (world) => {
    world.kept = true;
    world.toldAt = undefined;
  },
  release: (world) => {
    world.kept = false;
  },
  'rule-off': (world) => {
    world.isRuled = false;
    world.seenGoneAt = undefined;
    world.toldAt = undefined;
  },
  'rule-on': (world) => {
    world.isRuled = true;
  },
  'memory-lost': (world) => {
    world.memory = { pitrBaselines: [] };
    world.open = [];
    world.seenGoneAt = undefined;
    world.toldAt = undefined;
  },
};

const withMessages = (
  found: readonly { readonly id: string }[],
  world: Told,
  isTold: boolean,
  now: number,
) => {
  const before = new Map(world.open.map((one) => [one.id, one]));
  return (found as readonly OpenFinding[]).map((finding): OpenFinding => {
    const one = before.get(finding.id);
    const notifiedAt = one?.notifiedAt ?? (isTold ? now : undefined);
    return { ...finding, openedAt: one?.openedAt ?? now, ...(notifiedAt !== undefined && { notifiedAt }) };
  });
};

const audit = (world: Told, { cut, isTold, skewMs }: Day, now: number): void => {
  const { findings, memory } = plan(inputOf(world, 'audit', now + skewMs, cut));
  const { keptTables: _, ...saved } = memory;
  world.memory = saved;
  world.open = withMessages(findings, world, isTold, now + skewMs);
  if (world.tableId !== undefined) world.wasHeld = world.held;
  else if (cut === undefined) world.seenGoneAt ??= now;
  const told = world.open.find(({ kind }) => kind === 'deleted-table-ending');
  if (told?.notifiedAt !== undefined) world.toldAt ??= now;
};

const isPast = (since: number | undefined, days: number, now: number): boolean =>
  since !== undefined && now - since >= days * DAY_MS;

/** Everything that is wrong with deleting a recovery point of that table now. */
const wrongOf = (tableId: string, world: Told, isCut: boolean, now: number): readonly string[] => {
  if (world.tableId !== undefined) return tableId === world.tableId ? [] : ['a table is there'];
  const checks: readonly (readonly [isWrong: boolean, what: string])[] = [
    [isCut, 'the list was cut'],
    [!world.isRuled, 'no rule'],
    [world.kept, 'it is kept'],
    [world.wasHeld, 'it was on hold'],
    [tableId !== world.goneId, 'an earlier table'],
    [!isPast(world.seenGoneAt, KEEP_DAYS, now), 'its time is not over'],
    [!isPast(world.toldAt, 7, now), 'nobody knows for a week'],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, what]) => what);
};

/** `now` is the true time, whatever the clock says. */
const prune = (world: Told, pruneCut: boolean, now: number, skewMs = 0): readonly string[] => {
  const { actions, memory } = plan(
    inputOf(world, 'expire', now + skewMs, pruneCut ? 'recovery-points' : undefined),
  );
  const gone = actions.flatMap((action) => (action.kind === 'expire' ? [action.recoveryPoint] : []));
  const { keptTables: _, ...saved } = memory;
  world.memory = saved;
  const wrong = gone.flatMap(({ tableId }) => wrongOf(tableId, world, pruneCut, now));
  const ids = new Set(gone.map(({ id }) => id));
  world.points = world.points.filter(({ id }) => !ids.has(id));
  return wrong;
};

const begin = (): Told => ({
  tableId: 'id-0',
  held: false,
  kept: false,
  isRuled: true,
  points: pointsOf('id-0', NOW),
  memory: { pitrBaselines: [] },
  open: [],
  goneId: undefined,
  wasHeld: false,
  seenGoneAt: undefined,
  toldAt: undefined,
});

const QUIET: Day = { event: 'nothing', cut: undefined, isTold: true, skewMs: 0, pruneCut: false };

/** Lets days pass, and says what was wrong of what was deleted. */
const live = (world: Told, days: readonly Day[], isPruneSkewed: boolean): readonly string[] => {
  const wrong: string[] = [];
  for (const [index, day] of days.entries()) {
    const now = NOW + index * DAY_MS;
    EVENTS[day.event](world, now);
    audit(world, isPruneSkewed ? { ...day, skewMs: 0 } : day, now);
    wrong.push(...prune(world, day.pruneCut, now + HOUR_MS, isPruneSkewed ? day.skewMs : 0));
  }
  return wrong;
};

describe('what is left of a table that comes and goes', { timeout: 120_000 }, () => {
  it.each([
    { name: 'audits', isPruneSkewed: false },
    { name: 'prunes', isPruneSkewed: true },
  ])('never goes in doubt, whichever clocks of $name are wrong', ({ isPruneSkewed }) => {
    let ended = 0;
    fc.assert(
      fc.property(aFirstEvent, fc.array(aDay(SKEWS), { minLength: 20, maxLength: 50 }), (event, days) => {
        const world = begin();
        const first = [
          { ...QUIET, event },
          { ...QUIET, event: 'table-gone' as const },
        ];
        const wrong = live(world, [...first, ...days], isPruneSkewed);
        ended += world.points.some(({ tableId }) => tableId === 'id-0') ? 0 : 1;
        expect(wrong).toEqual([]);
      }),
      { numRuns: 80, seed: 20_261_129 },
    );
    expect(ended).toBeGreaterThan(5);
  });

  it('goes where nothing stands against it', () => {
    const world = begin();
    const days = [
      QUIET,
      { ...QUIET, event: 'table-gone' as const },
      ...Array<Day>(KEEP_DAYS + 2).fill(QUIET),
    ];
    expect(live(world, days, false)).toEqual([]);
    expect(world.points).toEqual([]);
  });

  it('stays a week longer where people hear of it late, and for ever where they do not', () => {
    const deaf = { ...QUIET, isTold: false };
    const world = begin();
    expect(
      live(world, [QUIET, { ...deaf, event: 'table-gone' }, ...Array<Day>(40).fill(deaf)], false),
    ).toEqual([]);
    expect(world.points).toHaveLength(3);
  });
});
