import type {
  DeployedPolicies,
  OtherPolicies,
  PolicyAspect,
  PolicyDifference,
} from '../../model/deployed-policies.ts';
import { assertNever } from '../../model/errors.ts';
import type { DigestSchedule, GuardrailLimits, Policy } from '../../model/policy.ts';
import {
  afterDeletionText,
  drillText,
  pitrPromiseText,
  retentionText,
  rpoText,
  rtoText,
  vaultClauses,
} from './text.ts';

/**
 * One difference in words: what differs, how it is deployed and how it is in the file; a side that
 * lacks it is absent.
 */
export interface DifferenceText {
  readonly setting: string;
  readonly policy?: string;
  readonly deployed?: string;
  readonly given?: string;
}

const guardrailText = ({ maxShare, floor }: GuardrailLimits): string =>
  `more than ${Math.round(maxShare * 1_000) / 10} % and more than ${floor} at once`;

const digestText = (digest: DigestSchedule | undefined): string =>
  digest === undefined ? 'none' : `${digest.schedule} in ${digest.timezone}`;

const ASPECT_TEXT: Readonly<Record<PolicyAspect, (policy: Policy) => string>> = {
  engine: ({ engine }) => engine,
  vault: ({ vault }) => (vault === undefined ? 'none' : vaultClauses(vault).join('; ')),
  schedule: ({ schedule, timezone }) => `${schedule} in ${timezone}`,
  retention: ({ retention }) => retentionText(retention),
  rpo: rpoText,
  pitr: ({ pitr }) => pitrPromiseText(pitr),
  rto: rtoText,
  drill: drillText,
  afterDeletion: afterDeletionText,
};

const briefText = (policy: Policy): string =>
  `${ASPECT_TEXT.schedule(policy)}, ${ASPECT_TEXT.retention(policy)}`;

/** Words a difference, for a line and for a document. */
export const differenceText = (difference: PolicyDifference): DifferenceText => {
  switch (difference.kind) {
    case 'tag':
      return { setting: 'tag', deployed: difference.deployed, given: difference.given };
    case 'guardrail':
      return {
        setting: 'guardrail',
        deployed: guardrailText(difference.deployed),
        given: guardrailText(difference.given),
      };
    case 'digest':
      return {
        setting: 'digest',
        deployed: digestText(difference.deployed),
        given: digestText(difference.given),
      };
    case 'policy-added':
      return {
        setting: 'policy',
        policy: difference.policy.name,
        given: briefText(difference.policy),
      };
    case 'policy-removed':
      return {
        setting: 'policy',
        policy: difference.policy.name,
        deployed: briefText(difference.policy),
      };
    case 'policy-changed': {
      const text = ASPECT_TEXT[difference.aspect];
      return {
        setting: difference.aspect,
        policy: difference.given.name,
        deployed: text(difference.deployed),
        given: text(difference.given),
      };
    }
    case 'setting':
      return { setting: difference.path };
    default:
      return assertNever(difference);
  }
};

/** What the two sides of a difference are called. */
interface Sides {
  readonly before: string;
  readonly here: string;
}

const DEPLOYED: Sides = { before: 'deployed', here: 'here' };

const lineOf = (difference: PolicyDifference, { before, here }: Sides): string => {
  const { setting, policy, deployed, given } = differenceText(difference);
  const about = policy === undefined || setting === 'policy' ? '' : `policy ${policy}, `;
  const what = setting === 'policy' ? `policy ${policy ?? ''}` : `${about}${setting}`;
  if (deployed === undefined && given === undefined) return `  ${what}: differs`;
  if (deployed === undefined) return `  ${what}: is not ${before}; ${here} ${given}`;
  if (given === undefined) return `  ${what}: is not in this file; ${before} ${deployed}`;
  return `  ${what}: ${before} ${deployed}; ${here} ${given}`;
};

/** Lists line by line how a policy file differs from what a function was built with. */
export const staleLines = (
  module: string,
  file: string,
  differences: readonly PolicyDifference[],
): readonly string[] => [
  `${module} was not built with ${file} as it is now.`,
  ...differences.map((difference) => lineOf(difference, { before: 'built', here: 'now' })),
];

const NOT_WRITTEN_DOWN =
  '  Which ones, the version that is deployed did not write down: it names them by a digest only.';

const otherLines = ({ functions, differences }: OtherPolicies): readonly string[] => [
  `${functions.join(', ')} ran last with other policies:`,
  ...(differences === undefined
    ? [NOT_WRITTEN_DOWN]
    : differences.map((difference) => lineOf(difference, DEPLOYED))),
];

const sameLine = (same: readonly string[]): string =>
  `${same.join(', ')} ran last with this file: either not all have run since it was deployed, or only a part of it was.`;

/**
 * Lists line by line how a policy file differs from what is deployed. Empty when it does not, or
 * when that cannot be known.
 */
export const deployedLines = (file: string, deployed: DeployedPolicies): readonly string[] => {
  switch (deployed.kind) {
    case 'same':
    case 'never-ran':
    case 'unreadable':
      return [];
    case 'differ':
      return [
        `${file} is not what is deployed.`,
        ...deployed.others.flatMap(otherLines),
        ...(deployed.same.length === 0 ? [] : [sameLine(deployed.same)]),
      ];
    default:
      return assertNever(deployed);
  }
};
