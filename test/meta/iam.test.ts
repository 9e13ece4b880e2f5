import { beforeAll, describe, expect, it } from 'vitest';
import { DRILL_VAULT_ROLE } from '../support/deployment.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { grantsOf, type Role, rolesOf, statementsOf } from '../support/roles.ts';
import { packageTemplate } from '../support/template.ts';

const IN_ACCOUNT = 'us-east-1:111122223333';
const TABLES = `arn:aws:dynamodb:${IN_ACCOUNT}:table/*`;
const BACKUPS = `${TABLES}/backup/*`;
const STATE = `arn:aws:dynamodb:${IN_ACCOUNT}:table/tablekeeper-prod-state`;
const TOPIC = `arn:aws:sns:${IN_ACCOUNT}:tablekeeper-prod-alerts`;
const KEY = `arn:aws:kms:${IN_ACCOUNT}:key/0123`;
const VAULT_ROLE = 'arn:aws:iam::111122223333:role/vault-jobs';
const parameter = (name: string): string => `arn:aws:ssm:${IN_ACCOUNT}:parameter${name}`;

/** Every parameter that brings permissions with it. */
const PARAMETERS = {
  SlackWebhookParameter: '/tablekeeper/slack',
  TeamsWorkflowParameter: '/tablekeeper/teams',
  PagerdutyKeyParameter: '/tablekeeper/pagerduty',
  WebhookParameter: '/tablekeeper/webhook',
  HeartbeatParameter: '/tablekeeper/heartbeat',
  TopicKmsKeyArn: KEY,
  VaultRoleArn: VAULT_ROLE,
  Drills: 'on',
  DrillBucket: 'on',
  ReportBucket: 'pages',
};

/** What every run may: look, remember, tell. `*` stands where AWS knows no resource. */
const EVERY_RUN = {
  'tag:GetResources': '*',
  'dynamodb:ListBackups': '*',
  'dynamodb:DescribeTable': TABLES,
  'dynamodb:Query': STATE,
  'dynamodb:PutItem': STATE,
  'dynamodb:BatchWriteItem': STATE,
  'dynamodb:DeleteItem': STATE,
  'sns:GetTopicAttributes': TOPIC,
  'sns:Publish': TOPIC,
};
/** Looking into vaults: copies are in other Regions. */
const VAULTS = {
  'backup:ListBackupJobs': '*',
  'backup:ListBackupVaults': '*',
  'backup:ListCopyJobs': '*',
  'backup:ListLegalHolds': '*',
  'backup:ListRecoveryPointsByBackupVault': 'arn:aws:backup:*:111122223333:backup-vault:*',
  'backup:ListRecoveryPointsByLegalHold': `arn:aws:backup:${IN_ACCOUNT}:legal-hold:*`,
  'backup:ListTags': 'arn:aws:backup:*:111122223333:recovery-point:*',
};
/** How keys stand, which may be another account's. */
const KEYS = { 'kms:DescribeKey': 'arn:aws:kms:*:*:key/*' };
/** What vaults need: copies are in other Regions. */
const VAULT_CHECK = {
  'backup:DescribeGlobalSettings': '*',
  'backup:DescribeRegionSettings': '*',
  'backup:GetBackupVaultAccessPolicy': 'arn:aws:backup:*:111122223333:backup-vault:*',
  'iam:GetRole': VAULT_ROLE,
};
const VAULT_POINTS = `arn:aws:backup:${IN_ACCOUNT}:recovery-point:*`;
/** Of both forms of recovery points, so each twice. */
const VAULT_EXPIRY = [
  ['backup:DeleteRecoveryPoint', VAULT_POINTS],
  ['backup:DeleteRecoveryPoint', BACKUPS],
  ['backup:DescribeRecoveryPoint', VAULT_POINTS],
  ['backup:DescribeRecoveryPoint', BACKUPS],
] as const;

const WITH_KEY = { 'kms:Decrypt': KEY, 'kms:GenerateDataKey': KEY };
const WINDOWS = {
  'dynamodb:DescribeContinuousBackups': TABLES,
  'dynamodb:ListTagsOfResource': TABLES,
  'dynamodb:UpdateContinuousBackups': TABLES,
};

