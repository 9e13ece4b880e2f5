import type { Finding } from '../../model/finding.ts';
import { type DroppedPitr, droppedPitrId, droppedPitrOf } from '../protection/dropped-pitr.ts';
import { daysText } from '../text/time.ts';
import { counted, listed } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import { addedText, subjectsOf } from './subjects.ts';

const findingOf = (
  policy: string,
  dropped: readonly DroppedPitr[],
  { now, openFindings }: CheckContext,
): Finding => {
  const names = dropped.map(({ table }) => table);
  const days = daysText(dropped.reduce((most, one) => Math.max(most, one.days), 0));
  const id = droppedPitrId(policy);
  const { subjects, added } = subjectsOf(names, id, openFindings);
  return {
    id,
    kind: 'protection-changed',
    severity: 'info',
    policy,
    cause: 'PITR no longer promised',
    fact: `Point-in-time recovery of ${counted(names.length, 'table')} is no longer promised by ${policy}: ${listed(names)}. Nobody is told any more when it is off.${addedText(added, 'table')}`,
    measured: 'no promise',
    promised: days,
    since: now,
    advice: `Nothing has to be done if this is meant. Otherwise bring the pitr of ${policy} back into the policy file and deploy it.`,
    subjects,
  };
};

/**
 * Finds policies that promised point-in-time recovery and do so no longer, one finding for each. What was open about it ends without a word, so this is said. Reported once;
 * when people know, it is remembered as meant.
 */
export const pitrNoLongerPromised = (context: CheckContext): readonly Finding[] => {
  const before = new Map(context.memory.protections?.map((one) => [one.table, one]));
  const dropped = context.governed.flatMap((one) => droppedPitrOf(one, before.get(one.table.name)));
  return [...Map.groupBy(dropped, ({ policy }) => policy)].map(([policy, of]) =>
    findingOf(policy, of, context),
  );
};
