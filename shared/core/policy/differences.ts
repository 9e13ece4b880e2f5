import type { PolicyAspect, PolicyDifference } from '../../model/deployed-policies.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { sameValue } from './same-value.ts';

const ASPECTS: Readonly<Record<PolicyAspect, (policy: Policy) => unknown>> = {
  engine: ({ engine }) => engine,
  schedule: ({ schedule, timezone }) => [schedule, timezone],
  retention: ({ retention }) => retention,
  rpo: ({ rpoMs }) => rpoMs,
  pitr: ({ pitr }) => pitr,
};

/** What the kinds of difference have words for; anything else is named by its path. */
const WORDED: readonly string[] = ['tag', 'guardrail', 'digest', 'policies'];
const WORDED_OF_A_POLICY: readonly string[] = [
  'name',
  'engine',
  'schedule',
  'timezone',
  'retention',
  'rpoMs',
  'pitr',
];

const unworded = (
  deployed: object,
  given: object,
  { worded, path }: { readonly worded: readonly string[]; readonly path: string },
): readonly PolicyDifference[] => {
  const [before, after] = [new Map(Object.entries(deployed)), new Map(Object.entries(given))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !(worded.includes(key) || sameValue(before.get(key), after.get(key))))
    .toSorted()
    .map((key) => ({ kind: 'setting', path: `${path}${key}` }));
};

const changed = (deployed: Policy, given: Policy): readonly PolicyDifference[] => [
  ...(Object.keys(ASPECTS) as PolicyAspect[])
    .filter((aspect) => !sameValue(ASPECTS[aspect](deployed), ASPECTS[aspect](given)))
    .map((aspect) => ({ kind: 'policy-changed', aspect, deployed, given }) as const),
  ...unworded(deployed, given, { worded: WORDED_OF_A_POLICY, path: `policies.${given.name}.` }),
];

const ofPolicies = (deployed: Policies, given: Policies): readonly PolicyDifference[] => {
  const before = new Map(deployed.policies.map((policy) => [policy.name, policy]));
  const after = new Map(given.policies.map((policy) => [policy.name, policy]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name): readonly PolicyDifference[] => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== undefined && is !== undefined) return changed(was, is);
    if (is !== undefined) return [{ kind: 'policy-added', policy: is }];
    return was === undefined ? [] : [{ kind: 'policy-removed', policy: was }];
  });
};

/**
 * Lists how policies differ from those that are deployed: tag, guardrail and digest first, then policy by policy. Empty only where every value
 * is the same; the order in which things were written makes no difference.
 */
export const policyDifferences = (deployed: Policies, given: Policies): readonly PolicyDifference[] => [
  ...(deployed.tag === given.tag ? [] : [{ kind: 'tag', deployed: deployed.tag, given: given.tag } as const]),
  ...(sameValue(deployed.guardrail, given.guardrail)
    ? []
    : [{ kind: 'guardrail', deployed: deployed.guardrail, given: given.guardrail } as const]),
  ...(sameValue(deployed.digest, given.digest)
    ? []
    : [{ kind: 'digest', deployed: deployed.digest, given: given.digest } as const]),
  ...ofPolicies(deployed, given),
  ...unworded(deployed, given, { worded: WORDED, path: '' }),
];
