import { emitCloudFormation } from '../../core/infrastructure/cloudformation.ts';
import { nameKept } from '../../core/infrastructure/name-kept.ts';
import { emitTerraform } from '../../core/infrastructure/terraform.ts';
import type { Emission, LiveTable, StackTemplate } from '../../model/infrastructure-code.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import type { Target } from '../../model/target.ts';
import type { SettingsReader } from '../../ports/restore.ts';

/** The languages that a table can be written in. */
export const LANGUAGES = ['cloudformation', 'terraform'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is written, and of which table. */
export interface EmitWish {
  readonly language: Language;
  readonly record: Pick<RestoreRecord, 'source' | 'targetTable' | 'targetRegion'>;
  /** What the table that stood there had; absent where that is not known. */
  readonly before?: SettingsReading | undefined;
  readonly stack?: StackTemplate | undefined;
  /** The stack's name where its template could not be read. */
  readonly stackName?: string | undefined;
}

/** Writes a restored table as infrastructure code, from the table as it stands now. Changes nothing. */
export const emit = async (
  { settingsReader, target }: { readonly settingsReader: SettingsReader; readonly target: Target },
  { language, record, before, stack, stackName }: EmitWish,
): Promise<Emission> => {
  const { source, targetTable, targetRegion } = record;
  const reading = await settingsReader.read(targetTable);
  const live: LiveTable = { table: targetTable, target: { ...target, region: targetRegion }, reading };
  if (source.table === targetTable && targetRegion === target.region)
    return nameKept(live, language, {
      ...(before !== undefined && { before }),
      ...(stackName !== undefined && { stack: stackName }),
    });
  if (language === 'terraform') return emitTerraform(live);
  return emitCloudFormation(live, { source: source.table, ...(stack !== undefined && { stack }) });
};
