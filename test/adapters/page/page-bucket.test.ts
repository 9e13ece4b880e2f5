import { afterEach, describe, expect, it } from 'vitest';
import { createPageBucket } from '../../../shared/adapters/page/page-bucket.ts';
import { HOUR_MS, SECOND_MS } from '../../../shared/model/instant.ts';
import { createAccount, type SimAccount } from '../../../sim/account.ts';
import { createVirtualClock } from '../../../sim/clock.ts';
import { createBucket, objectIn, objectText } from '../../../sim/console/buckets.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { startServer } from '../../../sim/server.ts';
import { openLink } from '../../support/signed-link.ts';

const KEY = 'tablekeeper/prod/us-east-1/report.html';

const putsOf = ({ calls }: SimAccount): number => calls.of('PutObject');

const onBucket = (more: object = {}) => {
  const clock = createVirtualClock(Date.UTC(2026, 10, 20));
  const account = createAccount({ clock });
  createBucket(account, 'pages');
  const shelf = createPageBucket({
    ...{ bucket: 'pages', instance: 'prod', target: account, clock },
    key: async () => ({ accessKeyId: 'AUDIT', secretAccessKey: 'simulated', sessionToken: 'a/b=' }),
    requestHandler: requestHandlerOf(account),
    ...more,
  });
  const open = (link: string) => openLink(account, link);
  return { account, clock, open, shelf };
};

describe('a bucket of pages', () => {
  it('keeps the newest page of an instance and Region, under one name', async () => {
    const { account, shelf } = onBucket();
    await shelf.put('<p>one');
    await shelf.put('<p>two é');
    expect(await objectText(account, 'pages', KEY)).toBe('<p>two é');
    expect(objectIn(account, 'pages', KEY)).toMatchObject({ contentType: 'text/html; charset=utf-8' });
  });

  it('opens to whoever has the link, until it expires', async () => {
    const { clock, open, shelf } = onBucket();
    await shelf.put('<p>one');
    const link = await shelf.link(clock.now() + 6 * HOUR_MS);
    expect(link).toMatch(
      /^https:\/\/pages\.s3\.us-east-1\.amazonaws\.com\/tablekeeper\/prod\/us-east-1\/report\.html\?/,
    );
    await clock.advanceBy(6 * HOUR_MS - SECOND_MS);
    expect(await open(link)).toEqual({ status: 200, text: '<p>one' });
    await clock.advanceBy(2 * SECOND_MS);
    expect(await open(link)).toMatchObject({ status: 403 });
  });

  it('tries again where S3 is busy or does not answer, and says what it answered at last, without the address', async () => {
    const { account, clock, shelf } = onBucket();
    account.faults.add({ operation: 'PutObject', kind: 'throttle', times: 1 });
    account.faults.add({ operation: 'PutObject', kind: 'connection-reset', times: 1 });
    await clock.run(shelf.put('<p>one'));
    expect(putsOf(account)).toBe(3);
    account.faults.add({ operation: 'PutObject', kind: 'access-denied' });
    await expect(clock.run(shelf.put('<p>two'))).rejects.toThrow(/^PutObject: AccessDenied \(403\)$/);
    expect(putsOf(account)).toBe(4);
    const lost = onBucket({ bucket: 'gone' });
    await expect(lost.clock.run(lost.shelf.put('x'))).rejects.toThrow(/^PutObject: NoSuchBucket \(404\)$/);
  });

  describe('over HTTP', () => {
    let close = async (): Promise<void> => undefined;
    afterEach(() => close());

    it('is the same', async () => {
      const { account } = onBucket();
      const server = await startServer(account);
      close = server.close;
      const { shelf, clock } = onBucket({ endpoint: server.url, requestHandler: undefined });
      await shelf.put('<p>over HTTP é');
      expect(await objectText(account, 'pages', KEY)).toBe('<p>over HTTP é');
      const answer = await fetch(await shelf.link(clock.now() + HOUR_MS));
      expect(await answer.text()).toBe('<p>over HTTP é');
    });
  });
});
