import { Option } from 'commander';
import { addBills } from '../../shared/core/money/bill.ts';
import { type CostSum, sumCosts } from '../../shared/core/simulate/cost-sum.ts';
import type { TableCost } from '../../shared/core/simulate/estate-cost.ts';
import { costCommand as commandOfCost } from '../../shared/core/text/commands.ts';
import { nearest } from '../../shared/core/text/nearest.ts';
import { capped } from '../../shared/core/text/words.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { deployedAs } from '../../shared/model/policy.ts';
import type { CostsSeen } from '../../shared/run/cost.ts';
import { type Answer, BLIND, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { costDocument } from '../documents/cost-document.ts';
import { openParts } from '../open.ts';
import { PRICES_OPTION, pricesOf } from '../price-list.ts';
import type { Session } from '../session.ts';
import { blindnessOf } from '../unreadable-lists.ts';
import { type CostView, costLines } from '../view/cost-text.ts';

interface CostOptions {
  readonly table?: string;
  readonly policy?: string;
  readonly prices?: string;
}

const noSuch = (what: 'policy' | 'table', name: string, known: readonly string[]): UserError => {
  const meant = nearest(name, known);
  return new UserError({
    code: `no-such-${what}`,
    what: `Nothing is kept under a ${what} called ${JSON.stringify(name)}.`,
    fix: meant === undefined ? advise(`Every ${what}:`, commandOfCost()) : `Did you mean ${meant}?`,
  });
};

const policiesOf = ({ look, present }: CostsSeen): readonly string[] => [
  ...new Set([
    ...present.flatMap(({ policies }) => policies.map(({ policy }) => policy)),
    ...look.scene.governed.flatMap(({ policies }) => policies.map(({ name }) => name)),
  ]),
];

const nothingKept = (table: string, policy: string): UserError =>
  new UserError({
    code: 'nothing-kept',
    what: `Nothing of ${capped(table, 80)} is kept under the policy ${capped(policy, 80)}.`,
    fix: advise('What is:', commandOfCost('--table', table)),
  });

/** Refuses what is asked of a table or a policy that nothing is kept of. */
const checkNames = (seen: CostsSeen, { policy, table }: CostOptions): void => {
  const tables = seen.present.map((one) => one.table);
  if (table !== undefined && !tables.includes(table)) throw noSuch('table', table, tables);
  const known = policiesOf(seen);
  if (policy !== undefined && !known.includes(policy)) throw noSuch('policy', policy, known);
  const isKept = seen.costs.some((one) => one.table === table);
  if (table !== undefined && policy !== undefined && !isKept) throw nothingKept(table, policy);
};

/** What the tables that one policy keeps anything of cost under all their policies. */
const inAllOf = ({ costs, present }: CostsSeen, { policy, table }: CostOptions): Partial<CostView> => {
  if (policy === undefined) return {};
  const names = new Set(costs.map((one) => one.table));
  const chosen = present.filter(
    (one) => names.has(one.table) && (table === undefined || one.table === table),
  );
  return { only: { policy, inAll: addBills(chosen.map(({ now }) => now)) } };
};

const deployedSum = (deployed: readonly TableCost[] | undefined): { readonly deployed?: CostSum } =>
  deployed === undefined ? {} : { deployed: sumCosts(deployed) };

/** Shows what this instance's recovery points and point-in-time recovery cost: now, last month and in the next ones. Reads only. */
const cost = async (session: Session, options: CostOptions): Promise<Answer> => {
  const prices = await pricesOf(options.prices);
  const parts = await openParts(session);
  const { readCosts } = await import('../../shared/run/cost.ts');
  const seen = await readCosts(parts, { prices, only: options.policy });
  const { observation, plan } = seen.look;
  const unreadableLists = blindnessOf(observation.gaps, plan, session);
  if (unreadableLists?.isTotal === true || unreadableLists?.hidesVaults === true)
    return { exitCode: BLIND, lines: [], notes: unreadableLists.notes };
  checkNames(seen, options);
  const { table } = options;
  const choose = (some: readonly TableCost[]) =>
    some.filter((one) => table === undefined || one.table === table);
  const costs = choose(seen.costs);
  const view: CostView = {
    ...{
      costs,
      prices,
      plan,
      instance: parts.instance,
      ownTag: deployedAs(parts.policies),
      file: session.options.policies,
    },
    sum: sumCosts(costs),
    ...deployedSum(seen.deployed && choose(seen.deployed)),
    ...inAllOf(seen, options),
    isOne: table !== undefined,
  };
  return {
    exitCode: unreadableLists === undefined ? FINE : BLIND,
    lines: costLines(view, session.screen),
    document: costDocument(view),
    notes: unreadableLists?.notes ?? [],
  };
};

export const costCommand: CliCommand<CostOptions> = {
  name: 'cost',
  summary:
    'show what recovery points and point-in-time recovery cost, now and in the next months; reads only',
  options: [
    new Option('--table <name>', 'one table, line by line'),
    new Option('--policy <name>', 'what one policy keeps, without point-in-time recovery'),
    PRICES_OPTION,
  ],
  run: cost,
};
