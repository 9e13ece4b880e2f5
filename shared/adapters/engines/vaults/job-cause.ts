import type { JobCause } from '../../../model/job.ts';

/**
 * AWS's messages of jobs by what they mean, the first that is found counts. Texts are AWS's own lists and what was seen; a message that is in none is
 * passed on in AWS's words.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/dashboards.html (not verified): reasons for problematic jobs
 */
const CAUSES: readonly (readonly [words: RegExp, cause: JobCause])[] = [
  [/running job for the same resource/i, 'collision'],
  [/expired before completion/i, 'cut-off'],
  [/unable to start within the specified start window|did not start/i, 'never-started'],
  [/too many (?:copy|backup) jobs|limit exceeded|LimitExceeded|maximum concurrent number/i, 'limit'],
  [/cannot be assumed by AWS Backup/i, 'role'],
  [/organization|cross-account copy feature/i, 'organization'],
  [/default Backup service managed key/i, 'aws-key'],
  [/KMS key|key ID is not accessible|kms:/i, 'key'],
  [/user tags|tags specified|resource tags|list tags/i, 'tags'],
  [/lifecycle is outside the valid range|retention specified in the job/i, 'retention'],
  [/trying to call AWS Backup service/i, 'destination'],
  [/backup vault .*(?:does not exist|not found|cannot be found)/i, 'vault-missing'],
  [/table not found/i, 'table-missing'],
  [/cannot find recovery point|recovery point is unavailable/i, 'source-missing'],
  [
    /not supported for provided resource type|unsupported resource type|cannot be initiated|cold storage/i,
    'unsupported',
  ],
  [/stopped by user/i, 'stopped'],
  [/not authorized|does not have permission|insufficient privileges|access ?denied/i, 'permission'],
  [/internal (?:error|failure)|fatal error|token expired/i, 'internal'],
];

/** Finds out what a job's message means; `unclassified` where no version of AWS was seen to say it. */
export const jobCauseOf = (message: string): JobCause =>
  CAUSES.find(([words]) => words.test(message))?.[1] ?? 'unclassified';
