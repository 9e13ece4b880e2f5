import { describe, expect, it } from 'vitest';
import { judged, type Sight } from '../../../shared/core/checks/judged.ts';
import { facetsOf } from '../../../shared/core/plan/scope.ts';
import type { Finding, FindingKind } from '../../../shared/model/finding.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Facet, Gap, Observation } from '../../../shared/model/observation.ts';
import type { Mode } from '../../../shared/model/plan.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../../support/attempts.ts';
import { anObservation, anOpenFinding, aTable, aTaggedTable, someDetails } from '../../support/world.ts';

const open = (kind: FindingKind, id: string, table?: string): OpenFinding => {
  const { table: _, ...rest } = anOpenFinding({ kind, id });
  return table === undefined ? rest : { ...rest, table };
};

const PITR_OFF_OPEN = open('pitr-off', 'pitr-off/Orders', 'Orders');
const FAILING = open('backups-failing', 'backups-failing/Orders/standard', 'Orders');
const UNDELETED = open('expiries-failing', 'expiries-failing/standard');
const UNREPAIRED = open('pitr-repair-failing', 'pitr-repair-failing/Orders', 'Orders');
const UNTAGGED = open('untagged-tables', 'untagged-tables');
const REFUSAL = open('guardrail-refusal', 'guardrail-refusal');

const deferred = (table: string): Gap => ({ facet: 'pitr', table, reason: 'no time', deferred: true });

const gap = (facet: Facet, table?: string): Gap => ({ facet, reason: 'denied', ...(table && { table }) });

const anExpiryOf = (table: string) => anExpire({ table });

interface Given extends Partial<Omit<Sight, 'observation'>> {
  readonly observation?: Partial<Observation>;
}

const sight = ({ mode = 'audit', found = [], outcomes = [], observation = {} }: Given): Sight => ({
  mode,
  found,
  outcomes,
  observation: anObservation({ facets: facetsOf(mode), ...observation }),
});

const found = (kind: FindingKind): Finding => anOpenFinding({ kind, id: kind });

const isJudged = (finding: OpenFinding, given: Given): boolean =>
  judged([finding], sight(given)).has(finding.id);

describe('a finding of an observation is judged', () => {
  it.each<{ name: string; finding?: OpenFinding; given: Given; is: boolean }>([
    { name: 'by a run that looked at all of it', given: {}, is: true },
    { name: 'not by a backup run, which reads no PITR', given: { mode: 'protect' }, is: false },
    { name: 'not by a prune run either', given: { mode: 'expire' }, is: false },
    {
      name: 'not behind a gap in the whole list',
      given: { observation: { gaps: [gap('tags')] } },
      is: false,
    },
    {
      name: 'not behind a gap in its table',
      given: { observation: { gaps: [gap('pitr', 'Orders')] } },
      is: false,
    },
    {
      name: 'not while its table waits for its turn',
      given: { observation: { gaps: [deferred('Orders')] } },
      is: false,
    },
    {
      name: 'while another table waits for its turn',
      given: { observation: { gaps: [deferred('Users')] } },
      is: true,
    },
    {
      name: 'despite a gap in another table',
      given: { observation: { gaps: [gap('pitr', 'Users')] } },
      is: true,
    },
    {
      name: 'despite a gap in what it does not need',
      given: { observation: { gaps: [gap('table-names')] } },
      is: true,
    },
    {
      name: 'when its table lost its tag on purpose',
      given: { observation: { tables: [aTable({ name: 'Users' })] } },
      is: true,
    },
    {
      name: 'not when the tag went from most tables at once',
      given: { observation: { tables: [] }, found: [found('coverage-dropped')] },
      is: false,
    },
    {
      name: 'when the tag went from most tables and its own still has it',
      given: { found: [found('coverage-dropped')] },
      is: true,
    },
    {
      name: 'when the tag went from most tables and it speaks of none',
      finding: UNTAGGED,
      given: { found: [found('coverage-dropped')] },
      is: true,
    },
    {
      name: 'when the clock is in doubt, which hides only expiries',
      given: { found: [found('from-the-future')] },
      is: true,
    },
    {
      name: 'not when no check finds its kind any more',
      finding: open('of-an-older-version' as FindingKind, 'of-an-older-version'),
      given: {},
      is: false,
    },
    {
      name: 'not when it speaks of many tables and one of them lies in a gap',
      finding: UNTAGGED,
      given: { observation: { gaps: [gap('details', 'Users')] } },
      is: false,
    },
    {
      name: 'also when it is a refusal, by a prune run',
      finding: REFUSAL,
      given: { mode: 'expire' },
      is: true,
    },
    {
      name: 'not when it is a refusal and the clock is in doubt',
      finding: REFUSAL,
      given: { mode: 'expire', found: [found('from-the-future')] },
      is: false,
    },
  ])('$name', ({ finding = PITR_OFF_OPEN, given, is }) => {
    expect(isJudged(finding, given)).toBe(is);
  });
});

