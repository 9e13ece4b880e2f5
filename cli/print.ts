/** Where text goes. */
export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** In characters, where the stream is a terminal that tells. */
  readonly columns: number | undefined;
}

/** Who reads a pipe may have read enough. */
const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

/** Given one of the process's streams, returns it as ours. Nothing else in the CLI writes. At the edge a pipe that was closed is written to in vain. */
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

/** Given lines, returns them as text that ends in a line break. At the edge nothing comes of no lines. */
export const textOf = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${lines.join('\n')}\n`;
