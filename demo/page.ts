import { writeFile } from 'node:fs/promises';
import { pageText } from '../shared/run/compose-page.ts';
import { readStatus } from '../shared/run/status.ts';
import { partsOf } from './estate-view.ts';
import type { Stage } from './stage.ts';

/** Writes the page of the estate, as `tablekeeper report` would. */
export const writePage = async (stage: Stage, file: string): Promise<void> => {
  const parts = partsOf(stage);
  const status = await stage.account.clock.run(readStatus(parts, { live: true }));
  const { policies, instance, target } = parts;
  const systemBackups = await stage.account.clock.run(parts.tableReader.listSystemBackups());
  const known = { status, systemBackups, policies, instance, target, zone: 'Europe/Berlin' };
  await writeFile(file, pageText(known));
};
