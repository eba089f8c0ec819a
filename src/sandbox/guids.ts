import { v5 } from 'uuid';

const NAMESPACE = '5f0a3c1e-2b64-4d0b-9d52-7b1f6c0e8a41';

/** GUIDs that look random and are the same in every run: the n-th one asked for under a label never changes. */
export class Guids {
  private readonly counts = new Map<string, number>();

  next(label: string): string {
    const count = this.counts.get(label) ?? 0;
    this.counts.set(label, count + 1);
    return nthGuid(label, count);
  }
}

/** The GUID that was, or will be, given out as number `index` under a label. */
export function nthGuid(label: string, index: number): string {
  return v5(`${label}#${String(index)}`, NAMESPACE);
}

/** Thirty-two hexadecimal digits with dashes; Azure asks for no more, not even for a version. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
