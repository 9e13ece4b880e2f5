import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedClock } from '../../cli/simulated-clock.ts';

const FAR = '2028-02-29T12:00:00.000Z';

describe('the clock of whoever answers at the endpoint', () => {
  let says: string | undefined;
  let port = 0;
  const server = createServer((_, response) => {
    response.writeHead(400, says === undefined ? {} : { 'x-simulated-time': says }).end();
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  it.each(['127.0.0.1', 'localhost'])('is gone by when it is simulated on %s', async (host) => {
    says = FAR;
    const clock = await simulatedClock(`http://${host}:${port}`);
    const aheadMs = (clock?.now() ?? 0) - Date.parse(FAR);
    expect(aheadMs).toBeGreaterThanOrEqual(0);
    expect(aheadMs).toBeLessThan(60_000);
    const before = clock?.now() ?? 0;
    await clock?.sleep(5);
    expect(clock?.now()).toBeGreaterThan(before);
  });

  it('is not believed from anywhere else, even where that is this machine', async () => {
    says = FAR;
    expect(await simulatedClock(`http://0.0.0.0:${port}`)).toBeUndefined();
  });

  it.each([
    { name: 'says nothing of it', header: () => undefined },
    { name: 'says what is no time', header: () => 'soon' },
    { name: 'has the time of here', header: () => new Date().toISOString() },
  ])('is the one here when an endpoint $name', async ({ header }) => {
    says = header();
    expect(await simulatedClock(`http://127.0.0.1:${port}`)).toBeUndefined();
  });

  it.each(['', 'http://127.0.0.1:1', 'no url'])('is the one here when nobody is at "%s"', async (url) => {
    expect(await simulatedClock(url)).toBeUndefined();
  });
});
