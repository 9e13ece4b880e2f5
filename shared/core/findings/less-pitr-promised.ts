import { advise } from '../../model/advice.ts';
import type { Finding } from '../../model/finding.ts';
import { type LessPitr, lessPitrId, lessPitrOf } from '../protection/promise.ts';
import { daysText } from '../text/time.ts';
import { counted, listed } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import { addedText, subjectsOf } from './subjects.ts';

/** Describes the present promise and its effect. */
const textsOf = ({ policy, daysNow }: LessPitr, tables: string, days: string) =>
  daysNow === 0
    ? {
        cause: 'PITR no longer promised',
        fact: `Point-in-time recovery of ${tables} is no longer promised by ${policy}`,
        effect: 'Nobody is alerted any more when it is off.',
        measured: 'no promise',
      }
    : {
        cause: 'shorter PITR promised',
        fact: `Point-in-time recovery of ${tables} is promised for ${daysText(daysNow)} now, and was for ${days} by ${policy}`,
        effect: `Nobody is alerted any more when it reaches back less than ${days}, only when it is less than ${daysText(daysNow)}.`,
        measured: daysText(daysNow),
      };

const findingOf = (
  one: LessPitr,
  less: readonly LessPitr[],
  { now, openFindings }: CheckContext,
): Finding => {
  const { policy } = one;
  const names = less.map(({ table }) => table);
  const days = daysText(less.reduce((most, { days: promised }) => Math.max(most, promised), 0));
  const id = lessPitrId(one);
  const { subjects, added } = subjectsOf(names, id, openFindings);
  const { cause, fact, effect, measured } = textsOf(one, counted(names.length, 'table'), days);
  return {
    id,
    kind: 'protection-changed',
    severity: 'info',
    policy,
    cause,
    fact: `${fact}: ${listed(names)}. ${effect}${addedText(added, 'table')}`,
    measured,
    promised: days,
    since: now,
    advice: advise(
      `Nothing has to be done if this is meant. Otherwise bring the pitr of ${policy} back into the policy file and deploy it.`,
    ),
    subjects,
  };
};

/**
 * Finds policies that no longer promise point-in-time recovery, or for fewer days, one finding each, because open
 * findings about it end silently. Reported once; then remembered as intended.
 */
export const lessPitrPromised = (context: CheckContext): readonly Finding[] => {
  const before = new Map(context.memory.protections?.map((one) => [one.table, one]));
  const less = context.governed.flatMap((one) => lessPitrOf(one, before.get(one.table.name)));
  return [...Map.groupBy(less, lessPitrId).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [findingOf(first, alike, context)];
  });
};
