import { digestMemory, digestOf } from '../core/messages/digest/digest.ts';
import { renderDigest } from '../core/messages/digest/mail.ts';
import { digestMessageOf, dueDigest } from '../core/messages/digest/message.ts';
import { logLink } from '../core/messages/log-link.ts';
import { withGone } from '../core/retention/gone-tables.ts';
import { messageOf } from '../model/errors.ts';
import type { DigestMemory, OpenFinding } from '../model/memory.ts';
import { deployedAs } from '../model/policy.ts';
import { ALERT_TURN } from './alert.ts';
import { readRestores } from './past-restores.ts';
import type { AlertDeps, RunResult } from './send-news.ts';
import { withTurn } from './turn.ts';

/** What was sent, for the next run, and what failed in sending it. */
export interface Digested {
  readonly memory?: DigestMemory;
  readonly failures: readonly string[];
}

const NOTHING: Digested = { failures: [] };

/**
 * A digest of half of the account would reassure people wrongly; the gap itself is reported. Who
 * receives the topic does not matter to it.
 */
const sawAll = ({ seen: { gaps, observation, plan } }: RunResult): boolean =>
  plan.mode === 'audit' &&
  observation.scope === undefined &&
  gaps.length === 0 &&
  observation.gaps.every(({ facet, table }) => table !== undefined || facet === 'subscriptions');

/** What was sent, or why it was not; nothing when none is due since the last one. */
const sendDue = async (
  deps: AlertDeps,
  { seen, runId, log, page }: RunResult,
  openFindings: readonly OpenFinding[],
  last: DigestMemory | undefined,
): Promise<Digested> => {
  const { clock, findingsPage, instance, notifier, policies, target } = deps;
  const now = clock.now();
  const slot = dueDigest(policies.digest, last, now);
  if (slot === undefined) return NOTHING;
  const openIds = new Set(openFindings.map(({ id }) => id));
  const over = [...seen.resolvedFindings, ...seen.openFindings.map((one) => ({ ...one, resolvedAt: now }))];
  const findings = [...openFindings, ...over.filter(({ id }) => !openIds.has(id))];
  const restores = await readRestores(deps);
  const memory = withGone(seen.memory, seen.plan.memory);
  const digest = digestOf({ ...seen, memory, policies, instance, findings, restores, last, now });
  const link = log === undefined ? undefined : logLink(log, runId, target);
  try {
    const origin = { instance, ...deployedAs(policies), target, runId, logLink: link, page, findingsPage };
    const content = { ...origin, digest, now };
    await notifier.prepare();
    await notifier.send({ ...renderDigest(content), digest: digestMessageOf(content) });
  } catch (error) {
    return { failures: [`the digest did not leave: ${messageOf(error)}`] };
  }
  return { memory: digestMemory(digest, slot, now), failures: [] };
};

/**
 * Sends the digest that is due, if any, from what an audit saw and what is open after it. Runs that
 * do not see everything send none. One that was not sent is due again at the next audit, and so is
 * one that was sent and could not be saved. Two audits at once send one: each reads the last digest
 * again in its turn.
 */
export const sendDigest = async (
  deps: AlertDeps,
  doings: RunResult,
  openFindings: readonly OpenFinding[],
): Promise<Digested> => {
  const { clock, policies, stateStore } = deps;
  const { seen, deadline } = doings;
  if (!sawAll(doings) || dueDigest(policies.digest, seen.memory.digest, clock.now()) === undefined)
    return NOTHING;
  try {
    return await withTurn(deps, ALERT_TURN, deadline, async () => {
      const memory = await stateStore.readMemory();
      const digested = await sendDue(deps, doings, openFindings, memory.digest);
      if (digested.memory !== undefined)
        await stateStore.saveMemory(memory, { ...memory, digest: digested.memory });
      return digested;
    });
  } catch (error) {
    return { failures: [`the digest could not be sent and written down: ${messageOf(error)}`] };
  }
};

/** How a run is given it: only audits are, so that no other function contains what digests are made of. */
export type SendDigest = typeof sendDigest;
