import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageTemplate } from '../support/template.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface Role {
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly unknown[] };
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

const TABLES = 'arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/*';
const BACKUPS = `${TABLES}/backup/*`;
const STATE = '<StateTable.Arn>';
const TOPIC = 'AlertTopic';

/** What every function may: look, remember, tell. `*` stands where AWS knows no resource. */
const EVERY_FUNCTION = {
  'tag:GetResources': '*',
  'dynamodb:ListBackups': '*',
  'dynamodb:DescribeTable': TABLES,
  'dynamodb:Query': STATE,
  'dynamodb:PutItem': STATE,
  'dynamodb:DeleteItem': STATE,
  'sns:Publish': TOPIC,
};

const logs = (group: string) => ({ 'logs:CreateLogStream': group, 'logs:PutLogEvents': group });

const ROLES = [
  {
    role: 'BackupRole',
    grants: { ...EVERY_FUNCTION, 'dynamodb:CreateBackup': TABLES, ...logs('<BackupLogGroup.Arn>') },
  },
  {
    role: 'PruneRole',
    grants: {
      ...EVERY_FUNCTION,
      'dynamodb:DescribeBackup': BACKUPS,
      'dynamodb:DeleteBackup': BACKUPS,
      ...logs('<PruneLogGroup.Arn>'),
    },
  },
  {
    role: 'AuditRole',
    grants: {
      ...EVERY_FUNCTION,
      'dynamodb:ListTables': '*',
      'dynamodb:DescribeContinuousBackups': TABLES,
      'dynamodb:UpdateContinuousBackups': TABLES,
      ...logs('<AuditLogGroup.Arn>'),
    },
  },
];

let roles: ReadonlyMap<string, Role>;
beforeAll(() => {
  roles = new Map(
    Object.entries(packageTemplate().Resources)
      .filter(([, resource]) => resource.Type === 'AWS::IAM::Role')
      .map(([id, resource]) => [id, resource.Properties as unknown as Role]),
  );
}, 60_000);

const roleOf = (id: string): Role => {
  const role = roles.get(id);
  if (role === undefined) throw new Error(`the template has no role ${id}`);
  return role;
};

/** `{ 'Fn::Sub': text }` and `{ Ref: id }` as text, with each placeholder in angle brackets. */
const resourceText = (resource: unknown): string => {
  const [text, ...rest] = typeof resource === 'object' && resource ? Object.values(resource) : [resource];
  if (typeof text !== 'string' || rest.length > 0) throw new Error(`no text: ${JSON.stringify(resource)}`);
  return text.replaceAll(/\$\{(.+?)\}/g, '<$1>');
};

const statementsOf = (id: string): readonly Statement[] =>
  roleOf(id).Policies.flatMap((policy) => policy.PolicyDocument.Statement);

const grantsOf = (id: string): readonly (readonly [string, string])[] =>
  statementsOf(id).flatMap(({ Action, Resource }) =>
    [Action].flat().map((action) => [action, resourceText(Resource)] as const),
  );

describe.each(ROLES)('$role', ({ role, grants }) => {
  it('may do exactly what the table says, each on that resource, each once', () => {
    expect([...grantsOf(role)].sort()).toEqual(Object.entries(grants).sort());
  });

  it('grants by its own policies only, and names every action in full', () => {
    expect(roleOf(role).ManagedPolicyArns).toBeUndefined();
    expect(statementsOf(role).map(({ Effect }) => Effect)).not.toContain('Deny');
    expect(grantsOf(role).filter(([action]) => action.includes('*'))).toEqual([]);
  });

  it('is taken on by Lambda alone', () => {
    expect(roleOf(role).AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });
});

const CREATE = /:(Create|Start|Copy|Restore)/;
const DESTROY = /:Delete(?!Item)/;

const actionsOf = (id: string): string =>
  grantsOf(id)
    .map(([action]) => action)
    .filter((action) => !action.startsWith('logs:'))
    .join(' ');

describe('the walls between the roles', () => {
  it('there are three roles and no other', () => {
    expect([...roles.keys()].sort()).toEqual(['AuditRole', 'BackupRole', 'PruneRole']);
  });

  it('the role that creates cannot delete', () => {
    expect(actionsOf('BackupRole')).toMatch(CREATE);
    expect(actionsOf('BackupRole')).not.toMatch(DESTROY);
  });

  it('the role that deletes cannot create', () => {
    expect(actionsOf('PruneRole')).toMatch(DESTROY);
    expect(actionsOf('PruneRole')).not.toMatch(CREATE);
  });

  it('the role that audits can do neither, and it alone touches point-in-time recovery', () => {
    expect(actionsOf('AuditRole')).not.toMatch(CREATE);
    expect(actionsOf('AuditRole')).not.toMatch(DESTROY);
    expect(actionsOf('BackupRole') + actionsOf('PruneRole')).not.toContain('ContinuousBackups');
  });
});

/** The one call that IAM asks no permission for. */
const FREE = 'GetCallerIdentity';

it('the roles together may call what the adapters call, and nothing else', () => {
  const adapters = resolve(import.meta.dirname, '../../shared/adapters');
  const called = globSync('**/*.ts', { cwd: adapters })
    .flatMap(
      (file) => readFileSync(join(adapters, file), 'utf8').match(/(?<=new )[A-Z]\w+(?=Command\()/g) ?? [],
    )
    .filter((operation) => operation !== FREE);
  const granted = ROLES.flatMap(({ role }) => actionsOf(role).split(' ')).map(
    (action) => action.split(':')[1],
  );
  expect([...new Set(called)].sort()).toEqual([...new Set(granted)].sort());
});
