import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { govern, OPT_OUT } from '../../shared/core/policy/govern.ts';
import { NAME_PATTERN } from '../../shared/model/recovery-point-name.ts';
import { anyText } from '../support/any-text.ts';
import { aPolicy, somePolicies } from '../support/world.ts';

const aName = fc.stringMatching(NAME_PATTERN).filter((name) => name !== OPT_OUT);

const somePolicyNames = fc.uniqueArray(aName, { minLength: 1, maxLength: 5 });

const policiesCalled = (names: readonly string[]) =>
  somePolicies({ policies: names.map((name) => aPolicy({ name })) });

/** Names of a file, and a tag value that names some of them, others, none, nothing and anything. */
const worlds = somePolicyNames.chain((names) => {
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => name.toUpperCase()) },
    { weight: 1, arbitrary: fc.constantFrom(OPT_OUT, '', ' ') },
    { weight: 1, arbitrary: anyText({ maxLength: 8 }).map((text) => text.replaceAll('+', '')) },
  );
  return fc.record({ names: fc.constant(names), parts: fc.array(part, { maxLength: 6 }) });
});

const said = (parts: readonly string[]): readonly string[] =>
  [...new Set(parts.map((part) => part.trim()))].filter((part) => part !== '').toSorted();

describe('whatever a tag says', () => {
  it('every name in it governs or is told as unknown, unless it is `none` alone', () => {
    fc.assert(
      fc.property(worlds, ({ names, parts }) => {
        const { policies, unknownNames, optedOut, reasons } = govern(policiesCalled(names), parts.join('+'));
        const governing = policies.map(({ name }) => name);
        const asked = said(parts);
        if (optedOut) {
          expect(asked).toEqual([OPT_OUT]);
          expect([...governing, ...unknownNames]).toEqual([]);
        } else {
          expect([...governing, ...unknownNames].toSorted()).toEqual(asked.length === 0 ? [''] : asked);
          expect(governing).toEqual(asked.filter((name) => names.includes(name)));
        }
        expect(reasons).toHaveLength(Math.max(1, asked.length));
      }),
      { numRuns: 300 },
    );
  });

  it('order, repetition, spaces and stray signs change nothing', () => {
    fc.assert(
      fc.property(worlds, ({ names, parts }) => {
        const file = policiesCalled(names);
        const untidy = ['', ...parts.toReversed(), ...parts].map((part) => ` ${part}\t`).join('+');
        expect(govern(file, untidy)).toEqual(govern(file, parts.join('+')));
      }),
    );
  });

  it('the order of the policies in their file changes nothing', () => {
    fc.assert(
      fc.property(worlds, ({ names, parts }) => {
        const value = parts.join('+');
        expect(govern(policiesCalled(names.toReversed()), value)).toEqual(
          govern(policiesCalled(names), value),
        );
      }),
    );
  });

  it('a table is opted out by `none` alone', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 20 }), (value) => {
        const isNone = said(value.split('+')).join('+') === OPT_OUT;
        expect(govern(policiesCalled(['standard']), value).optedOut).toBe(isNone);
      }),
    );
  });
});
