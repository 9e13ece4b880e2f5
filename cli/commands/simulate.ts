import { Argument, Option } from 'commander';
import type { Prices } from '../../shared/core/money/prices.ts';
import { policyDifferences } from '../../shared/core/policy/differences.ts';
import { govern } from '../../shared/core/policy/govern.ts';
import { type Simulation, simulate as simulatePolicy } from '../../shared/core/simulate/simulate.ts';
import { nearest } from '../../shared/core/text/nearest.ts';
import { UserError } from '../../shared/model/errors.ts';
import { DAY_MS, type Instant } from '../../shared/model/instant.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { targetOf } from '../../shared/model/target.ts';
import { type Answer, FINE } from '../answer.ts';
import { type CliCommand, parseInstant } from '../command.ts';
import { simulateDocument } from '../documents/simulate-document.ts';
import { chosenFile, readPolicies } from '../policies.ts';
import { PRICES_OPTION, priceRegionOf, pricesOf } from '../price-list.ts';
import type { Session } from '../session.ts';
import { createSharedSimulations } from '../simulate/shared.ts';
import { type Growth, parseDays, parseGrowth, parseSize, sizeOver } from '../simulate/wishes.ts';
import type { Edit } from '../view/edit-text.ts';
import { type Comparison, type SimulateView, simulateLines } from '../view/simulate-text.ts';
import { writeWhole } from '../write-file.ts';

interface SimulateOptions {
  readonly file?: string;
  readonly policy?: string;
  readonly with?: string;
  readonly for: number;
  readonly size: number;
  readonly growth?: Growth;
  readonly from?: Instant;
  readonly prices?: string;
  readonly out?: string;
}

/** Any will do: no recovery point of a simulation leaves this process. */
const ACCOUNT = '111122223333';

const namesIn = ({ policies }: Policies): readonly string[] => policies.map(({ name }) => name);

/** Whether a file has every policy that a tag names. */
const hasAll = (policies: Policies, tag: string): boolean => {
  const { policies: governing, unknownNames } = govern(policies, tag);
  return governing.length > 0 && unknownNames.length === 0;
};

/** The values of the tag that are simulated: the one that was asked for, or each policy by itself. Throws for one that names what no file has. */
const tagsOf = (files: readonly NamedFile[], policy: string | undefined): readonly string[] => {
  const known = [...new Set(files.flatMap(({ policies }) => namesIn(policies)))].toSorted();
  if (policy === undefined) return known;
  if (files.some(({ policies }) => hasAll(policies, policy))) return [policy];
  const [unknown = policy] = files.flatMap(({ policies }) => govern(policies, policy).unknownNames);
  const meant = nearest(unknown, known);
  throw new UserError({
    code: 'no-such-policy',
    what: `No policy is called ${JSON.stringify(unknown)}.`,
    fix: meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`,
  });
};

interface NamedFile {
  readonly file: string;
  readonly policies: Policies;
}

const filesOf = async (
  session: Session,
  { file, with: other }: SimulateOptions,
): Promise<readonly NamedFile[]> => {
  const files = [chosenFile(session, file), ...(other === undefined ? [] : [other])];
  const read: NamedFile[] = [];
  for (const name of files) read.push({ file: name, policies: await readPolicies(session, name) });
  return read;
};

interface Terms {
  readonly options: SimulateOptions;
  readonly region: string;
  readonly prices: Prices;
  readonly from: Instant;
  readonly simulateOne: typeof simulatePolicy;
}

const simulated = (
  policies: Policies,
  tag: string,
  { from, options, prices, region, simulateOne }: Terms,
): Simulation =>
  simulateOne({
    ...{ policies, tag, from, prices, days: options.for },
    target: targetOf(ACCOUNT, region),
    bytesAt: sizeOver(options.size, options.growth, from),
  });

/** A file that has none of the names has nothing to show for that tag. */
const compared = (files: readonly NamedFile[], tag: string, terms: Terms): Comparison => ({
  tag,
  simulations: files.map(({ file, policies }) => ({
    file,
    ...(hasAll(policies, tag) && { simulation: simulated(policies, tag, terms) }),
  })),
});

const editOf = ([before, after]: readonly NamedFile[]): Edit | undefined =>
  before === undefined || after === undefined
    ? undefined
    : {
        before: before.file,
        after: after.file,
        differences: policyDifferences(before.policies, after.policies),
      };

const viewOf = async (session: Session, options: SimulateOptions): Promise<SimulateView> => {
  const files = await filesOf(session, options);
  const tags = tagsOf(files, options.policy);
  const region = await priceRegionOf(session);
  const prices = await pricesOf(options.prices);
  const from = options.from ?? Math.floor(session.now() / DAY_MS) * DAY_MS;
  const simulateOne = createSharedSimulations(simulatePolicy);
  const terms: Terms = { options, region, prices, from, simulateOne };
  const edit = editOf(files);
  const { for: days, growth, size } = options;
  return {
    ...{ region, prices, from, days, sizeBytes: size },
    ...(growth !== undefined && { growth }),
    ...(edit !== undefined && { edit }),
    comparisons: tags.map((tag) => compared(files, tag, terms)),
  };
};

/** Shows what policies keep over time, how far back it reaches and what it costs. Needs no AWS. */
const simulate = async (session: Session, options: SimulateOptions): Promise<Answer> => {
  const view = await viewOf(session, options);
  const { out } = options;
  if (out !== undefined) {
    const { simulatePage } = await import('../page/simulate-page.ts');
    const page = simulatePage(view);
    await writeWhole(out, page, { what: 'the page', fix: 'Name another file with --out FILE.' });
  }
  return {
    exitCode: FINE,
    lines: [...simulateLines(view, session.screen), ...(out === undefined ? [] : ['', `Written to ${out}`])],
    document: { ...simulateDocument(view), ...(out !== undefined && { out }) },
    notes: [],
  };
};

export const simulateCommand: CliCommand<SimulateOptions> = {
  name: 'simulate',
  summary: 'show what policies keep over time, how far back it reaches and what it costs; without AWS',
  argument: new Argument('[file]', 'instead of the one of --policies; - reads standard input'),
  options: [
    new Option('--policy <name>', 'one policy, or several that a table has together: standard+archive'),
    new Option('--with <file>', 'a second policy file, beside the first'),
    new Option('--for <days>', 'for how long').argParser(parseDays).default(400, '400d'),
    new Option('--size <size>', 'how large the table is at first')
      .argParser(parseSize)
      .default(1e11, '100GB'),
    new Option('--growth <rate>', 'how fast it grows, such as 3%/month').argParser(parseGrowth),
    new Option('--from <instant>', 'when it begins (default: today)').argParser(parseInstant),
    PRICES_OPTION,
    new Option('--out <file>', 'also write a page: one HTML file that needs no network'),
  ],
  run: simulate,
};
