import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../shared/model/instant.ts';
import {
  NAME_PATTERN,
  parseRecoveryPointName,
  recoveryPointName,
} from '../../shared/model/recovery-point-name.ts';
import { anyText } from '../support/any-text.ts';

const SLOT = Date.UTC(2026, 10, 23, 3);
const LONG = 'a'.repeat(48);

describe('a name of an instance or a policy', () => {
  it.each(['a', '0', 'ab', 'prod-2', 'a--b', LONG])('may be %s', (name) => {
    expect(NAME_PATTERN.test(name)).toBe(true);
  });

  it.each(['', '-', '-a', 'a-', 'A', 'a.b', 'a+b', 'a_b', 'a b', ' a', 'a\n', 'ä', `${LONG}a`])(
    'may not be %j',
    (name) => {
      expect(NAME_PATTERN.test(name)).toBe(false);
    },
  );
});

describe('the name of a recovery point', () => {
  it('says the deployment, the policy and the slot', () => {
    const origin = { instance: 'prod', policy: 'standard', slot: SLOT };
    expect(recoveryPointName(origin)).toBe('tablekeeper.prod.standard.20261123T030000Z');
    expect(parseRecoveryPointName('tablekeeper.prod.standard.20261123T030000Z')).toEqual(origin);
  });

  it.each([
    { name: 'of a person', text: 'before-the-migration' },
    { name: 'without anything', text: '' },
    { name: 'of another tool', text: 'backupkeeper.prod.standard.20261123T030000Z' },
    { name: 'with something before', text: 'xtablekeeper.prod.standard.20261123T030000Z' },
    { name: 'of another case', text: 'Tablekeeper.prod.standard.20261123T030000Z' },
    { name: 'without an instance', text: 'tablekeeper.standard.20261123T030000Z' },
    { name: 'of an empty instance', text: 'tablekeeper..standard.20261123T030000Z' },
    { name: 'of an instance nobody may have', text: 'tablekeeper.Prod.standard.20261123T030000Z' },
    { name: 'without a policy', text: 'tablekeeper.prod' },
    { name: 'of an empty policy', text: 'tablekeeper.prod..20261123T030000Z' },
    { name: 'of a policy nobody may have', text: 'tablekeeper.prod.stand_ard.20261123T030000Z' },
    { name: 'without a slot', text: 'tablekeeper.prod.standard' },
    { name: 'of an empty slot', text: 'tablekeeper.prod.standard.' },
    { name: 'with something behind', text: 'tablekeeper.prod.standard.20261123T030000Z.copy' },
    { name: 'with a dot behind', text: 'tablekeeper.prod.standard.20261123T030000Z.' },
    { name: 'with a letter behind', text: 'tablekeeper.prod.standard.20261123T030000ZZ' },
    { name: 'with a letter before the slot', text: 'tablekeeper.prod.standard.x20261123T030000Z' },
    { name: 'with a written-out slot', text: 'tablekeeper.prod.standard.2026-11-23T03:00:00Z' },
    { name: 'of a day that does not exist', text: 'tablekeeper.prod.standard.20260230T030000Z' },
    { name: 'of a month that does not exist', text: 'tablekeeper.prod.standard.20261323T030000Z' },
    { name: 'of an hour that does not exist', text: 'tablekeeper.prod.standard.20261123T240000Z' },
    { name: 'of a minute that does not exist', text: 'tablekeeper.prod.standard.20261123T036000Z' },
    { name: 'of a second that does not exist', text: 'tablekeeper.prod.standard.20261123T030060Z' },
    { name: 'of no month', text: 'tablekeeper.prod.standard.20260023T030000Z' },
    { name: 'of no day', text: 'tablekeeper.prod.standard.20261100T030000Z' },
    { name: 'of a century nobody means', text: 'tablekeeper.prod.standard.00501123T030000Z' },
    { name: 'of a local time', text: 'tablekeeper.prod.standard.20261123T030000' },
  ])('$name is not ours: $text', ({ text }) => {
    expect(parseRecoveryPointName(text)).toBeUndefined();
  });
});

const aName = fc.stringMatching(NAME_PATTERN);
const aSlot = fc
  .integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59) / SECOND_MS })
  .map((seconds) => seconds * SECOND_MS);
const anOrigin = fc.record({ instance: aName, policy: aName, slot: aSlot });

/** Names of ours with a few characters taken away, put in or exchanged. */
const nearlyOurs = fc
  .tuple(anOrigin.map(recoveryPointName), fc.nat({ max: 120 }), fc.nat({ max: 2 }), anyText({ maxLength: 2 }))
  .map(([name, at, less, more]) => name.slice(0, at) + more + name.slice(at + less));

describe('whatever the deployment, the policy and the slot', () => {
  it('the name says them all, and is one the service takes', () => {
    fc.assert(
      fc.property(anOrigin, (origin) => {
        const name = recoveryPointName(origin);
        expect(parseRecoveryPointName(name)).toEqual(origin);
        expect(name).toMatch(/^[a-zA-Z0-9_.-]{3,255}$/);
      }),
    );
  });

  it('a name is ours only when we would have written it to the letter', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyOurs, anyText()), (text) => {
        const origin = parseRecoveryPointName(text);
        if (origin !== undefined) expect(recoveryPointName(origin)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});
