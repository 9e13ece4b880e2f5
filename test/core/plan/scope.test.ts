import { describe, expect, it } from 'vitest';
import { reportable, wholeMemory } from '../../../shared/core/plan/scope.ts';
import { findingsInScope, isInSight, memoryInScope } from '../../../shared/core/scene/scope.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { type Instant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding, PitrBaseline } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { aFailure } from '../../support/failures.ts';
import { anObservation, anOpenFinding, aTable, aTaggedTable, NOW, someDetails } from '../../support/world.ts';

const aFinding = (overrides: Partial<Finding> = {}): Finding => {
  const { openedAt: _opened, notifiedAt: _notified, ...finding } = anOpenFinding(overrides);
  return finding;
};

const aBaseline = (table: string, tableId = `id-of-${table}`): PitrBaseline => ({
  table,
  tableId,
  earliestRestorableAt: NOW,
  recoveryPeriodDays: 35,
});

interface Seen {
  readonly observation: Observation;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
}

const SCOPE = ['Orders'];

const limited = (observation = anObservation(), scope = SCOPE): Observation => ({
  ...observation,
  scope,
});

const aScope = ({ observation, ...overrides }: Partial<Seen> = {}): Seen => ({
  openFindings: [],
  observation: limited(observation),
  now: NOW,
  ...overrides,
});

/** A table that was made so many minutes ago. */
const madeAgo = (minutes: number) => {
  const details = someDetails('Orders', { createdAt: NOW - minutes * MINUTE_MS });
  return anObservation({ tables: [aTable({ details })] });
};

const { tableNames: _names, ...withoutNames } = anObservation();

const NAMES = { facet: 'table-names' as const, failure: aFailure('access denied') };

const { table: _table, ...OF_NO_TABLE } = aFinding({ id: 'coverage-dropped', kind: 'coverage-dropped' });

const said = (finding: Finding, scope: Partial<Seen> = {}): boolean =>
  reportable([finding], SCOPE, aScope(scope)).length === 1;

describe('what a run with a scope reports', () => {
  it.each([
    { name: 'is what is wrong with its table', finding: aFinding(), is: true },
    { name: 'is not what is wrong with another', finding: aFinding({ table: 'Users' }), is: false },
    { name: 'is nothing that speaks of the whole target', finding: OF_NO_TABLE, is: false },
    {
      name: 'is no gap, for it is tried again',
      finding: aFinding({ id: 'observation-gap/pitr/Orders', kind: 'observation-gap' }),
      is: false,
    },
    {
      name: 'is not that a new table has no recovery point yet',
      finding: aFinding({ kind: 'recovery-point-overdue', measured: 'none' }),
      is: false,
    },
    {
      name: 'is that the newest recovery point is too old',
      finding: aFinding({ kind: 'recovery-point-overdue', measured: '30 h' }),
      is: true,
    },
    { name: 'is anything else that measures nothing', finding: aFinding({ measured: 'none' }), is: true },
  ])('$name', ({ finding, is }) => {
    expect(said(finding)).toBe(is);
  });

  it.each([
    { name: 'waits while the table is being set up', scope: { observation: madeAgo(9) }, is: false },
    { name: 'does not wait from ten minutes on', scope: { observation: madeAgo(10) }, is: true },
    {
      name: 'does not wait where the table was not described',
      scope: { observation: anObservation({ tables: [aTaggedTable()] }) },
      is: true,
    },
    {
      name: 'does not wait where the table was not seen',
      scope: { observation: anObservation({ tables: [] }) },
      is: true,
    },
    {
      name: 'does not wait because another table is new',
      scope: {
        observation: anObservation({
          tables: [aTable({ name: 'New', details: someDetails('New', { createdAt: NOW }) }), aTable()],
        }),
      },
      is: true,
    },
    {
      name: 'does not wait where it was open before',
      scope: { observation: madeAgo(9), openFindings: [anOpenFinding()] },
      is: true,
    },
    {
      name: 'waits though another finding is open',
      scope: { observation: madeAgo(9), openFindings: [anOpenFinding({ id: 'pitr-off/Users' })] },
      is: false,
    },
  ])('that recovery is off $name', ({ scope, is }) => {
    expect(said(aFinding(), scope)).toBe(is);
  });

  it('is said of a new table all the same, where it is something else', () => {
    expect(said(aFinding({ kind: 'pitr-window-short' }), { observation: madeAgo(1) })).toBe(true);
  });
});

describe('what a run with a scope remembers', () => {
  const before = {
    coverage: { tables: 7, seenAt: NOW },
    pitrBaselines: [aBaseline('Zoo'), aBaseline('Orders', 'old'), aBaseline('Ants')],
  };
  const remembered = (
    scope: Partial<Seen>,
    pitrBaselines = [aBaseline('Orders', 'new'), aBaseline('Users')],
  ) => wholeMemory(before, { pitrBaselines }, SCOPE, aScope(scope));

  it('is new of its own tables and as before of all others, sorted by table', () => {
    expect(remembered({})).toEqual({
      ...before,
      pitrBaselines: [aBaseline('Ants'), aBaseline('Orders', 'new'), aBaseline('Zoo')],
    });
  });

  it('leaves out a table that is gone', () => {
    const observation = anObservation({ tableNames: [] });
    expect(remembered({ observation }).pitrBaselines).toEqual([aBaseline('Ants'), aBaseline('Zoo')]);
  });

  it.each([
    { name: 'names that were not read', observation: withoutNames },
    { name: 'a list of names with a gap', observation: anObservation({ tableNames: [], gaps: [NAMES] }) },
  ])('keeps one of which nobody knows whether it is gone, because of $name', ({ observation }) => {
    expect(remembered({ observation }).pitrBaselines).toEqual([
      aBaseline('Ants'),
      aBaseline('Orders', 'new'),
      aBaseline('Zoo'),
    ]);
  });
});

describe('what a run with a scope may resolve', () => {
  it.each([
    { name: 'of a table that it saw', finding: aFinding(), is: true },
    { name: 'of a table that is gone or lost its tag', finding: aFinding({ table: 'Gone' }), is: false },
    { name: 'of a table beside its scope', finding: aFinding({ table: 'Users' }), is: false },
    { name: 'of the whole target', finding: OF_NO_TABLE, is: false },
  ])('is what is $name: $is', ({ finding, is }) => {
    const observation = anObservation({ tables: [aTable(), aTable({ name: 'Users' })] });
    expect(isInSight(finding as Finding, limited(observation, ['Orders', 'Gone']))).toBe(is);
    expect(isInSight(finding as Finding, observation)).toBe(true);
  });
});

it('findings of other tables, and of none, are beside the scope', () => {
  const findings = [aFinding(), aFinding({ table: 'Users' }), OF_NO_TABLE];
  expect(findingsInScope(findings, ['Orders', 'Carts'])).toEqual([aFinding()]);
  expect(findingsInScope(findings, [])).toEqual([]);
  expect(findingsInScope(findings, undefined)).toBe(findings);
});

it('a scope limits what is remembered of tables, and nothing else', () => {
  const memory = {
    coverage: { tables: 2, seenAt: NOW },
    mutes: [{ mutedTable: 'Users', spells: [] }],
    protections: [
      { table: 'Orders', promises: [] },
      { table: 'Users', promises: [] },
    ],
    pitrBaselines: [aBaseline('Orders'), aBaseline('Users')],
  };
  expect(memoryInScope(memory, ['Orders'])).toEqual({
    coverage: memory.coverage,
    mutes: [],
    protections: [{ table: 'Orders', promises: [] }],
    pitrBaselines: [aBaseline('Orders')],
  });
});
