import type { FindingKind } from '../../shared/model/finding.ts';

/** The compiler keeps this list whole: a kind that is missing here, or too many, is a type error. */
const EVERY: Readonly<Record<FindingKind, true>> = {
  'backup-stuck': true,
  'backups-failing': true,
  'coverage-dropped': true,
  'expiries-failing': true,
  'from-the-future': true,
  'guardrail-refusal': true,
  'hold-lifted': true,
  'hold-unclear': true,
  'mute-refused': true,
  muted: true,
  'no-confirmed-subscription': true,
  'no-longer-protected': true,
  'observation-gap': true,
  'pitr-off': true,
  'pitr-repair-failing': true,
  'pitr-window-restarted': true,
  'pitr-window-short': true,
  'protection-changed': true,
  'recovery-point-overdue': true,
  'recovery-points-of-lost-table': true,
  'recovery-points-vanished': true,
  'recovery-points-without-policy': true,
  'restorable-lag': true,
  'subscriber-unreached': true,
  'table-deleted': true,
  'table-inaccessible': true,
  'table-replaced': true,
  'unknown-policy': true,
  'unscheduled-recovery-points': true,
  'untagged-tables': true,
};

const isKind = (name: string): name is FindingKind => name in EVERY;

/** Every kind of finding there is, sorted. */
export const FINDING_KINDS: readonly FindingKind[] = Object.keys(EVERY).filter(isKind).toSorted();
