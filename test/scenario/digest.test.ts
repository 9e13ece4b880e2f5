import { describe, expect, it } from 'vitest';
import { renderSlackMessage } from '../../shared/core/messages/slack/message.ts';
import { DAY_MS, HOUR_MS, isoInstant } from '../../shared/model/instant.ts';
import { createTable, resizeTable } from '../../sim/console/tables.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

const SLACK = 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack';

const WITH_DIGEST = `
timezone: Europe/Berlin
digest: { schedule: "0 8 * * 1" }
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
`;

const seeded = async (startAt: string): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt, policies: WITH_DIGEST });
  const { account, clock } = tablekeeper;
  for (const name of ['orders', 'users'])
    createTable(account, {
      name,
      tags: { 'backup:policy': 'standard' },
      createdAt: clock.now() - 400 * DAY_MS,
      sizeBytes: 2_000_000_000,
    });
  createTable(account, { name: 'scratch', createdAt: clock.now() - DAY_MS });
  return tablekeeper;
};

const digests = ({ account }: Deployment) =>
  account.inbox.messages.filter(({ subject }) => subject.includes('Digest'));

const sentAt = (tablekeeper: Deployment): readonly string[] =>
  digests(tablekeeper).map(({ at }) => isoInstant(at).slice(0, 13));

const runsFor = async (tablekeeper: Deployment, hours: number): Promise<void> => {
  for (let passed = 0; passed < hours; passed += 6) {
    await tablekeeper.run('protect');
    await tablekeeper.run('audit');
    await tablekeeper.clock.advanceBy(6 * HOUR_MS);
  }
};

describe('a digest each Monday at eight', () => {
  it('is sent once, by the first audit after its slot, across the change to summer time', async () => {
    // Sunday 2026-03-29 is the change; audits run at 01:00, 07:00, 13:00 and 19:00 UTC.
    const tablekeeper = await seeded('2026-03-20T13:00:00Z');
    await runsFor(tablekeeper, 18 * 24);
    // Eight in Berlin is 07:00 UTC in winter and 06:00 UTC in summer.
    expect(sentAt(tablekeeper)).toEqual(['2026-03-20T13', '2026-03-23T07', '2026-03-30T07', '2026-04-06T07']);
  });

  it('tells how tables stand, and what has grown since the last one', async () => {
    const tablekeeper = await seeded('2026-11-16T07:10:00Z');
    await tablekeeper.run('protect');
    await tablekeeper.clock.advanceBy(HOUR_MS);
    await runsFor(tablekeeper, 7 * 24 + 6);
    const [first, second] = digests(tablekeeper).map(({ message }) => message.replaceAll(/\s+/g, ' '));
    expect(first).toContain('2 tables opted in: 2 protected.');
    expect(first).toContain('1 table without a tag: scratch.');
    expect(second).toContain('Tables: 4.0 GB, as on 2026-11-16.');
    expect(second).toContain('16 recovery points: 32 GB, 28 GB more than on 2026-11-16.');
    expect(second).toContain('* orders: protected (standard, 2.0 GB)');
    expect(second).toContain('Recovery points: 8 ');
  });

  it('tells which tables grew, shrank and are new, in the mail and in Slack', async () => {
    const tablekeeper = await seeded('2026-11-16T07:10:00Z');
    const { account } = tablekeeper;
    for (const topic of account.state.topics.values()) addSubscription(account, topic, 'lambda', SLACK);
    await runsFor(tablekeeper, 24);
    resizeTable(account, 'orders', 3_400_000_000);
    resizeTable(account, 'users', 1_100_000_000);
    createTable(account, { name: 'fresh', tags: { 'backup:policy': 'standard' }, sizeBytes: 5_000_000 });
    await runsFor(tablekeeper, 6 * 24 + 6);
    const mail = account.inbox.forEndpoint('ops@example.com').at(-1)?.message ?? '';
    const page = renderSlackMessage({
      subject: '',
      text: account.inbox.forEndpoint(SLACK).at(-1)?.message ?? '',
    });
    const shown = JSON.stringify(page.rich).replaceAll('\\n', '\n').replaceAll('\u2022', '*');
    for (const line of [
      '1 table grew:',
      '* orders: 1.4 GB more, 3.4 GB now (+70 %)',
      '1 table shrank:',
      '* users: 900 MB less, 1.1 GB now (-45 %)',
      '1 table is new: fresh.',
    ])
      for (const text of [mail, shown]) expect(text).toContain(line);
    expect(shown).toContain('TABLES, WORST FIRST');
  });

  it('waits for an audit that sees everything, and is sent again when it did not leave', async () => {
    const tablekeeper = await seeded('2026-11-16T13:00:00Z');
    const { account, clock } = tablekeeper;
    await tablekeeper.run('protect');
    await clock.advanceBy(HOUR_MS);
    const blind = account.faults.add({ operation: 'ListTables', kind: 'access-denied' });
    await tablekeeper.run('audit');
    expect(digests(tablekeeper)).toEqual([]);
    blind.remove();
    const mute = account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    const unheard = await tablekeeper.run('audit');
    expect(unheard.failures.join()).toContain('the digest did not leave: Publish: ');
    mute.remove();
    await tablekeeper.run('audit');
    await tablekeeper.run('audit');
    expect(digests(tablekeeper)).toHaveLength(1);
  });

  it('is sent by no other run, and by nobody who did not ask for it', async () => {
    const tablekeeper = await seeded('2026-11-16T13:00:00Z');
    await tablekeeper.run('protect');
    await tablekeeper.run('expire');
    await tablekeeper.run('audit', { policies: WITH_DIGEST.replace(/^digest.*$/m, '') });
    expect(digests(tablekeeper)).toEqual([]);
  });

  it('tells the failures since the last one, also those that are over', async () => {
    const tablekeeper = await seeded('2026-11-16T07:10:00Z');
    const { account } = tablekeeper;
    await runsFor(tablekeeper, 24);
    const from = tablekeeper.clock.now();
    account.faults.add({ operation: 'CreateBackup', kind: 'access-denied', from, until: from + DAY_MS });
    await runsFor(tablekeeper, 6 * 24);
    await runsFor(tablekeeper, 6);
    const last = digests(tablekeeper).at(-1)?.message ?? '';
    expect(last).toContain('2 failures since 2026-11-16:');
    expect(last).toContain('* backups failing on orders (standard), over');
  });
});
