import type { StackTemplate } from '../../shared/core/deployment/general-template.ts';
import type { GivenValues } from '../../shared/core/deployment/package-parameters.ts';
import { nameOf } from '../../shared/core/deployment/parameters.ts';
import type { Command } from '../../shared/model/advice.ts';
import type { PackagedDeployment } from '../package/put-together.ts';
import { commandLines } from './advice-text.ts';
import type { Screen } from './colour.ts';
import { paragraph } from './paragraph.ts';

/** What was packaged, and what is known of where it goes. */
export interface PackageView {
  readonly deployment: PackagedDeployment;
  readonly values: GivenValues;
  readonly template: StackTemplate;
  readonly out: string;
  readonly region?: string;
}

/** What stands in a command where only its reader knows it. */
const BUCKET = 'BUCKET';
const ADDRESS = 'ADDRESS';

const regionOf = ({ region }: PackageView): Command => (region === undefined ? [] : ['--region', region]);

/** Other files in the folder may be nobody else's business. */
const OURS: Command = ['--exclude', '*', '--include', '*.zip', '--include', 'template.json'];

const copyCommand = (view: PackageView, bucket: string, prefix: string): Command => [
  ...['aws', 's3', 'cp', '--recursive', view.out, `s3://${bucket}/${prefix}`, ...OURS],
  ...regionOf(view),
];

/** All that was given: of a stack that is there already, `deploy` keeps every parameter that it is not given, whatever the template's defaults are. */
const overridesOf = ({ values, template }: PackageView, bucket: string): Command => {
  const given = Object.keys(template.Parameters).flatMap((key) => {
    const value = values.get(nameOf(key));
    return value === undefined ? [] : [`${key}=${value}`];
  });
  return [
    ...given,
    ...(values.has('codeBucket') ? [] : [`CodeBucket=${bucket}`]),
    ...(values.has('alertEmail') ? [] : [`AlertEmail=${ADDRESS}`]),
  ];
};

const deployCommand = (view: PackageView, bucket: string, prefix: string): Command => {
  const tags = Object.entries(view.deployment.stackTags).map(([key, value]) => `${key}=${value}`);
  return [
    ...['aws', 'cloudformation', 'deploy', '--stack-name', `tablekeeper-${view.values.get('instance')}`],
    ...[
      '--template-file',
      `${view.out.replace(/\/$/, '')}/template.json`,
      '--capabilities',
      'CAPABILITY_NAMED_IAM',
    ],
    ...['--s3-bucket', bucket, ...(prefix === '' ? [] : ['--s3-prefix', prefix.replace(/\/$/, '')])],
    ...['--parameter-overrides', ...overridesOf(view, bucket)],
    ...(tags.length === 0 ? [] : ['--tags', ...tags]),
    ...regionOf(view),
  ];
};

/** Builds the commands that deploy what was packaged with the AWS CLI, in order. */
export const deployCommands = (view: PackageView): readonly Command[] => {
  const bucket = view.values.get('codeBucket') ?? BUCKET;
  const prefix = view.values.get('codePrefix') ?? '';
  return [copyCommand(view, bucket, prefix), deployCommand(view, bucket, prefix)];
};

/** Formats what was written, and how it is deployed. */
export const packageLines = (view: PackageView, screen: Screen): readonly string[] => {
  const { deployment, out, values } = view;
  const { version, policiesDigest, files } = deployment;
  const asks = [
    ...(values.has('codeBucket') ? [] : ['BUCKET is a bucket of yours in the Region of the stack.']),
    ...(values.has('alertEmail') ? [] : ['ADDRESS is who is alerted by mail, or none.']),
  ];
  return [
    `Written to ${out}: ${files.map(({ name }) => name).join(', ')}`,
    ...paragraph(
      `This is version ${version} with the policies ${policiesDigest}: the same version, policies and parameters give the same bytes.`,
      '',
      screen,
    ),
    '',
    screen.paint('strong', 'Next:'),
    '',
    ...deployCommands(view).flatMap((command) => commandLines(command, '  ', screen)),
    '',
    ...paragraph(['Terraform, CDK and StackSets: docs/release.md.', ...asks].join(' '), '', screen),
  ];
};
