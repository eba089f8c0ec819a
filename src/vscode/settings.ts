import * as vscode from 'vscode';
import { CLOUDS, type CloudId } from '../core/clouds';

/** Where tokens come from. */
export type SignInWay = 'vscode' | 'azureCli' | 'environment' | 'default';

/** The user's settings, read anew each time. What is not one of the known values counts as the default. */
export interface Settings {
  readonly signIn: SignInWay;
  readonly cloud: CloudId;
  readonly tenant: string | undefined;
  readonly sandboxSpeed: number;
  /** How often the setups in use are looked at again; 0 for never. */
  readonly refreshMinutes: number;
}

const WAYS: readonly SignInWay[] = ['vscode', 'azureCli', 'environment', 'default'];

export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration('ringfence');
  const [signIn, cloud, tenant, speed, minutes] = ['signIn', 'cloud', 'tenant', 'sandboxSpeed', 'refreshMinutes'].map(
    (name) => section.get<unknown>(name),
  );
  return {
    signIn: WAYS.find((way) => way === signIn) ?? 'vscode',
    cloud: Object.values(CLOUDS).find(({ id }) => id === cloud)?.id ?? 'public',
    tenant: typeof tenant === 'string' && tenant.trim() !== '' ? tenant.trim() : undefined,
    sandboxSpeed: typeof speed === 'number' && speed > 0 ? speed : 20,
    refreshMinutes: typeof minutes === 'number' && minutes >= 0 ? minutes : 10,
  };
}
