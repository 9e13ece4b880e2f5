import { expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { commandTexts } from '../support/command-texts.ts';

// A command that people paste is an argument list until the last room, where it is completed: one that is written into a sentence acts on `prod`, in
// whatever Region is at hand. Each place that does otherwise is here, with why it may.

type Places = Readonly<Record<string, number>>;

const NAMES = createProgram(() => Promise.resolve(), { out: () => undefined, error: () => undefined })
  .commands.map((command) => command.name())
  .join('|');

const A_COMMAND = new RegExp(
  String.raw`\btablekeeper (?:${NAMES})\b|\bnpm run (?:deploy|remove)\b|\baws [a-z0-9-]+ [a-z]+-[a-z]`,
);

const seen = commandTexts(['cli', 'functions', 'shared', 'tools'], A_COMMAND);

const countsOf = (count: (one: (typeof seen)[number]) => number): Places =>
  Object.fromEntries(seen.filter((one) => count(one) > 0).map((one) => [one.path, count(one)]));

const WRITTEN_OUT: Readonly<Record<string, Places>> = {
  'how the program is used, whatever the deployment': {
    'cli/command.ts': 1,
    'cli/init/parameters-file.ts': 1,
    'cli/view/init-text.ts': 1,
    'shared/core/deployment/parameter-file.ts': 2,
    'shared/core/money/whose-prices.ts': 1,
    'tools/command-line.ts': 1,
  },
  'what is to be known of an operation, which somebody with other rights calls elsewhere': {
    'cli/view/cutover-text.ts': 1,
    'shared/core/doctor/vaults.ts': 1,
    'shared/core/text/failure-fix.ts': 1,
    'shared/core/text/job-cause-text.ts': 1,
  },
};

const TURNED_INTO_TEXT: Readonly<Record<string, Places>> = {
  'how it is done': {
    'shared/model/shell.ts': 5,
    'shared/core/text/whole-command.ts': 1,
    'shared/core/text/wrap.ts': 1,
  },
  'the one place of the terminal, which completes them by where the session acts': {
    'cli/view/advice-text.ts': 1,
  },
  'documents, whose commands were completed before': {
    'cli/documents/cutover-document.ts': 1,
    'cli/commands/init.ts': 1,
    'cli/documents/error-document.ts': 1,
  },
  'messages and pages, whose commands are completed for the deployment that they are of': {
    'shared/core/messages/digest/deleted.ts': 1,
    'shared/core/messages/mail/blocks.ts': 3,
    'shared/core/messages/pagerduty/alert.ts': 2,
    'shared/core/messages/slack/finding.ts': 2,
    'shared/core/messages/teams/alert.ts': 1,
    'shared/core/page/finding-section.ts': 1,
    'shared/core/page/page.ts': 1,
    'shared/core/page/ways-back.ts': 1,
  },
  'what a deployment prints, completed there': {
    'tools/deploy-changes-text.ts': 1,
    'tools/deployment-report.ts': 1,
    'tools/vaults-warning.ts': 1,
  },
  'commands of AWS that name their stack and Region, in a file of steps': {
    'cli/view/infrastructure-text.ts': 1,
    'shared/core/infrastructure/cfn-change-set.ts': 1,
    'shared/core/infrastructure/cfn-steps.ts': 2,
  },
  'no command of a deployment': {
    'cli/init/questions.ts': 1,
    'shared/model/errors.ts': 1,
  },
};

const merged = (places: Readonly<Record<string, Places>>): Places =>
  Object.assign({}, ...Object.values(places));

it('no text has a command in it but what is listed here', () => {
  expect(countsOf(({ texts }) => texts.length)).toEqual(merged(WRITTEN_OUT));
}, 60_000);

it('commands become text only where they are whole, which is listed here', () => {
  expect(countsOf(({ writes }) => writes)).toEqual(merged(TURNED_INTO_TEXT));
}, 60_000);