/** What reads the settings of tables: of replicas in whatever Region they are. */
const CAPTURE = {
  'application-autoscaling:DescribeScalableTargets': '*',
  'application-autoscaling:DescribeScalingPolicies': '*',
  'application-autoscaling:DescribeScheduledActions': '*',
  'cloudwatch:DescribeAlarms': `arn:aws:cloudwatch:${IN_ACCOUNT}:alarm:*`,
  'dynamodb:DescribeContributorInsights': TABLES,
  'dynamodb:DescribeKinesisStreamingDestination': TABLES,
  'dynamodb:DescribeTimeToLive': TABLES,
  'dynamodb:GetResourcePolicy': TABLES,
  'dynamodb:ListContributorInsights': '*',
  'lambda:ListEventSourceMappings': '*',
  'pipes:DescribePipe': `arn:aws:pipes:${IN_ACCOUNT}:pipe/*`,
  'pipes:ListPipes': '*',
};
const ANYWHERE = 'arn:aws:dynamodb:*:111122223333:table/*';
const IN_ANY_REGION = [
  ['dynamodb:DescribeContinuousBackups', ANYWHERE],
  ['dynamodb:DescribeTable', ANYWHERE],
  ['dynamodb:ListTagsOfResource', ANYWHERE],
] as const;

/** The page alone, in a bucket that may hold more. */
const pageIn = (bucket: string) => ({
  's3:GetObject': `arn:aws:s3:::${bucket}/tablekeeper/prod/us-east-1/report.html`,
  's3:PutObject': `arn:aws:s3:::${bucket}/tablekeeper/prod/us-east-1/report.html`,
});

/** What Lambda does itself, as the function. */
const byLambda = (name: string) => ({
  'logs:CreateLogStream': `arn:aws:logs:${IN_ACCOUNT}:log-group:/aws/lambda/tablekeeper-prod-${name}:*`,
  'logs:PutLogEvents': `arn:aws:logs:${IN_ACCOUNT}:log-group:/aws/lambda/tablekeeper-prod-${name}:*`,
  'sqs:SendMessage': `arn:aws:sqs:${IN_ACCOUNT}:tablekeeper-prod-${name}-dead-letters`,
});

/** `given` is what comes with a parameter. */
interface RoleRights {
  readonly role: string;
  readonly always: Readonly<Record<string, string>>;
  readonly given: Readonly<Record<string, string>>;
  /** On two resources each. */
  readonly givenTwice?: readonly (readonly [string, string])[];
  readonly elsewhere?: readonly (readonly [string, string])[];
}

/** The names that drills give to their tables, which no other table has. */
const DRILL_TABLES = `arn:aws:dynamodb:${IN_ACCOUNT}:table/tablekeeper-drill.prod.*`;

const DRILL_OBJECTS = 'arn:aws:s3:::DrillExports/drills/prod/*';

const EXPORTS = {
  'dynamodb:ExportTableToPointInTime': TABLES,
  'dynamodb:DescribeExport': `arn:aws:dynamodb:${IN_ACCOUNT}:table/*/export/*`,
  's3:AbortMultipartUpload': DRILL_OBJECTS,
  's3:DeleteObject': DRILL_OBJECTS,
  's3:GetObject': DRILL_OBJECTS,
  's3:PutObject': DRILL_OBJECTS,
  's3:PutObjectAcl': DRILL_OBJECTS,
  's3:ListBucket': 'arn:aws:s3:::DrillExports',
};

const FROM_VAULTS = {
  'backup:DescribeRestoreJob': '*',
  'backup:GetRestoreJobMetadata': '*',
  'backup:ListBackupVaults': '*',
  'backup:ListLegalHolds': '*',
  'backup:ListRestoreJobs': '*',
  'backup:ListRecoveryPointsByBackupVault': `arn:aws:backup:${IN_ACCOUNT}:backup-vault:*`,
  'backup:ListTags': `arn:aws:backup:${IN_ACCOUNT}:recovery-point:*`,
  'iam:PassRole': DRILL_VAULT_ROLE,
};

