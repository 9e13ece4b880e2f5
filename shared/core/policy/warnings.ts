import type { Policies } from '../../model/policy.ts';
import { daysNamed } from '../calendar/intervals.ts';
import { shown } from './mistake.ts';

/** Something in a policy file that is valid, and probably not intended. */
export interface PolicyWarning {
  /** Where it stands: `guardrail.maxShare`, `policies.archive.schedule`. */
  readonly path: string;
  readonly says: string;
}

const isLeapDay = (midnight: number): boolean => {
  const day = new Date(midnight);
  return day.getUTCMonth() === 1 && day.getUTCDate() === 29;
};

/** A schedule of nothing but 29 February lets four years pass between two slots, and eight around 2100. */
const leapWarning = (path: string, schedule: string, what: string): readonly PolicyWarning[] =>
  daysNamed(schedule).every(isLeapDay)
    ? [
        {
          path,
          says: `The schedule ${shown(schedule)} comes on 29 February alone: ${what} every four years. "0 3 28 2 *" comes every year.`,
        },
      ]
    : [];

/** Lists what a person should check again, in the order of the file. None of it is refused. */
export const policyWarnings = ({ digest, guardrail, policies }: Policies): readonly PolicyWarning[] => [
  ...(guardrail.maxShare < 1
    ? []
    : [
        {
          path: 'guardrail.maxShare',
          says: 'A maxShare of 1 lets a plan take all that a table has but its newest recovery point: the guardrail asks nobody about anything. 0.5 asks about more than half.',
        },
      ]),
  ...(digest === undefined ? [] : leapWarning('digest.schedule', digest.schedule, 'a digest is sent')),
  ...policies.flatMap(({ name, schedule }) =>
    leapWarning(`policies.${name}.schedule`, schedule, 'a recovery point is made'),
  ),
];
