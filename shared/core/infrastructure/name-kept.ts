import type { AdviceStep } from '../../model/advice.ts';
import type { Drift, LiveTable, NameKept } from '../../model/infrastructure-code.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { Json, SettingFacet, TableSettings, TableShape } from '../../model/table-settings.ts';
import { cloudformation } from './cfn-change-set.ts';

/** What code holds of a table. Warm throughput it should not, and what points at the table is not part of it. */
const IN_CODE: readonly SettingFacet[] = [
  'shape',
  'tags',
  'ttl',
  'pitr',
  'resource-policy',
  'stream-policy',
  'insights',
  'kinesis',
  'auto-scaling',
  'replicas',
];

const sorted = <Of extends { readonly name: string }>(list: readonly Of[]): readonly Of[] =>
  list.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Without what grows by itself and what is new each time. */
const comparableShape = ({
  warmThroughput,
  stream,
  globalIndexes,
  localIndexes,
  attributes,
  ...shape
}: TableShape) => ({
  ...shape,
  attributes: sorted(attributes),
  globalIndexes: sorted(globalIndexes).map(({ warmThroughput: _, ...index }) => index),
  localIndexes: sorted(localIndexes),
  stream: stream?.viewType,
});

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).toSorted().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value as { readonly [key: string]: Json })
    .filter(([, of]) => of !== undefined)
    .map(([name, of]) => `${name}:${canonical(of)}`);
  return `{${members.toSorted().join()}}`;
};

const facetText = (settings: Partial<TableSettings>, facet: SettingFacet): string | undefined => {
  if (settings[facet] === undefined) return undefined;
  if (facet === 'shape' && settings.shape !== undefined) return canonical(comparableShape(settings.shape));
  return canonical(settings[facet]);
};

const driftOf = ({ reading }: LiveTable, before: SettingsReading | undefined): readonly Drift[] => {
  const stream = reading.settings.shape?.stream;
  const was = before?.settings.shape?.stream?.arn;
  const differs = (facet: SettingFacet): boolean => {
    const old = before && facetText(before.settings, facet);
    const now = facetText(reading.settings, facet);
    return old !== undefined && now !== undefined && old !== now;
  };
  return [
    ...(stream === undefined || stream.arn === was
      ? []
      : [{ kind: 'stream-arn' as const, is: stream.arn, ...(was !== undefined && { was }) }]),
    ...IN_CODE.filter(differs).map((facet): Drift => ({ kind: 'setting', facet })),
    ...reading.gaps.map(({ facet, failure }): Drift => ({ kind: 'unread', facet, failure })),
  ];
};

const stackSteps = (live: LiveTable, stack: string): readonly AdviceStep[] => {
  const start = cloudformation(live, 'detect-stack-drift', '--stack-name', stack);
  const shown = ['--stack-resource-drift-status-filters', 'MODIFIED', 'DELETED'];
  return [
    {
      say: 'CloudFormation finds the table by its name. Ask for drift, give it a minute, and look: only what is listed above may show.',
      commands: [
        start,
        cloudformation(live, 'describe-stack-resource-drifts', '--stack-name', stack, ...shown),
      ],
    },
    {
      say: 'A stack that was given the old stream ARN by an export keeps it until the exporting stack is updated. See who uses its exports.',
      commands: [cloudformation(live, 'list-exports')],
    },
  ];
};

/**
 * Says what infrastructure code sees of a table that was restored under its own name: CloudFormation and Terraform find it by that name, so
 * there is nothing to import. `before` is what its manifest says of the table that stood there.
 */
export const nameKept = (
  live: LiveTable,
  language: 'cloudformation' | 'terraform',
  { before, stack = 'STACK' }: { readonly before?: SettingsReading; readonly stack?: string } = {},
): NameKept => ({
  kind: 'name-kept',
  drift: driftOf(live, before),
  steps:
    language === 'cloudformation'
      ? stackSteps(live, stack)
      : [
          {
            say: 'Terraform finds the table by its name. The plan must not say "must be replaced"; only what is listed above may show.',
            commands: [
              ['terraform', 'plan', '-refresh-only'],
              ['terraform', 'plan'],
            ],
          },
        ],
});
