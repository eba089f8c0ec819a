/** The documents that Ringfence implements, by the name that the project gives them. */
export type SeedId =
  'on-your-data.fr' | 'on-your-data.zh-tw' | 'vnet-only.ja' | 'apim-app-gateway.fr' | 'ai-search-security.fr';

/** Where a step comes from: a section of a document, or a page of the vendor's reference. */
export type Source =
  | { readonly seed: SeedId; readonly section: string }
  | { readonly reference: string; readonly url: string }
  /** A built-in Azure Policy definition that checks the same, by its GUID. */
  | { readonly policy: string };
