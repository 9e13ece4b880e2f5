import { existsSync } from 'node:fs';
import { holdAgainst } from './cfn-guard.ts';
import { refuse, scriptOptions } from './script-options.ts';

const { positionals } = scriptOptions(
  'npm run guard -- [TEMPLATE]: holds a packaged template against the rules in guard/',
  {},
  true,
);
const [template = '.serverless/cloudformation-template-update-stack.json'] = positionals;
if (!existsSync(template)) refuse(`there is no ${template}: npm run package writes it.`);

const { passed, report } = holdAgainst(template, 'guard');
if (!passed) console.log(report);
process.exitCode = passed ? 0 : 1;
