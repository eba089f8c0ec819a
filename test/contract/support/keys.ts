import { createHttpHeaders, type PipelineRequest } from '@azure/core-rest-pipeline';
import { ArmPort } from '../../../src/azure/azurePort';
import { CLOUDS } from '../../../src/core/clouds';
import { ByHand } from './byHand';
import { openSandboxSession, type SandboxSession, type SandboxSessionOptions } from './sandboxSession';

/** Every key of a service that the sandbox has or has had, by the words that all of them have in them. */
export const SERVICE_KEYS = /sandbox-(search|key|storage)|c2FuZGJveC1zdG9yYWdl/;

/** A session for as long as it is used, and what somebody does beside it. */
export async function inEstate(
  options: SandboxSessionOptions,
  use: (opening: SandboxSession, hand: ByHand) => Promise<void>,
): Promise<void> {
  const opening = await openSandboxSession(options);
  try {
    await use(opening, new ByHand(opening.sandbox, opening.connection));
  } finally {
    await opening.close();
  }
}

const UNAVAILABLE = JSON.stringify({ error: { code: 'ServiceUnavailable', message: 'Try again.' } });

/** A connection to a sandbox of which no answer arrives, and what was asked over it. */
export function losingAnswers({ sandbox, session }: SandboxSession) {
  const asked: PipelineRequest[] = [];
  const azure = new ArmPort(
    {
      cloud: CLOUDS.public,
      subscriptionId: session.state.setup.subscription,
      credential: { getToken: () => Promise.resolve({ token: sandbox.token, expiresOnTimestamp: Infinity }) },
      policies: [
        {
          name: 'lost-answers',
          sendRequest: (request) => {
            asked.push(request);
            const headers = createHttpHeaders({ 'retry-after': '0', 'content-type': 'application/json' });
            return Promise.resolve({ request, status: 503, headers, bodyAsText: UNAVAILABLE });
          },
        },
      ],
      pollIntervalMs: 1,
    },
    () => Promise.resolve(undefined),
  );
  return { azure, asked };
}
