import type { DigestSchedule, GuardrailLimits, Policy } from './policy.ts';

/** What of a policy may differ: `schedule` is the schedule with its zone. */
export type PolicyAspect =
  | 'engine'
  | 'vault'
  | 'schedule'
  | 'retention'
  | 'rpo'
  | 'pitr'
  | 'rto'
  | 'drill'
  | 'afterDeletion';

/** One way in which a policy file differs from what is deployed. */
export type PolicyDifference =
  | { readonly kind: 'tag'; readonly deployed: string; readonly given: string }
  | { readonly kind: 'guardrail'; readonly deployed: GuardrailLimits; readonly given: GuardrailLimits }
  | {
      readonly kind: 'digest';
      readonly deployed: DigestSchedule | undefined;
      readonly given: DigestSchedule | undefined;
    }
  /** What drills of a month may cost, in US dollars; absent where no policy has drills. */
  | { readonly kind: 'drill-cap'; readonly deployed: number | undefined; readonly given: number | undefined }
  /** The file has it, and nothing that is deployed does. */
  | { readonly kind: 'policy-added'; readonly policy: Policy }
  /** It is deployed, and the file has it no more. */
  | { readonly kind: 'policy-removed'; readonly policy: Policy }
  | {
      readonly kind: 'policy-changed';
      readonly aspect: PolicyAspect;
      readonly deployed: Policy;
      readonly given: Policy;
    }
  /** Something that this version has no words for, as a path such as `policies.standard.copyTo`. */
  | { readonly kind: 'setting'; readonly path: string };

/** Functions that ran last with the same policies, and how a file differs from those. */
export interface OtherPolicies {
  /** `audit`, `backup`, `prune`. */
  readonly functions: readonly string[];
  readonly policiesDigest: string;
  /** Absent where the version that is deployed wrote down a digest only. */
  readonly differences?: readonly PolicyDifference[];
}

/** How a policy file stands to what the functions of a deployment ran with last. */
export type DeployedPolicies =
  | { readonly kind: 'same' }
  /** No function has run yet, so that nothing says what is deployed. */
  | { readonly kind: 'never-ran' }
  /** What was written down of the runs cannot be read. */
  | { readonly kind: 'unreadable' }
  /** `same` are functions that ran last with the file: where there are any, only a part was deployed, or not all have run since. */
  | { readonly kind: 'differ'; readonly others: readonly OtherPolicies[]; readonly same: readonly string[] };
