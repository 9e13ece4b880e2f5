import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpHeartbeat } from '../../shared/adapters/heartbeat/http-heartbeat.ts';
import { HOUR_MS } from '../../shared/model/instant.ts';
import type { Log } from '../../shared/ports/log.ts';
import { type Watch, withHeartbeat } from '../../shared/run/heartbeat.ts';
import { createTable } from '../../sim/console/tables.ts';
import {
  CHECK_SECRET,
  type CheckAnswer,
  type CheckServer,
  startCheckServer,
} from '../support/check-server.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

let server: CheckServer;
beforeEach(async () => {
  server = await startCheckServer();
});
afterEach(() => server.close());

const recordingLog = () => {
  const lines: string[] = [];
  const write = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { info: write, warn: write, error: write };
  return { lines, log };
};

/** A deployment with one table that is at risk, watched by the check. */
const watched = async (read: () => Promise<string> = () => Promise.resolve(server.url)) => {
  const { lines, log } = recordingLog();
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', log });
  createTable(tablekeeper.account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
  await tablekeeper.clock.advanceBy(HOUR_MS);
  const secret = { name: '/heartbeat', read, forget: () => undefined };
  const heartbeat = createHttpHeartbeat({ secret });
  return { tablekeeper, lines, watch: { heartbeat, log } };
};

const audit = (tablekeeper: Deployment, watch: Watch) => withHeartbeat(watch, () => tablekeeper.run('audit'));

const beats = () =>
  server.requests.map((request) => request.replace(`GET /${CHECK_SECRET}`, '') || 'success');

describe('the heartbeat of an audit', () => {
  it('says that it begins and that it was whole, findings or not', async () => {
    const { tablekeeper, watch, lines } = await watched();
    const report = await audit(tablekeeper, watch);
    expect(report.plan.findings.map(({ kind }) => kind)).toContain('pitr-off');
    expect(beats()).toEqual(['/start', 'success']);
    expect(lines).toEqual([]);
  });

  it.each([
    { name: 'could not look', operation: 'ListBackups' },
    { name: 'could not tell', operation: 'Publish' },
    { name: 'could not remember', operation: 'Query' },
  ])('says that it failed when it $name', async ({ operation }) => {
    const { tablekeeper, watch } = await watched();
    tablekeeper.account.faults.add({ operation, kind: 'access-denied' });
    await audit(tablekeeper, watch);
    expect(beats()).toEqual(['/start', '/fail']);
  });

  it('says that it failed when nobody hears the alert topic', async () => {
    const { tablekeeper, watch } = await watched();
    for (const topic of tablekeeper.account.state.topics.values()) topic.subscriptions.clear();
    await audit(tablekeeper, watch);
    expect(beats()).toEqual(['/start', '/fail']);
  });

  it('says that it failed when it throws, and throws on', async () => {
    const { watch } = await watched();
    const broken = withHeartbeat(watch, () => Promise.reject(new RangeError('a bug')));
    await expect(broken).rejects.toThrow('a bug');
    expect(beats()).toEqual(['/start', '/fail']);
  });

  it.each<{ name: string; answer: CheckAnswer }>([
    { name: 'the check is down', answer: 503 },
    { name: 'the check breaks the connection', answer: 'breaks' },
  ])('that is lost because $name is logged, and fails nothing', async ({ answer }) => {
    const { tablekeeper, watch, lines } = await watched();
    server.answerWith(answer, answer, answer, answer);
    const report = await audit(tablekeeper, watch);
    expect(report.failures).toEqual([]);
    expect(lines.filter((line) => line.startsWith('the heartbeat did not leave'))).toHaveLength(2);
    expect(lines.join()).not.toContain(CHECK_SECRET);
  });

  it.each([
    {
      name: 'the check is gone',
      read: () => Promise.resolve(`${server.url}`),
      answers: [404, 404, 404, 404],
    },
    {
      name: 'the parameter cannot be read',
      read: () => Promise.reject(new Error('no such parameter')),
      answers: [],
    },
    { name: 'the parameter holds no address', read: () => Promise.resolve(CHECK_SECRET), answers: [] },
  ])(
    'that nobody can wait for because $name fails the audit, once and without the address',
    async ({ read, answers }) => {
      const { tablekeeper, watch, lines } = await watched(read);
      server.answerWith(...answers);
      const report = await audit(tablekeeper, watch);
      expect(report.failures).toEqual([expect.stringContaining('nobody waits for the heartbeat: ')]);
      expect(lines.filter((line) => line.startsWith('the heartbeat did not leave'))).toHaveLength(2);
      expect([...lines, ...report.failures].join()).not.toContain(CHECK_SECRET);
    },
  );

  it('is not asked for where there is none', async () => {
    const { tablekeeper, watch } = await watched();
    await audit(tablekeeper, { log: watch.log });
    expect(server.requests).toEqual([]);
  });
});
