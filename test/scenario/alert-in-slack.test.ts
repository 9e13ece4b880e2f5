import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../../shared/model/instant.ts';
import { composeSlack } from '../../shared/run/compose-slack.ts';
import { passToSlack } from '../../shared/run/slack.ts';
import { createTable } from '../../sim/console.ts';
import { putSecret } from '../../sim/console-parameters.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { type RequestsInFlight, watchRequests } from '../../sim/requests-in-flight.ts';
import { type SlackServer, startSlackServer } from '../../sim/slack/server.ts';
import { deploy } from '../support/deployment.ts';

const PARAMETER = '/tablekeeper/prod/slack-webhook';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack';
const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };

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
  const { account, clock, run } = await deploy({ startAt: '2026-03-01T02:00:00Z' });
  clock.busyWhen(() => requests.count() > slack.hanging());
  const wire = { region: account.region, credentials, requestHandler: requestHandlerOf(account) };
  const [TopicArn] = account.state.topics.keys();
  const subscribe = new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION });
  await clock.run(new SNSClient(wire).send(subscribe));
  putSecret(account, PARAMETER, slack.webhook);
  createTable(account, { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: false });
  await clock.advanceBy(MINUTE_MS);
  await run('audit');

  const [delivery] = account.inbox.forEndpoint(FUNCTION);
  const messages = [{ id: 'm1', subject: delivery?.subject ?? '', text: delivery?.message ?? '' }];
  const parts = composeSlack({ ...wire, instance: 'prod', webhookParameter: PARAMETER, clock });
  const report = await clock.run(passToSlack(parts, messages, clock.now() + MINUTE_MS));

  expect(report).toEqual({ posted: 1, failures: [] });
  const mail = account.inbox.messages.find(({ protocol }) => protocol === 'email');
  const page = JSON.stringify(slack.posted.at(-1)?.body);
  expect(mail?.message).toContain('* PITR off on Orders');
  expect(page).toContain('*PITR off on Orders*');
  expect(page).toContain(
    'Tablekeeper prod \u00b7 account 111122223333 \u00b7 Region us-east-1 \u00b7 run `run-1`',
  );
});
