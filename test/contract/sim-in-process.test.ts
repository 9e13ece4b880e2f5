import { requestHandlerOf } from '../../sim/request-handler.ts';
import { contractClients } from './clients.ts';
import { contractAccount, simWorld } from './sim-world.ts';
import { contractSuite } from './suite.ts';

contractSuite({
  name: 'the simulated account in process',
  connect: async () => {
    const account = contractAccount();
    return simWorld(account, contractClients({ requestHandler: requestHandlerOf(account) }));
  },
  deviations: {},
});
