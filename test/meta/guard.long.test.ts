import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdAgainst } from '../../tools/cfn-guard.ts';
import { packageTemplate, type Template } from '../support/template.ts';

type Properties = Record<string, unknown>;

/** A template that a test may damage. */
interface Damageable {
  readonly Conditions: Record<string, unknown>;
  readonly Parameters: Record<string, Record<string, unknown>>;
  readonly Resources: Record<string, { Properties: Properties; DeletionPolicy?: string } & Properties>;
}

/** No case damages anything of these functions: each rule is about all resources of a kind, and cfn-guard takes as long as there are. */
const OF_OTHERS = /^(?:Drill|Pagerduty|Teams|Webhook)/;

const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));
let template: Template;
beforeAll(() => {
  template = packageTemplate();
}, 60_000);

/** A template that still keeps every rule, without most of what is the same in every function. */
const smaller = (whole: Template): Template => ({
  ...whole,
  Resources: Object.fromEntries(Object.entries(whole.Resources).filter(([id]) => !OF_OTHERS.test(id))),
});

const verdictOn = (damaged: unknown) => {
  const file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify(damaged));
  return holdAgainst(file, 'guard');
};

const propertiesOf = ({ Resources }: Damageable, id: string): Properties => {
  const resource = Resources[id];
  if (resource === undefined) throw new Error(`the template has no ${id}`);
  return resource.Properties;
};

const statement = (Action: unknown, Resource: unknown) => ({
  PolicyName: 'more',
  PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
});

const grant =
  (Action: unknown, Resource: unknown = { Ref: 'AlertTopic' }) =>
  (damaged: Damageable): void => {
    const role = propertiesOf(damaged, 'BackupRole');
    role.Policies = [...(role.Policies as readonly unknown[]), statement(Action, Resource)];
  };

const set =
  (id: string, name: string, value: unknown) =>
  (damaged: Damageable): void => {
    propertiesOf(damaged, id)[name] = value;
  };

const drop =
  (id: string, name?: string) =>
  (damaged: Damageable): void => {
    if (name === undefined) delete damaged.Resources[id];
    else delete propertiesOf(damaged, id)[name];
  };

/** What a vault has of its own. */
interface VaultProperties {
  readonly AccessPolicy: { readonly Statement: Properties[] };
  readonly LockConfiguration: { readonly 'Fn::If': unknown[] };
}

const ofVault =
  (damage: (vault: VaultProperties) => unknown) =>
  (damaged: Damageable): void => {
    damage(propertiesOf(damaged, 'BackupVault') as unknown as VaultProperties);
  };

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly damage: (damaged: Damageable) => void;
}