const ROLES: readonly RoleRights[] = [
  {
    role: 'BackupRole',
    always: { ...EVERY_RUN, 'dynamodb:CreateBackup': TABLES, ...byLambda('backup') },
    given: {
      ...WITH_KEY,
      ...VAULTS,
      'backup:StartBackupJob': `arn:aws:backup:${IN_ACCOUNT}:backup-vault:*`,
      'backup:StartCopyJob': VAULT_POINTS,
      'iam:PassRole': VAULT_ROLE,
    },
  },
  {
    role: 'PruneRole',
    always: {
      ...EVERY_RUN,
      'dynamodb:DescribeBackup': BACKUPS,
      'dynamodb:DeleteBackup': BACKUPS,
      'dynamodb:ListTagsOfResource': TABLES,
      ...byLambda('prune'),
    },
    given: { ...WITH_KEY, ...VAULTS },
    givenTwice: VAULT_EXPIRY,
  },
  {
    role: 'AuditRole',
    always: {
      ...EVERY_RUN,
      ...WINDOWS,
      ...CAPTURE,
      ...KEYS,
      'dynamodb:ListTables': '*',
      'sns:ListSubscriptionsByTopic': TOPIC,
      ...byLambda('audit'),
    },
    elsewhere: IN_ANY_REGION,
    given: {
      ...WITH_KEY,
      ...VAULTS,
      ...pageIn('pages'),
      ...VAULT_CHECK,
      'ssm:GetParameter': parameter('/tablekeeper/heartbeat'),
    },
  },
  { role: 'HintRole', always: { ...EVERY_RUN, ...WINDOWS, ...byLambda('hint') }, given: WITH_KEY },
  {
    role: 'DrillRole',
    always: {},
    given: {
      'tag:GetResources': '*',
      'dynamodb:ListBackups': '*',
      'dynamodb:DescribeTable': TABLES,
      'dynamodb:DescribeContinuousBackups': TABLES,
      'dynamodb:RestoreTableToPointInTime': TABLES,
      'dynamodb:DescribeBackup': BACKUPS,
      'dynamodb:RestoreTableFromBackup': BACKUPS,
      'dynamodb:BatchWriteItem': DRILL_TABLES,
      'dynamodb:DeleteItem': DRILL_TABLES,
      'dynamodb:GetItem': DRILL_TABLES,
      'dynamodb:Scan': DRILL_TABLES,
      'dynamodb:UpdateItem': DRILL_TABLES,
      'dynamodb:ListTagsOfResource': DRILL_TABLES,
      'dynamodb:TagResource': DRILL_TABLES,
      'dynamodb:UpdateTable': DRILL_TABLES,
      'dynamodb:DescribeTimeToLive': DRILL_TABLES,
      'dynamodb:UpdateTimeToLive': DRILL_TABLES,
      'dynamodb:DeleteTable': DRILL_TABLES,
      ...EXPORTS,
      ...FROM_VAULTS,
      ...byLambda('drill'),
    },
    givenTwice: [
      ['backup:GetRecoveryPointRestoreMetadata', VAULT_POINTS],
      ['backup:GetRecoveryPointRestoreMetadata', BACKUPS],
      ['backup:StartRestoreJob', VAULT_POINTS],
      ['backup:StartRestoreJob', BACKUPS],
      ['dynamodb:RestoreTableFromBackup', DRILL_TABLES],
      ['dynamodb:PutItem', DRILL_TABLES],
      ['dynamodb:Query', DRILL_TABLES],
      ['dynamodb:PutItem', STATE],
      ['dynamodb:Query', STATE],
    ],
  },
  ...['slack', 'teams', 'pagerduty', 'webhook'].map((name) => ({
    role: `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`,
    always: {},
    given: { 'ssm:GetParameter': parameter(`/tablekeeper/${name}`), ...byLambda(name) },
  })),
];

/** Those that pass alerts on, each made with its parameter. */
const CHANNEL_ROLES = ['SlackRole', 'TeamsRole', 'PagerdutyRole', 'WebhookRole'];

let whole: Readonly<Record<string, Role>>;
let plain: Readonly<Record<string, Role>>;
beforeAll(() => {
  const template = packageTemplate();
  const place = { accountId: '111122223333', region: 'us-east-1' };
  plain = rolesOf(resolvedResources(template, place));
  whole = rolesOf(resolvedResources(template, { ...place, parameters: PARAMETERS }));
}, 60_000);

const roleOf = (id: string): Role => {
  const role = whole[id];
  if (role === undefined) throw new Error(`the template has no role ${id}`);
  return role;
};

const sorted = (role: Role | undefined): readonly (readonly [string, string])[] =>
  (role === undefined ? [] : grantsOf(role))
    .map(({ action, resource }) => [action, resource] as const)
    .toSorted();

