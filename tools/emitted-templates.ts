import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { emitCloudFormation } from '../shared/core/infrastructure/cloudformation.ts';
import { anyLiveTable } from '../test/support/any-table.ts';
import { STACK_TEMPLATES } from '../test/support/stack-templates.ts';

// Writes the CloudFormation of many tables into a folder, for cfn-lint to read all at once: node tools/emitted-templates.ts DIR.

const TABLES = 150;

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('give the folder to write to');
mkdirSync(directory, { recursive: true });

let count = 0;
for (const [at, live] of fc.sample(anyLiveTable, { numRuns: TABLES, seed: 13 }).entries()) {
  const text = STACK_TEMPLATES[at % (STACK_TEMPLATES.length + 1)];
  const emission = emitCloudFormation(live, text === undefined ? {} : { stack: { stack: 'shop', text } });
  if (emission.kind === 'refused' && emission.refusal.kind === 'scaling-unread') continue;
  if (emission.kind !== 'written') throw new Error(JSON.stringify(emission));
  for (const { name, content, purpose } of emission.files) {
    if (purpose === 'identifiers') continue;
    writeFileSync(join(directory, `${String(at).padStart(3, '0')}-${name}`), content);
    count += 1;
  }
}
if (count < TABLES) throw new Error(`only ${count} templates were written`);
console.log(`${count} templates in ${directory}`);
