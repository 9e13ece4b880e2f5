import type { AdviceStep } from '../../model/advice.ts';
import type { CodeFile, LiveTable } from '../../model/infrastructure-code.ts';
import { counted } from '../text/words.ts';

/** What the steps speak of. */
export interface TerraformSteps {
  readonly live: LiveTable;
  readonly address: string;
  readonly files: readonly CodeFile[];
  readonly imports: number;
}

const laterStep = ({ live, files }: TerraformSteps): readonly AdviceStep[] =>
  files
    .filter(({ purpose }) => purpose === 'later')
    .map(({ name }) => ({
      say: `Then the scheduled actions: rename ${name}. The plan may only add them, and changes nothing in the account: each is put under its own name.`,
      commands: [
        ['mv', name, `${live.table}.later.tf`],
        ['terraform', 'plan'],
        ['terraform', 'apply'],
      ],
    }));

/** Lists the way from the file to a table that Terraform keeps. */
export const terraformSteps = (steps: TerraformSteps): readonly AdviceStep[] => {
  const { live, address, files, imports } = steps;
  const [file] = files;
  return [
    {
      say:
        `Copy ${file?.name} into the configuration whose provider works in ${live.target.region}. Where that configuration has restore_source_name or another ` +
        'restore_* argument on a table, first add it to ignore_changes in a lifecycle block there: any edit of it replaces that table.',
      commands: [['terraform', 'init']],
    },
    {
      say:
        `The plan must say "${imports} to import, 0 to add, 0 to change, 0 to destroy". If it says "must be replaced", or fails with "prevent_destroy", stop: that would delete the table. ` +
        'A change of tags comes from default_tags of the provider.',
      commands: [['terraform', 'plan']],
    },
    {
      say: 'Import.',
      commands: [
        ['terraform', 'apply'],
        ['terraform', 'state', 'show', address],
      ],
    },
    {
      say: `Once it is applied, the ${counted(imports, 'import block')} may go. The next plan must say that there are no changes.`,
      commands: [['terraform', 'plan', '-detailed-exitcode']],
    },
    ...laterStep(steps),
    {
      say:
        'Event source mappings come after the stream, which is in the import: import each by its UUID, or let Terraform make it, not both. Move references to the new ' +
        'address, and only then take the old table out of the state, which deletes nothing (OLD is its address).',
      commands: [['terraform', 'state', 'rm', 'OLD']],
    },
  ];
};
