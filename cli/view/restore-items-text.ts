import { bytesText } from '../../shared/core/text/bytes.ts';
import { counted, failuresText, verb } from '../../shared/core/text/words.ts';
import type { ItemCheck, RestoreRecord } from '../../shared/model/restore.ts';

const lackingText = (lacking: number): string =>
  lacking === 0
    ? ''
    : ` ${counted(lacking, 'key')} ${verb(lacking, 'is', 'are')} not there: written after the restored second, or missing. The sample cannot tell which: look at one of them.`;

const changedText = (changed: number): string =>
  changed === 0
    ? ''
    : ` ${counted(changed, 'item')} ${verb(changed, 'differs', 'differ')}, as what was changed since does.`;

const comparedText = ({ keys, there, equal }: NonNullable<ItemCheck['compared']>, source: string): string =>
  keys === 0
    ? `${source} has no items to look for.`
    : `${counted(keys, 'item')} of ${source} looked for: ${there} ${verb(there, 'is', 'are')} there, ${equal} ${verb(equal, 'holds', 'hold')} the same.` +
      lackingText(keys - there) +
      changedText(there - equal);

/** SAFETY: a copy without items is not taken for a good one where its source held some. */
const emptyText = ({ read, sourceBytes = 0 }: ItemCheck, source: RestoreRecord['source']): string => {
  if (read > 0) return '';
  if (source.kind === 'recovery-point' && source.sizeBytes !== undefined && source.sizeBytes > 0)
    return ` The backup is of ${bytesText(source.sizeBytes)}: look what the table holds before you rely on it.`;
  return sourceBytes > 0
    ? ` AWS counted ${bytesText(sourceBytes)} in ${source.table} within the last six hours or so: look what the table holds before you rely on it.`
    : '';
};

/** Formats what the sample of items shows; the sentences that ask for something come with their numbers. */
export const itemTexts = ({ items, source }: RestoreRecord): readonly string[] => {
  if (items === undefined) return [];
  const { read, expired, boundToName, compared, failures } = items;
  return [
    `${counted(read, 'item')} read of the restored table.${emptyText(items, source)}`,
    ...(compared === undefined ? [] : [comparedText(compared, source.table)]),
    ...(expired === undefined || expired === 0
      ? []
      : [
          `Of ${read} items ${expired} ${verb(expired, 'has', 'have')} run out: TTL will delete such items within days of being switched on.`,
        ]),
    ...(boundToName === 0
      ? []
      : [
          `${counted(boundToName, 'item')} ${verb(boundToName, 'is', 'are')} encrypted by your application together with the table's name: under another name they cannot be read unless the application sets the name of ${source.table} as the logical one.`,
        ]),
    ...(failures.length === 0 ? [] : [`Items could not be read: ${failuresText(failures)}.`]),
  ];
};
