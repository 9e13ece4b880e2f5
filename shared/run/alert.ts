import { type Decision, decide } from '../core/alert/decide.ts';
import { toldNews } from '../core/alert/groups.ts';
import { muteTeller } from '../core/alert/mute.ts';
import { hasNews, readableNews } from '../core/alert/news.ts';
import { withConsequences } from '../core/checks/gap-consequences.ts';
import { judged, unjudged } from '../core/checks/judged.ts';
import { findingsOfOutcomes } from '../core/checks/outcomes.ts';
import { zoneOf } from '../core/policy/zone-of.ts';
import { alertMessageOf } from '../core/render/alert-message.ts';
import { logLink, type RunLog } from '../core/render/log-link.ts';
import { renderMail } from '../core/render/mail.ts';
import { messageOf } from '../model/errors.ts';
import type { OpenFinding } from '../model/memory.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Look } from './look.ts';
import type { Parts } from './parts.ts';

/** What a run found and did, as far as people may have to hear of it. */
export interface Doings {
  readonly seen: Look;
  readonly outcomes: readonly Outcome[];
  readonly runId: string;
  /** Where the run's log is written; absent at a terminal. */
  readonly log?: RunLog | undefined;
}

/** What is open once people have been told, and what went wrong in telling them. */
export interface Told {
  readonly openFindings: readonly OpenFinding[];
  readonly failures: readonly string[];
}

type Voice = Pick<Parts, 'clock' | 'instance' | 'notifier' | 'policies' | 'stateStore' | 'target'>;

const decideNews = ({ clock, policies }: Voice, { seen, outcomes }: Doings): Decision => {
  const now = clock.now();
  const { memory, openFindings, resolvedFindings, observation, plan } = seen;
  const failed = findingsOfOutcomes({ outcomes, openFindings, policies, now });
  const found = withConsequences([...plan.findings, ...failed], openFindings);
  const { mode } = plan;
  const known = [...openFindings, ...resolvedFindings];
  const sight = { mode, observation, found, outcomes, policies };
  const { withdrawn, held } = unjudged(known, sight);
  const foundIds = new Set(found.map(({ id }) => id));
  const isMuted = muteTeller({ observation, openFindings, policies, now });
  return decide({
    openFindings,
    resolvedFindings,
    found,
    isMuted: (finding) => isMuted(finding) || (held.has(finding.id) && !foundIds.has(finding.id)),
    judged: judged(known, sight),
    withdrawn,
    now,
    keptSince: policies.digest === undefined ? undefined : memory.digest?.sentAt,
  });
};

const send = async (voice: Voice, decision: Decision, { runId, log }: Doings): Promise<void> => {
  const news = readableNews(decision.news);
  if (!hasNews(news)) return;
  const { instance, policies, target } = voice;
  const link = log === undefined ? undefined : logLink(log, runId, target);
  const timezone = zoneOf(policies);
  const content = { news, instance, target, now: voice.clock.now(), timezone, runId, logLink: link };
  await voice.notifier.send({
    ...renderMail(content),
    alert: alertMessageOf({ ...content, news: toldNews(news) }),
  });
};

/**
 * Given what a run found and did, sends at most one message and then writes down what people know. At the edge a message that did not leave
 * is not written down as told, so the next run tells it; without the memory of what was told nothing is sent, for every run would repeat
 * everything, and the run fails aloud instead.
 */
export const alert = async (voice: Voice, doings: Doings): Promise<Told> => {
  const { seen } = doings;
  if (seen.gaps.length > 0) return { openFindings: seen.openFindings, failures: [] };
  const decision = decideNews(voice, doings);
  try {
    await send(voice, decision, doings);
  } catch (error) {
    return { openFindings: decision.open, failures: [`the message did not leave: ${messageOf(error)}`] };
  }
  try {
    await voice.stateStore.saveFindings(decision.changes);
  } catch (error) {
    return {
      openFindings: decision.open,
      failures: [`what people were told is not saved: ${messageOf(error)}`],
    };
  }
  return { openFindings: decision.open, failures: [] };
};
