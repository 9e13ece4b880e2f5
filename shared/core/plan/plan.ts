import type { Action, ExpireAction } from '../../model/action.ts';
import type { Finding } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Plan } from '../../model/plan.ts';
import { deployedAs } from '../../model/policy.ts';
import { type Finders, findingsOf, keptByFindings } from '../findings/find.ts';
import { nextGone } from '../protection/gone-memory.ts';
import { nextProtections } from '../protection/next-protections.ts';
import { nextSeries } from '../protection/series.ts';
import { listedOnce, normalizeInput } from '../scene/ordered.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import { memoryInScope } from '../scene/scope.ts';
import { expiryDigest } from '../text/digest.ts';
import { withWholeCommands } from '../text/whole-command.ts';
import { carriesOut, createsOf, expiriesOf, repairsOf, retentionOf } from './actions.ts';
import { checkContext } from './check-context.ts';
import { sceneFor } from './confirm.ts';
import { type GuardrailVerdict, guardrailVerdict } from './guardrail.ts';
import { copiesToMake } from './job-creates.ts';
import { nextMemory } from './memory.ts';
import { inOrder } from './order.ts';
import { reportable, wholeMemory } from './scope.ts';
import { judgedTables } from './seen-tables.ts';
import { nextVaultRecords } from './vault-records.ts';
import { verdictsOf } from './verdicts.ts';

interface ExpiriesDecided
  extends Pick<Plan, 'retention' | 'otherApproval'>,
    Pick<GuardrailVerdict, 'losses'> {
  readonly digest: string;
  readonly guardrail: GuardrailVerdict['refusal'];
  readonly allowed: readonly ExpireAction[];
}

/**
 * SAFETY: a person who approves a digest approves exactly that set: if the set is another one by
 * now, nothing of it expires, whether the guardrail would allow it or not. Only prune deletes, and
 * only it sees the whole set.
 */
const otherApprovalOf = ({ approvedDigest, mode }: PlanInput, digest: string): string | undefined =>
  mode === 'expire' && approvedDigest !== digest ? approvedDigest : undefined;

/** SAFETY: only where nothing would expire and no edit has cost anything, so that the guardrail has nothing to refuse and nothing to remember. */
const NOTHING_WEIGHED: GuardrailVerdict = { refusal: undefined, losses: [] };

/** What would be deleted, and whether the guardrail allows it. */
const decideExpiries = (input: PlanInput, scene: Scene, finders: Pick<Finders, 'kinds'>): ExpiriesDecided => {
  const kept = keptByFindings(finders, { ...input, ...scene });
  const retention = retentionOf(input, scene, kept);
  const expiries = expiriesOf(retention);
  const digest = expiryDigest(expiries.map(({ recoveryPoint }) => recoveryPoint.id));
  const { approvedDigest, memory, now, policies } = input;
  const { allSeries, regimes } = scene;
  const weighed = { expiries, allSeries, regimes, memory, limits: policies.guardrail, now, digest, kept };
  const isNothing = expiries.length + (memory.losses ?? []).length === 0;
  const { refusal, losses } = isNothing ? NOTHING_WEIGHED : guardrailVerdict({ ...weighed, approvedDigest });
  const allowed = refusal === undefined ? expiries : [];
  const decided = { retention, digest, guardrail: refusal, losses, allowed };
  const otherApproval = otherApprovalOf(input, digest);
  if (otherApproval === undefined) return decided;
  return { ...decided, otherApproval, losses: memory.losses ?? [], allowed: [] };
};

const decideActions = (input: PlanInput, scene: Scene, expiries: readonly Action[]): readonly Action[] => {
  const { instance, now, observation } = input;
  const tags = new Map(observation.tables.map((table) => [table.name, table.tags]));
  const { target } = observation;
  const scope = {
    instance,
    now,
    target,
    reach: scene.reach,
    tagsOf: (table: string) => tags.get(table) ?? {},
  };
  const creates = createsOf(scene.allSeries, scope);
  const all = [
    ...creates,
    ...(scene.concerns.vaults ? copiesToMake(scene.wantedCopies, now) : []),
    ...repairsOf(scene.governed),
    ...expiries,
  ];
  const own = all.filter((action) => carriesOut(input.mode, action));
  return own.length > 1 ? inOrder(own) : own;
};

