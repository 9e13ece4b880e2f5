import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import { SECOND_MS } from '../shared/model/instant.ts';
import type { Mode } from '../shared/model/plan.ts';
import { composeFromEnvironment } from '../shared/run/compose.ts';
import type { ComposeOptions } from '../shared/run/compose-wire.ts';
import type { Deps } from '../shared/run/deps.ts';
import { type Watch, withHeartbeat } from '../shared/run/heartbeat.ts';
import { type RunReport, type RunRequest, reconcile } from '../shared/run/reconcile.ts';
import { noteAndSum } from '../shared/run/run-notes.ts';
import { runnerOf } from './at-terminal.ts';
import { errorLogger, throwFailures } from './failures.ts';
import { policies } from './policies.ts';
import { parseTick, type Tick } from './tick.ts';

/** The public names of the modes: those of their functions. */
const NAMES: Readonly<Record<Mode, string>> = { protect: 'backup', expire: 'prune', audit: 'audit' };

/** What Lambda needs to receive the answer, in milliseconds. */
const RESERVE_MS = SECOND_MS;

/** The event becomes a tick before anything reads it. */
const tickParser = (): MiddlewareObj => ({
  before: (request) => {
    request.event = parseTick(request.event);
  },
});

/** A person who asked for something that was not done gets an error as the answer. */
const throwRefusal = ({ refusal }: Pick<RunReport, 'refusal'>): void => {
  if (refusal !== undefined) throw new Error(refusal);
};

/** What one function has and others have not. */
interface Extras
  extends Pick<
      ComposeOptions,
      'finders' | 'keeperOf' | 'keyFactsOf' | 'looksElsewhere' | 'vaultEngineOf' | 'vaultFactsOf'
    >,
    Pick<RunRequest, 'sendDigest'> {
  /** What measures a run for the dashboard, where the deployment has one. */
  readonly gaugesOf?: () => RunRequest['readGauges'];
  /** What writes the page of a run, where the deployment has a bucket for it. */
  readonly publisherOf?: () => RunRequest['publishPage'];
  /** Watches the runs from outside. */
  readonly watchOf?: (parts: Deps) => Watch;
  /** What reports a run to CloudWatch. */
  readonly metricOf?: (instance: string, mode: Mode) => (report: RunReport) => void;
}

const without = () => undefined;
const unwatched = ({ log }: Deps): Watch => ({ log });
const unmeasured = () => () => undefined;

/**
 * Creates the Lambda handler that reconciles in a mode on every event: one stack of logger (with
 * the request's id), event parsing and time budget for all functions, plus the extras of one of
 * them. Returns the run's counts and throws when the run is incomplete.
 */
export const onTick = (mode: Mode, extras: Extras) => {
  const {
    watchOf = unwatched,
    metricOf = unmeasured,
    publisherOf = without,
    gaugesOf = without,
    sendDigest,
    ...more
  } = extras;
  const logger = new Logger({ serviceName: `tablekeeper-${mode}` });
  const ownParts = composeFromEnvironment(policies, logger, more);
  const [watch, measure] = [watchOf(ownParts), metricOf(ownParts.instance, mode)];
  const [publishPage, readGauges] = [publisherOf(), gaugesOf()];
  return middy<Tick, Readonly<Record<string, unknown>>>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(errorLogger(logger))
    .use(tickParser())
    .handler(async (tick, context) => {
      const { parts, tells } = runnerOf(ownParts, context);
      const log = { group: context.logGroupName, stream: context.logStreamName };
      const deadline = parts.clock.now() + context.getRemainingTimeInMillis();
      const extras = { sendDigest, readGauges, ...(tells && { publishPage }) };
      const request = { mode, runId: context.awsRequestId, deadline, log, ...extras, ...tick };
      const { callTime, clock } = parts;
      const watched = tells ? watch : unwatched(parts);
      const report = await withHeartbeat(watched, () => reconcile(parts, request), { clock, deadline });
      callTime.allow(deadline - RESERVE_MS);
      const summary = await noteAndSum(parts, NAMES[mode], report);
      measure(report);
      logger.info('the run is over', summary);
      throwFailures(report);
      throwRefusal(report);
      return summary;
    });
};
