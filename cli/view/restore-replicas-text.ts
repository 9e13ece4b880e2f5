import type { NotReapplied } from '../../shared/core/restore/not-reapplied.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { addReplicaCommand } from '../../shared/core/text/commands.ts';
import { commandText } from '../../shared/core/text/shell.ts';
import { listed, verb } from '../../shared/core/text/words.ts';

const placesText = ({ replicas, witnesses }: Extract<NotReapplied, { kind: 'strong-consistency' }>): string =>
  [
    ...(replicas.length === 0
      ? []
      : [`${verb(replicas.length, 'replica', 'replicas')} in ${listed(replicas)}`]),
    ...(witnesses.length === 0
      ? []
      : [`${verb(witnesses.length, 'witness', 'witnesses')} in ${listed(witnesses)}`]),
  ].join(', ');

/** Formats what of strong consistency does not come back. Of eventual consistency a person may make it, and has to know that it stays so. */
export const consistencyText = (
  left: Extract<NotReapplied, { kind: 'strong-consistency' }>,
  { choice, target: { name }, targetRegion }: RestorePlan,
): string => {
  const [first] = left.replicas;
  const place = { ...choice.view.target, region: targetRegion };
  const eventual =
    first === undefined
      ? ''
      : ` Where eventual consistency will do, make replicas by hand: ${commandText(addReplicaCommand(name, place, first))}`;
  return `Strong consistency over Regions (${placesText(left)}), and with it every replica: AWS gives it only to a table without items, and a global table never changes its consistency. To have it as it was, make an empty table with update-table --multi-region-consistency STRONG and write the items of ${name} into it.${eventual}`;
};
