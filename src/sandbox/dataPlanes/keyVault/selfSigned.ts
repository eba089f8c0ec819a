import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/**
 * Makes a certificate for names, from and until times in milliseconds since the epoch, and signs it with its own key,
 * which is forgotten. Key Vault would make an RSA key, which takes long; this one is of an elliptic curve.
 * @returns its DER.
 */
export function selfSigned(commonName: string, names: readonly string[], from: number, until: number): Buffer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'));
  const subject = sequence(tagged(0x31, sequence(objectId('2.5.4.3'), tagged(0x0c, Buffer.from(commonName)))));
  const alternatives = sequence(...names.map((name) => tagged(0x82, Buffer.from(name))));
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    subject,
    sequence(time(from), time(until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(objectId('2.5.29.17'), tagged(0x04, alternatives)))),
  );
  const signature = sign('sha256', content, privateKey);
  return sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

/** One value of ASN.1 in its distinguished encoding. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const bytes = length < 256 ? [length] : [length >> 8, length & 0xff];
  const size = length < 128 ? [length] : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([40 * first + second, ...rest.flatMap(inSevens)]));
}

/** Seven bits a byte, and a mark on each but the last. */
function inSevens(number: number): readonly number[] {
  const digits = number < 128 ? [] : inSevens(Math.trunc(number / 128)).map((digit) => digit | 0x80);
  return [...digits, number % 128];
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tagged(0x17, Buffer.from(digits.slice(2)));
}
