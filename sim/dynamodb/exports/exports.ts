/** One export, as it stands. What it writes is known once its items have been read. */
export interface Export {
  readonly arn: string;
  readonly tableArn: string;
  readonly tableId: string;
  readonly tableName: string;
  readonly startedAt: number;
  readonly exportTime: number;
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly token: string | undefined;
  /** What was asked for, as text: a token goes with one request only. */
  readonly asked: string;
  readonly format: string;
  readonly sizeBytes: number;
  readonly itemCount: Promise<number>;
  status: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS';
  endedAt: number | undefined;
  manifestKey: string | undefined;
  failure: { readonly code: string; readonly message: string } | undefined;
}

/** The exports of an account and Region by ARN, in the order they began. */
export type Exports = Map<string, Export>;

export const createExports = (): Exports => new Map();
