import type { SettingStep } from '../../model/restore.ts';
import type { RestoreInput } from './context.ts';
import { isSameEncryption } from './same.ts';

// Each is an UpdateTable of its own: the service refuses pairs of them.

/** SAFETY: switches deletion protection on whatever the source had. It stays on until a person takes it off after the cut-over. */
export const protectionSteps = ({ live }: RestoreInput): readonly SettingStep[] =>
  live.shape?.deletionProtection === true ? [] : [{ kind: 'deletion-protection', on: true }];

/** Switches the stream on. The service changes no stream's type: one of another type is switched off first, and the new one has another ARN. */
export const streamSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const [wanted, has] = [expected.shape?.stream, live.shape?.stream];
  if (wanted === undefined || wanted.viewType === has?.viewType) return [];
  const on: SettingStep = { kind: 'stream', viewType: wanted.viewType };
  return has === undefined ? [on] : [{ kind: 'stream-off', viewType: has.viewType }, on];
};

/** Brings the table class back: every restored table begins as STANDARD. */
export const classSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const tableClass = expected.shape?.tableClass;
  return tableClass === undefined || tableClass === live.shape?.tableClass
    ? []
    : [{ kind: 'table-class', tableClass }];
};

/** Brings the key back where the table was restored with another. */
export const encryptionSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const encryption = expected.shape?.encryption;
  if (encryption === undefined) return [];
  const has = live.shape?.encryption;
  return has !== undefined && isSameEncryption(encryption, has) ? [] : [{ kind: 'encryption', encryption }];
};
