import { describe, expect, it } from 'vitest';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { Mode } from '../../../shared/model/plan.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../../support/attempts.ts';
import { found, type Given, gap, isResolvable, open } from '../../support/sights.ts';
import {
  anOpenFinding,
  aPitr,
  aPolicy,
  aTable,
  aTaggedTable,
  PITR_OFF,
  someDetails,
  somePolicies,
} from '../../support/world.ts';

const FAILING = open('backups-failing', 'backups-failing/Orders/standard', 'Orders');
const UNDELETED = open('expiries-failing', 'expiries-failing/standard');
const UNREPAIRED = open('pitr-repair-failing', 'pitr-repair-failing/Orders', 'Orders');

const repairing = (name: string, recoveryPeriodDays: number) =>
  aPolicy({ name, pitr: { recoveryPeriodDays, onDrift: 'repair' } });
const REPAIRING = somePolicies({ policies: [repairing('standard', 35)] });
/** A week is repaired, and who falls short of the standard 35 days is only told. */
const REPAIRING_A_WEEK = somePolicies({ policies: [aPolicy(), repairing('week', 7)] });
const BOTH = { 'backup:policy': 'standard+week' };

/** Another table is all there is. */
const USERS_ONLY: Partial<Observation> = { tables: [aTable({ name: 'Users' })] };

const archived = (overrides: Partial<TaggedTable> = {}): TaggedTable =>
  aTable({ details: someDetails('Orders', { status: 'ARCHIVED' }), ...overrides });

