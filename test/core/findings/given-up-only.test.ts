import { describe, expect, it } from 'vitest';
import { plan } from '../../support/decide-plan.ts';
import { anObservation, aTable, somePolicies } from '../../support/world.ts';
import { aPlanInput } from '../plan/plan-input.ts';

const foundFor = (value: string) =>
  plan(
    aPlanInput({
      mode: 'audit',
      policies: somePolicies(),
      observation: anObservation({ tables: [aTable({ tags: { 'backup:policy': value } })] }),
    }),
  ).findings.find(({ kind }) => kind === 'unknown-policy');

describe('a tag that only gives policies up', () => {
  it.each([
    {
      value: 'standard=none',
      says: 'gives up standard and names no policy beside. No policy governs Orders: it is not backed up.',
    },
    { value: 'standard=none + ghost=none', says: 'gives up ghost, standard and names no policy beside.' },
  ])('$value is told as what it is', ({ value, says }) => {
    const finding = foundFor(value);
    expect(finding?.severity).toBe('critical');
    expect(finding?.fact).toContain(says);
    expect(finding?.measured).toBe(`"${value}"`);
    expect(finding?.advice.say).toContain('or to "none" to opt out');
  });

  it('an empty one still names nothing', () => {
    expect(foundFor('')).toMatchObject({ measured: '""', fact: expect.stringContaining('names nothing') });
  });
});
