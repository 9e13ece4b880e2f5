import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../shared/core/scene/scene.ts';
import type { Mode, Plan } from '../../shared/model/plan.ts';
import { aPlanInput, expiriesIn, NO_GUARDRAIL } from '../core/plan/plan-input.ts';
import { anyText } from '../support/any-text.ts';
import { ATTACKS } from '../support/attacks.ts';
import { plan } from '../support/decide-plan.ts';
import { anObservation, aPolicy, aTable, dailyRecoveryPoints, somePolicies } from '../support/world.ts';

const TABLES = ['Orders', 'Users', 'a.b'];
const MODES: readonly Mode[] = ['protect', 'expire', 'audit'];

const policies = somePolicies({
  guardrail: NO_GUARDRAIL,
  policies: [aPolicy({ name: 'archive', retention: { last: 2 } }), aPolicy({ retention: { last: 1 } })],
});

const words = fc.oneof(
  { weight: 2, arbitrary: anyText({ maxLength: 256 }) },
  { weight: 1, arbitrary: fc.constantFrom(...ATTACKS.map(({ text }) => text)) },
);

const joined = (...names: readonly string[]) =>
  fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }).map((some) => some.join('+'));

const policyValue = fc.oneof(
  { weight: 4, arbitrary: joined('standard', 'archive', 'none', '', ' standard ', 'Standard', 'standrad') },
  { weight: 1, arbitrary: words },
  { weight: 1, arbitrary: words.map((some) => `standard+${some}`) },
);

const PLAIN_NO = ['false', 'no', 'False', ' NO '];
const holdValue = fc.oneof(
  fc.constantFrom('true', 'True', ' true', '1', 'yes', 'on', '', ...PLAIN_NO),
  words,
);

const muteValue = fc.oneof(
  fc.constantFrom('2026-12-01', '2026-11-30T06:00:00Z', '9999-12-31', '2026-02-30', 'tomorrow', ''),
  words,
);

interface Drawn {
  readonly policy: string;
  readonly hold: string | undefined;
  readonly mute: string | undefined;
  readonly others: Readonly<Record<string, string>>;
}

const tagsOf = ({ policy, hold, mute, others }: Drawn) => ({
  ...others,
  'backup:policy': policy,
  ...(hold !== undefined && { 'backup:hold': hold }),
  ...(mute !== undefined && { 'backup:mute-until': mute }),
});

const tags = fc
  .record({
    policy: policyValue,
    hold: fc.option(holdValue, { nil: undefined }),
    mute: fc.option(muteValue, { nil: undefined }),
    others: fc.dictionary(words, words, { maxKeys: 4 }),
  })
  .map(tagsOf);

type Tags = Readonly<Record<string, string>>;

const inputOf = (all: readonly Tags[], mode: Mode): PlanInput => {
  const names = TABLES.slice(0, all.length);
  const tables = names.map((name, at) => aTable({ name, tags: all[at] ?? {} }));
  const recoveryPoints = names.flatMap((tableName) =>
    ['standard', 'archive'].flatMap((policy) => [...dailyRecoveryPoints(5, { tableName, policy })]),
  );
  return aPlanInput({ mode, policies, observation: anObservation({ tables, recoveryPoints }) });
};

const namesIn = (value = ''): readonly string[] => value.split('+').map((name) => name.trim());

/** What a person would say of the value, in other words than the code's. */
const meant = (value: string) => {
  const names = namesIn(value);
  const given = names.filter((name) => name !== '');
  return {
    optsOut: given.length > 0 && given.every((name) => name === 'none'),
    governedBy: ['archive', 'standard'].filter((name) => names.includes(name)),
    isWhole: given.length > 0 && given.every((name) => ['archive', 'standard'].includes(name)),
  };
};

const kindsOf = ({ findings }: Plan, name: string): readonly string[] =>
  findings.filter(({ table }) => table === name).map(({ kind }) => kind);

type Own = ReturnType<typeof tagsOf>;

/** Exactly one verdict unless it opted out, no expiry of what does not govern it, and a word about names that are none. */
const expectVerdict = (planned: Plan, name: string, own: Own): void => {
  const { optsOut, governedBy } = meant(own['backup:policy']);
  expect(planned.verdicts.filter(({ table }) => table === name)).toHaveLength(optsOut ? 0 : 1);
  for (const { policy } of expiriesIn(planned).filter(({ table }) => table === name))
    expect(governedBy).toContain(policy);
};

const expectTold = (audited: Plan, name: string, own: Own): void => {
  const { optsOut, isWhole } = meant(own['backup:policy']);
  if (!optsOut && !isWhole) expect(kindsOf(audited, name)).toContain('unknown-policy');
};

/** Of five recovery points each: what the policies do not keep. */
const wouldExpire = (own: Own): number =>
  meant(own['backup:policy']).governedBy.reduce((sum, name) => sum + (name === 'standard' ? 4 : 3), 0);

const isPlainNo = (hold: string | undefined): boolean =>
  hold === undefined || ['false', 'no'].includes(hold.trim().toLowerCase());

const expectHold = (pruned: Plan, audited: Plan, name: string, own: Own): void => {
  const hold: string | undefined = own['backup:hold'];
  const gone = expiriesIn(pruned).filter(({ table }) => table === name);
  expect(gone).toHaveLength(isPlainNo(hold) ? wouldExpire(own) : 0);
  const isUnclear = hold !== undefined && !isPlainNo(hold) && hold.trim().toLowerCase() !== 'true';
  const isGoverned = meant(own['backup:policy']).governedBy.length > 0;
  expect(kindsOf(audited, name).includes('hold-unclear')).toBe(isUnclear && isGoverned);
};

describe('any tags', () => {
  const anyTables = fc.array(tags, { minLength: 1, maxLength: TABLES.length });

  it('come to one verdict for each table, and govern or are told', () => {
    fc.assert(
      fc.property(anyTables, fc.constantFrom(...MODES), (all, mode) => {
        const [planned, audited] = [plan(inputOf(all, mode)), plan(inputOf(all, 'audit'))];
        for (const [at, own] of all.entries()) {
          expectVerdict(planned, TABLES[at] ?? '', own);
          expectTold(audited, TABLES[at] ?? '', own);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('delete nothing where a hold may be meant, and what the policy says where none is', () => {
    fc.assert(
      fc.property(anyTables, (all) => {
        const [pruned, audited] = [plan(inputOf(all, 'expire')), plan(inputOf(all, 'audit'))];
        for (const [at, own] of all.entries()) expectHold(pruned, audited, TABLES[at] ?? '', own);
      }),
      { numRuns: 300 },
    );
  });

  it('mute nothing that cannot be read, and are told so', () => {
    fc.assert(
      fc.property(tags, (own) => {
        const mute: string | undefined = own['backup:mute-until'];
        const kinds = kindsOf(plan(inputOf([own], 'audit')), 'Orders');
        const isDate = mute !== undefined && /^\s*\d{4}-\d\d-\d\d/.test(mute);
        if (mute !== undefined && !isDate) expect(kinds).toContain('mute-refused');
        if (mute === undefined) expect(kinds).not.toContain('muted');
      }),
    );
  });
});
