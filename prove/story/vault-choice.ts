import type { Dice } from './dice.ts';
import type { StoryEvent } from './event.ts';
import type { FileSpec, PolicySpec } from './file-spec.ts';
import type { VaultSpec } from './vault-spec.ts';

/** In one seed of so many some policies keep their recovery points in vaults: in none of those in which people restore tables. */
export const VAULTS_ONE_IN = 3;

export const hasVaults = (seed: number): boolean => seed % VAULTS_ONE_IN === 1;

const COLD_DAYS = 90;

/** What the rules keep for so long, at the least. */
const reachOf = ({ retention }: PolicySpec): number =>
  Math.max(0, 365 * ((retention.yearly ?? 1) - 1), 28 * ((retention.monthly ?? 1) - 1));

/** Longer than any rule of the bench keeps anything. */
const BACKSTOP_DAYS = 1_500;

const vaultOf = (dice: Dice): VaultSpec => ({
  name: dice.oneOf(['tablekeeper', 'tablekeeper', 'tablekeeper', 'archive']),
  coldAfterDays: dice.oneOf([7, 30]),
  ...(dice.happens(0.3) && { deleteAfterDays: BACKSTOP_DAYS }),
  ...(dice.happens(0.3) && { startWindowHours: dice.oneOf([1, 4, 12]) }),
  copyTo: (['dr', 'far'] as const)
    .filter(() => dice.happens(0.6))
    .map((place) => ({ place, last: dice.between(1, 6) })),
});

/** Cold storage is paid for ninety days, so only what is kept for longer may go there. */
const fitting = (policy: PolicySpec, { coldAfterDays, ...vault }: VaultSpec): PolicySpec => ({
  ...policy,
  vault: {
    ...vault,
    ...(coldAfterDays !== undefined && reachOf(policy) > coldAfterDays + COLD_DAYS && { coldAfterDays }),
  },
});

/** Which policies have a vault, and which, for as long as nobody edits that. */
type Chosen = Map<string, VaultSpec | undefined>;

const withVaults = (dice: Dice, chosen: Chosen, file: FileSpec): FileSpec => ({
  ...file,
  policies: file.policies.map((policy) => {
    const isEdited = dice.happens(0.15);
    if (isEdited || !chosen.has(policy.name))
      chosen.set(policy.name, dice.happens(0.65) ? vaultOf(dice) : undefined);
    const vault = chosen.get(policy.name);
    return vault === undefined ? policy : fitting(policy, vault);
  }),
});

/** Gives policies of a story's first file and of each edit their vaults. An edit may choose another one, or another engine. */
export const inVaults = (
  dice: Dice,
  file: FileSpec,
  edits: readonly StoryEvent[],
): { readonly file: FileSpec; readonly edits: readonly StoryEvent[] } => {
  const chosen: Chosen = new Map();
  const first = withVaults(dice, chosen, file);
  return {
    file: first,
    edits: edits.map((event) =>
      event.kind === 'policies-edited' ? { ...event, file: withVaults(dice, chosen, event.file) } : event,
    ),
  };
};
