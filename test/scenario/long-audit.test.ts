import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, SECOND_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, tablesOf } from '../../sim/console/tables.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const TABLES = 100;

/** Ten tables a second at the most: nine seconds of a run, seven of them for reading, are enough for half of the tables and not for all. */
const RUN_MS = 9 * SECOND_MS;

const names = Array.from({ length: TABLES }, (_, at) => `t${String(at).padStart(2, '0')}`);

const manyTables = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', latencyMs: 20 });
  for (const name of names)
    createTable(tablekeeper.account, { name, tags: { 'backup:policy': 'standard' }, pitr: true });
  await tablekeeper.clock.advanceBy(HOUR_MS);
  await tablekeeper.run('protect');
  return tablekeeper;
};

const audit = async ({ clock, run }: Deployment) => {
  const deadline = clock.now() + RUN_MS;
  return { report: await run('audit', { deadline }), isInTime: clock.now() < deadline };
};

const pitrOff = (open: readonly { readonly kind: string; readonly table?: string }[]) =>
  open.flatMap(({ kind, table }) => (kind === 'pitr-off' && table !== undefined ? [table] : []));

describe('an audit of more tables than one run can read', () => {
  it('ends in time, tells nothing of what it left, and has read every table after two runs', async () => {
    const tablekeeper = await manyTables();
    for (const name of names) setPitr(tablekeeper.account, name, { enabled: false });
    const first = await audit(tablekeeper);
    const second = await audit(tablekeeper);
    expect([first.isInTime, second.isInTime]).toEqual([true, true]);
    expect([...first.report.failures, ...second.report.failures]).toEqual([]);
    expect(pitrOff(first.report.openFindings).length).toBeGreaterThanOrEqual(TABLES / 2);
    expect(pitrOff(first.report.openFindings).length).toBeLessThan(TABLES);
    expect(pitrOff(second.report.openFindings)).toEqual(names);
    const kinds = second.report.openFindings.map(({ kind }) => kind);
    expect(kinds).not.toContain('observation-gap');
  });

  it('resolves nothing that it did not see, and all of it after two runs', async () => {
    const tablekeeper = await manyTables();
    for (const name of names) setPitr(tablekeeper.account, name, { enabled: false });
    for (let run = 0; run < 2; run += 1) await audit(tablekeeper);
    for (const name of names) setPitr(tablekeeper.account, name, { enabled: true });
    const { report } = await audit(tablekeeper);
    const callsOf = (name: string): number =>
      report.calls.find(({ operation }) => operation === name)?.calls ?? 0;
    // Keeping settings, which comes last, reads both of each table.
    const seen = callsOf('DescribeContinuousBackups') - callsOf('DescribeTimeToLive');
    expect(seen).toBeLessThan(TABLES);
    expect(pitrOff(report.openFindings)).toHaveLength(TABLES - seen);
    expect(pitrOff((await audit(tablekeeper)).report.openFindings)).toEqual([]);
  });

  it('comes to know the truth of every table within two runs of its last change', async () => {
    const switches = fc.array(fc.subarray(names, { maxLength: 20 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(switches, async (rounds) => {
        const tablekeeper = await manyTables();
        const { account, clock } = tablekeeper;
        for (const changed of rounds) {
          const isOn = new Map(tablesOf(account).map(({ name, pitr }) => [name, pitr !== undefined]));
          for (const name of changed) setPitr(account, name, { enabled: isOn.get(name) !== true });
          await audit(tablekeeper);
          await clock.advanceBy(HOUR_MS);
        }
        const { report } = await audit(tablekeeper);
        const off = tablesOf(account).filter(({ name, pitr }) => names.includes(name) && !pitr);
        expect(pitrOff(report.openFindings)).toEqual(off.map(({ name }) => name));
      }),
      { numRuns: 5 },
    );
  });
});
