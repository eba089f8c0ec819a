import { v5 } from 'uuid';

const NAMESPACE = '5f0a3c1e-2b64-4d0b-9d52-7b1f6c0e8a41';

/** GUIDs that look random and are the same in every run: the n-th one asked for under a label never changes. */
export class Guids {
  private readonly counts = new Map<string, number>();

  next(label: string): string {
    const count = this.counts.get(label) ?? 0;
    this.counts.set(label, count + 1);
    return v5(`${label}#${String(count)}`, NAMESPACE);
  }
}
