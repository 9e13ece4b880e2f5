interface Place {
  readonly accountId: string;
  readonly region: string;
}

export const tableArn = ({ accountId, region }: Place, tableName: string): string =>
  `arn:aws:dynamodb:${region}:${accountId}:table/${tableName}`;

export const topicArn = ({ accountId, region }: Place, topicName: string): string =>
  `arn:aws:sns:${region}:${accountId}:${topicName}`;

/** A name in a hierarchy brings its own slash. */
export const parameterArn = ({ accountId, region }: Place, name: string): string =>
  `arn:aws:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`;

export const trailArn = ({ accountId, region }: Place, name: string): string =>
  `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;

export const functionArn = ({ accountId, region }: Place, name: string): string =>
  `arn:aws:lambda:${region}:${accountId}:function:${name}`;

export const mappingArn = ({ accountId, region }: Place, uuid: string): string =>
  `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`;

export const pipeArn = ({ accountId, region }: Place, name: string): string =>
  `arn:aws:pipes:${region}:${accountId}:pipe/${name}`;

export const alarmArn = ({ accountId, region }: Place, name: string): string =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

export const roleArn = ({ accountId }: Place, name: string): string =>
  `arn:aws:iam::${accountId}:role/${name}`;

export const vaultArn = ({ accountId, region }: Place, name: string): string =>
  `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;

export const recoveryPointArn = ({ accountId, region }: Place, id: string): string =>
  `arn:aws:backup:${region}:${accountId}:recovery-point:${id}`;

export const legalHoldArn = ({ accountId, region }: Place, id: string): string =>
  `arn:aws:backup:${region}:${accountId}:legal-hold:${id}`;

/** A key's ARN from whatever names it: its id, its ARN, or an alias. */
export const keyArn = ({ accountId, region }: Place, key: string): string => {
  if (key.startsWith('arn:')) return key;
  return `arn:aws:kms:${region}:${accountId}:${key.startsWith('alias/') ? key : `key/${key}`}`;
};

/** The table's name, from a name or from a table's ARN. */
export const tableNameOf = (nameOrArn: string): string => {
  const found = /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)$/.exec(nameOrArn);
  return found?.[1] ?? nameOrArn;
};

const BACKUP_ARN =
  /^arn:([^:]*):([^:]*):([^:]*):([^:]*):table\/([^/]+)(?:\/backup\/((\d{14})-[0-9a-f]{8}))?$/;

export interface BackupArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly tableName: string;
  /** Absent in a table's ARN. */
  readonly backupId?: string;
  readonly createdAt?: number;
}

export const parseBackupArn = (arn: string): BackupArnParts | undefined => {
  const found = BACKUP_ARN.exec(arn);
  if (!found) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', tableName = '', backupId, digits] =
    found;
  const backup = backupId === undefined ? {} : { backupId, createdAt: Number(digits) };
  return { partition, service, region, accountId, tableName, ...backup };
};

/** A vault's place and name, from its ARN. */
export const parseVaultArn = (arn: string): (Place & { readonly name: string }) | undefined => {
  const found = /^arn:aws:backup:([^:]+):(\d{12}):backup-vault:([\w-]{2,50})$/.exec(arn);
  return found ? { region: found[1] ?? '', accountId: found[2] ?? '', name: found[3] ?? '' } : undefined;
};
