import type {
  CodeFile,
  Emission,
  EmissionRefusal,
  LeftOut,
  LiveTable,
  StackTemplate,
} from '../../model/infrastructure-code.ts';
import { definitionDifferences, tableIn, unretainedReplicas } from './cfn-differences.ts';
import { globalTableProperties } from './cfn-global-table.ts';
import type { Fields } from './cfn-parts.ts';
import { templateViolations, type WrittenTemplate } from './cfn-rules.ts';
import { scalingResources } from './cfn-scaling.ts';
import { cloudFormationSteps } from './cfn-steps.ts';
import { tableProperties } from './cfn-table.ts';
import { type KnownTable, kinesisOn, knownTable, leftOutOf, otherReplicas } from './live.ts';
import { logicalId, pascal } from './names.ts';
import { scaledTargets } from './scaling.ts';
import { EMPTY_TEMPLATE, readTemplate, type Template, withResources } from './template.ts';

/** What is written besides the live table. */
export interface CloudFormationOptions {
  /** The name of the table that it was restored from, to list what differs from its definition. */
  readonly source?: string;
  /** The stack that takes it in; without one it is imported into a stack of its own. */
  readonly stack?: StackTemplate;
}

const refused = (refusal: EmissionRefusal): Emission => ({
  kind: 'refused',
  refusal,
});

const resource = (type: string, properties: Fields): Fields => ({
  Type: type,
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: properties,
});

/** What is imported and, where more belongs to the table, what the update after it adds. */
interface Definitions {
  readonly type: string;
  readonly import: Fields;
  readonly update?: Readonly<Record<string, Fields>>;
}

const globalDefinitions = (live: KnownTable, id: string): Definitions | undefined => {
  const own = globalTableProperties(live, 'own');
  const all = globalTableProperties(live, 'all');
  if (own === undefined || all === undefined) return undefined;
  const type = 'AWS::DynamoDB::GlobalTable';
  return { type, import: own, update: { [id]: resource(type, all) } };
};

const plainDefinitions = (live: KnownTable, id: string, taken: Set<string>): Definitions => {
  const type = 'AWS::DynamoDB::Table';
  const properties = tableProperties(live);
  const scaling = scalingResources(live, id, taken);
  return {
    type,
    import: properties,
    ...(Object.keys(scaling).length > 0 && { update: { [id]: resource(type, properties), ...scaling } }),
  };
};

const leftOut = (live: KnownTable, isGlobal: boolean): readonly LeftOut[] => {
  const scaled = scaledTargets(live);
  const regions = otherReplicas(live).map(({ region }) => region);
  return [
    ...leftOutOf(live),
    ...kinesisOn(live)
      .slice(1)
      .map(({ streamArn }): LeftOut => ({ kind: 'second-kinesis-stream', streamArn })),
    ...scaled.flatMap(({ other }) => other.map((name): LeftOut => ({ kind: 'scaling-policy', name }))),
    ...(isGlobal
      ? scaled.flatMap(({ scheduled }) =>
          scheduled.map(({ name }): LeftOut => ({ kind: 'scheduled-action', name })),
        )
      : []),
    ...(regions.length > 0 ? [{ kind: 'replicas', regions } as const] : []),
  ];
};

/** SAFETY: nothing that breaks this project's rules leaves this program. */
const checked = (written: WrittenTemplate): string => {
  const violations = templateViolations(written);
  if (violations.length > 0) throw new Error(`the template of ${written.table}: ${violations.join('; ')}`);
  return written.text;
};

const withoutScaling = ({ reading }: LiveTable): EmissionRefusal => {
  const gap = reading.gaps.find(({ facet }) => facet === 'auto-scaling');
  return gap === undefined ? { kind: 'writes-not-scaled' } : { kind: 'scaling-unread', failure: gap.failure };
};

const sized = ({ name, content }: CodeFile) => ({ name, bytes: new TextEncoder().encode(content).length });

const identifiersOf = (type: string, logicalId: string, table: string): string =>
  `${JSON.stringify(
    [{ ResourceType: type, LogicalResourceId: logicalId, ResourceIdentifier: { TableName: table } }],
    null,
    2,
  )}\n`;

const written = (live: KnownTable, base: Template, { source, stack }: CloudFormationOptions): Emission => {
  const taken = new Set(Object.keys(base.resources));
  const tableId = logicalId(pascal(live.table), 'Table', taken);
  const isGlobal = otherReplicas(live).length > 0;
  const definitions = isGlobal ? globalDefinitions(live, tableId) : plainDefinitions(live, tableId, taken);
  if (definitions === undefined) return refused(withoutScaling(live));
  const { type, update } = definitions;
  const write = (purpose: WrittenTemplate['purpose'], resources: Readonly<Record<string, Fields>>) =>
    checked({
      base,
      text: withResources(base, resources),
      added: Object.keys(resources),
      tableId,
      table: live.table,
      region: live.target.region,
      purpose,
    });
  const ending = base.place.kind === 'braces' ? 'json' : 'yaml';
  const imported: CodeFile = {
    name: `${live.table}.import.${ending}`,
    content: write('import', { [tableId]: resource(type, definitions.import) }),
    purpose: 'import',
  };
  const identifiers: CodeFile = {
    name: `${live.table}.identifiers.json`,
    content: identifiersOf(type, tableId, live.table),
    purpose: 'identifiers',
  };
  const updated: CodeFile | undefined = update && {
    name: `${live.table}.update.${ending}`,
    content: write('update', update),
    purpose: 'update',
  };
  return {
    kind: 'written',
    table: live.table,
    language: 'cloudformation',
    address: tableId,
    files: [imported, identifiers, ...(updated ? [updated] : [])],
    steps: cloudFormationSteps({
      live,
      stack: stack?.stack ?? `Restored${pascal(live.table)}`,
      isGiven: stack !== undefined,
      template: base,
      tableId,
      type,
      files: {
        import: sized(imported),
        identifiers: identifiers.name,
        ...(updated && { update: sized(updated) }),
      },
    }),
    leftOut: leftOut(live, isGlobal),
    differences:
      source === undefined ? [] : definitionDifferences(base, tableIn(base, source), definitions.import),
  };
};

/**
 * Writes a live table as CloudFormation with a logical id of its own, and the way to import it. With a stack, its template gets exactly one
 * resource and every character of it stays.
 */
export const emitCloudFormation = (table: LiveTable, options: CloudFormationOptions = {}): Emission => {
  const live = knownTable(table);
  if ('kind' in live) return refused(live);
  const { stack } = options;
  const base = readTemplate(stack ?? { text: EMPTY_TEMPLATE });
  if (base === undefined) return refused({ kind: 'template-unreadable', stack: stack?.stack ?? '' });
  if (stack !== undefined) {
    const present = tableIn(base, live.table);
    if (present !== undefined) return refused({ kind: 'in-stack', stack: stack.stack, logicalId: present });
    const logicalIds = unretainedReplicas(base);
    if (logicalIds.length > 0)
      return refused({ kind: 'replicas-not-retained', stack: stack.stack, logicalIds });
  }
  return written(live, base, options);
};
