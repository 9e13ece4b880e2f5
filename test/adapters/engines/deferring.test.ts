import { describe, expect, it } from 'vitest';
import { deferringEngine, deferringPitrSwitch } from '../../../shared/adapters/engines/create-backup.ts';
import type { EnablePitrAction } from '../../../shared/model/action.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { asRead } from '../../support/failures.ts';
import { ALWAYS, NOW, onSim } from '../connect.ts';

const enable: EnablePitrAction = {
  kind: 'enable-pitr',
  table: 'Orders',
  tableId: 'id-of-Orders',
  recoveryPeriodDays: 35,
  reason: 'off',
};

describe('a dry run', () => {
  it('lists what there is, defers what should be done, and calls nothing else', async () => {
    const { account, engine, run, recorder } = onSim();
    createTable(account, { name: 'Orders' });
    createBackup(account, { table: 'Orders', name: 'mine', createdAt: NOW });
    const dry = deferringEngine(engine, 'dry run');
    const [recoveryPoint] = (await run(dry.list())).items;
    if (recoveryPoint === undefined) throw new Error('the backup is not listed');
    const expire = {
      kind: 'expire',
      engine: 'dynamodb',
      table: 'Orders',
      policy: 'standard',
      recoveryPoint,
      reason: 'old',
    } as const;
    const slot = { policy: 'standard', slot: NOW, name: 'x', urgency: 1, reason: 'due' } as const;
    const create = {
      kind: 'create',
      engine: 'dynamodb',
      table: 'Orders',
      tableId: recoveryPoint.tableId,
      ...slot,
    } as const;
    const outcomes = [
      await dry.apply(expire, ALWAYS),
      await dry.apply(create, ALWAYS),
      await deferringPitrSwitch('dry run').enable(enable),
    ];
    expect(asRead(outcomes)).toEqual(
      [expire, create, enable].map((action) => ({ action, status: 'deferred', reason: 'dry run' })),
    );
    expect(recorder.counts().map(({ operation }) => operation)).toEqual(['ListBackups']);
    expect(await run(dry.list({ since: NOW + 1 }))).toEqual({ items: [] });
  });
});
