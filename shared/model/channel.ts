/** The functions that pass alerts on, each the name of its function. */
export type ChannelName = 'slack' | 'teams' | 'pagerduty' | 'webhook';

/** Where alerts go besides mail: a subscriber of the topic that is made only when its parameter is given. */
export interface Channel {
  /** The end of the function's name. */
  readonly name: ChannelName;
  /** As it is called within a sentence. */
  readonly title: string;
  /** The name of what its SSM parameter holds, at the beginning of a line. */
  readonly item: string;
  /** What that is, within a sentence; the word for what stops working first; and what is done with it. */
  readonly holds: string;
  readonly needs: 'address' | 'key';
  readonly uses: string;
  /** The file that a person writes it into, to hand it over. */
  readonly secretFile: string;
  /** The parameter of a deployment, of the stack and of a command, and the variable of the function: each names the SSM parameter. */
  readonly parameter: string;
  readonly stackParameter: string;
  readonly option: string;
  readonly variable: string;
}

/** Every channel, in the order in which they are listed. */
export const CHANNELS: readonly Channel[] = [
  {
    name: 'slack',
    title: 'Slack',
    item: 'Slack webhook',
    secretFile: 'webhook.txt',
    holds: 'an address',
    needs: 'address',
    uses: 'posts to the address',
    parameter: 'slackWebhookParameter',
    stackParameter: 'SlackWebhookParameter',
    option: '--slack-parameter',
    variable: 'TABLEKEEPER_SLACK_WEBHOOK_PARAMETER',
  },
  {
    name: 'teams',
    title: 'Teams',
    item: 'Teams workflow',
    secretFile: 'workflow.txt',
    holds: 'an address',
    needs: 'address',
    uses: 'posts to the address',
    parameter: 'teamsWorkflowParameter',
    stackParameter: 'TeamsWorkflowParameter',
    option: '--teams-parameter',
    variable: 'TABLEKEEPER_TEAMS_WORKFLOW_PARAMETER',
  },
  {
    name: 'pagerduty',
    title: 'PagerDuty',
    item: 'PagerDuty key',
    secretFile: 'pagerduty.txt',
    holds: 'an integration key',
    needs: 'key',
    uses: 'sends events with the key',
    parameter: 'pagerdutyKeyParameter',
    stackParameter: 'PagerdutyKeyParameter',
    option: '--pagerduty-parameter',
    variable: 'TABLEKEEPER_PAGERDUTY_KEY_PARAMETER',
  },
  {
    name: 'webhook',
    title: 'the webhook',
    item: 'webhook',
    secretFile: 'receiver.txt',
    holds: 'an address and a key to sign with',
    needs: 'address',
    uses: 'posts to the address',
    parameter: 'webhookParameter',
    stackParameter: 'WebhookParameter',
    option: '--webhook-parameter',
    variable: 'TABLEKEEPER_WEBHOOK_PARAMETER',
  },
];

/** Whether a function is one that passes alerts on, and acts by no policies. */
export const isChannel = (name: string): boolean => CHANNELS.some((channel) => channel.name === name);
