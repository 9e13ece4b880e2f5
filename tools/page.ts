// Writes a page of an account with so many tables in every state, to be looked at after a change: node tools/page.ts --tables 100 --out page.html
import { writeFileSync } from 'node:fs';
import { PAGE_POLICIES, pageEstate } from '../test/support/page-estate.ts';
import { pageOfDeployment } from '../test/support/page-of.ts';
import { scriptOptions, wholeNumber } from './script-options.ts';

const { values } = scriptOptions('node tools/page.ts: writes a page of a simulated account to look at', {
  tables: { type: 'string', default: '100', value: 'N', says: 'how many tables' },
  tz: { type: 'string', default: 'UTC', value: 'ZONE', says: 'whose clocks it shows' },
  out: { type: 'string', default: 'page.html', value: 'FILE', says: 'where to' },
});
const deployment = await pageEstate(wholeNumber('tables', values.tables));
writeFileSync(values.out, await pageOfDeployment(deployment, PAGE_POLICIES, values.tz));
