import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { backupsOf, createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { SdkRequestHandler } from '../../sim/request-handler.ts';
import type { ContainerWishes } from '../support/containers.ts';
import { type Deployment, deploy } from '../support/deployment.ts';
import { asRead } from '../support/failures.ts';

const STANDARD = { 'backup:policy': 'standard' };

const estate = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z' });
  createTable(tablekeeper.account, { name: 'orders', tags: STANDARD, pitr: true });
  await tablekeeper.clock.advanceBy(HOUR_MS);
  return tablekeeper;
};

/** The first such call, at which a run stands still, before it leaves or after it was answered: the lid of a laptop was closed. */
interface Pause {
  readonly operation: string;
  readonly when: 'before' | 'after';
  readonly ms: number;
}

const pausing = (
  { clock, wireOf }: Deployment,
  { operation, when, ms }: Pause,
  name: 'backup' | 'prune',
): ContainerWishes => {
  const inner = wireOf(name).requestHandler as SdkRequestHandler;
  let wakesAt: number | undefined;
  /** A machine that sleeps sends nothing and hears no answer, whatever else was under way. */
  const stand = async (isHere: boolean): Promise<void> => {
    if (isHere) wakesAt ??= clock.now() + ms;
    await clock.sleep((wakesAt ?? 0) - clock.now());
  };
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    const isIt = String(request.headers['x-amz-target']).endsWith(`.${operation}`);
    await stand(isIt && when === 'before');
    const answer = await inner.handle(request, options);
    await stand(isIt && when === 'after');
    return answer;
  };
  return {
    requestHandler: { ...inner, handle },
    // Time-outs stand still while a machine sleeps: what it waits for reaches it when it wakes.
    clock: { ...clock, after: () => () => undefined },
  };
};

const later = async ({ clock }: Deployment, minutes: number): Promise<void> =>
  await clock.sleep(minutes * MINUTE_MS);

const late = { status: 'deferred', reason: expect.stringContaining('the time of this run ended') };

describe('a run that stands still', () => {
  it('between reading the list and claiming takes over no claim that ended since, or one slot would have two points', async () => {
    const tablekeeper = await estate();
    const { clock, account } = tablekeeper;
    // The claim ends 16 minutes after its run began; the second run lists after 10, before the backup, and claims after 17.
    const slow = pausing(
      tablekeeper,
      { operation: 'PutItem', when: 'after', ms: 12.5 * MINUTE_MS },
      'backup',
    );
    const asleep = pausing(
      tablekeeper,
      { operation: 'ListBackups', when: 'after', ms: 7 * MINUTE_MS },
      'backup',
    );
    const second = async () => {
      await later(tablekeeper, 10);
      return await tablekeeper.start('protect', asleep);
    };
    const [first, other] = await clock.run(Promise.all([tablekeeper.start('protect', slow), second()]));
    expect(asRead(first.outcomes)).toMatchObject([{ status: 'done' }]);
    expect(asRead(other.outcomes)).toMatchObject([
      { status: 'deferred', reason: 'another run holds the claim on this slot' },
    ]);
    expect(backupsOf(account)).toHaveLength(1);
  });

  it.each([
    { where: 'between its claim and its call', pause: { operation: 'PutItem', when: 'after' } as const },
    { where: 'while its claim is under way', pause: { operation: 'PutItem', when: 'before' } as const },
  ])('$where, past its own end, makes nothing: another has made it since', async ({ pause }) => {
    const tablekeeper = await estate();
    const { clock, account } = tablekeeper;
    const asleep = pausing(tablekeeper, { ...pause, ms: 40 * MINUTE_MS }, 'backup');
    const second = async () => {
      await later(tablekeeper, 30);
      return await tablekeeper.start('protect');
    };
    const [first, other] = await clock.run(Promise.all([tablekeeper.start('protect', asleep), second()]));
    expect(asRead(first.outcomes)).toMatchObject([{ status: 'deferred' }]);
    expect(asRead(other.outcomes)).toMatchObject([{ status: 'done' }]);
    expect(backupsOf(account)).toHaveLength(1);
  });

  it('while it waits to be no longer throttled sends nothing after its end', async () => {
    const tablekeeper = await estate();
    const { clock, account } = tablekeeper;
    account.faults.add({ operation: 'CreateBackup', kind: 'throttle', times: 1 });
    const asleep = pausing(
      tablekeeper,
      { operation: 'CreateBackup', when: 'after', ms: 20 * MINUTE_MS },
      'backup',
    );
    const report = await clock.run(tablekeeper.start('protect', asleep));
    expect(asRead(report.outcomes)).toMatchObject([
      { status: 'deferred', reason: expect.stringContaining('ThrottlingException') },
    ]);
    expect(backupsOf(account)).toEqual([]);
    await clock.advanceBy(10 * MINUTE_MS);
    expect((await tablekeeper.run('protect')).outcomes).toMatchObject([{ status: 'done' }]);
  });

  it('deletes nothing after its end, for it decided from what was true before', async () => {
    const tablekeeper = await estate();
    const { account, clock } = tablekeeper;
    for (let day = 1; day <= 9; day += 1) {
      const createdAt = Date.parse(`2026-03-0${day}T03:02:00Z`);
      createBackup(account, {
        table: 'orders',
        name: `tablekeeper.prod.standard.2026030${day}T030000Z`,
        createdAt,
      });
    }
    await tablekeeper.run('protect');
    await clock.advanceBy(HOUR_MS);
    const before = backupsOf(account).length;
    const asleep = pausing(
      tablekeeper,
      { operation: 'DescribeBackup', when: 'after', ms: 20 * MINUTE_MS },
      'prune',
    );
    const report = await clock.run(tablekeeper.start('expire', asleep));
    expect(report.outcomes.length).toBeGreaterThan(0);
    expect(asRead(report.outcomes)).toMatchObject(report.outcomes.map(() => late));
    expect(backupsOf(account)).toHaveLength(before);
  });
});
