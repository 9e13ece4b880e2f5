import { describe, expect, it } from 'vitest';
import { type HintScope, judgedObservation, narrowed, ofTables } from '../../../shared/core/hint/narrow.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import type { PitrBaseline } from '../../../shared/model/memory.ts';
import { aFailure, asRead } from '../../support/failures.ts';
import {
  anObservation,
  anOpenFinding,
  aPlan,
  aTable,
  aTaggedTable,
  NOW,
  someDetails,
} from '../../support/world.ts';

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

const aScope = (overrides: Partial<HintScope> = {}): HintScope => ({
  tables: ['Orders'],
  memory: { pitrBaselines: [] },
  openFindings: [],
  observation: anObservation(),
  now: NOW,
  ...overrides,
});

/** A table that was made so many minutes ago. */
const madeAgo = (minutes: number) => {
  const details = someDetails('Orders', { createdAt: NOW - minutes * MINUTE_MS });
  return anObservation({ tables: [aTable({ details })] });
};

const { table: _table, ...OF_NO_TABLE } = aFinding({ id: 'coverage-dropped', kind: 'coverage-dropped' });

const said = (finding: Finding, scope: Partial<HintScope> = {}): boolean =>
  narrowed(aPlan({ findings: [finding] }), aScope(scope)).findings.length === 1;

describe('what a hint says', () => {
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

describe('what a hint remembers', () => {
  const before = {
    coverage: { tables: 7, seenAt: NOW },
    pitrBaselines: [aBaseline('Zoo'), aBaseline('Orders', 'old'), aBaseline('Ants')],
  };
  const remembered = (
    scope: Partial<HintScope>,
    pitrBaselines = [aBaseline('Orders', 'new'), aBaseline('Users')],
  ) => narrowed(aPlan({ memory: { pitrBaselines } }), aScope({ memory: before, ...scope })).memory;

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

  it('keeps one of which nobody knows whether it is gone', () => {
    const { tableNames: _names, ...observation } = anObservation();
    expect(remembered({ observation }).pitrBaselines).toEqual([
      aBaseline('Ants'),
      aBaseline('Orders', 'new'),
      aBaseline('Zoo'),
    ]);
  });
});

describe('what a hint may end', () => {
  const OTHERS = { facet: 'tags' as const, failure: aFailure('access denied') };

  it('is nothing of a table that is gone or lost its tag', () => {
    const observation = anObservation({ gaps: [OTHERS] });
    const { gaps, ...rest } = judgedObservation(aScope({ tables: ['Orders', 'Gone'], observation }));
    const reason = 'a hint ends nothing of a table that is gone or not tagged';
    expect(asRead(gaps)).toEqual([asRead(OTHERS), { facet: 'details', table: 'Gone', reason }]);
    expect({ ...rest, gaps: [OTHERS] }).toEqual(observation);
  });

  it('is anything of tables that are there', () => {
    expect(judgedObservation(aScope()).gaps).toEqual([]);
  });
});

it('findings of other tables, and of none, are none of its business', () => {
  const findings = [aFinding(), aFinding({ table: 'Users' }), OF_NO_TABLE];
  expect(ofTables(findings, ['Orders', 'Carts'])).toEqual([aFinding()]);
  expect(ofTables(findings, [])).toEqual([]);
});
