import { differenceEffect } from '../../shared/core/policy/difference-effect.ts';
import {
  type DifferenceWeight,
  differenceWeight,
  worstFirst,
} from '../../shared/core/policy/difference-weight.ts';
import { differenceText } from '../../shared/core/policy/difference-words.ts';
import type { PolicyDifference } from '../../shared/model/deployed-policies.ts';
import type { Screen } from './colour.ts';
import { paragraph } from './paragraph.ts';

/** How one policy file differs from another. */
export interface Edit {
  readonly before: string;
  readonly after: string;
  readonly differences: readonly PolicyDifference[];
}

const WEIGHT_TEXT: Readonly<Record<DifferenceWeight, string>> = {
  lost: 'BACKUPS END',
  weaker: 'weaker',
  changed: 'changed',
  stronger: 'stronger',
};

/** Writes both sides; a side that lacks the setting is said. */
const sidesText = ({ deployed, given }: ReturnType<typeof differenceText>): string => {
  if (deployed === undefined) return given === undefined ? 'differs' : `new: ${given}`;
  return given === undefined ? `is gone; it was ${deployed}` : `was ${deployed}; is ${given}`;
};

const lineOf = (difference: PolicyDifference): string => {
  const text = differenceText(difference);
  const { policy, setting } = text;
  const about =
    policy === undefined ? setting : `policy ${policy}${setting === 'policy' ? '' : `, ${setting}`}`;
  const effect = differenceEffect(difference);
  return `${WEIGHT_TEXT[differenceWeight(difference)]}: ${about}: ${sidesText(text)}${effect === undefined ? '' : `. ${effect}`}`;
};

/** Writes how the second file differs from the first, worst first: a heading, and one text for each difference. */
export const editTexts = ({ after, before, differences }: Edit): readonly [string, readonly string[]] =>
  differences.length === 0
    ? [`${before} and ${after} say the same: nothing changes.`, []]
    : [`What ${after} changes:`, worstFirst(differences).map(lineOf)];

/** Lists the same line by line; nothing where there is only one file. */
export const editLines = (edit: Edit | undefined, screen: Screen): readonly string[] => {
  if (edit === undefined) return [];
  const [heading, texts] = editTexts(edit);
  return ['', ...paragraph(heading, '', screen), ...texts.flatMap((text) => paragraph(text, '  ', screen))];
};

/** Lists the same for a document. */
export const editFields = ({ differences }: Edit) =>
  worstFirst(differences).map((difference) => {
    const { deployed, given, policy, setting } = differenceText(difference);
    return {
      ...{ weight: differenceWeight(difference), policy, setting, before: deployed, after: given },
      effect: differenceEffect(difference),
    };
  });
