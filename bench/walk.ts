// Prints which files of shared/ a run goes through, by V8's own coverage: node bench/walk.ts protect|expire|audit. A file counts where a function of it was entered.
import { Session } from 'node:inspector/promises';
import { HOUR_MS, MINUTE_MS } from '../shared/model/instant.ts';
import type { Mode } from '../shared/model/plan.ts';
import { createTable } from '../sim/console/tables.ts';
import { deploy } from '../test/support/deployment.ts';

const [mode = 'protect'] = process.argv.slice(2) as readonly Mode[];

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

/** Since it was asked last. */
const entered = async (): Promise<readonly string[]> => {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ functions }) =>
      functions.some(
        ({ ranges: [whole] }) => whole !== undefined && whole.startOffset > 0 && whole.count > 0,
      ),
    )
    .flatMap(({ url }) => /\/(shared\/.*\.ts)$/.exec(url)?.[1] ?? []);
};

const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
const { account, clock } = tablekeeper;
createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, pitr: true });
createTable(account, { name: 'carts', tags: { 'backup:policy': 'standard' } });
createTable(account, { name: 'logs', tags: {} });
await clock.advanceBy(MINUTE_MS);
await tablekeeper.run('protect');
await clock.advanceBy(MINUTE_MS);
await tablekeeper.run('audit');
await tablekeeper.run('expire');
await clock.advanceBy(HOUR_MS);
// Nothing is due, and an audit finds something new and sends a message.
if (mode === 'audit') createTable(account, { name: 'typo', tags: { 'backup:policy': 'standrad' } });
await entered();
await tablekeeper.run(mode);
console.log((await entered()).toSorted().join('\n'));
