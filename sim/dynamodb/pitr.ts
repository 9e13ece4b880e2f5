const DAY_MS = 86_400_000;
/** The newest restorable moment lies about five minutes back. */
export const LATEST_LAG_MS = 300_000;

export const DEFAULT_PERIOD_DAYS = 35;

/** Point-in-time recovery that is on. */
export interface PitrSetting {
  readonly enabledAt: number;
  readonly recoveryPeriodDays: number;
  /** History before this is lost: a shorter period dropped it, and a longer one does not bring it back. */
  readonly floor: number;
}

export interface RestorableWindow {
  readonly earliest: number;
  readonly latest: number;
}

export const windowOf = (pitr: PitrSetting, now: number, lagMs = LATEST_LAG_MS): RestorableWindow => ({
  earliest: Math.max(pitr.enabledAt, pitr.floor, now - pitr.recoveryPeriodDays * DAY_MS),
  latest: Math.max(pitr.enabledAt, now - lagMs),
});

/** Given what is on now, returns what switching on (again) leads to. The window starts afresh after it was off; the period is kept only while it is on. */
export const enabledPitr = (
  current: PitrSetting | undefined,
  now: number,
  recoveryPeriodDays?: number,
): PitrSetting => {
  if (!current) {
    return { enabledAt: now, floor: now, recoveryPeriodDays: recoveryPeriodDays ?? DEFAULT_PERIOD_DAYS };
  }
  return {
    enabledAt: current.enabledAt,
    floor: windowOf(current, now).earliest,
    recoveryPeriodDays: recoveryPeriodDays ?? current.recoveryPeriodDays,
  };
};
