import { describe, expect, it } from 'vitest';
import { ALL_CHECKS, findingsOf } from '../../../shared/core/checks/all.ts';
import { OUTCOME_CHECKS } from '../../../shared/core/checks/outcomes.ts';
import { aContext } from '../../support/check-context.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';
import { anObservation, aTable, NOW, PITR_OFF } from '../../support/world.ts';

describe('the list of checks', () => {
  it('finds nothing in a healthy world', () => {
    expect(findingsOf(aContext())).toEqual([]);
  });

  it('has one check for each kind of finding, and none twice', () => {
    const kinds = [...ALL_CHECKS, ...OUTCOME_CHECKS].map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(FINDING_KINDS);
  });

  it('gives findings sorted by id, each id once, none from the future', () => {
    const tables = ['Users', 'Orders', 'Carts'].map((name) => aTable({ name, pitr: PITR_OFF }));
    const findings = findingsOf(aContext({ observation: anObservation({ tables, tableNames: ['Zoo'] }) }));
    const ids = findings.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids).toContain('pitr-off/Users');
    expect(findings.every(({ since }) => since <= NOW)).toBe(true);
  });
});
