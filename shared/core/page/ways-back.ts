import type { Command } from '../../model/advice.ts';
import { commandText, isShown, NOT_SHOWN } from '../../model/shell.ts';
import type { Target } from '../../model/target.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import type { Place, PlacedPoint, Restorable } from '../explain/restorable.ts';
import { explainCommand, restoreCommand } from '../text/commands.ts';
import { type Deployment, wholeCommand } from '../text/whole-command.ts';

/** A command that a person pastes, and what it does. */
export interface WayBack {
  readonly say: string;
  readonly command: string;
  /** Set where the moment in the command may be another one. */
  readonly takesMoment?: true;
}

/** Which deployment the commands are for. */
export interface WaysBackFor extends Deployment {
  readonly target: Target;
  readonly zone: string;
  /** Writes a moment as `--at` reads it. */
  readonly asTyped: (at: number) => string;
}

const written = (command: Command): string => (isShown(command) ? commandText(command) : NOT_SHOWN);

/** Writes the command that shows all ways to get a table back. */
export const restoreText = (table: string, given: WaysBackFor): string =>
  written(wholeCommand(restoreCommand(table), given));

const newestOf = ({ points }: Place): PlacedPoint | undefined =>
  points.findLast(({ id, isOfEarlier }) => id !== undefined && isOfEarlier !== true);

/** What is in a vault is restored where the vault is; a copy in another account is copied back by that account first, which the command says how. */
const vaultWays = (
  { table, places }: Pick<Restorable, 'table' | 'places'>,
  given: WaysBackFor,
): readonly WayBack[] =>
  places.flatMap((place) => {
    const { vault, isCopy, target } = place;
    const point = newestOf(place);
    if (vault === undefined || point?.id === undefined || !isKeptByAwsBackup(point.id)) return [];
    const isFar = target.accountId !== given.target.accountId;
    const what = isCopy ? 'newest copy' : 'newest recovery point';
    const where = `in the vault ${vault} in ${target.region}`;
    const command = isFar ? restoreCommand(table) : restoreCommand(table, '--recovery-point', point.id);
    return [
      {
        say: isFar
          ? `The ${what} ${where}, account ${target.accountId}, has to be copied back first: this shows how`
          : `From the ${what} ${where}`,
        command: written(wholeCommand(command, given)),
      },
    ];
  });

/** What is of an earlier table of the name is chosen by hand: `--at` does not go back to it. */
const hasNewest = ({ places }: Restorable): boolean =>
  places.some((place) => place.vault === undefined && newestOf(place) !== undefined);

const hasHomePoint = ({ places }: Pick<Restorable, 'places'>): boolean =>
  places.some(({ points, vault }) => vault === undefined && points.length > 0);

/** Lists what to paste to get a table back, quickest first. Empty where nothing can be restored. */
export const waysBack = (restorable: Restorable, given: WaysBackFor): readonly WayBack[] => {
  const { table, pitr } = restorable;
  const whole = (...options: Command): string =>
    written(wholeCommand(restoreCommand(table, ...options), given));
  const { to } = pitr;
  const isWindow = pitr.state === 'on' && to !== undefined;
  const clocks = given.zone === 'UTC' ? [] : ['--tz', given.zone];
  const ways: readonly WayBack[] = [
    ...(isWindow || hasNewest(restorable)
      ? [
          {
            say: isWindow ? 'To the newest second' : 'To the newest recovery point',
            command: whole('--at', 'latest'),
          },
        ]
      : []),
    ...(isWindow
      ? [
          {
            say: 'To another second',
            command: whole('--at', given.asTyped(to), ...clocks),
            takesMoment: true as const,
          },
        ]
      : []),
    ...(hasHomePoint(restorable)
      ? [{ say: 'Choose from everything there is, in a terminal', command: whole() }]
      : []),
    ...vaultWays(restorable, given),
  ];
  if (ways.length === 0) return [];
  return [
    ...ways,
    { say: 'All that is known of it', command: written(wholeCommand(explainCommand(table), given)) },
  ];
};

/** Lists what to paste for a table that is gone, or that no policy governs. */
export const waysBackOfLeft = (
  left: Pick<Restorable, 'table' | 'places'>,
  given: WaysBackFor,
): readonly WayBack[] => [
  ...(hasHomePoint(left)
    ? [
        {
          say: 'Choose from everything there is, in a terminal',
          command: written(wholeCommand(restoreCommand(left.table), given)),
        },
      ]
    : []),
  ...vaultWays(left, given),
];