/** What is open began when it was found first; what a run repaired since begins again. */
const withKnownBeginning = (
  found: readonly Finding[],
  openFindings: readonly OpenFinding[],
): readonly Finding[] => {
  const open = new Map(
    openFindings.filter(({ repairedAt }) => repairedAt === undefined).map((one) => [one.id, one]),
  );
  return found.map((finding) => ({ ...finding, since: open.get(finding.id)?.since ?? finding.since }));
};

const deletedIn = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(findings.flatMap(({ kind, table }) => (kind === 'table-deleted' ? (table ?? []) : [])));

/** What a plan does, without what is wrong: all that changes anything. */
export interface Deeds extends Pick<Plan, 'actions' | 'otherApproval' | 'retention'> {
  readonly digest: string;
  readonly guardrail: GuardrailVerdict['refusal'];
  readonly losses: GuardrailVerdict['losses'];
}

/** Decides what should change. `input` is in order and in scope, as `plan` makes it; `scene` is that of the run. */
export const decideDeeds = (input: PlanInput, scene: Scene, finders: Pick<Finders, 'kinds'>): Deeds => {
  const { allowed, ...decided } = decideExpiries(input, scene, finders);
  return { ...decided, actions: decideActions(input, scene, allowed) };
};

/**
 * SAFETY: an observation with gaps creates and repairs what it can see, and expires nothing.
 * Decides what should change and what is wrong, from everything known about a target. Pure and
 * total: the same input gives the same plan, whatever the order of its lists. A plan over the
 * guardrail still shows in `retention` what would have expired. `scene` is that of the run, `finders` are those of its function.
 */
export const plan = (finders: Finders, given: PlanInput, scene: Scene = sceneFor(given)): Plan => {
  const { mode, now, observation } = given;
  const memory = memoryInScope(given.memory, observation.scope);
  const listed = listedOnce(observation.recoveryPoints, scene.listed);
  const input = normalizeInput({ ...given, memory }, listed);
  const { retention, digest, guardrail, losses, actions, otherApproval } = decideDeeds(input, scene, finders);
  const plannedRepairs = actions.filter((action) => action.kind === 'enable-pitr');
  const { concerns } = scene;
  const vaultRecords = concerns.vaults ? nextVaultRecords(memory.vaultRecords, input) : undefined;
  const gone = concerns.goneTables ? nextGone({ ...input, ...scene, own: [...scene.own.values()] }) : {};
  const context = checkContext(input, scene, { guardrail, plannedRepairs, gone, vaultRecords }, finders);
  const deployment = {
    instance: input.instance,
    target: observation.target,
    ...deployedAs(input.policies),
  };
  const { scope } = observation;
  const all = findingsOf(finders, context);
  const reported = scope === undefined ? all : reportable(all, scope, input);
  const found = withKnownBeginning(reported, input.openFindings);
  const findings = withWholeCommands(found, deployment);
  const protections = nextProtections({ ...context, deleted: deletedIn(findings) });
  // Only an audit compares series with what is remembered of them.
  const series = mode === 'audit' ? nextSeries(input, context) : (memory.series ?? []);
  const next = nextMemory(input, scene, { gone, losses, protections, series, vaultRecords });
  return {
    target: observation.target,
    mode,
    plannedAt: now,
    complete: observation.gaps.length === 0,
    actions,
    findings,
    verdicts: verdictsOf(judgedTables(scene, { findings, gaps: observation.gaps, now, keys: observation }), {
      ...{ findings, gaps: observation.gaps, openFindings: input.openFindings, now },
    }),
    retention,
    expiryDigest: digest,
    ...(otherApproval !== undefined && { otherApproval }),
    memory: scope === undefined ? next : wholeMemory(given.memory, next, scope, input),
  };
};
