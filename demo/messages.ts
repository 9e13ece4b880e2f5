import type { Delivery } from '../sim/inbox.ts';
import type { SlackPage } from './slack-box.ts';
import type { Stage } from './stage.ts';
import type { Happening } from './world.ts';

/** Hands one message to the function that subscribes to the topic, and returns what it posted to Slack, if Slack took it. */
const postedOf = async ({ account, lambdaOf, slack }: Stage, delivery: Delivery) => {
  const before = slack.posted.length;
  await account.clock.run(lambdaOf('slack').receive(delivery));
  const last = slack.posted.slice(before).at(-1);
  const isTaken = typeof last?.answer === 'object' && last.answer.status === 200;
  return isTaken ? (last.body as SlackPage) : undefined;
};

/** Hands the messages that SNS delivered since a number of them to the Slack function, and returns each as people read it: mail, and Slack. */
export const messagesSince = async (stage: Stage, before: number): Promise<readonly Happening[]> => {
  const deliveries = stage.account.inbox.messages.slice(before);
  const mails = deliveries.filter(({ protocol }) => protocol === 'email');
  const others = deliveries.filter(({ protocol }) => protocol === 'lambda');
  const pages: (SlackPage | undefined)[] = [];
  for (const delivery of others) pages.push(await postedOf(stage, delivery));
  return mails.map(({ at, subject, message: body }, index) => {
    const slack = pages[index];
    return { kind: 'mail', at, subject, body, ...(slack !== undefined && { slack }) };
  });
};
