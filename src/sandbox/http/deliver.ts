import { conversation, type Answer, type ArmRequest } from '../arm/messages';
import type { Azure } from '../azure';
import { commonHeaders } from './headers';
import type { Server } from './router';

/** An answer as Azure Resource Manager sends it: with its headers, and with the time that the client is to wait. */
export function deliver(azure: Azure, server: Server, request: ArmRequest, answer: Answer): Answer {
  const { wait } = answer;
  const asksAgain = wait?.thenAsks ?? [conversation(request.method, request.path)];
  if (wait) for (const next of asksAgain) azure.clock.expect(next, wait.seconds);
  const retryAfter: Record<string, string> = wait?.told
    ? { 'retry-after': String(azure.clock.retryAfter(wait.seconds)) }
    : {};
  return {
    ...answer,
    headers: {
      ...commonHeaders(server, request, answer, azure.guids, azure.clock.now()),
      ...answer.headers,
      ...retryAfter,
    },
  };
}
