import { describe, expect, it } from 'vitest';
import type { FindingKind } from '../../../shared/model/finding.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Gap } from '../../../shared/model/observation.ts';
import { aFailure } from '../../support/failures.ts';
import { found, type Given, gap, isResolvable, open } from '../../support/sights.ts';
import { aTable, aTaggedTable } from '../../support/world.ts';

const PITR_OFF_OPEN = open('pitr-off', 'pitr-off/Orders', 'Orders');
const UNTAGGED = open('untagged-tables', 'untagged-tables');
const REFUSAL = open('guardrail-refusal', 'guardrail-refusal');

const deferred = (table: string): Gap => ({
  facet: 'pitr',
  table,
  failure: aFailure('no time'),
  deferred: true,
});

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
      name: 'not when its table lost its tag, for nobody looked at it',
      given: { observation: { tables: [aTable({ name: 'Users' })], tableNames: ['Orders', 'Users'] } },
      is: false,
    },
    {
      name: 'when its table is gone and nothing else speaks of that',
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
    expect(isResolvable(finding, given)).toBe(is);
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
      name: 'of a table not when the table is not tagged any more: nobody looked at it',
      finding: details,
      given: { mode: 'protect', observation: { tables: [] } },
      is: false,
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
    expect(isResolvable(finding, given)).toBe(is);
  });
});
