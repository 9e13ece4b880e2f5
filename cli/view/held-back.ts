import { counted } from '../../shared/core/text/words.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { heldBackExpiries } from './plan-text.ts';

const countText = (count: number): string => counted(count, 'expiry', 'expiries');

/** What the guardrail refuses, or an approval of another set. */
const refusedLines = (plan: Plan): readonly string[] => {
  const held = heldBackExpiries(plan);
  if (held.length === 0) return [];
  const { expiryDigest, otherApproval } = plan;
  return otherApproval === undefined
    ? [`${countText(held.length)} held back by the guardrail, digest ${expiryDigest}`]
    : [
        `${countText(held.length)} held back: their digest is ${expiryDigest}, and ${otherApproval} was approved`,
      ];
};

/** What holds back single series: a hold, failing backups, what could not be seen. */
const keptLines = ({ retention }: Plan): readonly string[] => {
  const held = retention.flatMap(({ heldBack }) => (heldBack === undefined ? [] : [heldBack.join('; ')]));
  return [...Map.groupBy(held, (why) => why)].map(
    ([why, all]) => `${countText(all.length)} held back: ${why}`,
  );
};

/** When a whole list is missing nothing may expire, and what would is unknown. */
const blindLines = ({ findings }: Plan): readonly string[] =>
  findings
    .filter(
      ({ kind, table, severity }) =>
        kind === 'observation-gap' && table === undefined && severity === 'critical',
    )
    .map(({ fact }) => `Expiry is held back: ${fact}`);

/**
 * Lists what would expire by the rules and stays, and why, one line for each reason. Every run
 * shows the guardrail; only an expiry run shows what else holds expiry back.
 */
export const heldBackLines = (plan: Plan): readonly string[] => {
  const isForExpiry = plan.mode === 'expire';
  return [
    ...(isForExpiry ? blindLines(plan) : []),
    ...refusedLines(plan),
    ...(isForExpiry ? keptLines(plan) : []),
  ];
};
