import { digestMemory, digestOf } from '../core/digest/digest.ts';
import { dueDigest } from '../core/digest/due.ts';
import { digestMessageOf } from '../core/render/digest-message.ts';
import { renderDigest } from '../core/render/digest-text.ts';
import { logLink } from '../core/render/log-link.ts';
import { messageOf } from '../model/errors.ts';
import type { DigestMemory, OpenFinding } from '../model/memory.ts';
import type { Doings } from './alert.ts';
import type { Parts } from './parts.ts';

type Voice = Pick<Parts, 'clock' | 'instance' | 'notifier' | 'policies' | 'target'>;

/** What was said, for the next run to know, and what went wrong in saying it. */
export interface Digested {
  readonly memory?: DigestMemory;
  readonly failures: readonly string[];
}

const NOTHING: Digested = { failures: [] };

/** A digest of half of what there is would calm people for the wrong reason; the gap itself is told. Who reads the topic changes nothing in it. */
const sawAll = ({ seen: { gaps, observation, plan } }: Doings): boolean =>
  plan.mode === 'audit' &&
  gaps.length === 0 &&
  observation.gaps.every(({ facet, table }) => table !== undefined || facet === 'subscriptions');

/**
 * Given what an audit saw and what is open after it, sends the digest that is due, if one is. At the edge runs that do not see everything send
 * none, and one that did not leave is due again at the next audit; so is one that left and could not be written down.
 */
export const sendDigest = async (
  voice: Voice,
  doings: Doings,
  openFindings: readonly OpenFinding[],
): Promise<Digested> => {
  const { clock, instance, notifier, policies, target } = voice;
  const { seen, runId, log } = doings;
  const now = clock.now();
  const last = seen.memory.digest;
  const slot = sawAll(doings) ? dueDigest(policies.digest, last, now) : undefined;
  if (slot === undefined) return NOTHING;
  const openIds = new Set(openFindings.map(({ id }) => id));
  const over = [...seen.resolvedFindings, ...seen.openFindings.map((one) => ({ ...one, resolvedAt: now }))];
  const findings = [...openFindings, ...over.filter(({ id }) => !openIds.has(id))];
  const digest = digestOf({ ...seen, policies, instance, findings, last, now });
  const link = log === undefined ? undefined : logLink(log, runId, target);
  try {
    const content = { digest, instance, target, now, runId, logLink: link };
    await notifier.send({ ...renderDigest(content), digest: digestMessageOf(content) });
  } catch (error) {
    return { failures: [`the digest did not leave: ${messageOf(error)}`] };
  }
  return { memory: digestMemory(digest, slot, now), failures: [] };
};
