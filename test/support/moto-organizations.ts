import { type MotoFront, type Pass, startMotoFront } from './moto-front.ts';

// moto 5.2 knows no effective tag policy and answers with a page about its error, which is tried again for half a minute. This server answers in
// place of its Organizations as AWS does where no policy applies.

const answer = JSON.stringify({
  __type: 'EffectivePolicyNotFoundException',
  message: 'There is no effective policy for the given entity.',
});

const pass: Pass = (_moto, request, response) => {
  request.resume();
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(answer);
  return Promise.resolve();
};

/** Starts it on a free port of this machine. */
export const startMotoOrganizations = (moto: string): Promise<MotoFront> => startMotoFront(moto, pass);
