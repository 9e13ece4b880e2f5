import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { DAILY, deploy } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { STANDARD } from './world.ts';

describe('tablekeeper explain of a deleted table', { timeout: 120_000 }, () => {
  it('says what becomes of a deleted table that a policy ends, with whole commands', async () => {
    const policies = `${DAILY}    afterDeletion: { keep: 7d }\n`;
    const dev = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', instance: 'dev', policies });
    const createdAt = dev.clock.now() - DAY_MS;
    createTable(dev.account, { name: 'orders', tags: STANDARD, createdAt });
    createTable(dev.account, { name: 'review', tags: STANDARD, createdAt });
    await dev.run('protect');
    await dev.run('audit');
    deleteTable(dev.account, 'review');
    await dev.clock.advanceBy(DAY_MS);
    await dev.run('audit');
    const type = (...argv: readonly string[]) => typedIn(dev, [...argv, '--instance', 'dev'], { policies });
    const ends = await type('explain', 'review');
    expect(ends.stdout).toContain('Tablekeeper deletes all of them, the last one too, from 2026-03-');
    expect(ends.stdout).toContain('npx tablekeeper keep review --region us-east-1 --instance dev');
    await type('keep', 'review');
    const kept = await type('explain', 'review');
    expect(kept.stdout).toContain('Tablekeeper does not delete them, because a person asked to keep them.');
    expect(kept.stdout).toContain('npx tablekeeper keep --release review --region us-east-1 --instance dev');
    expect(kept.stdout).not.toContain('Tablekeeper deletes');
    const { stdout } = await type('explain', 'review', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ afterDeletion: { standing: 'kept', staying: 0 } });
  });
});