describe('a finding of outcomes is judged', () => {
  const protect: { mode: Mode } = { mode: 'protect' };
  const archived = aTable({ details: someDetails('Orders', { status: 'ARCHIVED' }) });

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
      name: 'not when nothing was done for want of sight',
      given: { ...protect, observation: { gaps: [gap('details', 'Orders')] } },
      is: false,
    },
    {
      name: 'not when the table was in no state to be tried',
      given: { ...protect, observation: { tables: [archived] } },
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
      name: 'when its table was not seen',
      given: { ...protect, observation: { tables: [] } },
      is: true,
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
          anOutcome(anExpiryOf('Orders'), 'failed'),
        ],
      },
      is: true,
    },
    {
      name: 'for repairs also of a table out of reach, when its PITR is as promised',
      finding: UNREPAIRED,
      given: { observation: { tables: [archived] } },
      is: true,
    },
    {
      name: 'for repairs not of a table out of reach whose PITR is still off',
      finding: UNREPAIRED,
      given: {
        observation: { tables: [archived] },
        found: [anOpenFinding({ kind: 'pitr-off', id: 'pitr-off/Orders', table: 'Orders' })],
      },
      is: false,
    },
    {
      name: 'for repairs also of a table out of reach when the PITR of another is off',
      finding: UNREPAIRED,
      given: {
        observation: { tables: [archived] },
        found: [anOpenFinding({ kind: 'pitr-off', id: 'pitr-off/Users', table: 'Users' })],
      },
      is: true,
    },
    {
      name: 'for repairs not of a table that is being made, whose PITR is not looked at',
      finding: UNREPAIRED,
      given: {
        observation: { tables: [aTable({ details: someDetails('Orders', { status: 'CREATING' }) })] },
      },
      is: false,
    },
  ])('$name', ({ finding = FAILING, given, is }) => {
    expect(isJudged(finding, given)).toBe(is);
  });
});

describe('an observation gap is judged', () => {
  const whole = open('observation-gap', 'observation-gap/tags');
  const pitr = open('observation-gap', 'observation-gap/pitr');
  const details = open('observation-gap', 'observation-gap/details/Orders', 'Orders');

  it.each<{ name: string; finding: OpenFinding; given: Given; is: boolean }>([
    { name: 'when the same was read', finding: whole, given: { mode: 'protect' }, is: true },
    {
      name: 'not while it is there',
      finding: whole,
      given: { mode: 'protect', observation: { gaps: [gap('tags')] } },
      is: false,
    },
    { name: 'not by a run that did not look there', finding: pitr, given: { mode: 'protect' }, is: false },
    {
      name: 'of many tables when half of them were read and the rest waits for its turn',
      finding: pitr,
      given: { observation: { gaps: [deferred('Users')] } },
      is: true,
    },
    {
      name: 'of many tables not when more wait for their turn than were read',
      finding: pitr,
      given: { observation: { gaps: [deferred('Users'), deferred('Visits')] } },
      is: false,
    },
    {
      name: 'of many tables not when those were not read that do not wait',
      finding: pitr,
      given: {
        observation: {
          tables: [aTable(), aTaggedTable({ name: 'Visits' })],
          gaps: [deferred('Users'), deferred('Zebras')],
        },
      },
      is: false,
    },
    {
      name: 'of many tables whatever else waits or could not be read',
      finding: pitr,
      given: {
        observation: {
          gaps: [deferred('Users'), { ...deferred('Visits'), facet: 'memory' }, gap('memory'), gap('tags')],
        },
      },
      is: true,
    },
    {
      name: 'of many tables not while one of them still cannot be read',
      finding: pitr,
      given: { observation: { gaps: [gap('pitr', 'Users')] } },
      is: false,
    },
    {
      name: 'of many tables not while one of them cannot be described',
      finding: pitr,
      given: { observation: { gaps: [gap('details', 'Users')] } },
      is: false,
    },
    {
      name: 'of a table not by a run that describes it and reads no more',
      finding: open('observation-gap', 'observation-gap/pitr/Orders', 'Orders'),
      given: { mode: 'protect', observation: { tables: [aTable()] } },
      is: false,
    },
    {
      name: 'of a table not while that table waits for its turn',
      finding: open('observation-gap', 'observation-gap/pitr/Orders', 'Orders'),
      given: { observation: { gaps: [deferred('Orders')] } },
      is: false,
    },
    {
      name: 'of a table when a backup run has described it',
      finding: details,
      given: { mode: 'protect', observation: { tables: [aTable()] } },
      is: true,
    },
    {
      name: 'of a table not when nobody described it',
      finding: details,
      given: { mode: 'protect', observation: { tables: [aTaggedTable()] } },
      is: false,
    },
    {
      name: 'of a table when the table is not tagged any more',
      finding: details,
      given: { mode: 'protect', observation: { tables: [] } },
      is: true,
    },
    {
      name: 'of a table not when the list of tags has a gap itself',
      finding: details,
      given: { mode: 'protect', observation: { tables: [], gaps: [gap('tags')] } },
      is: false,
    },
    {
      name: 'of a table not while the whole list is missing',
      finding: details,
      given: { observation: { gaps: [gap('details')] } },
      is: false,
    },
  ])('$name', ({ finding, given, is }) => {
    expect(isJudged(finding, given)).toBe(is);
  });
});
