import { reasonText } from '../core/doctor/reason-text.ts';
import { refusedDiagnoses } from '../core/doctor/refused.ts';
import { advise } from '../model/advice.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { type Failure, thrownFailure } from '../model/failure.ts';
import type { NotedRun } from '../model/noted-run.ts';
import type { DoctorParts } from './doctor-surroundings.ts';

const ITEM = "functions' permissions";

const ofYours = (operation: string, failure: Failure | undefined): Diagnosis =>
  failure === undefined
    ? { item: operation, status: 'fine', says: 'is allowed to you' }
    : {
        item: operation,
        status: 'missing',
        says: reasonText(failure, operation),
        fix: advise('Allow it to yourself; the functions have roles of their own.'),
      };

/**
 * Checks whether the person may read as the functions of the deployment do. Makes each call once,
 * for something that exists or for the shortest list.
 */
export const yourPermissionDiagnoses = async ({
  parts,
  stateTable,
}: DoctorParts): Promise<readonly Diagnosis[]> => {
  const { inventory, tableReader, policies } = parts;
  const [tags, names, backups, pitr] = await Promise.all([
    tableReader.listTagged(policies.tag, [stateTable]),
    inventory.listTableNames(),
    tableReader.listRecoveryPointsOf(stateTable),
    inventory.readPitr(stateTable),
  ]);
  return [
    ofYours('tag:GetResources', tags.gap),
    ofYours('dynamodb:ListTables', names.gap),
    ofYours('dynamodb:ListBackups', backups.gap),
    ofYours('dynamodb:DescribeContinuousBackups', pitr.kind === 'unreadable' ? pitr.failure : undefined),
  ];
};

/**
 * Reports what the functions were refused, from the findings that they left. Unknown before the
 * first run.
 */
export const functionPermissionDiagnoses = async (
  { parts }: DoctorParts,
  runs: readonly NotedRun[] | Failure,
): Promise<readonly Diagnosis[]> => {
  const { clock, instance, stateStore } = parts;
  if ('kind' in runs)
    return [{ item: ITEM, status: 'unknown', says: `no finding could be read: ${reasonText(runs)}` }];
  if (runs.length === 0)
    return [{ item: ITEM, status: 'unknown', says: 'no run tells yet what is refused to them' }];
  try {
    return refusedDiagnoses(await stateStore.readFindings(), { now: clock.now(), instance });
  } catch (error) {
    return [
      {
        item: ITEM,
        status: 'unknown',
        says: `no finding could be read: ${reasonText(thrownFailure(error))}`,
      },
    ];
  }
};
