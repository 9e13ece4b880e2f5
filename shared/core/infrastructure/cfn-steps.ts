import type { AdviceStep } from '../../model/advice.ts';
import { commandText } from '../../model/shell.ts';
import { changeSet, cloudformation, type ImportSteps, status, until } from './cfn-change-set.ts';

const nameOf = (steps: ImportSteps): string => `import-${steps.tableId}`;

/** A stack may be named by its ARN: `arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/id`. */
const nameIn = (stack: string): string => (stack.startsWith('arn:') ? (stack.split('/')[1] ?? stack) : stack);

const exportsStep = (steps: ImportSteps): AdviceStep => {
  const { live, stack } = steps;
  const mine = `Exports[?contains(ExportingStackId, ':stack/${nameIn(stack)}/')].Name`;
  const list = commandText(cloudformation(live, 'list-exports', '--output', 'text', '--query', mine));
  const imports = commandText(cloudformation(live, 'list-imports', '--output', 'text', '--query', 'Imports'));
  return {
    say:
      'First see which other stacks use what this stack exports. The import changes none of it; later, when references move to the new table, ' +
      'change the stacks that use an export before the stack that exports it.',
    commands: [
      [
        `${list} | tr '\\t' '\\n' | while read -r name; do echo "$name:"; ${imports} --export-name "$name"; done`,
      ],
    ],
  };
};

const importSteps = (steps: ImportSteps): readonly AdviceStep[] => {
  const { live, stack, tableId, type, files } = steps;
  const set = ['--stack-name', stack, '--change-set-name', nameOf(steps)];
  return [
    {
      say: 'Make the change set of the import. It changes nothing yet.',
      commands: [
        ...changeSet(
          steps,
          { name: nameOf(steps), type: 'IMPORT', file: files.import },
          '--resources-to-import',
          `file://${files.identifiers}`,
        ),
      ],
    },
    {
      say:
        `It must show exactly one change: Import ${tableId} ${type}. Anything else, such as Add, would make a new and empty table or touch ` +
        'others: stop, and delete the change set.',
      commands: [
        cloudformation(
          live,
          'describe-change-set',
          ...set,
          ...status,
          'Changes[].ResourceChange.[Action,LogicalResourceId,ResourceType]',
        ),
      ],
    },
    {
      say: 'Import.',
      commands: [
        cloudformation(live, 'execute-change-set', ...set),
        until(
          cloudformation(live, 'describe-stacks', '--stack-name', stack, ...status, 'Stacks[].StackStatus'),
          'IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE|IMPORT_ROLLBACK_FAILED',
        ),
      ],
    },
    {
      say: 'An import compares nothing. Ask for drift: it must say IN_SYNC.',
      commands: [
        cloudformation(
          live,
          'detect-stack-resource-drift',
          ...['--stack-name', stack, '--logical-resource-id', tableId],
        ),
      ],
    },
  ];
};

const shortWay = (steps: ImportSteps): AdviceStep => ({
  say:
    'Or the short way, because the name stands in the template as a literal: this change set instead of the first. It too must show exactly one ' +
    'change, and that is Import.',
  commands: changeSet(
    steps,
    { name: nameOf(steps), type: steps.isGiven ? 'UPDATE' : 'CREATE', file: steps.files.import },
    '--import-existing-resources',
  ),
});

const updateStep = (steps: ImportSteps): readonly AdviceStep[] => {
  const { update } = steps.files;
  if (update === undefined) return [];
  const name = `update-${steps.tableId}`;
  return [
    {
      say:
        `After the import, ${update.name} adds the rest by an update. Look at its change set before you execute it: it may only add. Where ` +
        'CloudFormation says that a scalable target exists already, import that one in the same way.',
      commands: [
        ...changeSet(steps, { name, type: 'UPDATE', file: update }),
        cloudformation(
          steps.live,
          'describe-change-set',
          ...['--stack-name', steps.stack, '--change-set-name', name],
          ...[...status, 'Changes[].ResourceChange.[Action,LogicalResourceId,Replacement]'],
        ),
      ],
    },
  ];
};

const afterwards: AdviceStep = {
  say:
    'Then move references and outputs to the new logical id, and only then take the old one out, with DeletionPolicy and UpdateReplacePolicy ' +
    'Retain on it. Never edit TableName of a resource that stands there: that replaces its table.',
  commands: [],
};

const cdk = ({ stack, tableId }: ImportSteps): AdviceStep => ({
  say:
    `With CDK, write the table into the code of the stack and import it there. CDK asks for the table's name; the change set above works as well ` +
    `once the construct has the logical id ${tableId} (overrideLogicalId).`,
  commands: [['cdk', 'import', stack]],
});

/** Lists the way from the files to a table that the stack owns. */
export const cloudFormationSteps = (steps: ImportSteps): readonly AdviceStep[] => [
  ...(steps.isGiven
    ? [exportsStep(steps)]
    : [
        {
          say:
            'No template was given: this imports the table into a stack of its own. With --stack it is added to the template of a stack. To add ' +
            'it yourself, add the one resource and nothing else: no outputs, no references, the same parameters, the same role.',
          commands: [],
        },
      ]),
  ...importSteps(steps),
  shortWay(steps),
  ...updateStep(steps),
  afterwards,
  cdk(steps),
];
