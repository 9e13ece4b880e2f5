// Writes pages to look at: node test/page/write.ts FOLDER TABLES...
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportOf } from '../../cli/page/report.ts';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { readStatus } from '../../shared/run/status.ts';
import { POLICIES, pageEstate } from './estate.ts';

const [folder = '.', ...counts] = process.argv.slice(2);
for (const count of counts) {
  let began = performance.now();
  const { asPerson, clock } = await pageEstate(Number(count));
  const status = await clock.run(readStatus(asPerson, 'each'));
  const { instance, target } = asPerson;
  console.log(count, 'estate', Math.round(performance.now() - began));
  began = performance.now();
  const page = reportOf({
    status,
    policies: loadPolicies(POLICIES, 'p'),
    instance,
    target,
    zone: process.env.PAGE_TZ ?? 'UTC',
  });
  console.log('page', Math.round(performance.now() - began), 'ms', page.length);
  writeFileSync(join(folder, `report-${count}.html`), page);
}
