import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { backupsOf, createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const STANDARD = { 'backup:policy': 'standard' };

/** The wire of a Lambda that is killed at its nth call: before the call leaves, or after it took effect and before its answer. */
const dyingWire = (alive: SdkRequestHandler, callsUntilDeath: number, when: 'before' | 'after') => {
  const death = Promise.withResolvers<'killed'>();
  const never = new Promise<never>(() => undefined);
  let calls = 0;
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    calls += 1;
    if (calls < callsUntilDeath) return await alive.handle(request, options);
    if (calls === callsUntilDeath && when === 'after') await alive.handle(request, options);
    death.resolve('killed');
    return await never;
  };
  return { handler: { ...alive, handle }, death: death.promise };
};

/** A run that dies at that call; says whether it got that far. */
const runUntil = async (tablekeeper: Deployment, mode: Mode, calls: number, when: 'before' | 'after') => {
  const { handler, death } = dyingWire(requestHandlerOf(tablekeeper.account), calls, when);
  const run = tablekeeper.start(mode, { requestHandler: handler }).then(() => 'finished' as const);
  return await tablekeeper.clock.run(Promise.race([run, death]));
};

const estate = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
  const { account, clock } = tablekeeper;
  for (const name of ['carts', 'orders']) {
    createTable(account, { name, tags: STANDARD, pitr: true, createdAt: clock.now() - 20 * 24 * HOUR_MS });
    for (const day of ['01', '02', '03', '04', '05', '06', '07', '08', '09']) {
      const createdAt = Date.parse(`2026-03-${day}T03:02:00Z`);
      createBackup(account, {
        table: name,
        name: `tablekeeper.prod.standard.202603${day}T030000Z`,
        createdAt,
      });
    }
    createBackup(account, { table: name, name: 'before-the-migration', createdAt: clock.now() - HOUR_MS });
  }
  await clock.advanceBy(HOUR_MS);
  return tablekeeper;
};

/** Long enough for the dead run's claims to end. */
const nextTick = (tablekeeper: Deployment) => tablekeeper.clock.advanceBy(30 * MINUTE_MS);

const settle = async (tablekeeper: Deployment) => {
  for (const mode of ['protect', 'expire', 'audit'] as const) {
    await nextTick(tablekeeper);
    expect((await tablekeeper.run(mode)).failures).toEqual([]);
  }
};

const namesOf = (tablekeeper: Deployment, table: string) =>
  backupsOf(tablekeeper.account, table)
    .map(({ name }) => name.replace('tablekeeper.prod.standard.', ''))
    .toSorted();

const WHOLE = [
  '20260304T030000Z',
  '20260305T030000Z',
  '20260306T030000Z',
  '20260307T030000Z',
  '20260308T030000Z',
  '20260309T030000Z',
  '20260310T030000Z',
  'before-the-migration',
];

describe('a Lambda that is killed', () => {
  it.each(
    (['protect', 'expire', 'audit'] as const).flatMap((mode) =>
      (['before', 'after'] as const).map((when) => ({ mode, when })),
    ),
  )('$when any call of $mode is healed by one run of each function', async ({ mode, when }) => {
    let calls = 1;
    for (let end = 'killed'; end === 'killed'; calls += 1) {
      const tablekeeper = await estate();
      if (mode !== 'protect') {
        await tablekeeper.run('protect');
        await nextTick(tablekeeper);
      }
      end = await runUntil(tablekeeper, mode, calls, when);
      await settle(tablekeeper);
      expect(namesOf(tablekeeper, 'carts'), `killed ${when} call ${calls}`).toEqual(WHOLE);
      expect(namesOf(tablekeeper, 'orders'), `killed ${when} call ${calls}`).toEqual(WHOLE);
      expect(tablekeeper.account.inbox.messages).toEqual([]);
    }
    expect(calls).toBeGreaterThan(5);
  });
});
