import type { FindingKind } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import type { Policy } from '../../model/policy.ts';
import type { GovernedTable } from '../checks/context.ts';
import type { Stream } from '../retention/stream.ts';
import { latestSlot } from '../schedule/slots.ts';
import { clockSuspicion } from './clock-suspicion.ts';
import { expiryGaps } from './expiry-gaps.ts';
import type { PlanInput } from './input.ts';
import { type OwnPoints, streamKey } from './own-points.ts';

const HOLD_TAG = 'backup:hold';

const isHeld = ({ table }: GovernedTable): boolean => table.tags[HOLD_TAG]?.trim().toLowerCase() === 'true';

const latestSlots = (policies: readonly Policy[], now: Instant): ReadonlyMap<string, Instant> =>
  new Map(policies.map((policy) => [policy.name, latestSlot(policy, now)]));

/** What says of a table that its newest backups fail, whichever of its policies they are of. */
const FAILING: readonly FindingKind[] = ['backups-failing', 'recovery-point-overdue'];

const tablesFailing = (openFindings: readonly OpenFinding[]): ReadonlySet<string | undefined> =>
  new Set(openFindings.filter(({ kind }) => FAILING.includes(kind)).map(({ table }) => table));

type StreamInput = Pick<PlanInput, 'eventTime' | 'now' | 'observation' | 'openFindings' | 'policies'>;

/**
 * Given the governed tables and our recovery points, returns one stream for every table and policy that governs it, sorted by table and
 * policy. At the edge a table without a recovery point has a stream all the same, an empty one.
 */
export const streamsOf = (
  input: StreamInput,
  governed: readonly GovernedTable[],
  own: ReadonlyMap<string, OwnPoints>,
): readonly Stream[] => {
  const slots = latestSlots(input.policies.policies, input.now);
  const gapsOf = expiryGaps(input.observation);
  const clockSuspicious = clockSuspicion(input);
  const failing = tablesFailing(input.openFindings);
  return governed.flatMap((one) =>
    one.policies.map((policy) => ({
      table: one.table.name,
      policy,
      confirmed: one.table.details,
      hold: isHeld(one),
      gaps: gapsOf(one.table.name),
      points: own.get(streamKey(one.table.name, policy.name))?.points ?? [],
      latestSlot: slots.get(policy.name) ?? input.now,
      backupsFailing: failing.has(one.table.name),
      clockSuspicious,
    })),
  );
};
