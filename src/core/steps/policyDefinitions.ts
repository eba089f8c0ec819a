/**
 * What Ringfence needs to know of built-in Azure Policy definitions to put them into an initiative. Definitions that
 * write to resources by themselves are not among them: their assignments need an identity, and two would then write.
 * Source: https://github.com/Azure/azure-policy, as of April 2026
 */

/** They report by default, and refuse where they are told to: their effect is Audit or Deny. */
const AUDIT_OR_DENY: readonly string[] = [
  '037eea7a-bd0a-46c5-9a66-03aea78705d3',
  '71ef260a-8f18-47b7-abcb-62d0673d94dc',
  'fe3fd216-4f83-4fc1-8984-2bbec80a3418',
  '67121cc7-ff39-4ab8-b7e3-95b84dab487d',
  'a049bf77-880b-470f-ba6d-9f21c530cf83',
  'ee980b6d-0eca-4501-8d54-f6290fd512c3',
  '6300012e-e9a4-4649-b41f-a85f5c43be91',
  'b2982f36-99f2-4db5-8eff-283140c09693',
  '34c877ad-507e-4c82-993e-3452a6e0ad3c',
  'c9d007d0-c057-4772-b18c-01e546713bcd',
  'fe83a0eb-a853-422d-aac2-1bffd182c5d0',
  '404c3081-a854-4457-ae30-26a93ef643f9',
  '4fa4b6c0-31ca-4c0d-b10d-24b96f62a751',
  '8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54',
  '92a89a79-6c52-4a7e-a03f-61306fc49312',
  '7bca8353-aa3b-429b-904a-9229c4385837',
  '21a6bc25-125e-4d13-b82d-2e19b7208ab7',
  '72d04c29-f87d-4575-9731-419ff16a2757',
  'a691eacb-474d-47e4-b287-b4813ca44222',
  '801543d1-1953-4a90-b8b0-8cf6d41473a5',
  'a4af4a39-4135-47fb-b175-47fbdf85311d',
  '1b5ef780-c53c-4a64-87f3-bb9c8c8094ba',
  'ef619a2c-cc4d-4d03-b2ba-8c94a834d85b',
  '73ef9241-5d81-4cd4-b483-8443d1730fe5',
  '1dc2fc00-2245-4143-99f4-874c937f13ef',
  'c15dcc82-b93c-4dcb-9332-fbf121685b54',
  '92bb331d-ac71-416a-8c91-02f2cb734ce4',
  'ee7495e7-3ba7-40b6-bfee-c29e22cc75d4',
  'b741306c-968e-4b67-b916-5675e5c709f4',
  'f1cc7827-022c-473e-836e-5a51cae0b249',
  '3aa03346-d8c5-4994-a5bc-7652c2a2aef1',
  'd5448c98-e503-4fdd-bcd2-784960c00d04',
  '564feb30-bf6a-4854-b4bb-0d2d2d1e6c66',
  '12430be1-6cc8-4527-a9a8-e3d38f250096',
  'ca85ef9a-741d-461d-8b7a-18c2da82c666',
  'ebea0d86-7fbd-42e3-8a46-27e7568c2525',
  '882e19a6-996f-400e-a30f-c090887254f4',
  'ff1f1879-a60d-4f23-9641-41e7391ec19a',
  '55615ac9-af46-4a59-874e-391cc3dfb490',
  '405c5871-3e91-4644-8a63-58e19d68ff5b',
  'a6abeaec-4d90-4a02-805f-6b26c4d3fbe9',
  '0b60c0b2-2dc2-4e1c-b5c9-abbed971de53',
  '1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d',
];

/** They only report: their effect is Audit or AuditIfNotExists. */
const AUDIT_ONLY: readonly string[] = [
  'd6759c02-b87f-42b7-892e-71b3f471d782',
  '1b4d1c4e-934c-4703-944c-27c82c06bebb',
  '76a56461-9dc0-40f0-82f5-2453283afa2f',
  'b4330a05-a843-4bc8-bf9a-cacce50c67f4',
  '6edd7eda-6dd8-40f7-810d-67160c639cd9',
  'e71308d3-144b-4262-b144-efdc3cc90517',
  'e345b6c3-24bd-4c93-9bbb-7e5e49a17b78',
  '2b9ad585-36bc-4615-b300-fd4435808332',
  'f0e6e85b-9b9f-4a4b-b67b-f730d42f1b0b',
  '4d24b6d4-5e53-4a4f-a7f4-618fa573ee4b',
  '871b205b-57cf-4e1e-a234-492616998bf7',
  'aede300b-d67f-480a-ae26-4b3dfb1a1fdc',
  'df73bd95-24da-4a4f-96b9-4e8b94b402bd',
  'ffe25541-3853-4f4e-b71d-064422294b11',
  '8a04f872-51e9-4313-97fb-fc1c3543011c',
  'c2c0c6d8-007b-4a48-8d9b-3539bddd8e87',
];

/**
 * “Cognitive Services accounts should use a managed identity” takes user-assigned identities only, and would report what
 * the documents ask for.
 */
const CONTRADICTS_THE_DOCUMENTS = 'fe3fd216-4f83-4fc1-8984-2bbec80a3418';

/** Whether a definition can be a member of Ringfence's initiative. */
export function isAssignable(definition: string): boolean {
  return (canDeny(definition) || AUDIT_ONLY.includes(definition)) && definition !== CONTRADICTS_THE_DOCUMENTS;
}

/** Whether the definition refuses writes where it is told to. */
export function canDeny(definition: string): boolean {
  return AUDIT_OR_DENY.includes(definition);
}

/** “Azure Key Vaults should use private link” */
const OWN_NAME = 'a6abeaec-4d90-4a02-805f-6b26c4d3fbe9';

/** What a definition calls the parameter that decides about its effect. */
export function effectParameter(definition: string): string {
  return definition === OWN_NAME ? 'audit_effect' : 'effect';
}
