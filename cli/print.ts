/** Where text goes. */
export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** In characters, if the stream is a terminal that reports it. */
  readonly columns: number | undefined;
}

/** Who reads a pipe may have read enough. */
const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

/** Wraps one of the process's streams. Nothing else in the CLI writes. Writing to a closed pipe is silently dropped. */
export const streamOf = (stream: NodeJS.WriteStream): Stream => {
  stream.on('error', ignoreClosedPipe);
  return {
    write: (text) => {
      stream.write(text);
    },
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY === true ? stream.columns : undefined;
    },
  };
};

/** Joins lines to text that ends in a line break; empty without lines. */
export const textOf = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${lines.join('\n')}\n`;
