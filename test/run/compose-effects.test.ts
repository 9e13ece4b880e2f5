import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import { withEffects } from '../../shared/run/compose-effects.ts';
import { hint } from '../../shared/run/hint.ts';
import { setPitr } from '../../sim/console/tables.ts';
import { aDeployment } from '../cli/world.ts';

describe('a hint at a terminal', () => {
  it.each(['creating', 'none'] as const)(
    'with the effects "%s" looks, tells nobody, and leaves the notes of others to who tells',
    async (effects) => {
      const { account, asPerson, clock } = await aDeployment();
      setPitr(account, 'orders', { enabled: false });
      const note = { table: 'orders', window: clock.now() - MINUTE_MS, byTrail: true };
      await clock.run(asPerson.hintNotes.add(note));
      const request = { table: 'orders', runId: 'a', deadline: clock.now() + 15 * MINUTE_MS };
      const report = await clock.run(hint(withEffects(asPerson, effects), request));
      expect(report).toMatchObject({ kind: 'looked', tables: ['orders'], failures: [] });
      expect(await clock.run(asPerson.hintNotes.read())).toEqual([note]);
      expect(await clock.run(asPerson.stateStore.readFindings())).toEqual([]);
      expect(await clock.run(asPerson.runNotes.read())).toEqual([]);
      expect(account.inbox.messages).toEqual([]);
    },
  );

  it('with all effects tells, and is not noted as a hint that came', async () => {
    const { account, asPerson, clock } = await aDeployment();
    setPitr(account, 'orders', { enabled: false });
    const request = { table: 'orders', runId: 'a', deadline: clock.now() + 15 * MINUTE_MS };
    await clock.run(hint(withEffects(asPerson, 'all'), request));
    expect(account.inbox.messages).toHaveLength(1);
    expect(await clock.run(asPerson.runNotes.read())).toEqual([]);
  });
});