describe.each(ROLES)('$role', ({ role, always, given, givenTwice = [], elsewhere = [] }) => {
  it('may do exactly what the table says, each on that resource, each once', () => {
    expect(sorted(plain[role])).toEqual([...Object.entries(always), ...elsewhere].sort());
  });

  it('may do more only where a parameter asks for it', () => {
    const all = [...Object.entries({ ...always, ...given }), ...givenTwice, ...elsewhere];
    expect(sorted(whole[role])).toEqual(all.sort());
  });

  it('grants by its own policies only, and names every action in full', () => {
    expect(roleOf(role).ManagedPolicyArns).toBeUndefined();
    expect(grantsOf(roleOf(role)).filter(({ action }) => action.includes('*'))).toEqual([]);
  });

  it('uses a key for its topic alone; how another stands it may only ask', () => {
    const withKey = statementsOf(roleOf(role)).filter(({ Action }) =>
      /kms:(?!DescribeKey)/.test(JSON.stringify(Action)),
    );
    for (const { Condition } of withKey)
      expect(Condition).toEqual({ StringEquals: { 'kms:ViaService': 'sns.us-east-1.amazonaws.com' } });
  });

  it('passes no role but to AWS Backup', () => {
    const passing = statementsOf(roleOf(role)).filter(({ Action }) =>
      JSON.stringify(Action).includes('PassRole'),
    );
    for (const { Condition } of passing)
      expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } });
  });

  it('is taken on by Lambda alone', () => {
    expect(roleOf(role).AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });
});

const CREATE = /:(Create|Start|Copy|Restore)/;
const DESTROY = /:Delete(?!Item)/;

/** Lambda writes logs and keeps dead letters; SNS uses the key. No code of ours calls these. */
const NOT_OURS = /^(logs|sqs|kms):/;

const actionsOf = (id: string): string =>
  grantsOf(roleOf(id))
    .map(({ action }) => action)
    .filter((action) => !NOT_OURS.test(action))
    .join(' ');

describe('the walls between the roles', () => {
  it('there are these roles and no other, and none for a channel that no parameter asks for', () => {
    const names = ROLES.map(({ role }) => role).toSorted();
    expect(Object.keys(whole).toSorted()).toEqual([...names, 'DrillVaultRole'].toSorted());
    expect(Object.keys(plain).toSorted()).toEqual(
      names.filter((name) => !CHANNEL_ROLES.includes(name) && name !== 'DrillRole'),
    );
  });

  it('the role that creates cannot delete', () => {
    expect(actionsOf('BackupRole')).toMatch(CREATE);
    expect(actionsOf('BackupRole')).not.toMatch(DESTROY);
  });

  it('the role that deletes cannot create', () => {
    expect(actionsOf('PruneRole')).toMatch(DESTROY);
    expect(actionsOf('PruneRole')).not.toMatch(CREATE);
  });

  it.each(['AuditRole', 'HintRole'])('%s can do neither', (role) => {
    expect(actionsOf(role)).not.toMatch(CREATE);
    expect(actionsOf(role)).not.toMatch(DESTROY);
  });

  it('the role of drills deletes tables and objects of its own names and no recovery point, and starts nothing but restores and exports', () => {
    expect([...new Set(actionsOf('DrillRole').match(/:(Create|Start|Copy)\w*/g))]).toEqual([
      ':StartRestoreJob',
    ]);
    const deletions = grantsOf(roleOf('DrillRole')).filter(({ action }) => DESTROY.test(action));
    expect(deletions.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:DeleteTable', DRILL_TABLES],
      ['s3:DeleteObject', DRILL_OBJECTS],
    ]);
  });

  it('what drills give to jobs writes no table but theirs, whatever name a job is given', () => {
    const grants = grantsOf(roleOf('DrillVaultRole')).filter(({ action }) => action.startsWith('dynamodb:'));
    const elsewhere = grants.filter(({ resource }) => resource !== DRILL_TABLES);
    expect(elsewhere.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:DescribeBackup', BACKUPS],
      ['dynamodb:RestoreTableFromBackup', BACKUPS],
    ]);
    expect(actionsOf('DrillVaultRole')).not.toMatch(DESTROY);
  });

  it('only the roles that audit touch point-in-time recovery', () => {
    expect(actionsOf('BackupRole') + actionsOf('PruneRole')).not.toContain('ContinuousBackups');
  });

  it.each(CHANNEL_ROLES)('%s knows nothing of DynamoDB', (role) => {
    expect(actionsOf(role)).toBe('ssm:GetParameter');
  });
});
