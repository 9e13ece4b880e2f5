import { Argument, Option } from 'commander';
import { totalOf } from '../../shared/core/money/bill.ts';
import { PRICES } from '../../shared/core/money/prices.ts';
import { morePricesText } from '../../shared/core/money/whose-prices.ts';
import { policyClauses } from '../../shared/core/policy/text.ts';
import { policyWarnings } from '../../shared/core/policy/warnings.ts';
import { counted } from '../../shared/core/text/words.ts';
import { advise, type Command } from '../../shared/model/advice.ts';
import { UserErrors } from '../../shared/model/errors.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { Policies, Policy } from '../../shared/model/policy.ts';
import { againstAccount, againstCode, againstFields, againstLines } from '../against-account.ts';
import { type Answer, USAGE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { mistakesDocument } from '../documents/error-document.ts';
import { policyFields } from '../documents/policy-document.ts';
import { billFields, pricesFields } from '../documents/simulate-document.ts';
import { mistakesLines } from '../failure.ts';
import { chosenFile, readPolicies } from '../policies.ts';
import { priceRegionOf, pricesText } from '../price-list.ts';
import type { Session } from '../session.ts';
import { adviceLines } from '../view/advice-text.ts';
import type { Screen } from '../view/colour.ts';
import { paragraph } from '../view/paragraph.ts';
import { EXAMPLE_BYTES, type SteadyPolicy, steadyPolicy, steadyTexts } from '../view/steady-text.ts';

interface ValidateOptions {
  readonly file?: string;
  readonly againstAccount?: boolean;
}

const policyLines = (policy: Policy, now: Instant, screen: Screen): readonly string[] => [
  '',
  screen.paint('strong', policy.name),
  ...policyClauses(policy, now).flatMap((clause) => paragraph(clause, '  ', screen)),
];

interface Priced {
  readonly policies: readonly SteadyPolicy[];
  readonly region: string;
  /** How many more there are. */
  readonly rest: number;
}

/** Pricing a policy takes some milliseconds, one of every hour a hundred: of a file with more the others are simulated on request. */
const MOST_PRICED = 20;

const pricedOf = async ({ policies }: Policies, session: Session): Promise<Priced> => {
  const region = await priceRegionOf(session);
  const terms = { now: session.now(), prices: PRICES, region };
  const priced = policies.slice(0, MOST_PRICED).map((policy) => steadyPolicy(policy, terms));
  return { region, policies: priced, rest: policies.length - priced.length };
};

const lacksLines = ({ policies, region }: Priced, screen: Screen): readonly string[] => {
  const more = morePricesText(PRICES, region);
  const lacks = policies.some(({ bill }) => totalOf(bill).lacks.length > 0);
  return lacks && more !== undefined ? paragraph(`${more}.`, '', screen) : [];
};

/** What was read from standard input is not there any more. */
const simulateCommand = (file: string): Command => [
  'tablekeeper',
  'simulate',
  ...(file === '-' ? [] : [file]),
];

/** What each policy keeps and costs stands last, so that it is read before anything is deployed. */
const costLines = ({ policies, region, rest }: Priced, file: string, screen: Screen): readonly string[] => [
  '',
  ...paragraph(`What they come to, by ${pricesText(PRICES, region)}:`, '', screen),
  ...policies.flatMap((one) => {
    const [keeps, costs] = steadyTexts(one);
    return [
      ...paragraph(`${one.steady.policy.name} ${keeps};`, '  ', screen),
      ...paragraph(costs, '    ', screen),
    ];
  }),
  ...(rest > 0 ? [`  and ${counted(rest, 'more policy', 'more policies')}`] : []),
  ...lacksLines({ policies, region, rest }, screen),
  ...adviceLines(advise('Over time, and beside another file:', simulateCommand(file)), '', screen),
];

const costFields = ({ policies, region }: Priced) => ({
  prices: pricesFields(PRICES, region),
  tableBytes: EXAMPLE_BYTES,
  policies: policies.map(({ bill, cycle, steady: { copies, lacks, policy } }) => ({
    name: policy.name,
    recoveryPoints: cycle.mostPoints,
    leastRecoveryPoints: cycle.leastPoints,
    waitingForPrune: cycle.waiting,
    lacks: lacks.length === 0 ? undefined : lacks,
    copies: copies.reduce((sum, [, sources]) => sum + sources.length, 0),
    reachesBackMs: cycle.leastMs,
    monthly: billFields(bill),
  })),
});

/** Each stands out by its first word, because an exit code of 0 does not show it. */
const warningLines = (compiled: Policies, screen: Screen): readonly string[] =>
  policyWarnings(compiled).flatMap(({ path, says }) => [
    '',
    `${screen.paint('warning', 'Warning')}: ${path}`,
    ...paragraph(says, '  ', screen),
  ]);

const nameOf = (file: string): string => (file === '-' ? 'Standard input' : file);

const validAnswer = async (
  file: string,
  compiled: Policies,
  session: Session,
  asksAccount: boolean,
): Promise<Answer> => {
  const { now, screen } = session;
  const priced = await pricedOf(compiled, session);
  const against = asksAccount ? await againstAccount(session, compiled) : undefined;
  const { policies, tag, guardrail } = compiled;
  const count = counted(policies.length, 'policy', 'policies');
  return {
    exitCode: againstCode(against),
    lines: [
      `${nameOf(file)} is ${screen.paint('good', 'valid')}: ${count}, by the tag ${tag}`,
      ...policies.flatMap((policy) => policyLines(policy, now(), screen)),
      ...warningLines(compiled, screen),
      ...costLines(priced, file, screen),
      ...againstLines(against, screen),
    ],
    document: {
      command: 'validate',
      file,
      valid: true,
      tag,
      guardrail,
      policies: policies.map(policyFields),
      warnings: policyWarnings(compiled),
      cost: costFields(priced),
      ...againstFields(against),
    },
    notes: [],
  };
};

const invalidAnswer = (file: string, mistakes: UserErrors, { screen, sources }: Session): Answer => ({
  exitCode: USAGE,
  lines: [
    ...mistakesLines(mistakes, sources, screen),
    '',
    `${nameOf(file)} is ${screen.paint('bad', 'not valid')}: ${counted(mistakes.errors.length, 'mistake')}`,
  ],
  document: { command: 'validate', file, valid: false, ...mistakesDocument(mistakes) },
  notes: [],
});

/**
 * Checks a policy file, without AWS unless that is asked for: prints every policy in words, or every mistake with its
 * line, and what the account lacks for it.
 */
const validate = async (
  session: Session,
  { againstAccount: asksAccount = false, file: argument }: ValidateOptions,
): Promise<Answer> => {
  const file = chosenFile(session, argument);
  try {
    return await validAnswer(file, await readPolicies(session, file), session, asksAccount);
  } catch (error) {
    if (error instanceof UserErrors) return invalidAnswer(file, error, session);
    throw error;
  }
};

export const validateCommand: CliCommand<ValidateOptions> = {
  name: 'validate',
  summary: 'check a policy file, without AWS, or against an account',
  argument: new Argument('[file]', 'instead of the one of --policies; - reads standard input'),
  options: [
    new Option('--against-account', 'also whether the account has what policies of vaults need; reads only'),
  ],
  run: validate,
};
