import { durationText } from '../../shared/model/duration.ts';
import type { Policy, Retention, VaultRules } from '../../shared/model/policy.ts';

const retentionFields = ({ last, within, hourly, daily, weekly, monthly, yearly }: Retention) => ({
  last,
  within: within === undefined ? undefined : durationText(within),
  hourly,
  daily,
  weekly,
  monthly,
  yearly,
});

const vaultFields = ({ name, coldAfterDays, deleteAfterDays, copyTo, ...windows }: VaultRules) => ({
  name,
  coldAfterDays,
  deleteAfterDays,
  startWindowMinutes: windows.startWindowMinutes,
  completeWindowMinutes: windows.completeWindowMinutes,
  copyTo: copyTo.map((destination) => ({
    vaultArn: destination.vaultArn,
    retention: destination.retention === undefined ? undefined : retentionFields(destination.retention),
    coldAfterDays: destination.coldAfterDays,
  })),
});

/** Formats a policy for documents, with every default filled in. */
export const policyFields = ({
  name,
  engine,
  vault,
  schedule,
  timezone,
  retention,
  rpoMs,
  pitr,
  rtoMs,
  drill,
  afterDeletion,
}: Policy) => {
  return {
    name,
    engine,
    vault: vault === undefined ? undefined : vaultFields(vault),
    schedule,
    timezone,
    retention: retentionFields(retention),
    rpoMs,
    pitr:
      pitr === undefined ? undefined : { recoveryPeriodDays: pitr.recoveryPeriodDays, onDrift: pitr.onDrift },
    rtoMs,
    drill:
      drill === undefined
        ? undefined
        : {
            everyMs: drill.everyMs,
            level: drill.level,
            maxSizeBytes: drill.maxSizeBytes,
            sample: drill.sample,
          },
    afterDeletion: afterDeletion === undefined ? undefined : { keepMs: afterDeletion.keepMs },
  };
};
