// Decides once in a fresh process and prints what it took, as JSON: node --expose-gc bench/plan-case.ts MODE TABLES
import { plan } from '../shared/core/plan/plan.ts';
import type { Mode } from '../shared/model/plan.ts';
import { everyFinder } from '../shared/run/compose-finders.ts';
import { planWorld } from './plan-world.ts';

const [mode = 'expire', tables = '10000'] = process.argv.slice(2);
const input = planWorld(mode as Mode, Number(tables));

const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

const inputMb = heapMb();
const cpu = process.cpuUsage();
const decided = plan(everyFinder(), input);
const { user, system } = process.cpuUsage(cpu);
const grownMb = process.memoryUsage().heapUsed / 1e6 - inputMb;
const keptMb = heapMb() - inputMb;
const { actions, verdicts, retention } = decided;
process.stdout.write(
  JSON.stringify({
    mode,
    tables: Number(tables),
    cpuSeconds: (user + system) / 1e6,
    inputMb,
    grownMb,
    keptMb,
    actions: actions.length,
    verdicts: verdicts.length,
    decisions: retention.length,
  }),
);
