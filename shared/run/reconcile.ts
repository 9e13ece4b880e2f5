import type { RunLog } from '../core/messages/log-link.ts';
import { counted } from '../core/text/words.ts';
import { failureText } from '../model/failure.ts';
import type { Instant } from '../model/instant.ts';
import type { OpenFinding } from '../model/memory.ts';
import type { Gap, Observation } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { CallCount } from '../ports/call-counter.ts';
import { alert } from './alert.ts';
import type { Deps } from './deps.ts';
import type { Digested, SendDigest } from './digest.ts';
import { type Look, type LookRequest, look } from './look.ts';
import { remember } from './memory.ts';
import type { Published, PublishPage } from './publish.ts';
import { stagesOf } from './stages.ts';

/** Measures what an audit saw and what is open after it, by the names of metrics. */
export type ReadGauges = (
  parts: Deps,
  seen: Look,
  openFindings: readonly OpenFinding[],
) => Promise<Readonly<Record<string, number>>>;

/** What one run is asked to do. */
export interface RunRequest extends LookRequest {
  readonly runId: string;
  /** When the run must end. */
  readonly deadline: Instant;
  /** Sends the digest that is due; given to audits, which alone see everything that it is about. */
  readonly sendDigest?: SendDigest | undefined;
  /** Writes the page of all tables; given to audits of a deployment with a bucket for it. */
  readonly publishPage?: PublishPage | undefined;
  /** Measures for the dashboard; given to audits of a deployment that has one. */
  readonly readGauges?: ReadGauges | undefined;
  /** Where the run's log is written; absent at a terminal. */
  readonly log?: RunLog | undefined;
}

/** What one run saw, did and reported. */
export interface RunReport {
  readonly observation: Observation;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  /** What the dashboard shows; absent without one. */
  readonly gauges?: Readonly<Record<string, number>> | undefined;
  /** What is open at the end of the run. */
  readonly openFindings: readonly OpenFinding[];
  readonly calls: readonly CallCount[];
  readonly durationMs: number;
  /**
   * Why the run is incomplete: it could not observe, alert or save. Its caller ends as a failure
   * when there are any.
   */
  readonly failures: readonly string[];
  /** Why the run did not do what a person asked for. Its caller ends as a failure then too. */
  readonly refusal?: string;
}

const refusalOf = ({ expiryDigest, otherApproval }: Plan): string | undefined =>
  otherApproval === undefined
    ? undefined
    : `the approved digest ${JSON.stringify(otherApproval)} is not that of the present set, which is ${expiryDigest}: nothing was deleted`;

/**
 * Lists why a run is incomplete: every gap in a whole list. A gap in one table is a finding of that
 * table instead.
 */
const unreadableLists = (gaps: readonly Gap[]): readonly string[] =>
  gaps
    .filter((gap) => gap.table === undefined)
    .map((gap) => `${gap.facet} could not be read: ${failureText(gap.failure)}`);

/**
 * A recovery point made without a claim is no failure of its own, but the run is incomplete: two
 * runs at once may make two.
 */
const withoutClaims = (outcomes: readonly Outcome[]): readonly string[] => {
  const unclaimed = outcomes.flatMap((outcome) => outcome.unclaimed ?? []);
  const [why] = unclaimed;
  return why === undefined
    ? []
    : [`${counted(unclaimed.length, 'recovery point')} had to be made without a claim: ${failureText(why)}`];
};

const NO_DIGEST: Digested = { failures: [] };
const NO_PAGE: Published = { failures: [] };

/** Publishes the page of an audit of all tables; any other run has none. */
const publishIn = async (
  { mode, publishPage, scope }: RunRequest,
  parts: Deps,
  seen: Look,
  until: Instant,
): Promise<Published> =>
  publishPage === undefined || mode !== 'audit' || scope !== undefined
    ? NO_PAGE
    : await (await import('./publish.ts')).publish(publishPage, parts, seen, until);

const reconcileInTime = async (parts: Deps, request: RunRequest): Promise<RunReport> => {
  const { callTime, clock } = parts;
  const startedAt = clock.now();
  const stages = stagesOf(request.mode, startedAt, request.deadline);
  const seen = await look(parts, {
    ...request,
    ...(request.scope === undefined && { asksTopic: true }),
  });
  callTime.allow(stages.acting);
  const { recoveryPointsWholeAt: listedAt, tables, vaultsWholeAt: vaultsListedAt } = seen.observation;
  const tags = new Map(tables.map((table) => [table.name, table.tags]));
  const budget = { ...request, startedAt, listedAt, vaultsListedAt };
  const isIdle = seen.plan.actions.length === 0;
  // Most runs have nothing to do, and do not read what does it.
  const outcomes = isIdle
    ? []
    : await (await import('./apply.ts')).apply(parts, seen.plan, budget, (table) => tags.get(table));
  const { runId, deadline, log } = request;
  // The message links to the page, so the page comes first.
  const published = await publishIn(request, parts, seen, stages.acting);
  const doings = { seen, outcomes, runId, deadline, log, page: published.link };
  callTime.allow(stages.alerting);
  const told = await alert(parts, doings);
  const sendDigest = parts.policies.digest === undefined ? undefined : request.sendDigest;
  const digested = (await sendDigest?.(parts, doings, told.openFindings)) ?? NO_DIGEST;
  callTime.allow(stages.saving);
  const remembered = await remember(parts, seen, { outcomes, digest: digested.memory });
  const isAudit = request.mode === 'audit';
  const undrawn = isAudit
    ? await (await import('./picture.ts')).keepPicture(parts, seen, told.openFindings)
    : [];
  const keeper = isAudit ? parts.settingsKeeper : undefined;
  const unkept = (await keeper?.keep(seen.observation, stages.capturing)) ?? [];
  const gauges = await request.readGauges?.(parts, seen, told.openFindings);
  const refusal = refusalOf(seen.plan);
  return {
    observation: seen.observation,
    plan: seen.plan,
    outcomes,
    openFindings: told.openFindings,
    calls: parts.callCounter.counts(),
    durationMs: clock.now() - startedAt,
    failures: [
      ...unreadableLists(seen.observation.gaps),
      ...withoutClaims(outcomes),
      ...published.failures,
      ...told.failures,
      ...digested.failures,
      ...remembered,
      ...undrawn,
      ...unkept,
    ],
    ...(gauges !== undefined && { gauges }),
    ...(refusal !== undefined && { refusal }),
  };
};

/**
 * Runs once: observe, plan, apply, alert. Brings the target as far towards its policies as the mode
 * may and alerts on what is new, before its deadline whatever the services do. Nothing depends on
 * the run having finished: what it left is still due. With a scope it looks at these tables only,
 * as one part of a run that counts its own calls and ends their time.
 */
export const reconcile = async (parts: Deps, request: RunRequest): Promise<RunReport> => {
  if (request.scope !== undefined) return await reconcileInTime(parts, request);
  parts.callCounter.reset();
  try {
    return await reconcileInTime(parts, request);
  } finally {
    parts.callTime.allow(undefined);
  }
};
