import { onTestFinished } from 'vitest';
import { startServer } from '../../sim/server.ts';
import { contractClients } from './clients.ts';
import { contractAccount, simWorld } from './sim-world.ts';
import { contractSuite } from './suite.ts';

contractSuite({
  name: 'the simulated account over HTTP',
  connect: async () => {
    const account = contractAccount();
    const server = await startServer(account);
    onTestFinished(() => server.close());
    return simWorld(account, contractClients({ endpoint: server.url }));
  },
  deviations: {},
});
