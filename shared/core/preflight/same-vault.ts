import { advise } from '../../model/advice.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { destinationsOf, homesOf } from './needs.ts';
import { type Preflight, troubled } from './trouble.ts';

/** Finds policies that copy into the vault that their recovery points are in: only the account and the Region show that, and no copy is ever made. */
export const sameVaults = (policies: readonly Policy[], target: Target): Preflight =>
  troubled(
    ...homesOf(policies, target)
      .filter(({ arn, policy }) => destinationsOf([policy]).includes(arn))
      .map(({ arn, name, policy }) => ({
        kind: 'copy-impossible' as const,
        subject: [policy.name, arn],
        severity: 'warning' as const,
        fact: `copyTo of ${policy.name} names the vault ${name}, which its recovery points are in, so that no copy is ever made there.`,
        measured: 'the same vault',
        promised: 'a vault elsewhere',
        advice: advise(
          'Name a vault in another Region or account in copyTo of the policy file, or leave copyTo out.',
        ),
      })),
  );
