import type { JsonObject } from '../../../core/resources/json';

/** The wire form of an answer to a chat. */
export function completion(model: string, message: JsonObject): JsonObject {
  return {
    id: 'chatcmpl-sandbox',
    object: 'chat.completion',
    model,
    choices: [{ index: 0, finish_reason: 'stop', message }],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
}
