import { listed, verb } from '../shared/core/text/words.ts';
import type { Channel } from '../shared/model/channel.ts';

/** One subscription of the topic, as SNS lists it. */
export interface TopicSubscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly status: 'confirmed' | 'pending' | 'deleted';
}

/** What an SSM parameter that a function reads was found to be. */
export type SecretState =
  | { readonly kind: 'none' }
  | { readonly kind: 'usable' }
  | { readonly kind: 'doubtful'; readonly what: string; readonly fix: string }
  | { readonly kind: 'unusable'; readonly what: string; readonly fix: string }
  | { readonly kind: 'unread'; readonly why: string };

/** A function that passes alerts on. */
export interface ChannelRoute {
  readonly channel: Channel;
  readonly functionName: string;
  /** Empty where none was given. */
  readonly parameter: string;
  readonly state: SecretState;
}

/** Where the alerts of a deployment go, as the account says after it. */
export interface AlertRoutes {
  readonly stack: string;
  readonly region: string;
  readonly topicArn: string;
  /** Empty or `none` where no mail was asked for. */
  readonly alertEmail: string;
  /** Or why they could not be listed. */
  readonly subscriptions: readonly TopicSubscription[] | string;
  /** Everything that passes alerts on, given a parameter or not. */
  readonly channels: readonly ChannelRoute[];
  readonly heartbeatParameter: string;
  readonly heartbeat: SecretState;
  /** What an earlier deployment was given, as `NAME=VALUE`. */
  readonly kept: readonly string[];
}

type Line = readonly [who: string, what: string];

const CONFIRM = 'Open the mail that AWS sent there and confirm; until then no alert arrives';

const subscribeCommand = ({ region, topicArn }: AlertRoutes, email: string): string =>
  `aws sns subscribe --region ${region} --protocol email --notification-endpoint ${email} --topic-arn ${topicArn}`;

const subscriptionLine = (routes: AlertRoutes, { protocol, endpoint, status }: TopicSubscription): Line => {
  const who = protocol.startsWith('email') ? endpoint : `${protocol} ${endpoint}`;
  switch (status) {
    case 'confirmed':
      return [who, 'confirmed: alerts go there'];
    case 'pending':
      return [who, protocol.startsWith('email') ? `to be confirmed. ${CONFIRM}.` : 'to be confirmed.'];
    case 'deleted':
      return [who, `unsubscribed. Again: ${subscribeCommand(routes, endpoint)}`];
  }
};

const isOurs = ({ channels }: AlertRoutes, { protocol, endpoint }: TopicSubscription): boolean =>
  protocol === 'lambda' &&
  channels.some(({ functionName }) => endpoint.endsWith(`:function:${functionName}`));

const mailLines = (routes: AlertRoutes): readonly Line[] => {
  const { alertEmail, subscriptions } = routes;
  if (typeof subscriptions === 'string')
    return [['mail', `who is subscribed could not be listed: ${subscriptions}`]];
  const others = subscriptions.filter((one) => !isOurs(routes, one));
  const lines = others.map((one) => subscriptionLine(routes, one));
  if (alertEmail === 'none') return [...lines, ['alertEmail', 'none, as was said']];
  if (others.some(({ endpoint }) => endpoint === alertEmail)) return lines;
  const how = `Subscribe it, and confirm the mail that AWS sends: ${subscribeCommand(routes, alertEmail)}`;
  return [[alertEmail, `not subscribed: no alert arrives. ${how}`], ...lines];
};

const secretLine = (who: string, parameter: string, state: SecretState, uses: string): Line => {
  switch (state.kind) {
    case 'none':
      return [who, 'none'];
    case 'usable':
      return [who, `${uses} in ${parameter}`];
    case 'doubtful':
    case 'unusable':
      return [who, `${state.what.replace(/\.$/, '')}. ${state.fix}`];
    case 'unread':
      return [who, `${parameter} could not be looked at by you: ${state.why}`];
  }
};

const NOBODY = 'NOBODY IS ALERTED YET: no subscription is confirmed.';

const isUsable = ({ state }: ChannelRoute): boolean => state.kind === 'usable' || state.kind === 'doubtful';

/** Mail is how people learn that a channel does not work any more. */
const aloneText = (channels: readonly Channel[]): string => {
  const [first, ...others] = channels;
  const names = listed(channels.map(({ title }) => title)).toUpperCase();
  const what = others.length === 0 ? `its ${first?.needs} stops` : 'they stop';
  return `ONLY ${names} ${verb(channels.length, 'IS', 'ARE')} ALERTED: once ${what} working, nobody is told of that either. Add a mail address: --param="alertEmail=ADDRESS"`;
};

/** What is wrong with the routes together. */
const warningsOf = (routes: AlertRoutes): readonly string[] => {
  const { channels, subscriptions } = routes;
  if (typeof subscriptions === 'string') return [];
  if (subscriptions.some((one) => one.status === 'confirmed' && !isOurs(routes, one))) return [];
  const usable = channels.filter(isUsable).map(({ channel }) => channel);
  return [usable.length === 0 ? NOBODY : aloneText(usable)];
};

/** A channel that was not asked for is not listed, but for Slack. */
const channelLines = ({ channels }: AlertRoutes): readonly Line[] =>
  channels
    .filter(({ channel, state }) => state.kind !== 'none' || channel.name === 'slack')
    .map(({ channel, parameter, state }) => secretLine(channel.title, parameter, state, channel.uses));

const columns = (lines: readonly Line[]): readonly string[] => {
  const width = Math.max(...lines.map(([who]) => who.length));
  return lines.map(([who, what]) => `  ${who.padEnd(width)}  ${what}`);
};

/** Formats where alerts go and what is still to be done, at the end of a deployment. */
export const routesText = (routes: AlertRoutes): string => {
  const lines = columns([
    ...mailLines(routes),
    ...channelLines(routes),
    secretLine('heartbeat', routes.heartbeatParameter, routes.heartbeat, 'calls the address'),
  ]);
  return [
    '',
    `Alerts of ${routes.stack} (${routes.region}) go to:`,
    ...lines,
    ...warningsOf(routes).map((warning) => `  ${warning}`),
    ...(routes.kept.length === 0 ? [] : [`Kept from the last deployment: ${routes.kept.join(', ')}`]),
    '',
  ].join('\n');
};
