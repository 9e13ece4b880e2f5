import { mutedBy } from '../core/alert/explained.ts';
import { newsWithoutMemory } from '../core/alert/news.ts';
import { findingsOfOutcomes } from '../core/findings/find.ts';
import { gapFindings } from '../core/findings/observation-gap.ts';
import { messageOf } from '../model/errors.ts';
import type { Failure } from '../model/failure.ts';
import type { Finding } from '../model/finding.ts';
import { type AlertDeps, type RunResult, sendNews, type Told } from './send-news.ts';

/** Counts duplicates once: the gap may be in the plan already. */
const onceEach = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [finding.id, finding])).values(),
];

/**
 * Alerts without knowing earlier alerts: reports everything that is wrong, and that the state table
 * cannot be reached and why. Only the audit does this, every six hours, and not when Lambda retries
 * it: other runs would repeat it every half hour. The caller's run fails either way, so that an
 * alarm is raised too.
 */
export const alertWithoutMemory = async (
  deps: AlertDeps,
  doings: RunResult,
  failure: Failure,
): Promise<Told> => {
  const { clock, policies, withoutMemoryPause: pause } = deps;
  const { seen, outcomes } = doings;
  const { observation, openFindings, plan } = seen;
  const now = clock.now();
  if (plan.mode !== 'audit' || observation.scope !== undefined || !pause.isOver(now))
    return { openFindings, failures: [] };
  const failing = findingsOfOutcomes({ outcomes, openFindings, policies, now });
  const found = onceEach([...plan.findings, ...failing, ...gapFindings([{ facet: 'memory', failure }], now)]);
  const isMuted = mutedBy({ observation, openFindings, memory: plan.memory, policies, now });
  const news = newsWithoutMemory(found, isMuted, now);
  try {
    await deps.notifier.prepare();
    await sendNews(deps, news, doings);
  } catch (error) {
    return { openFindings: news.opened, failures: [`the message did not leave: ${messageOf(error)}`] };
  }
  pause.begin(now);
  return { openFindings: news.opened, failures: [] };
};
