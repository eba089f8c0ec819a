const DAY = 24 * 60 * 60 * 1000;

/** A certificate and its key, PEM. */
export interface ProvenName {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** PEM. */
  readonly authority: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  /** The certificate of somebody else's listener, for its names. */
  readonly issue: (names: readonly string[]) => Promise<ProvenName>;
}

/**
 * A certificate authority that lives as long as this sandbox, and the certificate of the services.
 * @param suffixes What is before a suffix may be anything but a `privatelink` name, which no service proves.
 */
export async function createCertificates(suffixes: readonly string[], now: number): Promise<Certificates> {
  // Heavy, and needed only where somebody measures.
  const { generate } = await import('selfsigned');
  const common = {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY),
    notAfterDate: new Date(now + 30 * DAY),
  } as const;
  const authority = await generate([{ name: 'commonName', value: 'Ringfence sandbox certificate authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const issue = async (names: readonly string[]): Promise<ProvenName> => {
    const issued = await generate([{ name: 'commonName', value: 'Ringfence sandbox services' }], {
      ...common,
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2 as const, value })) },
      ],
    });
    return { certificate: issued.cert, key: issued.private };
  };
  return { authority: authority.cert, ...(await issue(suffixes.map((suffix) => `*.${suffix}`))), issue };
}
