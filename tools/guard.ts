// Holds a packaged template against the rules in guard/: node tools/guard.ts [TEMPLATE]
import { parseArgs } from 'node:util';
import { holdAgainst } from './cfn-guard.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [template = '.serverless/cloudformation-template-update-stack.json'] = positionals;

const { passed, report } = holdAgainst(template, 'guard');
if (!passed) console.log(report);
process.exitCode = passed ? 0 : 1;
