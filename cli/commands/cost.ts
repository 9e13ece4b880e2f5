import { Option } from 'commander';
import { type CostSum, sumCosts } from '../../shared/core/simulate/cost-sum.ts';
import type { TableCost } from '../../shared/core/simulate/estate-cost.ts';
import { costCommand as commandOfCost } from '../../shared/core/text/commands.ts';
import { nearest } from '../../shared/core/text/nearest.ts';
import { capped } from '../../shared/core/text/words.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { ownTagOf } from '../../shared/model/policy.ts';
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

const policiesOf = (costs: readonly TableCost[], look: CostsSeen['look']): readonly string[] => [
  ...new Set([
    ...costs.flatMap(({ policies }) => policies.map(({ policy }) => policy)),
    ...look.scene.governed.flatMap(({ policies }) => policies.map(({ name }) => name)),
  ]),
];

const nothingKept = (table: string, policy: string): UserError =>
  new UserError({
    code: 'nothing-kept',
    what: `Nothing of ${capped(table, 80)} is kept under the policy ${capped(policy, 80)}.`,
    fix: advise('What is:', commandOfCost('--table', table)),
  });

/** The tables that were asked for: all that a policy governs, or has recovery points of. */
const chooser = ({ costs, look }: CostsSeen, { policy, table }: CostOptions) => {
  if (table !== undefined && !costs.some((one) => one.table === table))
    throw noSuch(
      'table',
      table,
      costs.map((one) => one.table),
    );
  const known = policiesOf(costs, look);
  if (policy !== undefined && !known.includes(policy)) throw noSuch('policy', policy, known);
  const governedBy = new Set(
    look.scene.governed
      .filter(({ policies }) => policies.some(({ name }) => name === policy))
      .map((one) => one.table.name),
  );
  const isChosen = (one: TableCost): boolean =>
    (table === undefined || one.table === table) &&
    (policy === undefined ||
      governedBy.has(one.table) ||
      one.policies.some((ofTable) => ofTable.policy === policy));
  if (table !== undefined && policy !== undefined && !costs.some(isChosen)) throw nothingKept(table, policy);
  return (some: readonly TableCost[]): readonly TableCost[] => some.filter(isChosen);
};

const deployedSum = (deployed: readonly TableCost[] | undefined): { readonly deployed?: CostSum } =>
  deployed === undefined ? {} : { deployed: sumCosts(deployed) };

/** Shows what this instance's recovery points and point-in-time recovery cost: now, last month and in the next ones. Reads only. */
const cost = async (session: Session, options: CostOptions): Promise<Answer> => {
  const prices = await pricesOf(options.prices);
  const parts = await openParts(session);
  const { readCosts } = await import('../../shared/run/cost.ts');
  const seen = await readCosts(parts, prices);
  const { observation, plan } = seen.look;
  const unreadableLists = blindnessOf(observation.gaps, plan, session);
  if (unreadableLists?.isTotal === true || unreadableLists?.hidesVaults === true)
    return { exitCode: BLIND, lines: [], notes: unreadableLists.notes };
  const choose = chooser(seen, options);
  const costs = choose(seen.costs);
  const view: CostView = {
    ...{
      costs,
      prices,
      plan,
      instance: parts.instance,
      ownTag: ownTagOf(parts.policies),
      file: session.options.policies,
    },
    sum: sumCosts(costs),
    ...deployedSum(seen.deployed && choose(seen.deployed)),
    isOne: options.table !== undefined,
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
    new Option('--policy <name>', 'the tables of one policy'),
    PRICES_OPTION,
  ],
  run: cost,
};
