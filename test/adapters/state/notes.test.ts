import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { SECOND_MS } from '../../../shared/model/instant.ts';
import type { Policies } from '../../../shared/model/policy.ts';
import type { HintNote } from '../../../shared/ports/notes.ts';
import { DAILY, type Deployment, deploy } from '../../support/deployment.ts';

const WINDOW = Date.parse('2026-03-02T10:00:00Z');
const note = (table: string, window = WINDOW, byTrail = false): HintNote => ({ table, window, byTrail });

const stored = async (work: (deployment: Deployment) => Promise<void>): Promise<Deployment> => {
  const deployment = await deploy({ startAt: '2026-03-02T10:00:00Z' });
  await deployment.clock.run(work(deployment));
  return deployment;
};

describe('notes of hints', () => {
  it('are read oldest window first, then by table, the same table once in each window', async () => {
    const { clock, asPerson } = await stored(async ({ asPerson: { hintNotes } }) => {
      await hintNotes.add(note('orders', WINDOW + 20 * SECOND_MS));
      await hintNotes.add(note('orders'));
      await hintNotes.add(note('carts'));
      await hintNotes.add(note('orders', WINDOW, true));
    });
    expect(await clock.run(asPerson.hintNotes.read())).toEqual([
      note('carts'),
      note('orders', WINDOW, true),
      note('orders', WINDOW + 20 * SECOND_MS),
    ]);
  });

  it('are forgotten one by one: a note of a later window stays', async () => {
    const { clock, asPerson } = await stored(async ({ asPerson: { hintNotes } }) => {
      await hintNotes.add(note('orders'));
      await hintNotes.add(note('orders', WINDOW + 20 * SECOND_MS));
      await hintNotes.remove([note('orders'), note('never-noted')]);
    });
    expect(await clock.run(asPerson.hintNotes.read())).toEqual([note('orders', WINDOW + 20 * SECOND_MS)]);
  });

  it('take every name that a table may have', async () => {
    const names = ['a.b', 'a_b', 'A-B', 'x'.repeat(255)];
    const { clock, asPerson } = await stored(async ({ asPerson: { hintNotes } }) => {
      for (const name of names) await hintNotes.add(note(name));
      await hintNotes.remove([note('a.b')]);
    });
    const left = (await clock.run(asPerson.hintNotes.read())).map(({ table }) => table);
    expect(left).toEqual(names.slice(1).toSorted());
  });
});

describe('notes of runs', () => {
  it('keep the last one of each name', async () => {
    const run = { name: 'audit', at: WINDOW, whole: true, policiesDigest: 'abc' };
    const { clock, asPerson } = await stored(async ({ asPerson: { runNotes } }) => {
      await runNotes.write(run);
      await runNotes.write({ ...run, name: 'backup', whole: false });
      await runNotes.write({ ...run, at: WINDOW + 1 });
    });
    expect(await clock.run(asPerson.runNotes.read())).toEqual([
      { ...run, at: WINDOW + 1 },
      { ...run, name: 'backup', whole: false },
    ]);
  });

  it('are in nobody else’s way: findings, memory and claims are as they were', async () => {
    const { clock, asPerson } = await stored(async ({ asPerson: { runNotes, hintNotes } }) => {
      await runNotes.write({ name: 'audit', at: WINDOW, whole: true, policiesDigest: 'abc' });
      await hintNotes.add(note('orders'));
    });
    expect(await clock.run(asPerson.stateStore.readFindings())).toEqual([]);
    expect(await clock.run(asPerson.stateStore.readMemory())).toEqual({ pitrBaselines: [] });
  });
});

describe('the policies in the note of a run', () => {
  const run = { name: 'prune', at: WINDOW, whole: true, policiesDigest: 'abc' };
  const noted = async (policies: unknown) => {
    const { clock, asPerson } = await stored(({ asPerson: { runNotes } }) =>
      runNotes.write({ ...run, policies: policies as Policies }),
    );
    return await clock.run(asPerson.runNotes.read());
  };

  it('come back as they were', async () => {
    const policies = loadPolicies(DAILY, 'policies.yml');
    expect(await noted(policies)).toEqual([{ ...run, policies }]);
  });

  it.each([
    { what: 'none, as an older version wrote it', policies: undefined },
    { what: 'a text', policies: 'daily' },
    { what: 'null', policies: null },
  ])('are left out where they are $what', async ({ policies }) => {
    expect(await noted(policies)).toEqual([run]);
  });
});
