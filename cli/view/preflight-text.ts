import type { Preflight, Trouble, Unknown } from '../../shared/core/preflight/trouble.ts';
import { failuresText } from '../../shared/core/text/words.ts';
import { advise } from '../../shared/model/advice.ts';
import { adviceLines } from './advice-text.ts';
import type { Screen, Tone } from './colour.ts';
import { paragraph } from './paragraph.ts';

const SIGNS: Readonly<Record<Trouble['severity'], readonly [sign: string, tone: Tone]>> = {
  critical: ['✖', 'bad'],
  warning: ['✖', 'bad'],
  info: ['!', 'warning'],
};

const troubleLines = ({ advice, fact, severity }: Trouble, screen: Screen): readonly string[] => {
  const [sign, tone] = SIGNS[severity];
  const [first = '', ...rest] = paragraph(fact, '     ', screen);
  return [
    `  ${screen.paint(tone, sign)}  ${first.trimStart()}`,
    ...rest,
    ...adviceLines(advice, '       ', screen),
  ];
};

const unknownLines = ({ failure, look, what }: Unknown, screen: Screen): readonly string[] => {
  const [first = '', ...rest] = paragraph(`Not seen: ${what}: ${failuresText([failure])}.`, '     ', screen);
  return [
    `  ${screen.paint('warning', '?')}  ${first.trimStart()}`,
    ...rest,
    ...(look === undefined ? [] : adviceLines(advise('See what it says:', look), '       ', screen)),
  ];
};

/** Formats what an account lacks for policies as lines: what is wrong with what to do, and what could not be seen. */
export const preflightLines = ({ troubles, unknowns }: Preflight, screen: Screen): readonly string[] => {
  const unlike = [...new Map(unknowns.map((unknown) => [unknown.what, unknown])).values()];
  if (troubles.length + unlike.length === 0)
    return [`  ${screen.paint('good', '✔')}  vaults, keys, role and settings are as the policies need them`];
  return [
    ...troubles.flatMap((trouble) => troubleLines(trouble, screen)),
    ...unlike.flatMap((unknown) => unknownLines(unknown, screen)),
  ];
};
