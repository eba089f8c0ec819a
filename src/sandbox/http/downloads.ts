import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { VirtualClock } from '../clock';

const HOUR = 60 * 60 * 1000;

/** Where the files are that can be had without a token: their URLs are signed. */
export const DOWNLOADS = '/vpnprofileimmutable/';

/** Files behind signed URLs, such as Azure Storage serves them for an hour. Whoever has the URL has the file. */
export class Downloads {
  private readonly files = new Map<string, Uint8Array>();
  private readonly secret = randomBytes(32);

  constructor(private readonly clock: VirtualClock) {}

  /** Keeps a file. @returns The path with its signed query. */
  offer(path: string, content: Uint8Array): string {
    this.files.set(path, content);
    const start = this.clock.now();
    const [from, until] = [start, start + HOUR].map((time) => new Date(time).toISOString().replace(/\.\d+/, ''));
    const query = new URLSearchParams({
      sv: '2017-04-17',
      sr: 'b',
      sig: this.sign(path, until ?? ''),
      st: from ?? '',
      se: until ?? '',
      sp: 'r',
      fileExtension: '.zip',
    });
    return `${path}?${query.toString()}`;
  }

  /** The file; undefined where there is none, the signature is not ours, or its time is over. */
  take(path: string, query: URLSearchParams): Uint8Array | undefined {
    const until = query.get('se') ?? '';
    const signature = Buffer.from(query.get('sig') ?? '');
    const expected = Buffer.from(this.sign(path, until));
    const isSigned = signature.length === expected.length && timingSafeEqual(signature, expected);
    return isSigned && this.clock.now() <= Date.parse(until) ? this.files.get(path) : undefined;
  }

  private sign(path: string, until: string): string {
    return createHmac('sha256', this.secret).update(`${path}\n${until}`).digest('base64');
  }
}
