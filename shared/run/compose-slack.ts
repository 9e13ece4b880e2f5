import { createCallRecorder } from '../adapters/aws/call-recorder.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS } from '../adapters/aws/limits.ts';
import { createSecretParameter } from '../adapters/aws/secret-parameter.ts';
import { createWebhookChat } from '../adapters/channels/channel.ts';
import { readSlackEnvironment } from '../adapters/system/env.ts';
import { type PowertoolsLogger, powertoolsLog, silentLog } from '../adapters/system/log.ts';
import { createCallTime, systemClock } from '../adapters/system/time.ts';
import { MINUTE_MS } from '../model/instant.ts';
import { type ComposeOptions, wireOf } from './compose-wire.ts';
import type { SlackParts } from './pass-on.ts';

/** What passing alerts on to Slack is built from. */
export type SlackSurroundings = Pick<
  ComposeOptions,
  'instance' | 'region' | 'log' | 'clock' | 'endpoint' | 'credentials' | 'requestHandler' | 'random'
> & { readonly webhookParameter: string };

/**
 * How long reading the address may take; Lambda retries a message minutes later. In milliseconds.
 */
const ADDRESS_MS = MINUTE_MS;

/** Builds what passes alerts on to Slack. */
export const composeSlack = (surroundings: SlackSurroundings): SlackParts => {
  const { instance, webhookParameter, clock = systemClock, log = silentLog } = surroundings;
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const callTime = createCallTime(clock, ADDRESS_MS);
  const options = { ...wireOf(surroundings), clock, limiter, recorder: createCallRecorder(), callTime };
  const secret = createSecretParameter(options, webhookParameter);
  return { instance, clock, log, chat: createWebhookChat({ secret, clock, log }) };
};

/** Builds the parts of the Slack function from its environment. */
export const composeSlackFromEnvironment = (logger: PowertoolsLogger): SlackParts =>
  composeSlack({ ...readSlackEnvironment(), log: powertoolsLog(logger) });
