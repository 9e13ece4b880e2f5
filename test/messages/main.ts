import { createPaint } from '../../demo/paint.ts';
import { slackBox } from '../../demo/slack-box.ts';
import { scriptOptions } from '../../tools/script-options.ts';
import { FINDING_KINDS } from '../support/finding-kinds.ts';
import { exampleOf } from './examples.ts';
import { letterOf } from './letters.ts';
import { newsIn, STATES } from './states.ts';

const { values } = scriptOptions('npm run messages -- [options]: prints every message as people get it', {
  kind: { type: 'string', value: 'KIND', says: 'one kind of finding, such as pitr-off' },
  state: { type: 'string', value: 'STATE', says: `one of ${STATES.join(', ')}` },
  only: { type: 'string', value: 'mail|slack', says: 'one of the two' },
});
const isWanted = (wanted: string | undefined, one: string): boolean => wanted === undefined || wanted === one;

const paint = createPaint(process.stdout.isTTY === true && process.env.NO_COLOR === undefined);

for (const kind of FINDING_KINDS.filter((one) => isWanted(values.kind, one)))
  for (const state of STATES.filter((one) => isWanted(values.state, one))) {
    const letter = letterOf(newsIn(exampleOf(kind), state));
    const mail = letter === undefined ? 'nothing is sent\n' : `${letter.subject}\n\n${letter.body}`;
    const slack = letter === undefined ? [] : slackBox(letter.slack.rich, paint);
    process.stdout.write(`\n${paint.strong(`${kind}, ${state}`)}\n\n`);
    if (isWanted(values.only, 'mail')) process.stdout.write(`${mail}\n`);
    if (isWanted(values.only, 'slack')) process.stdout.write(`${slack.join('\n')}\n`);
  }
