import type { SimAccount } from './account.ts';
import type { Answer, Sent } from './call.ts';
import { connectedCall } from './connected-call.ts';
import { isServiceFailure, type ServiceFailure } from './failure.ts';
import { jsonFailure, jsonSuccess } from './wire/json.ts';
import { queryFailure, querySuccess } from './wire/query.ts';
import { protocolOf, readCall } from './wire/request.ts';
import { restFailure, restSuccess } from './wire/rest.ts';

const encodeFailure = (account: SimAccount, sent: Sent, failure: ServiceFailure): Answer => {
  const requestId = account.state.requestIds.uuid();
  switch (protocolOf(sent)) {
    case 'json':
      return jsonFailure(sent, failure, requestId);
    case 'query':
      return queryFailure(sent, failure, requestId);
    case 'rest':
      return restFailure(failure, requestId);
  }
};

const answerCall = async (account: SimAccount, sent: Sent): Promise<Answer> => {
  const call = readCall(sent);
  const output = await connectedCall(account, call);
  const requestId = account.state.requestIds.uuid();
  switch (protocolOf(sent)) {
    case 'json':
      return jsonSuccess(call, output, requestId);
    case 'query':
      return querySuccess(call, output, requestId);
    case 'rest':
      return restSuccess(output, requestId);
  }
};

/** Given a request as it came over the wire, returns the response. Rejects only where the connection breaks. */
export const answer = async (account: SimAccount, sent: Sent): Promise<Answer> => {
  try {
    return await answerCall(account, sent);
  } catch (error) {
    if (isServiceFailure(error)) return encodeFailure(account, sent, error);
    throw error;
  }
};
