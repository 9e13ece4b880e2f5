import { WALKS } from './bounds.ts';
import { asItIs, PLANTED } from './variants.ts';
import { type Walked, walk } from './walk.ts';

// npm run model     walks the claim code as it is, and then with each of its rules taken away

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const counts = ({ states, ends }: Walked): string =>
  `${states.toLocaleString('en-US')} states, ${ends.toLocaleString('en-US')} ends`;

/** The code as it is never makes two recovery points of a slot, and never leaves it without one. */
const walkAll = async (): Promise<boolean> => {
  let holds = true;
  for (const [name, bounds] of Object.entries(WALKS)) {
    const walked = await walk(bounds, asItIs);
    say(`${walked.breach ? 'FAILS' : 'holds'}  ${name}: ${counts(walked)}`);
    for (const line of walked.breach ?? []) say(`         ${line}`);
    holds &&= walked.breach === undefined;
  }
  return holds;
};

/** A walk that finds nothing wrong with wrong code would prove nothing. */
const refuteAll = async (): Promise<boolean> => {
  let refuted = true;
  for (const [name, { variant, bounds }] of Object.entries(PLANTED)) {
    const walked = await walk(bounds, variant);
    say(`${walked.breach ? 'refuted' : 'NOT REFUTED'}  ${name}: after ${counts(walked)}`);
    for (const line of walked.breach ?? []) say(`         ${line}`);
    refuted &&= walked.breach !== undefined;
  }
  return refuted;
};

say('The claim code as it is:');
const holds = await walkAll();
say('\nWith a rule taken away:');
const refuted = await refuteAll();
process.exitCode = holds && refuted ? 0 : 1;
