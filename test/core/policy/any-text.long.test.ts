import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { UserErrors } from '../../../shared/model/errors.ts';
import type { Policies } from '../../../shared/model/policy.ts';
import { NAME_PATTERN } from '../../../shared/model/recovery-point-name.ts';
import { growth, IN_PROPORTION } from '../../support/growth.ts';
import { policyText, RIGHT } from '../../support/policy-texts.ts';

/** Policies, or the mistakes; whatever else is thrown goes on. */
const readingOf = (text: string): Policies | UserErrors => {
  try {
    return loadPolicies(text, 'policies.yml');
  } catch (error) {
    if (error instanceof UserErrors) return error;
    throw error;
  }
};

const linesIn = (text: string): number => text.split('\n').length;

const expectMistakes = ({ errors }: UserErrors, text: string): void => {
  expect(errors.length).toBeGreaterThan(0);
  for (const { content, message } of errors) {
    const { line = 0, column = 0, file } = content.where ?? {};
    expect(file).toBe('policies.yml');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(linesIn(text));
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toMatch(/\p{C}/u);
    expect(message.length).toBeLessThan(1_100);
    expect(content.fix).toMatch(/\S/);
  }
};

const expectPolicies = ({ policies, guardrail, tag }: Policies): void => {
  expect(policies.length).toBeGreaterThan(0);
  expect(tag).not.toMatch(/\p{C}/u);
  expect(guardrail.maxShare).toBeGreaterThan(0);
  for (const { name, retention, rpoMs } of policies) {
    expect(name).toMatch(NAME_PATTERN);
    expect(name).not.toBe('none');
    expect(Object.keys(retention).length).toBeGreaterThan(0);
    expect(Number.isSafeInteger(rpoMs) && rpoMs > 0).toBe(true);
  }
};

describe('any text', () => {
  it('is right, or is told line by line what is wrong with it, and never anything else', () => {
    fc.assert(
      fc.property(policyText, (text) => {
        const reading = readingOf(text);
        if (reading instanceof UserErrors) expectMistakes(reading, text);
        else expectPolicies(reading);
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      }),
      { numRuns: 600, examples: [[RIGHT]] },
    );
  });

  it.each([
    { name: 'a merge key', text: `a: &a { schedule: "0 3 * * *" }\npolicies:\n  b: { <<: *a }` },
    { name: 'a name that JavaScript knows', text: RIGHT.replace('standard', '__proto__') },
    { name: 'a setting that JavaScript knows', text: RIGHT.replace('engine', 'constructor') },
    { name: 'a number that is none', text: RIGHT.replace('floor: 5', 'floor: .nan') },
    { name: 'a number without end', text: RIGHT.replace('floor: 5', 'floor: .inf') },
    { name: 'a number of twenty digits', text: RIGHT.replace('floor: 5', 'floor: 99999999999999999999') },
    { name: 'a date for a schedule', text: RIGHT.replace('"0 3 * * *"', '2026-11-23') },
    { name: 'a name in letters that look like others', text: RIGHT.replace('standard', 'stаndard') },
    { name: 'a name with a character nobody sees', text: RIGHT.replace('standard', 'stand\u200bard') },
    { name: 'a byte order mark in the middle', text: RIGHT.replace('standard', '\ufeffstandard') },
  ])('is refused with $name', ({ text }) => {
    const reading = readingOf(text);
    expect(reading).toBeInstanceOf(UserErrors);
    expectMistakes(reading as UserErrors, text);
  });

  it.each(['constructor', 'tostring', 'hasownproperty', 'valueof'])('may name a policy %s', (name) => {
    const reading = readingOf(RIGHT.replace('standard', name));
    expect(reading).toMatchObject({ policies: [{ name: 'archive' }, { name }] });
  });

  it('tells nothing of a name or a value that could rewrite a terminal', () => {
    const text = 'policies:\n  "\u001b[2Jgone\\n\\nFILE is valid": 1\n  b: { schedule: "\u009b31m" }';
    const { message } = readingOf(text) as UserErrors;
    expect(message.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    expect(message).not.toMatch(/^FILE/m);
  });
});

/** test/cli/validate-any-text.long.test.ts reads a whole megabyte, once. */
describe('an eighth of a megabyte', () => {
  const BYTES = 125_000;

  const filled =
    (head: string, line: (index: number) => string) =>
    (most: number): string => {
      const lines = [head];
      for (let bytes = head.length, index = 0; bytes < most; index += 1) {
        const next = line(index);
        lines.push(next);
        bytes += next.length;
      }
      return lines.join('');
    };

  it.each([
    {
      name: 'right policies',
      text: filled(
        'policies:\n',
        (at) => `  p${at}:\n    schedule: "0 3 * * *"\n    retention: { daily: 7 }\n`,
      ),
    },
    { name: 'unknown settings', text: filled(RIGHT, (at) => `k${at}: 1\n`) },
    { name: 'policies that are none', text: filled('policies:\n', (at) => `  p${at}: 1\n`) },
    { name: 'one setting over and over', text: filled('policies:\n', () => '  standard: 1\n') },
    { name: 'anchors and aliases', text: filled('a: &a [1]\n', (at) => `k${at}: &a${at} [*a, *a]\n`) },
    // A bracket takes the parser as long as a whole setting.
    { name: 'opened brackets', text: (bytes: number) => '['.repeat(bytes / 5) },
    { name: 'lines of nothing', text: (bytes: number) => '\n'.repeat(bytes) },
    { name: 'one zone', text: (bytes: number) => `timezone: ${'x'.repeat(bytes)}\n${RIGHT}` },
  ])(
    'of $name is read or refused in four times as long as a quarter of it',
    async ({ text }) => {
      const prepare = (bytes: number) => {
        const whole = text(bytes);
        return () => {
          const reading = readingOf(whole);
          expect(reading instanceof UserErrors || reading.policies.length > 450).toBe(true);
        };
      };
      expect(await growth(prepare, BYTES, 1)).toBeLessThan(IN_PROPORTION);
    },
    300_000,
  );
});
