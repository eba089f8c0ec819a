import type { Text } from '../text';

/** A piece of text to take elsewhere, or why there is none. */
export type Snippet = { readonly ok: true; readonly content: string } | { readonly ok: false; readonly problem: Text };
