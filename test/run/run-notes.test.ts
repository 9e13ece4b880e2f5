import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import { reconcile } from '../../shared/run/reconcile.ts';
import { noteAndSum } from '../../shared/run/run-notes.ts';
import { aDeployment } from '../cli/world.ts';

describe("a run's own count of its calls", () => {
  it.each(['protect', 'expire', 'audit'] as const)(
    'is what the account counts, the note that the function ran included: %s',
    async (mode) => {
      const { account, asPerson, clock } = await aDeployment();
      account.calls.reset();
      const deadline = clock.now() + 15 * MINUTE_MS;
      const report = await clock.run(reconcile(asPerson, { mode, runId: 'a', deadline }));
      const { calls } = await clock.run(noteAndSum(asPerson, mode, report));
      expect(calls).toEqual(Object.fromEntries(account.calls.byOperation));
    },
  );
});
