import type { Diagnosis, DiagnosisStatus } from '../../model/diagnosis.ts';
import type { Screen, Tone } from './colour.ts';
import { columns } from './columns.ts';
import { counted } from './finding-text.ts';
import { paragraph } from './paragraph.ts';

const SYMBOL: Readonly<Record<DiagnosisStatus, string>> = { fine: '✔', missing: '✖', unknown: '·' };
const TONE: Readonly<Record<DiagnosisStatus, Tone>> = { fine: 'good', missing: 'bad', unknown: 'muted' };

/** Commands stand on lines of their own, so that they can be copied. */
const fixLines = (fix: string, screen: Screen): readonly string[] =>
  fix
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [`    ${line.trimEnd()}`] : paragraph(line, '    ', screen)));

const mendingLines = ({ item, fix }: Diagnosis, screen: Screen): readonly string[] => [
  '',
  `  ${screen.paint('strong', item)}`,
  ...(fix === undefined ? [] : fixLines(fix, screen)),
];

const summaryOf = (missing: readonly Diagnosis[], { paint }: Screen): string =>
  missing.length === 0
    ? paint('good', 'Nothing is missing.')
    : paint('bad', `${counted(missing.length, 'thing')} to mend:`);

const unknownLines = (unknown: readonly Diagnosis[], screen: Screen): readonly string[] =>
  unknown.length === 0
    ? []
    : ['', screen.paint('muted', 'Not seen:'), ...unknown.flatMap((one) => mendingLines(one, screen))];

/**
 * Given diagnoses, returns them as lines: one for each with its symbol, aligned, and below them what to do about each that is missing, and
 * how to see what was not seen. At the edge what is unknown asks for nothing.
 */
export const doctorLines = (diagnoses: readonly Diagnosis[], screen: Screen): readonly string[] => {
  const missing = diagnoses.filter(({ status }) => status === 'missing');
  const unknown = diagnoses.filter(({ status, fix }) => status === 'unknown' && fix !== undefined);
  const rows = diagnoses.map(({ item, status, says }) => [
    { text: SYMBOL[status], tone: TONE[status] },
    item,
    says,
  ]);
  return [
    ...columns(rows, '', screen),
    '',
    summaryOf(missing, screen),
    ...missing.flatMap((one) => mendingLines(one, screen)),
    ...unknownLines(unknown, screen),
  ];
};
