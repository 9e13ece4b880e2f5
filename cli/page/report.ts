import { leftRecoveryPoints, restorableTables } from '../../shared/core/explain/restorable.ts';
import type { DrillLevel, Policies } from '../../shared/model/policy.ts';
import type { Status } from '../../shared/run/status.ts';
import { pageAssets } from './assets.ts';
import type { Proof, ReportFacts } from './facts.ts';
import { reportPage } from './page.ts';

const PROVED: Readonly<Record<DrillLevel, string>> = {
  listed: 'it is in the list, nothing was restored',
  described: 'it is described as the table is, nothing was restored',
  restored: 'restored and checked',
};

/** Where no policy drills and nothing was ever proved, the page has no column of it. */
const proofsIn = ({ tables }: Status, { policies }: Policies): ReadonlyMap<string, Proof> | undefined => {
  const proofs = tables.flatMap(({ verdict: { table }, ifLost: { proof } }): readonly [string, Proof][] => {
    if (proof === undefined) return [];
    const { at, level, tookMs } = proof;
    return [[table, { provedAt: at, says: PROVED[level], ...(tookMs !== undefined && { tookMs }) }]];
  });
  const isDrilled = policies.some(({ drill }) => drill !== undefined);
  return proofs.length === 0 && !isDrilled ? undefined : new Map(proofs);
};

/** Writes the page of a deployment from what one look saw. */
export const reportOf = (known: Omit<ReportFacts, 'restorable' | 'left' | 'proofs'>): string => {
  const { look, findings } = known.status;
  const seen = { ...look, findings };
  const proofs = proofsIn(known.status, known.policies);
  const facts = {
    ...known,
    ...(proofs !== undefined && { proofs }),
    restorable: restorableTables(seen),
    left: leftRecoveryPoints(seen),
  };
  return reportPage(facts, pageAssets());
};
