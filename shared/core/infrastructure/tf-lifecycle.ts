import { attribute, block, comment, expression, type HclBody } from './hcl.ts';
import { capacityOf, isUnread, type KnownTable, otherReplicas } from './live.ts';
import { scaledTargets } from './scaling.ts';

/** What another one changes, or what could not be read, Terraform may not undo. */
interface Ignored {
  readonly names: readonly string[];
  readonly because: string;
}

const ignoredOf = (live: KnownTable): readonly Ignored[] => {
  const isProvisioned = capacityOf(live.settings.shape) !== undefined;
  const scaled = scaledTargets(live);
  const mayScale = isProvisioned && isUnread(live, 'auto-scaling');
  const scalesIndex = scaled.some(({ index }) => index !== undefined);
  const indexes = mayScale && live.settings.shape.globalIndexes.length > 0;
  return [
    ...(scaled.length > 0 || mayScale
      ? [{ names: ['read_capacity', 'write_capacity'], because: 'Auto scaling changes the capacity.' }]
      : []),
    ...(scalesIndex || indexes
      ? [
          {
            names: ['global_secondary_index'],
            because: "It changes that of indexes too, and Terraform cannot ignore an index's capacity alone.",
          },
        ]
      : []),
    ...(otherReplicas(live).length > 0 || isUnread(live, 'replicas')
      ? [
          {
            names: ['replica'],
            because:
              'Without this, Terraform deletes replicas that it does not know. To take them over, write a replica block for each first.',
          },
        ]
      : []),
    ...(isUnread(live, 'tags') ? [{ names: ['tags', 'tags_all'], because: 'Tags could not be read.' }] : []),
    ...(isUnread(live, 'ttl') ? [{ names: ['ttl'], because: 'TTL could not be read.' }] : []),
    ...(isUnread(live, 'pitr')
      ? [{ names: ['point_in_time_recovery'], because: 'Point-in-time recovery could not be read.' }]
      : []),
  ];
};

/** Writes what Terraform may not undo, and that it may not replace the table. */
export const lifecycleBlock = (live: KnownTable): HclBody => {
  const ignored = ignoredOf(live);
  const names = ignored.flatMap((one) => one.names);
  return [
    { kind: 'blank' },
    block(
      'lifecycle',
      [],
      [
        comment('A change that would replace the table is an error instead.'),
        attribute('prevent_destroy', true),
        ...ignored.map(({ because }) => comment(because)),
        ...(names.length > 0 ? [attribute('ignore_changes', names.map(expression))] : []),
      ],
    ),
  ];
};
