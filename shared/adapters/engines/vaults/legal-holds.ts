import { ListLegalHoldsCommand, ListRecoveryPointsByLegalHoldCommand } from '@aws-sdk/client-backup';
import { failureText } from '../../../model/failure.ts';
import type { Listing } from '../../../ports/inventory.ts';
import { readPages } from '../../aws/paginate.ts';
import { statedList, statedText } from '../../aws/reading.ts';
import type { VaultParts } from './vault-clients.ts';

interface ListedHold {
  readonly id: string;
  readonly title: string;
}

const readHolds = ({ clientIn, target }: VaultParts): Promise<Listing<ListedHold>> =>
  readPages('ListLegalHolds', async (token) => {
    const command = new ListLegalHoldsCommand({ ...(token !== undefined && { NextToken: token }) });
    const { LegalHolds, NextToken } = await clientIn(target.region).send(command);
    const items = (statedList(LegalHolds) ?? []).flatMap(({ LegalHoldId, Status, Title }) => {
      const id = statedText(LegalHoldId);
      // One that is being made or cancelled may keep some already, or still.
      return id === undefined || Status === 'CANCELED' ? [] : [{ id, title: statedText(Title) ?? id }];
    });
    return { items, token: NextToken };
  });

const readHeld = ({ clientIn, target }: VaultParts, { id }: ListedHold): Promise<Listing<string>> =>
  readPages('ListRecoveryPointsByLegalHold', async (token) => {
    const { NextToken, RecoveryPoints } = await clientIn(target.region).send(
      new ListRecoveryPointsByLegalHoldCommand({
        LegalHoldId: id,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const items = (statedList(RecoveryPoints) ?? []).flatMap(
      ({ RecoveryPointArn }) => statedText(RecoveryPointArn) ?? [],
    );
    return { items, token: NextToken };
  });

/** The titles of the legal holds that keep a recovery point, by its ARN. */
export type LegalHolds = ReadonlyMap<string, readonly string[]>;

/**
 * Lists which legal holds of the Region keep which recovery points. What cannot be read is logged and hides nothing: AWS Backup refuses to delete what
 * a hold keeps, and the refusal is remembered. A hold does not follow a copy.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/legalhold.html (not verified)
 */
export const readLegalHolds = async (parts: VaultParts): Promise<LegalHolds> => {
  const titles = new Map<string, string[]>();
  const { gap, items: holds } = await readHolds(parts);
  const gaps = [gap];
  for (const hold of holds) {
    const held = await readHeld(parts, hold);
    gaps.push(held.gap);
    for (const id of held.items) titles.set(id, [...(titles.get(id) ?? []), hold.title]);
  }
  const failure = gaps.find((one) => one !== undefined);
  if (failure !== undefined)
    parts.log.warn('legal holds could not be read', { failure: failureText(failure) });
  return titles;
};
