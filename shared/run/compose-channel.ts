import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS } from '../adapters/aws/limits.ts';
import { createCallRecorder } from '../adapters/aws/pacing.ts';
import { createSecretParameter } from '../adapters/aws/secret-parameter.ts';
import { createOutbox } from '../adapters/channels/outbox.ts';
import type { Service } from '../adapters/channels/service.ts';
import { readChannelEnvironment } from '../adapters/system/env.ts';
import { type PowertoolsLogger, powertoolsLog, silentLog } from '../adapters/system/log.ts';
import { createCallTime, systemClock } from '../adapters/system/time.ts';
import { CHANNELS, type ChannelName } from '../model/channel.ts';
import { MINUTE_MS } from '../model/instant.ts';
import { type ComposeOptions, wireOf } from './compose-wire.ts';
import type { PassDeps, Render } from './pass-on.ts';

/** What passing alerts on is built from. */
export type ChannelOptions = Pick<
  ComposeOptions,
  'instance' | 'region' | 'log' | 'clock' | 'endpoint' | 'credentials' | 'requestHandler' | 'random'
> & { readonly secretParameter: string };

/** One channel: its service, and how it shows a message. A function has one, so that it carries no other. */
export interface ChannelParts {
  readonly name: ChannelName;
  readonly service: Service;
  readonly render: Render;
}

/**
 * How long reading the secret may take; Lambda retries a message minutes later. In milliseconds.
 */
const SECRET_MS = MINUTE_MS;

/** Builds what passes alerts on by a channel. */
export const composeChannel = (
  { name, service, render }: ChannelParts,
  options: ChannelOptions,
): PassDeps => {
  const { secretParameter, clock = systemClock, log = silentLog } = options;
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const callTime = createCallTime(clock, SECRET_MS);
  const calls = { ...wireOf(options), clock, limiter, recorder: createCallRecorder(), callTime };
  const secret = createSecretParameter(calls, secretParameter);
  return { name, render, clock, log, outbox: createOutbox({ secret, clock, log }, service) };
};

/** Builds what the function of a channel passes alerts on with, from its environment. */
export const composeChannelFromEnvironment = (channel: ChannelParts, logger: PowertoolsLogger): PassDeps => {
  const variable = CHANNELS.find(({ name }) => name === channel.name)?.variable ?? '';
  return composeChannel(channel, { ...readChannelEnvironment(variable), log: powertoolsLog(logger) });
};
