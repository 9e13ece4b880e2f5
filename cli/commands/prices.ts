import { readFile } from 'node:fs/promises';
import { Argument, Option } from 'commander';
import { type OfferFile, pricesFromOffers } from '../../shared/core/money/offers.ts';
import { messageOf, UserError } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { type Answer, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import type { Session } from '../session.ts';
import { writeWhole } from '../write-file.ts';

interface PricesOptions {
  readonly offers: readonly string[];
  readonly out: string;
}

const mistake = (code: string, what: string, fix: string, cause?: unknown): UserError =>
  new UserError({ code, what, fix }, { cause });

const textAt = async (from: string): Promise<string> => {
  if (!URL.canParse(from)) return await readFile(from, 'utf8');
  const response = await fetch(from);
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return await response.text();
};

const offerAt = async (from: string): Promise<OfferFile> => {
  try {
    return { from, content: JSON.parse(await textAt(from)) as unknown };
  } catch (cause) {
    const what = `${JSON.stringify(from)} cannot be read: ${messageOf(cause)}.`;
    throw mistake('no-offer-file', what, 'Give a file, or an address of AWS’s price list.', cause);
  }
};

const OFFERS = 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws';
const FILES = `${OFFERS}/AmazonDynamoDB/current/index.json ${OFFERS}/AWSBackup/current/index.json`;

const listOf = (files: readonly OfferFile[], day: string) => {
  try {
    return pricesFromOffers(files, day);
  } catch (cause) {
    const what = 'These are not offer files of AWS with prices of backups.';
    throw mistake('no-offer-file', what, `Give those of DynamoDB and of AWS Backup: ${FILES}`, cause);
  }
};

/** Writes a list of prices for `--prices`, out of offer files of AWS. Reads them over the network where addresses are given. */
const prices = async ({ now }: Session, { offers, out }: PricesOptions): Promise<Answer> => {
  if (offers.length === 0)
    throw mistake('no-offer-file', 'No offer file is given.', `Give files or addresses: ${FILES}`);
  const files: OfferFile[] = [];
  for (const from of offers) files.push(await offerAt(from));
  const list = listOf(files, isoInstant(now()).slice(0, 10));
  const writing = { what: 'the list of prices', fix: 'Name another file with --out FILE.' };
  await writeWhole(out, `${JSON.stringify(list, undefined, 2)}\n`, writing);
  const regions = Object.keys(list.regions);
  return {
    exitCode: FINE,
    lines: [`${out}: prices of ${regions.length} Regions. Give it to cost and simulate: --prices ${out}`],
    document: { command: 'prices', out, readAt: list.readAt, regions },
    notes: [],
  };
};

export const pricesCommand: CliCommand<PricesOptions> = {
  name: 'prices',
  summary: "make a list of prices out of AWS's offer files, for --prices; needs no account",
  argument: new Argument('[offers...]', 'offer files of AmazonDynamoDB and AWSBackup, or their addresses'),
  options: [new Option('--out <file>', 'where to').default('prices.json')],
  run: prices,
};
