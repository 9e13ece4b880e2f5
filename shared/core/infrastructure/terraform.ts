import type { CodeFile, Emission, LeftOut, LiveTable } from '../../model/infrastructure-code.ts';
import { leftOutText } from '../text/left-out.ts';
import { attribute, block, comment, expression, type HclBody, type HclEntry, hclOf } from './hcl.ts';
import { type KnownTable, knownTable, leftOutOf, otherReplicas } from './live.ts';
import { scaledTargets } from './scaling.ts';
import { aroundResources, labels, type TerraformResource } from './tf-around.ts';
import { terraformViolations } from './tf-rules.ts';
import { scalingBodies, scheduledBlocks } from './tf-scaling.ts';
import { terraformSteps } from './tf-steps.ts';
import { DEFAULT_RECOVERY_DAYS, tableBody } from './tf-table.ts';

const TABLE = 'aws_dynamodb_table';

const BLANK: HclEntry = { kind: 'blank' };

/** The provider knows `recovery_period_in_days` since 5.98 (hashicorp/terraform-provider-aws#41484, May 2025). */
const PERIOD_SINCE = '>= 5.98';

const requiredProviders = ({ settings: { pitr } }: KnownTable): HclBody =>
  pitr?.enabled && (pitr.recoveryPeriodDays ?? DEFAULT_RECOVERY_DAYS) !== DEFAULT_RECOVERY_DAYS
    ? [
        BLANK,
        comment(
          'recovery_period_in_days needs this version of the provider. A configuration has one such block: where yours has',
        ),
        comment('it already, raise the version there and delete this one.'),
        block(
          'terraform',
          [],
          [
            block(
              'required_providers',
              [],
              [
                attribute('aws', {
                  kind: 'map',
                  entries: [
                    ['source', 'hashicorp/aws'],
                    ['version', PERIOD_SINCE],
                  ],
                }),
              ],
            ),
          ],
        ),
      ]
    : [];

const resourceBlocks = ({ type, label, importId, body }: TerraformResource): HclBody => [
  BLANK,
  block('import', [], [attribute('to', expression(`${type}.${label}`)), attribute('id', importId)]),
  BLANK,
  block('resource', [type, label], body),
];

const leftOut = (live: KnownTable): readonly LeftOut[] => {
  const scaled = scaledTargets(live);
  const regions = otherReplicas(live).map(({ region }) => region);
  return [
    ...leftOutOf(live),
    ...scaled.flatMap(({ other }) => other.map((name): LeftOut => ({ kind: 'scaling-policy', name }))),
    ...scaled.flatMap(({ scheduled }) =>
      scheduled.map(({ name }): LeftOut => ({ kind: 'scheduled-action', name })),
    ),
    ...(regions.length > 0 ? [{ kind: 'replicas', regions } as const] : []),
  ];
};

const head = (live: KnownTable, missing: readonly LeftOut[]): HclBody => [
  comment(
    `The table ${live.table} in account ${live.target.accountId}, ${live.target.region}, as it stands, to be imported.`,
  ),
  comment(
    'For the provider hashicorp/aws (arguments as of 6.25.0) in Terraform 1.5 or later. Not for awscc, whose import makes the table again.',
  ),
  comment(
    'Never add restore_* arguments: any edit of them replaces the table. Never add warm_throughput: it grows with use and cannot',
  ),
  comment('go down, so no figure stays true. A TTL block stands here only while TTL is on.'),
  ...missing.map((one) => comment(`Not here: ${leftOutText(one)}`)),
];

/** SAFETY: nothing that breaks this project's rules leaves this program. */
const checked = (table: string, body: HclBody): HclBody => {
  const violations = terraformViolations(body);
  if (violations.length > 0) throw new Error(`the Terraform code of ${table}: ${violations.join('; ')}`);
  return body;
};

const written = (live: KnownTable): Emission => {
  const chosen = labels();
  const own = chosen(TABLE, live.table);
  const address = `${TABLE}.${own}`;
  const resources: readonly TerraformResource[] = [
    { type: TABLE, label: own, importId: live.table, body: tableBody(live) },
    ...scalingBodies(live, address, chosen),
    ...aroundResources(live, address, chosen),
  ];
  const missing = leftOut(live);
  const body = checked(live.table, [
    ...head(live, missing),
    ...requiredProviders(live),
    ...resources.flatMap(resourceBlocks),
  ]);
  const later = scheduledBlocks(live, address, chosen);
  const files: readonly CodeFile[] = [
    { name: `${live.table}.tf`, content: hclOf(body), purpose: 'import' },
    ...(later.length > 0
      ? [
          {
            // Terraform reads every file that ends in .tf: not before the import.
            name: `${live.table}.later.tf.txt`,
            content: hclOf([
              comment(
                'Scheduled actions cannot be imported. After the import rename this file so that it ends in .tf and apply: each is put under',
              ),
              comment('its own name and so becomes what it is.'),
              ...later,
            ]),
            purpose: 'later',
          } as const,
        ]
      : []),
  ];
  return {
    kind: 'written',
    table: live.table,
    language: 'terraform',
    address,
    files,
    steps: terraformSteps({ live, address, files, imports: resources.length }),
    leftOut: missing,
    differences: [],
  };
};

/** Writes a live table as Terraform for the provider hashicorp/aws, with an import block for each resource. */
export const emitTerraform = (table: LiveTable): Emission => {
  const live = knownTable(table);
  if ('kind' in live) return { kind: 'refused', refusal: live };
  const { shape } = live.settings;
  const composite = [...shape.globalIndexes, ...shape.localIndexes].find(({ keys }) => keys.length > 2);
  if (composite !== undefined)
    return { kind: 'refused', refusal: { kind: 'index-keys', index: composite.name } };
  return written(live);
};