describe('a finding of outcomes is judged', () => {
  const protect: { mode: Mode } = { mode: 'protect' };

  it.each<{ name: string; finding?: OpenFinding; given: Given; is: boolean }>([
    {
      name: 'when its action was done',
      given: { ...protect, outcomes: [anOutcome(aCreate(), 'done')] },
      is: true,
    },
    {
      name: 'not when it failed again',
      given: { ...protect, outcomes: [anOutcome(aCreate(), 'failed')] },
      is: false,
    },
    {
      name: 'not when it was deferred',
      given: { ...protect, outcomes: [anOutcome(aCreate(), 'deferred')] },
      is: false,
    },
    { name: 'when there was nothing to do any more', given: protect, is: true },
    { name: 'not by a mode that does not attempt it', given: { mode: 'audit' }, is: false },
    {
      name: 'by an audit when its table is gone and nothing else speaks of that',
      given: { observation: USERS_ONLY },
      is: true,
    },
    {
      name: 'not by an audit when its table is there and only its tag is gone',
      given: { observation: { ...USERS_ONLY, tableNames: ['Orders', 'Users'] } },
      is: false,
    },
    {
      name: 'not by an audit when its table is tagged and only its name is missing',
      given: { observation: { tables: [aTaggedTable()], tableNames: [] } },
      is: false,
    },
    {
      name: 'not by an audit when its deletion is reported, which ends it silently',
      given: {
        observation: USERS_ONLY,
        found: [anOpenFinding({ id: 'table-deleted/Orders', kind: 'table-deleted' })],
      },
      is: false,
    },
    {
      name: 'not by an audit when the tag went from most tables at once',
      given: { observation: USERS_ONLY, found: [found('coverage-dropped')] },
      is: false,
    },
    ...(['tags', 'table-names', 'details'] as const).map((facet) => ({
      name: `not by an audit with a gap in ${facet}, which may hide its table`,
      given: { observation: { ...USERS_ONLY, gaps: [gap(facet)] } },
      is: false,
    })),
    {
      name: 'not by an audit with a gap in its table',
      given: { observation: { ...USERS_ONLY, gaps: [gap('details', 'Orders')] } },
      is: false,
    },
    {
      name: 'not by a prune run, which reads no names of tables',
      given: { mode: 'expire', observation: USERS_ONLY },
      is: false,
    },
    {
      name: 'not when nothing was done for want of sight',
      given: { ...protect, observation: { gaps: [gap('details', 'Orders')] } },
      is: false,
    },
    {
      name: 'not when the table was in no state to be tried',
      given: { ...protect, observation: { tables: [archived()] } },
      is: false,
    },
    {
      name: 'when the table is being updated, which hinders nothing',
      given: {
        ...protect,
        observation: { tables: [aTable({ details: someDetails('Orders', { status: 'UPDATING' }) })] },
      },
      is: true,
    },
    {
      name: 'when the table was healthy and not due, and so not confirmed',
      given: { ...protect, observation: { tables: [aTaggedTable()] } },
      is: true,
    },
    {
      name: 'not when its table was not seen, which may have lost its tag',
      given: { ...protect, observation: { tables: [] } },
      is: false,
    },
    {
      name: 'when the clock is in doubt, which holds back only expiries',
      given: { ...protect, found: [found('from-the-future')] },
      is: true,
    },
    {
      name: 'for expiries not when a clock in doubt held them back',
      finding: UNDELETED,
      given: { mode: 'expire', found: [found('from-the-future')] },
      is: false,
    },
    {
      name: 'for expiries also where a name alone comes from the future, which holds nothing else back',
      finding: UNDELETED,
      given: {
        mode: 'expire',
        found: [anOpenFinding({ kind: 'from-the-future', id: 'from-the-future/names' })],
      },
      is: true,
    },
    {
      name: "not by another table's success",
      given: {
        ...protect,
        observation: { gaps: [gap('recent-recovery-points')] },
        outcomes: [anOutcome(aCreate({ table: 'Users' }), 'done')],
      },
      is: false,
    },
    {
      name: 'for expiries when all were done',
      finding: UNDELETED,
      given: { mode: 'expire', outcomes: [anOutcome(anExpire(), 'done')] },
      is: true,
    },
    {
      name: 'for expiries not when some were deferred',
      finding: UNDELETED,
      given: { mode: 'expire', outcomes: [anOutcome(anExpire(), 'done'), anOutcome(anExpire(), 'deferred')] },
      is: false,
    },
    { name: 'for expiries not by an audit, which deletes nothing', finding: UNDELETED, given: {}, is: false },
    {
      name: 'for expiries when there was nothing to delete',
      finding: UNDELETED,
      given: { mode: 'expire' },
      is: true,
    },
    {
      name: 'for expiries not when the guardrail held them back',
      finding: UNDELETED,
      given: { mode: 'expire', found: [found('guardrail-refusal')] },
      is: false,
    },
    {
      name: 'for repairs by an audit',
      finding: UNREPAIRED,
      given: { outcomes: [anOutcome(aRepair(), 'done')] },
      is: true,
    },
    {
      name: 'for repairs not when one failed again',
      finding: UNREPAIRED,
      given: { outcomes: [anOutcome(aRepair(), 'failed')] },
      is: false,
    },
    {
      name: "for repairs whatever became of another table's",
      finding: UNREPAIRED,
      given: {
        outcomes: [
          anOutcome(aRepair({ table: 'Users' }), 'failed'),
          anOutcome(anExpire({ table: 'Orders' }), 'failed'),
        ],
      },
      is: true,
    },
    {
      name: 'for repairs also of a table out of reach, when its PITR is as promised',
      finding: UNREPAIRED,
      given: { policies: REPAIRING, observation: { tables: [archived()] } },
      is: true,
    },
    {
      name: 'for repairs not of a table out of reach whose PITR is still off',
      finding: UNREPAIRED,
      given: { policies: REPAIRING, observation: { tables: [archived({ pitr: PITR_OFF })] } },
      is: false,
    },
    {
      name: 'for repairs also of a table out of reach whose PITR no policy repairs any more',
      finding: UNREPAIRED,
      given: { observation: { tables: [archived({ pitr: PITR_OFF })] } },
      is: true,
    },
    {
      name: 'for repairs also of a table out of reach that falls short only of a promise that nobody repairs',
      finding: UNREPAIRED,
      given: {
        policies: REPAIRING_A_WEEK,
        observation: { tables: [archived({ pitr: aPitr({ recoveryPeriodDays: 7 }), tags: BOTH })] },
      },
      is: true,
    },
    {
      name: 'for repairs not of a table out of reach that falls short of the one that is repaired',
      finding: UNREPAIRED,
      given: {
        policies: REPAIRING_A_WEEK,
        observation: { tables: [archived({ pitr: aPitr({ recoveryPeriodDays: 6 }), tags: BOTH })] },
      },
      is: false,
    },
    {
      name: 'for repairs also of a table out of reach when the PITR of another is off',
      finding: UNREPAIRED,
      given: {
        policies: REPAIRING,
        observation: { tables: [archived(), aTable({ name: 'Users', pitr: PITR_OFF })] },
      },
      is: true,
    },
    {
      name: 'for repairs not of a table that is being made, whose PITR is not looked at',
      finding: UNREPAIRED,
      given: {
        policies: REPAIRING,
        observation: { tables: [aTable({ details: someDetails('Orders', { status: 'CREATING' }) })] },
      },
      is: false,
    },
  ])('$name', ({ finding = FAILING, given, is }) => {
    expect(isResolvable(finding, given)).toBe(is);
  });
});
