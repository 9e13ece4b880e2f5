import type { DeployedPolicies, OtherPolicies, PolicyDifference } from '../../model/deployed-policies.ts';
import { assertNever } from '../../model/errors.ts';
import { differenceText } from './difference-words.ts';

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
