import type { SimAccount } from '../account.ts';
import { legalHoldArn } from '../arn.ts';
import type { Input } from '../call.ts';
import type { Operation } from '../operation.ts';
import { addHold, cancelHold } from './change-legal-holds.ts';
import { invalidParameter, invalidState, limitExceeded, notFound } from './failures.ts';
import { instantIn, requiredText, tagsIn } from './input.ts';
import type { HoldSelection, LegalHold } from './legal-holds.ts';
import { listed, newestFirst } from './listing.ts';
import { secondsOf } from './vault-shape.ts';

const MAX_HOLDS = 50;

const namesIn = (input: Input, member: string): readonly string[] | undefined => {
  const value = input[member];
  return Array.isArray(value) ? value.map(String) : undefined;
};

const selectionIn = (input: Input): HoldSelection => {
  const given = (input.RecoveryPointSelection ?? {}) as Input;
  const range = (given.DateRange ?? {}) as Input;
  const [from, to] = [instantIn(range, 'FromDate'), instantIn(range, 'ToDate')];
  const [vaultNames, resourceIdentifiers] = [
    namesIn(given, 'VaultNames'),
    namesIn(given, 'ResourceIdentifiers'),
  ];
  return {
    ...(vaultNames ? { vaultNames } : {}),
    ...(resourceIdentifiers ? { resourceIdentifiers } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
};

const selectionShape = ({ from, resourceIdentifiers, to, vaultNames }: HoldSelection): object => ({
  ...(vaultNames ? { VaultNames: vaultNames } : {}),
  ...(resourceIdentifiers ? { ResourceIdentifiers: resourceIdentifiers } : {}),
  ...(from === undefined || to === undefined
    ? {}
    : { DateRange: { FromDate: secondsOf(from), ToDate: secondsOf(to) } }),
});

const listedShape = (account: SimAccount, hold: LegalHold): object => ({
  Title: hold.title,
  Status: hold.status,
  Description: hold.description,
  LegalHoldId: hold.id,
  LegalHoldArn: legalHoldArn(account, hold.id),
  CreationDate: secondsOf(hold.createdAt),
  ...(hold.canceledAt === undefined ? {} : { CancellationDate: secondsOf(hold.canceledAt) }),
});

const holdShape = (account: SimAccount, hold: LegalHold): object => ({
  ...listedShape(account, hold),
  ...(hold.cancelDescription === undefined ? {} : { CancelDescription: hold.cancelDescription }),
  RecoveryPointSelection: selectionShape(hold.selection),
});

const existingHold = ({ state }: SimAccount, input: Input): LegalHold => {
  const id = requiredText(input, 'LegalHoldId');
  const hold = state.backup.legalHolds.get(id);
  if (!hold) throw notFound(`Cannot find legal hold ${id}`);
  return hold;
};

export const createLegalHold: Operation = ({ account }, input) => {
  const title = requiredText(input, 'Title');
  const description = requiredText(input, 'Description');
  const { legalHolds } = account.state.backup;
  const inForce = [...legalHolds.values()].filter(({ status }) => status !== 'CANCELED');
  if (inForce.length >= MAX_HOLDS) throw limitExceeded(`No more than ${MAX_HOLDS} legal holds are possible`);
  const selection = selectionIn(input);
  if ((selection.from ?? 0) > (selection.to ?? Number.POSITIVE_INFINITY)) {
    throw invalidParameter('FromDate must not be after ToDate');
  }
  const made = { title, description, selection, tags: tagsIn(input, 'Tags') };
  return holdShape(account, addHold(account, made, account.state.settings.legalHoldMs));
};

export const getLegalHold: Operation = ({ account }, input) =>
  holdShape(account, existingHold(account, input));

export const cancelLegalHold: Operation = ({ account }, input) => {
  const hold = existingHold(account, input);
  const description = requiredText(input, 'CancelDescription');
  if (hold.status !== 'ACTIVE') throw invalidState(`Legal hold ${hold.id} is ${hold.status}`);
  cancelHold(account, hold, description);
  return {};
};

export const listLegalHolds: Operation = ({ account }, input) =>
  listed(account, input, {
    name: 'LegalHolds',
    values: [...account.state.backup.legalHolds.values()],
    keyOf: ({ createdAt, id }) => newestFirst(createdAt, id),
    shapeOf: (hold) => listedShape(account, hold),
  });

export const listRecoveryPointsByLegalHold: Operation = ({ account }, input) =>
  listed(account, input, {
    name: 'RecoveryPoints',
    values: [...existingHold(account, input).held],
    keyOf: ({ arn, createdAt }) => newestFirst(createdAt, arn),
    shapeOf: ({ arn, source, vaultName }) => ({
      RecoveryPointArn: arn,
      ResourceArn: source.tableArn,
      ResourceType: 'DynamoDB',
      BackupVaultName: vaultName,
    }),
  });
