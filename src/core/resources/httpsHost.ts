/** The host that an address with `https://` leads to, in lower case; undefined for anything else. */
export function httpsHost(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^https:\/\/([^/:]+)/i.exec(url)?.[1]?.toLowerCase();
}
