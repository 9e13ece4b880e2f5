import { findingId } from '../../model/finding.ts';
import { adviceText, counted } from '../render/finding-text.ts';
import type { Check } from './check.ts';
import type { GuardrailExcess, GuardrailRefusal } from './context.ts';

const percentText = (share: number): string => `${Math.round(share * 100)} %`;

const shareText = ({ expiries, available }: GuardrailExcess): string =>
  available === 0 ? 'of none' : percentText(expiries / available);

const excessText = (excess: GuardrailExcess): string => {
  const { policy, expiries, available } = excess;
  const whose = policy === undefined ? 'all policies together' : policy;
  return `${expiries.toLocaleString('en-US')} of ${counted(available, 'recovery point')} of ${whose} (${shareText(excess)})`;
};

const limitsText = ({ limits }: GuardrailRefusal): string =>
  `at most ${percentText(limits.maxShare)}, or ${limits.floor.toLocaleString('en-US')}`;

/**
 * Finds that the rules would let more expire at once than the guardrail allows, so that nothing expires until a person has looked. The way
 * out names the digest of exactly this set: approving it approves no other.
 */
export const guardrailRefusal: Check = {
  kind: 'guardrail-refusal',
  facets: ['tags', 'recovery-points', 'memory'],
  find: ({ guardrail, now }) => {
    if (guardrail === undefined) return [];
    const measured = guardrail.excesses.map(excessText).join(', ');
    const finding = {
      id: findingId('guardrail-refusal'),
      kind: 'guardrail-refusal' as const,
      severity: 'warning' as const,
      ...policyOf(guardrail),
      fact: `The rules would delete ${measured}; the guardrail allows ${limitsText(guardrail)}. Nothing was deleted.`,
      measured,
      promised: limitsText(guardrail),
      since: now,
      advice: adviceText(
        'See which ones and why. Undo the policy change that caused it, or approve exactly this set:',
        'tablekeeper plan',
        `tablekeeper run prune --approve ${guardrail.digest}`,
      ),
    };
    return [finding];
  },
};

/** A finding about one policy alone says so. */
const policyOf = ({ excesses }: GuardrailRefusal): { readonly policy?: string } => {
  const [only, ...others] = excesses;
  return only?.policy === undefined || others.length > 0 ? {} : { policy: only.policy };
};
