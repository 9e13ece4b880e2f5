import { originOf } from './names.ts';

/** The tag by which a recovery point in a vault says whose it is. */
export const POLICY_MARK = 'tablekeeper:recovery-point';

/** What a mark says, read a second time: what for, and of which table. */
export interface Mark {
  readonly policy: string;
  readonly slot: number;
  readonly tableId: string;
}

/** Reads the mark that Tablekeeper asks for with a job; undefined for what is none of this deployment. */
export const readMark = (value: string): Mark | undefined => {
  const [version, account, region, vault, name = '', tableId] = value.split('/');
  const origin = originOf(name);
  const isWhole = version === '1' && account === '111122223333' && region === 'us-east-1' && vault !== '';
  return isWhole && origin !== undefined && tableId !== undefined ? { ...origin, tableId } : undefined;
};
