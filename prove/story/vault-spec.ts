/** The vaults of the bench beside those at home: in another Region, and in another account. */
export type Place = 'dr' | 'far';

export const ACCOUNT_ID = '111122223333';
export const FAR_ACCOUNT_ID = '999922223333';

/** Where the other two are. */
export const ELSEWHERE = 'eu-west-1';

export const DESTINATIONS: Readonly<Record<Place, string>> = {
  dr: `arn:aws:backup:${ELSEWHERE}:${ACCOUNT_ID}:backup-vault:dr`,
  far: `arn:aws:backup:${ELSEWHERE}:${FAR_ACCOUNT_ID}:backup-vault:far`,
};

/** A vault that takes copies, of as many of the newest as it says. */
export interface CopyTo {
  readonly place: Place;
  readonly last: number;
}

/** The vault of a policy as data. */
export interface VaultSpec {
  readonly name: 'archive' | 'tablekeeper';
  readonly coldAfterDays?: number;
  readonly deleteAfterDays?: number;
  readonly startWindowHours?: number;
  readonly copyTo: readonly CopyTo[];
}

const copyText = ({ last, place }: CopyTo): string =>
  `{ vault: "${DESTINATIONS[place]}", retention: { last: ${last} } }`;

/** The lines of a policy file that a person would write. */
export const vaultText = (vault: VaultSpec): string =>
  [
    'engine: aws-backup',
    `vault: ${vault.name}`,
    ...(vault.coldAfterDays === undefined ? [] : [`coldAfterDays: ${vault.coldAfterDays}`]),
    ...(vault.deleteAfterDays === undefined ? [] : [`deleteAfterDays: ${vault.deleteAfterDays}`]),
    ...(vault.startWindowHours === undefined ? [] : [`startWindow: ${vault.startWindowHours}h`]),
    ...(vault.copyTo.length === 0 ? [] : [`copyTo: [${vault.copyTo.map(copyText).join(', ')}]`]),
  ]
    .map((line) => `    ${line}\n`)
    .join('');
