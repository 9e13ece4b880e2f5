import { describe, expect, it } from 'vitest';
import '../../shared/run/compose-publish.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { pagePublisher } from '../../shared/run/compose-publisher.ts';
import { createBucket, objectText } from '../../sim/console/buckets.ts';
import { createTable, deleteTable, setPitr } from '../../sim/console/tables.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';
import { REPORT_BUCKET } from '../support/rights.ts';
import { openLink } from '../support/signed-link.ts';

const WITH_DIGEST = DAILY.replace('policies:', 'digest: { schedule: "0 12 * * *" }\npolicies:');

const withBucket = async (policies = DAILY): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
  const { account, clock } = world;
  createBucket(account, REPORT_BUCKET);
  const createdAt = clock.now() - 40 * 24 * HOUR_MS;
  createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, pitr: true, createdAt });
  await world.run('protect');
  await clock.advanceBy(10 * MINUTE_MS);
  return world;
};

const audit = (world: Deployment) =>
  world.run('audit', { publishPage: pagePublisher({ bucket: REPORT_BUCKET, ...world.wireOf('audit') }) });

const pageIn = ({ account }: Deployment): Promise<string | undefined> =>
  objectText(account, REPORT_BUCKET, 'tablekeeper/prod/us-east-1/report.html');

const lastMail = ({ account }: Deployment): string => account.inbox.messages.at(-1)?.message ?? '';

const linkIn = (mail: string): string => /^https:\/\/tablekeeper-pages\..+$/m.exec(mail)?.[0] ?? '';

describe('a deployment with a bucket for its page', () => {
  it('has the page of its newest audit there, and a link in the mail that opens for six hours', async () => {
    const world = await withBucket();
    setPitr(world.account, 'orders', { enabled: false });
    expect((await audit(world)).failures).toEqual([]);
    const page = (await pageIn(world)) ?? '';
    expect(page).toContain('1 of 1 table needs attention.');
    expect(page).toContain('Looked at the account on <time>2026-03-02 10:');
    const mail = lastMail(world);
    expect(mail.replace(linkIn(mail), 'LINK')).toContain(
      [
        'All tables on one page, until 2026-03-02 16:11Z at the latest, for anyone who has this address:',
        'LINK',
        'After that: npx tablekeeper report --region us-east-1',
        '',
        '--',
        'Tablekeeper prod, account 111122223333, Region us-east-1',
      ].join('\n'),
    );
    expect(await openLink(world.account, linkIn(mail))).toEqual({ status: 200, text: page });
    await world.clock.advanceBy(6 * HOUR_MS + MINUTE_MS);
    expect(await openLink(world.account, linkIn(mail))).toMatchObject({ status: 403 });
  });

  it('shows of a deleted table what DynamoDB itself kept, until when, and how to get it back', async () => {
    const world = await withBucket();
    deleteTable(world.account, 'orders');
    await world.clock.advanceBy(HOUR_MS);
    expect((await audit(world)).failures).toEqual([]);
    const section = /<section id="system">.*?<\/section>/s.exec((await pageIn(world)) ?? '')?.[0] ?? '';
    expect(section).toContain('<summary>orders</summary>');
    expect(section).toContain('<code>npx tablekeeper restore orders --region us-east-1</code>');
    expect(section).toContain('<dt>Goes on</dt><dd>2026-04-06 10:');
  });

  it('links to it in the digest as well, and in no chat', async () => {
    const world = await withBucket(WITH_DIGEST);
    expect((await audit(world)).failures).toEqual([]);
    const { subject, message } = world.account.inbox.messages.at(-1) ?? { subject: '', message: '' };
    expect(subject).toContain('Digest');
    expect(await openLink(world.account, linkIn(message))).toMatchObject({ status: 200 });
  });

  it('reports what it found all the same where the page does not arrive, without a link, and fails by that', async () => {
    const world = await withBucket();
    setPitr(world.account, 'orders', { enabled: false });
    const denial = world.account.faults.add({ operation: 'PutObject', kind: 'access-denied' });
    expect((await audit(world)).failures).toEqual([
      'the page could not be written: PutObject: AccessDenied (403)',
    ]);
    expect(lastMail(world)).toContain('pitr-off/orders');
    expect(lastMail(world)).not.toContain('All tables on one page');
    denial.remove();
    await world.clock.advanceBy(HOUR_MS);
    expect((await audit(world)).failures).toEqual([]);
    expect(await pageIn(world)).toContain('pitr-off/orders');
  });

  it('ends in time where S3 does not answer', async () => {
    const world = await withBucket();
    setPitr(world.account, 'orders', { enabled: false });
    world.account.faults.add({ operation: 'PutObject', kind: 'slow', delayMs: HOUR_MS });
    const startedAt = world.clock.now();
    expect((await audit(world)).failures).toEqual([
      'the page could not be written: no answer came before the run had to end',
    ]);
    expect(lastMail(world)).toContain('pitr-off/orders');
    expect(world.account.inbox.messages.at(-1)?.at).toBeLessThan(startedAt + 2 * MINUTE_MS);
  });

  it('is written by no hint, and by no run that makes or deletes recovery points', async () => {
    const world = await withBucket();
    const publishPage = pagePublisher({ bucket: REPORT_BUCKET, ...world.wireOf('audit') });
    await world.run('protect', { publishPage });
    await world.run('expire', { publishPage });
    await world.hint('orders');
    expect(await pageIn(world)).toBeUndefined();
  });
});
