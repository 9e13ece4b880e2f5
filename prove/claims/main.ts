import { scriptOptions } from '../../tools/script-options.ts';
import { NOT_COVERED, WALKS } from './bounds.ts';
import { asItIs, ENOUGH, PLANTED } from './variants.ts';
import { type Walked, walk } from './walk.ts';

scriptOptions('npm run model: walks the claim code as it is, and then with each of its rules taken away', {});

// npm run model     walks the claim code as it is, and then with each of its rules taken away

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const sayWalked = (verdict: string, name: string, { states, ends, breach = [] }: Walked): void => {
  say(`${verdict}  ${name}: ${states.toLocaleString('en-US')} states, ${ends.toLocaleString('en-US')} ends`);
  for (const line of breach) say(`         ${line}`);
};

type Walks = Readonly<Record<string, Parameters<typeof walk>>>;

const mapped = <Value>(
  given: Readonly<Record<string, Value>>,
  walkOf: (value: Value) => Parameters<typeof walk>,
): Walks => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, walkOf(value)]));

/** Never makes two recovery points of a slot, and never leaves it without one. */
const allHold = async (walks: Walks): Promise<boolean> => {
  let hold = true;
  for (const [name, [bounds, variant]] of Object.entries(walks)) {
    const walked = await walk(bounds, variant);
    sayWalked(walked.breach ? 'FAILS' : 'holds', name, walked);
    hold &&= walked.breach === undefined;
  }
  return hold;
};

/** A walk that finds nothing wrong with wrong code would prove nothing. */
const allRefuted = async (walks: Walks): Promise<boolean> => {
  let refuted = true;
  for (const [name, [bounds, variant]] of Object.entries(walks)) {
    const walked = await walk(bounds, variant);
    sayWalked(walked.breach ? 'refuted' : 'NOT REFUTED', name, walked);
    refuted &&= walked.breach !== undefined;
  }
  return refuted;
};

say('The claim code as it is:');
const holds = await allHold(mapped(WALKS, (bounds) => [bounds, asItIs]));
say('\nOf two rules that stand behind each other, without one:');
const isEnough = await allHold(mapped(ENOUGH, ({ bounds, variant }) => [bounds, variant]));
say('\nWith a rule taken away:');
const refuted = await allRefuted(mapped(PLANTED, ({ bounds, variant }) => [bounds, variant]));
say('\nNot covered, and known:');
const isKnown = await allRefuted(mapped(NOT_COVERED, (bounds) => [bounds, asItIs]));
process.exitCode = holds && isEnough && refuted && isKnown ? 0 : 1;
