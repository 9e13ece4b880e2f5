import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import { composeChannel } from '../../shared/run/compose-channel.ts';
import { SLACK_CHANNEL } from '../../shared/run/compose-slack.ts';
import { passOn } from '../../shared/run/pass-on.ts';
import { putSecret } from '../../sim/console/services.ts';
import { createTable } from '../../sim/console/tables.ts';
import { type SlackServer, startSlackServer } from '../../sim/slack/server.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { type RequestsInFlight, watchRequests } from '../../sim/virtual-time.ts';
import { deploy } from '../support/deployment.ts';
import { WEBHOOK_PARAMETER } from '../support/rights.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack';

let slack: SlackServer;
let requests: RequestsInFlight;
beforeAll(async () => {
  slack = await startSlackServer();
  requests = watchRequests();
});
afterAll(async () => {
  requests.stop();
  await slack.close();
});

it('a table whose point-in-time recovery is off is read of in Slack, as in the mail', async () => {
  const { account, clock, guard, run, wireOf } = await deploy({ startAt: '2026-03-01T02:00:00Z' });
  clock.busyWhen(() => requests.count() > slack.hanging());
  for (const topic of account.state.topics.values()) addSubscription(account, topic, 'lambda', FUNCTION);
  putSecret(account, WEBHOOK_PARAMETER, slack.webhook);
  createTable(account, { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: false });
  await clock.advanceBy(MINUTE_MS);
  await run('audit');

  const [delivery] = account.inbox.forEndpoint(FUNCTION);
  const messages = [{ id: 'm1', subject: delivery?.subject ?? '', text: delivery?.message ?? '' }];
  const environment = { instance: 'prod', secretParameter: WEBHOOK_PARAMETER };
  const parts = composeChannel(SLACK_CHANNEL, { ...wireOf('slack'), ...environment, clock });
  const report = await clock.run(passOn(parts, messages, clock.now() + MINUTE_MS));

  expect(report).toEqual({ posted: 1, failures: [] });
  expect(guard.refused).toEqual([]);
  const mail = account.inbox.messages.find(({ protocol }) => protocol === 'email');
  const page = JSON.stringify(slack.posted.at(-1)?.body);
  expect(mail?.message).toContain('* PITR off on Orders');
  expect(page).toContain('*PITR off on Orders*');
  expect(page).toContain(
    'Tablekeeper prod \u00b7 account 111122223333 \u00b7 Region us-east-1 \u00b7 run `run-1`',
  );
});
