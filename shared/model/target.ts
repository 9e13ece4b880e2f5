/** One AWS account in one Region: what one run looks at. */
export interface Target {
  readonly accountId: string;
  readonly region: string;
}
