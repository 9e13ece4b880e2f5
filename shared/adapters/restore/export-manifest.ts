import { isNumber, isText, optional, shape } from '../../model/shape.ts';

/** One file of data, as the list of files has it. */
export interface ExportedFile {
  readonly itemCount: number;
  /** Of the file as it is stored, in base64. */
  readonly md5Checksum?: string;
  readonly dataFileS3Key: string;
}

const isSummary = shape<{
  readonly tableId: string;
  readonly itemCount: number;
  readonly manifestFilesS3Key: string;
}>({ tableId: isText, itemCount: isNumber, manifestFilesS3Key: isText });

const isFile = shape<ExportedFile>({
  itemCount: isNumber,
  md5Checksum: optional(isText),
  dataFileS3Key: isText,
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Splits text or bytes at its ends of lines; lines without anything are left out. */
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/**
 * Reads the summary of an export; undefined where it is none.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html (not verified)
 */
export const exportSummary = (text: string) => {
  const content = parsed(text);
  return isSummary(content) ? content : undefined;
};

/** Reads the list of files, one to a line; undefined where one of them cannot be read. */
export const exportedFiles = (text: string): readonly ExportedFile[] | undefined => {
  const files = linesOf(text).map(parsed);
  return files.every(isFile) ? files : undefined;
};

/** The fewest files that have so many items: the fullest first. Empty ones say nothing. */
export const filesToRead = (files: readonly ExportedFile[], most: number): readonly ExportedFile[] => {
  const fullest = files
    .filter(({ itemCount }) => itemCount > 0)
    .toSorted((a, b) => b.itemCount - a.itemCount);
  let held = 0;
  return fullest.filter(({ itemCount }) => {
    const isNeeded = held < most;
    held += itemCount;
    return isNeeded;
  });
};
