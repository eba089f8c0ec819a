import type * as vscode from 'vscode';
import type { RequestLine } from '../azure/connection';

/** One line for each request. Nothing secret is in a RequestLine, and the channel's level is the user's. */
export function requestLogger(channel: vscode.LogOutputChannel): (line: RequestLine) => void {
  return ({ method, path, status, milliseconds, correlationId }) => {
    const line = `${method} ${path} ${status} ${milliseconds} ms${correlationId ? ` ${correlationId}` : ''}`;
    if (status >= 400 && status !== 404) channel.warn(line);
    else channel.info(line);
  };
}
