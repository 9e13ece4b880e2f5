import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { PLAN_COMMAND, runCommand } from '../text/commands.ts';
import { counted, listed } from '../text/words.ts';
import type { GuardrailExcess, GuardrailRefusal, WorstLoss } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'guardrail-refusal': true;
  }
}

const percentText = (share: number): string => `${Math.round(share * 100)} %`;

const worstText = (policy: string, { table, lost, available, reach }: WorstLoss): string => {
  const points = `${lost.toLocaleString('en-US')} of ${counted(available, 'recovery point')} of ${table} under ${policy}`;
  return reach === undefined
    ? `${points} (${percentText(lost / Math.max(1, available))})`
    : `${points}, and with them ${percentText(reach)} of how far back they reach`;
};

/** Describes what exceeds the limit: the worst table, because the limit is per table. */
const excessText = ({ policy, tables, expiries, worst }: GuardrailExcess): string => {
  const text = worstText(policy, worst);
  if (tables.length === 1) return text;
  return `${text}, the worst of ${counted(tables.length, 'table')} over the limit (${counted(expiries, 'recovery point')} in all)`;
};

const namesText = ({ excesses }: GuardrailRefusal): string => {
  const tables = [...new Set(excesses.flatMap((excess) => excess.tables))];
  return tables.length > 1 ? ` Tables over the limit: ${listed(tables)}.` : '';
};

const limitsText = ({ limits }: GuardrailRefusal): string =>
  `at most ${percentText(limits.maxShare)} of a table's recovery points or of how far back they reach`;

/** Says all that the rules would delete, which an approval deletes; what is over the limit is a part of it. */
const allText = ({ expiries, tables: [table, ...others] }: GuardrailRefusal): string =>
  `The rules would delete ${counted(expiries, 'recovery point')} of ${others.length > 0 ? `${others.length + 1} tables` : table}.`;

/** What is known of it wherever it is open. */
export const guardrailRefusal: KindTraits<'guardrail-refusal'> = {
  kind: 'guardrail-refusal',
  title: 'expiry held back by the guardrail',
  breaksPromise: false,
  facets: ['tags', 'recovery-points', 'memory'],
};

/**
 * Finds that the rules would delete more of a table's history than the guardrail allows, so that nothing expires until
 * a person has looked. The advice names the digest of exactly this set: approving it approves no other.
 */
export const guardrailRefusalFinder: Finder<'guardrail-refusal'> = {
  kind: 'guardrail-refusal',
  findsFrom: ['recovery-points'],
  occasion: 'guardrail-refusal',
  find: ({ guardrail, now }) => {
    if (guardrail === undefined) return [];
    const measured = guardrail.excesses.map(excessText).join('; ');
    const finding = {
      id: findingId('guardrail-refusal'),
      kind: 'guardrail-refusal' as const,
      severity: 'warning' as const,
      ...policyOf(guardrail),
      fact: `${allText(guardrail)} Over the limit: ${measured}; the guardrail allows ${limitsText(guardrail)}. Nothing was deleted.${namesText(guardrail)}`,
      measured,
      promised: limitsText(guardrail),
      since: now,
      advice: advise(
        `See which ones and why. Undo the change of a policy, a tag or a hold that caused it, or have exactly ${guardrail.expiries === 1 ? 'this one' : `these ${guardrail.expiries.toLocaleString('en-US')}`} deleted:`,
        PLAN_COMMAND,
        runCommand('prune', '--approve', guardrail.digest),
      ),
    };
    return [finding];
  },
};

/** Returns the policy when only one is affected. */
const policyOf = ({ excesses }: GuardrailRefusal): { readonly policy?: string } => {
  const [only, ...others] = excesses;
  return only === undefined || others.length > 0 ? {} : { policy: only.policy };
};
