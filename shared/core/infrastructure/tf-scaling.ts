import type { Json } from '../../model/table-settings.ts';
import { isObject } from './allow-list.ts';
import { attribute, block, expression, type HclBody, type HclEntry } from './hcl.ts';
import type { KnownTable } from './live.ts';
import { type ScaledTarget, scaledTargets, suspendedOf } from './scaling.ts';
import type { Labels, TerraformResource } from './tf-around.ts';

const TARGET = 'aws_appautoscaling_target';
const POLICY = 'aws_appautoscaling_policy';
const SCHEDULED = 'aws_appautoscaling_scheduled_action';

/** The provider writes `ScaleInCooldown` as `scale_in_cooldown`. */
const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter, at: number) => (at === 0 ? '' : '_') + letter.toLowerCase());

const entriesOf = (name: string, value: Json): readonly HclEntry[] => {
  if (isObject(value)) return [block(snake(name), [], bodyOf(value))];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => entriesOf(name, one));
  return value === null ? [] : [attribute(snake(name), value as string | number | boolean)];
};

/** Writes attributes before blocks. */
const bodyOf = (fields: { readonly [key: string]: Json }): HclBody =>
  Object.entries(fields)
    .flatMap(([name, value]) => entriesOf(name, value))
    .toSorted((a, b) => Number(a.kind === 'block') - Number(b.kind === 'block'));

const placeOf = ({ target, index }: ScaledTarget, address: string): HclBody => {
  const path = index === undefined ? '' : `/index/${index}`;
  return [
    attribute('service_namespace', 'dynamodb'),
    attribute('resource_id', expression(`"table/\${${address}.name}${path}"`)),
    attribute('scalable_dimension', target.dimension),
  ];
};

const stemOf = (live: KnownTable, { index, of }: ScaledTarget): string =>
  [live.table, ...(index === undefined ? [] : [index]), of].join('-');

const inheritedFrom = (targetAddress: string): HclBody =>
  ['service_namespace', 'resource_id', 'scalable_dimension'].map((name) =>
    attribute(name, expression(`${targetAddress}.${name}`)),
  );

const resourcesOf = (
  live: KnownTable,
  scaled: ScaledTarget,
  address: string,
  chosen: Labels,
): readonly TerraformResource[] => {
  const { target, policies } = scaled;
  const id = `dynamodb/${target.resourceId}/${target.dimension}`;
  const stem = stemOf(live, scaled);
  const targetLabel = chosen(TARGET, stem);
  const suspended = suspendedOf(target);
  return [
    {
      type: TARGET,
      label: targetLabel,
      importId: id,
      body: [
        ...placeOf(scaled, address),
        attribute('min_capacity', target.min),
        attribute('max_capacity', target.max),
        ...(suspended === undefined
          ? []
          : [{ kind: 'blank' } as const, block('suspended_state', [], bodyOf(suspended))]),
      ],
    },
    ...policies.map(
      ({ name, tracking }): TerraformResource => ({
        type: POLICY,
        label: chosen(POLICY, stem),
        importId: `${id}/${name}`,
        body: [
          attribute('name', name),
          attribute('policy_type', 'TargetTrackingScaling'),
          ...inheritedFrom(`${TARGET}.${targetLabel}`),
          { kind: 'blank' },
          block('target_tracking_scaling_policy_configuration', [], bodyOf(tracking)),
        ],
      }),
    ),
  ];
};

/** Writes scalable targets and their policies, each with the id of the live one: a policy's real name is often not the one that is expected. */
export const scalingBodies = (
  live: KnownTable,
  address: string,
  chosen: Labels,
): readonly TerraformResource[] =>
  scaledTargets(live).flatMap((scaled) => resourcesOf(live, scaled, address, chosen));

/**
 * Writes scheduled actions, which the provider cannot import. Made again under their names they become what they are, so they come after the
 * import.
 */
export const scheduledBlocks = (live: KnownTable, address: string, chosen: Labels): HclBody =>
  scaledTargets(live).flatMap((scaled) =>
    scaled.scheduled.flatMap(({ name, action }): HclBody => {
      const { ScalableTargetAction: change = {}, ...fields } = action;
      return [
        { kind: 'blank' },
        block(
          'resource',
          [SCHEDULED, chosen(SCHEDULED, `${stemOf(live, scaled)}-${name}`)],
          [
            attribute('name', name),
            ...placeOf(scaled, address),
            ...bodyOf(fields),
            { kind: 'blank' },
            block('scalable_target_action', [], isObject(change) ? bodyOf(change) : []),
          ],
        ),
      ];
    }),
  );
