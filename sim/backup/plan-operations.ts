import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import type { Operation } from '../operation.ts';
import { alreadyExists, invalidParameter, missingParameter, notFound } from './failures.ts';
import { freshId } from './fresh.ts';
import { flagIn, requiredText, tagsIn, textIn } from './input.ts';
import { listed } from './listing.ts';
import type { BackupPlan, PlanDocument } from './plans.ts';
import { secondsOf } from './vault-shape.ts';

type Rule = PlanDocument['Rules'][number];

const REQUIRED = ['RuleName', 'TargetBackupVaultName'];

const completedRule = (account: SimAccount, rule: Rule, plan: string): Rule => {
  const absent = REQUIRED.find((member) => textIn(rule, member) === undefined);
  if (absent !== undefined) throw missingParameter(absent);
  return {
    ScheduleExpression: 'cron(0 5 ? * * *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    StartWindowMinutes: 480,
    CompletionWindowMinutes: 10_080,
    RuleId: freshId(`${plan} ${textIn(rule, 'RuleName')} ${account.clock.now()}`, () => false),
    ...rule,
  };
};

const documentIn = (account: SimAccount, input: Input): PlanDocument => {
  const given = input.BackupPlan as Input | undefined;
  if (!given) throw missingParameter('BackupPlan');
  const name = requiredText(given, 'BackupPlanName');
  const rules = Array.isArray(given.Rules) ? (given.Rules as readonly Rule[]) : [];
  if (rules.length === 0) throw invalidParameter('A backup plan needs at least one rule');
  return { ...given, BackupPlanName: name, Rules: rules.map((rule) => completedRule(account, rule, name)) };
};

const planShape = ({ arn, createdAt, id, versionId }: BackupPlan): object => ({
  BackupPlanId: id,
  BackupPlanArn: arn,
  CreationDate: secondsOf(createdAt),
  VersionId: versionId,
});

const wholeShape = (plan: BackupPlan): object => ({
  ...planShape(plan),
  ...(plan.creatorRequestId === undefined ? {} : { CreatorRequestId: plan.creatorRequestId }),
  ...(plan.deletedAt === undefined ? {} : { DeletionDate: secondsOf(plan.deletedAt) }),
});

const existingPlan = ({ state }: SimAccount, input: Input): BackupPlan => {
  const plan = state.backup.plans.get(requiredText(input, 'BackupPlanId'));
  const version = textIn(input, 'VersionId');
  if (plan && (version ?? plan.versionId) === plan.versionId) return plan;
  throw notFound('Failed reading Backup plan with provided version');
};

export const createBackupPlan: Operation = ({ account, now }, input) => {
  const { accountId, region, state } = account;
  const { plans } = state.backup;
  const document = documentIn(account, input);
  const isTaken = [...plans.values()].some(
    (plan) => plan.deletedAt === undefined && plan.document.BackupPlanName === document.BackupPlanName,
  );
  if (isTaken) throw alreadyExists('Backup plan with the same plan document already exists', {});
  const id = freshId(`${document.BackupPlanName} ${now}`, (taken) => plans.has(taken));
  const plan: BackupPlan = {
    id,
    arn: `arn:aws:backup:${region}:${accountId}:backup-plan:${id}`,
    versionId: Buffer.from(id).toString('base64'),
    createdAt: now,
    creatorRequestId: textIn(input, 'CreatorRequestId'),
    document,
    tags: tagsIn(input, 'BackupPlanTags'),
    deletedAt: undefined,
  };
  plans.set(id, plan);
  return planShape(plan);
};

export const getBackupPlan: Operation = ({ account }, input) => {
  const plan = existingPlan(account, input);
  return { ...wholeShape(plan), BackupPlan: plan.document };
};

export const deleteBackupPlan: Operation = ({ account, now }, input) => {
  const plan = existingPlan(account, input);
  plan.deletedAt = now;
  const { BackupPlanId, BackupPlanArn, VersionId } = planShape(plan) as Readonly<Record<string, string>>;
  return { BackupPlanId, BackupPlanArn, VersionId, DeletionDate: secondsOf(now) };
};

export const listBackupPlans: Operation = ({ account }, input) =>
  listed(account, input, {
    name: 'BackupPlansList',
    values: [...account.state.backup.plans.values()].filter(
      ({ deletedAt }) => deletedAt === undefined || flagIn(input, 'IncludeDeleted'),
    ),
    keyOf: ({ id }) => id,
    shapeOf: (plan) => ({ ...wholeShape(plan), BackupPlanName: plan.document.BackupPlanName }),
  });
