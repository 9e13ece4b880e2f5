import { counted } from '../../shared/core/text/words.ts';
import type { Advice } from '../../shared/model/advice.ts';
import type { Diagnosis, DiagnosisStatus } from '../../shared/model/diagnosis.ts';
import { adviceLines } from './advice-text.ts';
import type { Screen, Tone } from './colour.ts';
import { columns } from './columns.ts';
import { paragraph } from './paragraph.ts';

const SYMBOL: Readonly<Record<DiagnosisStatus, string>> = {
  fine: '✔',
  missing: '✖',
  advised: '!',
  unneeded: '·',
  unknown: '?',
};
const TONE: Readonly<Record<DiagnosisStatus, Tone>> = {
  fine: 'good',
  missing: 'bad',
  advised: 'warning',
  unneeded: 'muted',
  unknown: 'warning',
};

/** A detail may be copied, so none is broken into lines. */
const fixLines = (fix: Advice, details: readonly string[], screen: Screen): readonly string[] => {
  return [
    ...paragraph(fix.say, '    ', screen),
    ...details.map((detail) => `      ${detail}`),
    ...adviceLines({ ...fix, say: '' }, '    ', screen),
  ];
};

const diagnosisLines = ({ item, fix, details = [] }: Diagnosis, screen: Screen): readonly string[] => [
  '',
  `  ${screen.paint('strong', item)}`,
  ...(fix === undefined ? [] : fixLines(fix, details, screen)),
];

const summaryOf = (missing: readonly Diagnosis[], { paint }: Screen): string =>
  missing.length === 0
    ? paint('good', 'Nothing is missing.')
    : paint('bad', `${counted(missing.length, 'thing')} to fix:`);

/**
 * Below what has to be fixed: each of these under a title, if there is something to do about it.
 */
const titledLines = (title: string, some: readonly Diagnosis[], screen: Screen): readonly string[] =>
  some.length === 0
    ? []
    : ['', screen.paint('warning', title), ...some.flatMap((one) => diagnosisLines(one, screen))];

/**
 * Formats diagnoses as lines: one for each with its symbol, aligned, and below them what to do
 * about each that is missing, what would be better, and how to see what was not seen. What is not
 * needed asks for nothing.
 */
export const doctorLines = (diagnoses: readonly Diagnosis[], screen: Screen): readonly string[] => {
  const missing = diagnoses.filter(({ status }) => status === 'missing');
  const withFix = (wanted: DiagnosisStatus) =>
    diagnoses.filter(({ status, fix }) => status === wanted && fix !== undefined);
  const rows = diagnoses.map(({ item, status, says }) => [
    { text: SYMBOL[status], tone: TONE[status] },
    item,
    says,
  ]);
  return [
    ...columns(rows, '', screen),
    '',
    summaryOf(missing, screen),
    ...missing.flatMap((one) => diagnosisLines(one, screen)),
    ...titledLines('Worth fixing too, though everything works without it:', withFix('advised'), screen),
    ...titledLines('Not seen:', withFix('unknown'), screen),
  ];
};
