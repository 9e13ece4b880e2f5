// One run in a process of its own: the parent holds the account and sends the order.

import { compose } from '../shared/run/compose.ts';
import { everyFinder } from '../shared/run/compose-finders.ts';
import { reconcile } from '../shared/run/reconcile.ts';
import { noteRun } from '../shared/run/run-notes.ts';
import { type DistantAccount, distantAccount } from './distant-account.ts';
import type { Answered, Done, Order } from './messages.ts';
import { deedsOf, RUN_MS } from './scenes.ts';

const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };

const carryOut = async (order: Order, { clock, requestHandler }: DistantAccount): Promise<Done> => {
  const { accountId, mode, now, policies, region } = order;
  const parts = compose({
    policies,
    accountId,
    region,
    clock,
    finders: everyFinder(),
    credentials,
    requestHandler,
    instance: 'prod',
    stateTable: 'tablekeeper-prod-state',
    topicArn: `arn:aws:sns:${region}:${accountId}:tablekeeper-prod-alerts`,
    random: () => 0.5,
  });
  const report = await clock.run(reconcile(parts, { mode, runId: `run-${now}`, deadline: now + RUN_MS }));
  await clock.run(noteRun(parts, mode, report.failures.length === 0));
  const { user, system } = process.cpuUsage();
  return {
    kind: 'done',
    deeds: deedsOf(report),
    runMs: report.durationMs,
    cpuSeconds: (user + system) / 1e6,
    peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
};

let account: DistantAccount | undefined;

process.on('message', async (message: Answered | Order) => {
  if (message.kind === 'answered') {
    account?.hear(message);
    return;
  }
  account = distantAccount(message.now);
  const done = await carryOut(message, account);
  process.send?.(done, () => process.disconnect());
});
