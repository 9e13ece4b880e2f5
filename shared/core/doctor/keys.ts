import { advise } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Failure } from '../../model/failure.ts';
import type { AskedKey } from '../../model/key-facts.ts';
import type { ManifestHead } from '../../model/manifest.ts';
import { cancelKeyDeletionCommand, describeKeyCommand, enableKeyCommand } from '../preflight/commands.ts';
import { lockingKeyOf } from '../scene/table-keys.ts';
import { keyStateText } from '../text/key-state.ts';
import { counted } from '../text/words.ts';
import { reasonText } from './reason-text.ts';

const item = 'keys of tables';

/** Lists the customers' keys that tables have or had, as far as audits kept it, sorted. */
export const keysKept = (heads: readonly Pick<ManifestHead, 'keys'>[]): readonly string[] => {
  const arns = heads.flatMap(({ keys = [] }) => keys.flatMap(({ keyArn }) => keyArn ?? []));
  return [...new Set(arns)].toSorted();
};

const diagnosisOf = (asked: AskedKey): readonly Diagnosis[] => {
  const { arn, seen } = asked;
  if (seen.kind === 'unreadable') {
    const fix = advise(
      'Allow yourself to see it here; audits look with a role of their own:',
      describeKeyCommand(arn),
    );
    return [{ item, status: 'unknown', says: `${arn}: ${reasonText(seen.failure)}`, fix }];
  }
  const key = lockingKeyOf(asked);
  if (key === undefined) return [];
  const commands = {
    disabled: [enableKeyCommand(arn)],
    ending: [cancelKeyDeletionCommand(arn), enableKeyCommand(arn)],
    gone: [describeKeyCommand(arn)],
    unusable: [describeKeyCommand(arn)],
  }[key.state];
  const say =
    'Recovery points that were made under it cannot be restored; audits report those that are left:';
  return [{ item, status: 'advised', says: `${arn} ${keyStateText(key)}`, fix: advise(say, ...commands) }];
};

/** Says that it is not known which keys tables have or had, because what audits kept could not be read. */
export const unreadKeys = (failure: Failure): Diagnosis => ({
  item,
  status: 'unknown',
  says: `which keys tables have or had: ${reasonText(failure)}`,
});

/** Says how the keys stand that tables have or had; nothing where none ever had one of a customer. */
export const keyDiagnoses = (asked: readonly AskedKey[]): readonly Diagnosis[] => {
  if (asked.length === 0) return [];
  const said = asked.flatMap(diagnosisOf);
  return said.length > 0
    ? said
    : [{ item, status: 'fine', says: `${counted(asked.length, 'key')} of KMS can be used` }];
};
