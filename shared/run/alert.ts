import { mutedBy } from '../core/alert/explained.ts';
import { hasNews } from '../core/alert/news.ts';
import { openAfter, unchangedSince } from '../core/alert/open.ts';
import { type Decision, toSend } from '../core/alert/sent.ts';
import { repairedIn } from '../core/findings/catalogue.ts';
import { findingsOfOutcomes } from '../core/findings/find.ts';
import { withConsequences } from '../core/findings/gap-consequences.ts';
import { evaluate } from '../core/findings/judged.ts';
import { reachableTables } from '../core/findings/table-inaccessible.ts';
import { findingsInScope } from '../core/scene/scope.ts';
import { withWholeCommands } from '../core/text/whole-command.ts';
import { messageOf, NotSentError } from '../model/errors.ts';
import { thrownFailure } from '../model/failure.ts';
import type { OpenFinding, ResolvedFinding } from '../model/memory.ts';
import { deployedAs } from '../model/policy.ts';
import { alertWithoutMemory } from './alert-without-memory.ts';
import { isResolved } from './memory.ts';
import { type AlertDeps, type RunResult, sendNews, type Told } from './send-news.ts';
import { withTurn } from './turn.ts';

/** What has been reported so far. */
interface Known {
  readonly openFindings: readonly OpenFinding[];
  readonly resolvedFindings: readonly ResolvedFinding[];
  /** Of other tables, where the run looks at a few. */
  readonly elsewhere: readonly OpenFinding[];
}

/**
 * One run alerts at a time, so that no two report the same. The digest is sent in the same turn.
 */
export const ALERT_TURN = 'alert';

const decideNews = (
  deps: AlertDeps,
  { seen, outcomes }: RunResult,
  known: Omit<Known, 'elsewhere'>,
): Decision => {
  const { clock, policies } = deps;
  const now = clock.now();
  const { memory, observation, plan } = seen;
  const { openFindings, resolvedFindings } = known;
  const failed = withWholeCommands(findingsOfOutcomes({ outcomes, openFindings, policies, now }), {
    ...deps,
    ...deployedAs(policies),
  });
  const found = withConsequences([...plan.findings, ...failed], openFindings);
  const unchanged = unchangedSince(seen, [...openFindings, ...resolvedFindings]);
  const { concerns, governed } = seen.scene;
  const { vaultRecords } = memory;
  const sight = {
    mode: plan.mode,
    observation,
    found,
    governed,
    outcomes,
    vaultRecords,
    finders: deps.finders,
  };
  const { resolvable, withdrawn, held } = evaluate(unchanged, sight);
  const foundIds = new Set(found.map(({ id }) => id));
  const isMuted = concerns.mutes
    ? mutedBy({ observation, openFindings, memory: plan.memory, policies, now })
    : () => false;
  const standing = openAfter({
    openFindings,
    resolvedFindings,
    found,
    judged: resolvable,
    withdrawn,
    repaired: repairedIn(found, outcomes),
    now,
    lookedAt: observation.observedAt,
    keptSince: policies.digest === undefined ? undefined : memory.digest?.sentAt,
  });
  return toSend(standing, {
    isMuted: (finding) => isMuted(finding) || (held.has(finding.id) && !foundIds.has(finding.id)),
    reachable: reachableTables(observation),
    failed: new Set(failed.map(({ id }) => id)),
  });
};

const readKnown = async ({ stateStore }: AlertDeps, { seen }: RunResult): Promise<Known> => {
  const all = await stateStore.readFindings();
  const findings = findingsInScope(all, seen.observation.scope);
  const here = new Set(findings.map(({ id }) => id));
  return {
    openFindings: findings.filter((finding) => !isResolved(finding)),
    resolvedFindings: findings.filter(isResolved),
    elsewhere: all.filter(({ id, notifiedAt }) => !here.has(id) && notifiedAt !== undefined),
  };
};

const failed = ({ open }: Decision, what: string, error: unknown): Told => ({
  openFindings: open,
  failures: [`${what}: ${messageOf(error)}`],
});

const NOT_SENT = 'the message did not leave';

/** Marks that cannot be removed lead to a duplicate message, never to a missing one. */
const takeBack = async ({ log, stateStore }: AlertDeps, { unmark }: Decision): Promise<void> => {
  try {
    await stateStore.saveFindings(unmark);
  } catch (error) {
    log.warn('marks could not be taken back', { reason: messageOf(error) });
  }
};

/** Reads again what another run could still write, decides again, marks, sends, and saves. */
const tell = async (deps: AlertDeps, doings: RunResult): Promise<Told> => {
  const known = await readKnown(deps, doings);
  const decision = decideNews(deps, doings, known);
  const { marks, news, reported } = decision;
  try {
    if (hasNews(news)) await deps.notifier.prepare();
  } catch (error) {
    return failed(decision, NOT_SENT, error);
  }
  if (marks.length > 0) await deps.stateStore.saveFindings({ put: marks, remove: [] });
  try {
    await sendNews(deps, news, doings, [...reported, ...known.elsewhere]);
  } catch (error) {
    if (error instanceof NotSentError) await takeBack(deps, decision);
    return failed(decision, NOT_SENT, error);
  }
  try {
    await deps.stateStore.saveFindings(decision.changes);
  } catch (error) {
    return failed(decision, 'what people were told is not saved', error);
  }
  return { openFindings: decision.open, failures: [] };
};

const isIdle = ({ news, changes }: Decision): boolean =>
  !hasNews(news) && changes.put.length + changes.remove.length === 0;

/**
 * Alerts on what a run found and did, with at most one message, and saves what was reported. Runs
 * alert one after the other, each from what the one before saved. A message that was not sent is
 * not saved as sent, so the next run sends it. A run that was killed after sending may lead to a
 * duplicate, never to silence. When the state table cannot be read or written, only the audit
 * alerts, and the run fails.
 */
export const alert = async (deps: AlertDeps, doings: RunResult): Promise<Told> => {
  const { seen, deadline } = doings;
  const [gap] = seen.gaps;
  if (gap !== undefined) return await alertWithoutMemory(deps, doings, gap.failure);
  const first = decideNews(deps, doings, seen);
  if (isIdle(first)) return { openFindings: first.open, failures: [] };
  try {
    return await withTurn(deps, ALERT_TURN, deadline, () => tell(deps, doings));
  } catch (error) {
    const reason = messageOf(error);
    const { openFindings, failures } = await alertWithoutMemory(deps, doings, thrownFailure(error));
    return {
      openFindings,
      failures: [`what people were told could not be read and marked: ${reason}`, ...failures],
    };
  }
};
