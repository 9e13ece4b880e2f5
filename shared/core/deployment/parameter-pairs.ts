import { UserError } from '../../model/errors.ts';

/** A parameter that does nothing without another, by the names that a person writes. What belongs to a lock is checked with it. */
interface Pair {
  readonly name: string;
  readonly needs: string;
  /** What to give for the other. */
  readonly give: string;
  readonly does: string;
}

const PAIRS: readonly Pair[] = [
  { name: 'drillBucket', needs: 'drills', give: 'drills=on', does: 'is what drills export to' },
  {
    name: 'vaultAccounts',
    needs: 'vault',
    give: 'vault=NAME',
    does: 'may copy out of the vault that is made here, and back into it',
  },
];

/** Refuses a parameter that would silently change nothing, because another is not given; `givenFor` returns an empty text for what is not. */
export const checkPairs = (givenFor: (name: string) => string): void => {
  const alone = PAIRS.find(({ name, needs }) => givenFor(name) !== '' && givenFor(needs) === '');
  if (alone === undefined) return;
  const { does, give, name, needs } = alone;
  throw new UserError({
    code: 'parameter-alone',
    what: `${name} does nothing without ${needs}: it ${does}.`,
    where: { file: 'serverless.yml' },
    fix: `Give --param="${give}" as well, or --param="${name}=none".`,
  });
};
