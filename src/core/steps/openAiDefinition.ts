import type { JsonObject } from '../resources/json';

/**
 * The inference operations of Azure OpenAI, as an API of API Management imports them: paths and methods alone, because
 * bodies pass through as they are.
 * Source: Azure/azure-rest-api-specs, cognitiveservices/data-plane/AzureOpenAI/inference, stable 2024-10-21
 */
const OPERATIONS: readonly (readonly [path: string, id: string, summary: string])[] = [
  ['/deployments/{deployment-id}/chat/completions', 'ChatCompletions_Create', 'Answers a conversation'],
  ['/deployments/{deployment-id}/completions', 'Completions_Create', 'Completes a prompt'],
  ['/deployments/{deployment-id}/embeddings', 'Embeddings_Create', 'Embeds a text'],
  ['/deployments/{deployment-id}/images/generations', 'ImageGenerations_Create', 'Makes images of a prompt'],
  ['/deployments/{deployment-id}/audio/transcriptions', 'Transcriptions_Create', 'Writes down what is said'],
  ['/deployments/{deployment-id}/audio/translations', 'Translations_Create', 'Writes down in English what is said'],
];

const PARAMETERS: readonly JsonObject[] = [
  { name: 'deployment-id', in: 'path', required: true, schema: { type: 'string' } },
  { name: 'api-version', in: 'query', required: true, schema: { type: 'string' } },
];

/** An OpenAPI document with these operations. */
export function openAiDefinition(serviceUrl: string): JsonObject {
  const paths = OPERATIONS.map(([path, operationId, summary]): [string, JsonObject] => [
    path,
    { post: { operationId, summary, parameters: PARAMETERS, responses: { '200': { description: 'OK' } } } },
  ]);
  return {
    openapi: '3.0.1',
    info: { title: 'Azure OpenAI', version: '2024-10-21' },
    servers: [{ url: serviceUrl }],
    paths: Object.fromEntries(paths),
  };
}
