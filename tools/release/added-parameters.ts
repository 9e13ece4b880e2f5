import type { TemplateParameter } from '../../shared/core/deployment/general-template.ts';
import { MAX_INSTANCE_LENGTH } from '../../shared/core/deployment/instance.ts';
import { RETENTION_DAYS } from '../../shared/core/deployment/parameters.ts';
import { NAME_PATTERN } from '../../shared/model/recovery-point-name.ts';

/** What Serverless writes into a template itself, or does with a bucket of its own. */
export const ADDED_PARAMETERS: Readonly<Record<string, TemplateParameter>> = {
  Instance: {
    Type: 'String',
    Default: 'prod',
    Description:
      'Part of every name here, and of the name of every recovery point. Two in one Region need two.',
    MaxLength: MAX_INSTANCE_LENGTH,
    AllowedPattern: NAME_PATTERN.source,
    ConstraintDescription: 'must be lower-case letters, digits and inner hyphens',
  },
  LogRetentionDays: {
    Type: 'Number',
    Default: 90,
    Description: 'How long logs are kept, in days.',
    AllowedValues: RETENTION_DAYS,
  },
  CodeBucket: {
    Type: 'String',
    Description: 'The bucket that the archives of the functions were copied to, in the Region of this stack.',
    AllowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    ConstraintDescription: 'must be the name of a bucket',
  },
  CodePrefix: {
    Type: 'String',
    Default: 'tablekeeper/',
    Description: 'What the keys of the archives in the bucket begin with.',
    AllowedPattern: "^$|^[A-Za-z0-9!_.*'()/-]+/$",
    ConstraintDescription: 'must end with a slash, or be empty',
  },
  BucketPerRegion: {
    Type: 'String',
    Default: 'no',
    Description: 'For stacks in several Regions: yes, where the bucket of each is called CodeBucket-REGION.',
    AllowedValues: ['no', 'yes'],
  },
};

/** The condition of the last of them. */
export const BUCKET_PER_REGION = {
  HasBucketPerRegion: { 'Fn::Equals': [{ Ref: 'BucketPerRegion' }, 'yes'] },
} as const;
