import { leftRecoveryPoints, restorableTables } from '../../shared/core/explain/restorable.ts';
import { pageAssets } from './assets.ts';
import type { ReportFacts } from './facts.ts';
import { reportPage } from './page.ts';

/** Writes the page of a deployment from what one look saw. */
export const reportOf = (known: Omit<ReportFacts, 'restorable' | 'left'>): string => {
  const { look, findings } = known.status;
  const seen = { ...look, findings };
  const facts = { ...known, restorable: restorableTables(seen), left: leftRecoveryPoints(seen) };
  return reportPage(facts, pageAssets());
};