const CASES: readonly Case[] = [
  { rule: 'actions_are_named_in_full', name: 'one action with a wildcard', damage: grant('dynamodb:*') },
  {
    rule: 'actions_are_named_in_full',
    name: 'a wildcard among several',
    damage: grant(['sns:Publish', 'sns:Get*']),
  },
  {
    rule: 'any_resource_only_where_none_is_narrower',
    name: 'any table',
    damage: grant('dynamodb:CreateBackup', '*'),
  },
  {
    rule: 'any_resource_only_where_none_is_narrower',
    name: 'any parameter, in a policy that is attached',
    damage: set('HeartbeatPolicy', 'PolicyDocument', statement('ssm:GetParameter', '*').PolicyDocument),
  },
  {
    rule: 'roles_are_taken_on_by_lambda_alone',
    name: 'another service',
    damage: set('PruneRole', 'AssumeRolePolicyDocument', {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  },
  {
    rule: 'roles_are_taken_on_by_lambda_alone',
    name: 'a policy of AWS',
    damage: set('PruneRole', 'ManagedPolicyArns', ['arn:aws:iam::aws:policy/ReadOnlyAccess']),
  },
  {
    rule: 'roles_of_jobs_are_taken_on_by_aws_backup_alone',
    name: 'another service',
    damage: set('VaultJobRole', 'AssumeRolePolicyDocument', {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  },
  ...['BackupVault', 'VaultKey', 'VaultJobRole', 'VaultRestoreRole'].map((id) => ({
    rule: 'vaults_outlive_the_stack_with_their_roles',
    name: `${id} deleted with the stack`,
    damage: ({ Resources }: Damageable) => {
      const resource = Resources[id];
      if (resource !== undefined) resource.DeletionPolicy = 'Delete';
    },
  })),
  {
    rule: 'roles_take_the_boundary_of_the_deployment',
    name: 'one role without',
    damage: drop('PruneRole', 'PermissionsBoundary'),
  },
  { rule: 'logs_are_forgotten', name: 'never', damage: drop('AuditLogGroup', 'RetentionInDays') },
  {
    rule: 'state_outlives_the_stack',
    name: 'deleted with the stack',
    damage: ({ Resources }) => {
      const table = Resources.StateTable;
      if (table !== undefined) table.DeletionPolicy = 'Delete';
    },
  },
  {
    rule: 'state_outlives_the_stack',
    name: 'not protected',
    damage: drop('StateTable', 'DeletionProtectionEnabled'),
  },
  {
    rule: 'queues_are_encrypted_and_keep_for_two_weeks',
    name: 'in the clear',
    damage: set('AuditDeadLetters', 'SqsManagedSseEnabled', false),
  },
  {
    rule: 'queues_are_encrypted_and_keep_for_two_weeks',
    name: 'four days',
    damage: drop('AuditDeadLetters', 'MessageRetentionPeriod'),
  },
  {
    rule: 'the_page_is_private',
    name: 'a bucket that may become public',
    damage: set('PageBucket', 'PublicAccessBlockConfiguration', { BlockPublicAcls: true }),
  },
  {
    rule: 'the_page_is_private',
    name: 'a bucket policy that lets everyone read',
    damage: set('PageBucketPolicy', 'PolicyDocument', {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
    }),
  },
  {
    rule: 'topics_never_use_the_key_of_aws',
    name: 'the alias',
    damage: set('AlertTopic', 'KmsMasterKeyId', 'alias/aws/sns'),
  },
  {
    rule: 'topics_never_use_the_key_of_aws',
    name: 'a parameter that takes anything',
    damage: ({ Parameters }) => {
      Parameters.TopicKmsKeyArn = { Type: 'String', AllowedPattern: '.*' };
    },
  },
  {
    rule: 'every_target_has_a_queue_for_what_it_cannot_deliver',
    name: 'a target without',
    damage: set('CallHints', 'Targets', [
      { Id: 'hint', Arn: 'arn:aws:lambda:us-east-1:111122223333:function:x' },
    ]),
  },
  {
    rule: 'every_subscribed_function_has_a_queue_for_what_it_is_not_told',
    name: 'a subscription without',
    damage: drop('SlackSubscription', 'RedrivePolicy'),
  },
  {
    rule: 'every_function_has_a_queue_for_what_it_failed_on',
    name: 'no retries described',
    damage: drop('PruneRetries'),
  },
  {
    rule: 'every_function_has_a_queue_for_what_it_failed_on',
    name: 'retries, and then nothing',
    damage: drop('HintRetries', 'DestinationConfig'),
  },
  { rule: 'every_function_has_an_alarm_on_its_errors', name: 'no alarm', damage: drop('SlackErrorsAlarm') },
  {
    rule: 'every_function_has_an_alarm_on_its_errors',
    name: 'the alarm of another one',
    damage: set('AuditErrorsAlarm', 'Dimensions', [
      { Name: 'FunctionName', Value: { Ref: 'PruneLambdaFunction' } },
    ]),
  },
  { rule: 'every_queue_has_an_alarm', name: 'no alarm', damage: drop('BackupDeadLettersAlarm') },
  {
    rule: 'every_queue_has_an_alarm',
    name: 'an alarm on what lies there, which hides every further event',
    damage: set('BackupDeadLettersAlarm', 'MetricName', 'ApproximateNumberOfMessagesVisible'),
  },
  {
    rule: 'every_alarm_on_what_lasts_reports_its_end',
    name: 'no word of the end',
    damage: drop('BackupErrorsAlarm', 'OKActions'),
  },
  {
    rule: 'every_alarm_tells_someone_and_says_what_it_means',
    name: 'to nobody',
    damage: set('AuditSlowAlarm', 'AlarmActions', []),
  },
  {
    rule: 'every_alarm_tells_someone_and_says_what_it_means',
    name: 'without a word',
    damage: drop('AuditSlowAlarm', 'AlarmDescription'),
  },
  {
    rule: 'functions_are_called_by_what_is_named',
    name: 'any rule',
    damage: drop('TagHintsPermission', 'SourceArn'),
  },
  {
    rule: 'queues_are_filled_by_what_is_named',
    name: 'any rule',
    damage: (damaged) => {
      const { PolicyDocument } = propertiesOf(damaged, 'HintDeadLettersPolicy');
      const [first] = (PolicyDocument as { readonly Statement: readonly Properties[] }).Statement;
      delete first?.Condition;
    },
  },
  ...[
    { name: 'any rule of the account', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
    {
      name: 'a rule of any account',
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } },
    },
    { name: 'anything', Condition: undefined },
  ].map(({ name, Condition }) => ({
    rule: 'topics_are_published_to_by_what_is_named',
    name,
    damage: (damaged: Damageable): void => {
      const { PolicyDocument } = propertiesOf(damaged, 'AlertTopicPolicy');
      (PolicyDocument as { readonly Statement: Properties[] }).Statement.push({
        ...{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' },
        ...{ Resource: { Ref: 'AlertTopic' }, ...(Condition !== undefined && { Condition }) },
      });
    },
  })),
  {
    rule: 'every_vault_denies_deletion_to_all_but_named_roles',
    name: 'no policy',
    damage: drop('BackupVault', 'AccessPolicy'),
  },
  {
    rule: 'every_vault_denies_deletion_to_all_but_named_roles',
    name: 'one that denies it to one role',
    damage: ofVault(({ AccessPolicy: { Statement } }) =>
      Object.assign(Statement[0] ?? {}, { Principal: { AWS: 'arn:of:one' } }),
    ),
  },
  {
    rule: 'vaults_let_others_copy_in_and_nothing_else',
    name: 'one that lets others restore',
    damage: ofVault(({ AccessPolicy: { Statement } }) =>
      Statement.push({
        ...{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999922223333:root' } },
        ...{ Action: ['backup:StartRestoreJob'], Resource: '*' },
      }),
    ),
  },
  {
    rule: 'locks_have_a_shortest_retention_and_come_with_their_parameter',
    name: 'a lock whoever deploys',
    damage: ofVault(({ LockConfiguration: lock }) => lock['Fn::If'].splice(0, 1, 'HasVault')),
  },
  ...[
    { name: 'a lock for good, asked for once', change: ['HasVaultLock', 7, { Ref: 'AWS::NoValue' }] },
    { name: 'a lock for good after a day', change: ['HasVaultLockForGood', 1, { Ref: 'AWS::NoValue' }] },
    { name: 'a lock for good where governance is asked for', change: ['HasVaultLockForGood', 7, 7] },
  ].map(({ name, change }) => ({
    rule: 'no_lock_is_for_good_unless_the_vault_is_named_twice',
    name,
    damage: ofVault(({ LockConfiguration: lock }) => {
      Object.assign(lock['Fn::If'][1] as object, { ChangeableForDays: { 'Fn::If': change } });
    }),
  })),
  {
    rule: 'no_lock_is_for_good_unless_the_vault_is_named_twice',
    name: 'a condition without the second parameter',
    damage: ({ Conditions }) => {
      Object.assign(Conditions, {
        HasVaultLockForGood: {
          'Fn::And': [{ 'Fn::Equals': [{ Ref: 'VaultLock' }, 'compliance'] }, { Condition: 'HasVault' }],
        },
      });
    },
  },
];

const failedRules = (report: string): readonly string[] =>
  [...new Set([...report.matchAll(/^\w+\.guard\/(\w+)\s+FAIL/gm)].map(([, rule = '']) => rule))].toSorted();

describe('the rules in guard/', () => {
  it('all hold for what is packaged', () => {
    const { passed, report } = verdictOn(template);
    expect(report).not.toContain('FAIL');
    expect(passed).toBe(true);
  });

  it('all hold for the part of it that is damaged below', () => {
    expect(verdictOn(smaller(template)).passed).toBe(true);
  });

  it.each(CASES)('$rule: $name', ({ rule, damage }) => {
    const damaged = structuredClone(smaller(template)) as unknown as Damageable;
    damage(damaged);
    const { passed, report } = verdictOn(damaged);
    expect(passed).toBe(false);
    expect(failedRules(report)).toEqual([rule]);
  });

  it('each has an example that breaks it', () => {
    const text = globSync('guard/*.guard')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const rules = [...text.matchAll(/^rule (\w+)/gm)].map(([, rule = '']) => rule);
    expect(rules.toSorted()).toEqual([...new Set(CASES.map(({ rule }) => rule))].toSorted());
  });
});
