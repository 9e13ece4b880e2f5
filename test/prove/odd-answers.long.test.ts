import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { odditiesOf, usualLife } from '../../prove/answers/strikes.ts';
import { rowOf, rowsOf, sectionText } from '../../prove/answers/table-text.ts';
import { API_LIMITS, STATE_TABLE_LIMITS } from '../../shared/adapters/aws/limits.ts';

const written = readFileSync(new URL('../../docs/odd-answers.md', import.meta.url), 'utf8');

const sectionOf = (operation: string): string =>
  written
    .split(/^(?=## )/m)
    .find((section) => section.startsWith(`## ${operation}\n`))
    ?.trimEnd() ?? '';

const usual = usualLife();

/** One in a hundred: the whole takes minutes, and `.ci/run` takes them. */
const SHARE = 100;

describe('docs/odd-answers.md', () => {
  it('knows every operation that the three functions call on their schedules', async () => {
    const called = Object.keys({ ...API_LIMITS, ...STATE_TABLE_LIMITS }).filter(
      (operation) => operation !== 'GetCallerIdentity',
    );
    expect([...(await usual).answers.keys()].toSorted()).toEqual(called.toSorted());
    expect(called.map(sectionOf)).not.toContain('');
  }, 120_000);

  it.each(['ListTables'])(
    'says of %s what runs say today',
    async (operation) => {
      const rows = await rowsOf(operation, await usual);
      expect(sectionText(operation, rows)).toBe(sectionOf(operation));
    },
    120_000,
  );

  it('holds what it promises, in a share of all that may be odd', async () => {
    const known = await usual;
    const all = [...known.answers].flatMap(([operation, answers]) =>
      odditiesOf(answers).map((corruption) => ({ operation, corruption })),
    );
    const breaches: string[] = [];
    for (const { operation, corruption } of all.filter((_, index) => index % SHARE === 0)) {
      const row = await rowOf(operation, corruption, known);
      breaches.push(...row.breaches.map((breach) => `${operation} ${row.field} ${row.how}: ${breach}`));
      expect(sectionOf(operation)).toContain(row.field);
    }
    expect(all.length).toBeGreaterThan(500);
    expect(breaches).toEqual([]);
  }, 300_000);
});
