// The namespace import lets the bundler drop what is not used: the named `z` keeps 400 KB of locales.
import * as z from 'zod/mini';
import type { Intent } from './messages';

const name = z.string().check(z.maxLength(2048));

const personType = z.enum(['User', 'Group', 'ServicePrincipal']);

const intent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), protocol: z.number() }),
  z.strictObject({ type: z.literal('refresh') }),
  z.strictObject({ type: z.literal('toggleScenario'), scenario: name, chosen: z.boolean() }),
  z.strictObject({ type: z.literal('chooseRole'), role: name, value: name }),
  z.strictObject({ type: z.literal('setRoleField'), role: name, name, value: name }),
  z.strictObject({ type: z.literal('setOption'), option: name, value: name }),
  z.strictObject({ type: z.literal('findPeople'), option: name, search: name }),
  z.strictObject({ type: z.literal('addPerson'), option: name, id: name, kind: personType, name }),
  z.strictObject({ type: z.literal('removePerson'), option: name, id: name }),
  z.strictObject({ type: z.literal('saveSetup') }),
  z.strictObject({ type: z.literal('openSetupFile') }),
  z.strictObject({ type: z.literal('skipStep'), step: name }),
  z.strictObject({ type: z.literal('unskipStep'), step: name }),
  z.strictObject({ type: z.literal('apply'), planId: name, confirmed: z.array(name).check(z.maxLength(50)) }),
  z.strictObject({ type: z.literal('cancelRun'), runId: name }),
  z.strictObject({ type: z.literal('resumeRun'), runId: name }),
  z.strictObject({ type: z.literal('undoRun'), runId: name }),
  z.strictObject({ type: z.literal('abandonRun'), runId: name }),
  z.strictObject({ type: z.literal('undoStep'), step: name }),
  z.strictObject({ type: z.literal('lookAhead'), planId: name }),
  z.strictObject({ type: z.literal('looked'), step: name }),
  z.strictObject({ type: z.literal('answerObstacle'), answer: z.enum(['tryAgain', 'goOn', 'dismiss']) }),
  z.strictObject({ type: z.literal('copyError'), change: name }),
  z.strictObject({ type: z.literal('verify') }),
  z.strictObject({ type: z.literal('openLink'), linkId: name }),
  z.strictObject({
    type: z.literal('copy'),
    what: z.enum(['hosts', 'findings', 'plan', 'inferenceRequest', 'documentFilter']),
    step: z.optional(name),
  }),
  z.strictObject({ type: z.literal('addToHostsFile') }),
  z.strictObject({ type: z.literal('downloadVpnClient') }),
  z.strictObject({
    type: z.literal('problemAction'),
    command: z.enum(['signIn', 'openSetupFile', 'showLog', 'refresh', 'chooseSubscription']),
  }),
  z.strictObject({ type: z.literal('showLog') }),
]);

/** The intent in a message from the page; undefined for anything else, however it is made up. */
export function readIntent(message: unknown): Intent | undefined {
  const result = intent.safeParse(message);
  return result.success ? result.data : undefined;
}
