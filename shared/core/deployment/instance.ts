import { UserError } from '../../model/errors.ts';
import { NAME_PATTERN } from '../../model/recovery-point-name.ts';

/**
 * The longest of our names beside the space that AWS gives to its kind. A name is `tablekeeper-<instance>-<end>`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html (64)
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (64)
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html (80; all checked 2026-11-28)
 */
const LONGEST: readonly { readonly end: string; readonly limit: number }[] = [
  { end: 'call-hints', limit: 64 },
  { end: 'pagerduty', limit: 64 },
  { end: 'pagerduty-dead-letters', limit: 80 },
];

/** How many letters an instance may have: every name that it is part of has room. */
export const MAX_INSTANCE_LENGTH = Math.min(
  ...LONGEST.map(({ end, limit }) => limit - `tablekeeper--${end}`.length),
);

/** Refuses a name that cannot be part of the names of recovery points, rules, functions and queues. */
export const checkInstance = (instance: string): void => {
  if (NAME_PATTERN.test(instance) && instance.length <= MAX_INSTANCE_LENGTH) return;
  throw new UserError({
    code: 'instance-name',
    what: `${JSON.stringify(instance)} cannot name an instance.`,
    where: { file: 'serverless.yml' },
    fix: `Give --stage, or --param="instance=NAME", of up to ${MAX_INSTANCE_LENGTH} lower-case letters, digits and inner hyphens; this has ${instance.length}.`,
  });
};
