import * as z from 'zod/mini';
import type { DeployedPolicies, OtherPolicies } from '../../model/deployed-policies.ts';
import type { NotedRun } from '../../model/noted-run.ts';
import type { Policies } from '../../model/policy.ts';
import { policyDifferences } from './differences.ts';
import { policiesDigest } from './policies-file.ts';

/**
 * The functions on a schedule: what they last ran with is what is deployed, or was a few hours ago.
 * A hint may be weeks old.
 */
const SCHEDULED: readonly string[] = ['audit', 'backup', 'prune'];

const anObject = z.record(z.string(), z.unknown());

const policySchema = z.looseObject({
  name: z.string(),
  engine: z.string(),
  schedule: z.string(),
  timezone: z.string(),
  rpoMs: z.number(),
  retention: anObject,
  pitr: z.optional(anObject),
});

const policiesSchema = z.looseObject({
  tag: z.string(),
  guardrail: anObject,
  digest: z.optional(anObject),
  policies: z.array(policySchema),
});

/** Whether policies that were read back, from the state table or out of a build, can be shown. Their digest tells whether they are what a run had. */
export const arePolicies = (value: unknown): value is Policies => policiesSchema.safeParse(value).success;

/** The policies that a run saved count only if they match its digest exactly. */
const otherOf = (runs: readonly NotedRun[], given: Policies): OtherPolicies => {
  const digest = runs[0]?.policiesDigest ?? '';
  const deployed = runs
    .map(({ policies }) => policies)
    .filter(arePolicies)
    .find((policies) => policiesDigest(policies) === digest);
  return {
    functions: runs.map(({ name }) => name),
    policiesDigest: digest,
    ...(deployed !== undefined && { differences: policyDifferences(deployed, given) }),
  };
};

/**
 * Compares policies with what each function on a schedule ran with last. They are the same only if
 * every function that has run says so: after a deployment one that has not run since still differs,
 * and so does one that was not redeployed.
 */
export const deployedPolicies = (runs: readonly NotedRun[], given: Policies): DeployedPolicies => {
  const digest = policiesDigest(given);
  const scheduled = runs
    .filter(({ name }) => SCHEDULED.includes(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (scheduled.length === 0) return { kind: 'never-ran' };
  const others = scheduled.filter((run) => run.policiesDigest !== digest);
  if (others.length === 0) return { kind: 'same' };
  return {
    kind: 'differ',
    others: [...Map.groupBy(others, (run) => run.policiesDigest).values()].map((ran) => otherOf(ran, given)),
    same: scheduled.filter((run) => run.policiesDigest === digest).map(({ name }) => name),
  };
};
