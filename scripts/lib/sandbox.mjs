// @ts-check
import path from 'node:path';
import { endGroup, repo, signalGroup, startAndWait } from './run.mjs';

/**
 * @typedef {object} RunningSandbox
 * @property {string} endpoint `http://127.0.0.1:PORT`
 * @property {string} token
 * @property {string} subscriptionId
 * @property {Readonly<Record<string, string>>} env what the extension and the command line look for
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a sandbox of its own process, which outlives a reload of VS Code's window as Azure would.
 * @param {{ world?: string, speed?: number }} [options]
 * @returns {Promise<RunningSandbox>}
 */
export async function startSandboxProcess({ world = 'exposed', speed = 20 } = {}) {
  const cli = path.join(repo, 'dist', 'cli.js');
  const args = [cli, 'sandbox', '--port', '0', '--world', world, '--speed', String(speed)];
  const { child, match } = await startAndWait(process.execPath, args, { wait: /^(\{.*\})\r?\n/m, what: 'The sandbox' });
  const onExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  const { endpoint, token, subscriptionId } = JSON.parse(match[1] ?? '');
  return {
    endpoint,
    token,
    subscriptionId,
    env: { RINGFENCE_TRY_SANDBOX: endpoint, RINGFENCE_SANDBOX_TOKEN: token },
    async stop() {
      process.removeListener('exit', onExit);
      await endGroup(child);
    },
  };
}
