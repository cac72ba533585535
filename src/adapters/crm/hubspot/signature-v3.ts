import { createHmac, timingSafeEqual } from 'node:crypto';
import { type EpochMs, minuteMs } from '../../../core/time.ts';

const toleranceMs = 5 * minuteMs;

/** HubSpot signs the address with these escapes, and no others, undone (its own list, in "Validating requests"). */
const undone: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};
const escapes = new RegExp(Object.keys(undone).join('|'), 'gi');

export type SignedRequest = { method: string; path: string; headers: Record<string, string | undefined>; body: Buffer };

/**
 * Signature v3: base64 HMAC-SHA256 with the app's secret over method, address, raw body and timestamp. The address is the one HubSpot was
 * given, so it begins with our configured PUBLIC_URL: what a proxy shows may be another. Null when it holds, else why not.
 */
export function verifySignatureV3(clientSecret: string, publicUrl: string): (request: SignedRequest, now: EpochMs) => string | null {
  const base = publicUrl.replace(/\/+$/, '');
  return ({ method, path, headers, body }, now) => {
    const signature = headers['x-hubspot-signature-v3'];
    const timestamp = headers['x-hubspot-request-timestamp'];
    if (!signature || !timestamp) return 'X-HubSpot-Signature-v3 and X-HubSpot-Request-Timestamp are needed';
    if (!/^[1-9]\d{0,15}$/.test(timestamp)) return 'X-HubSpot-Request-Timestamp must be milliseconds since 1970';
    if (now - Number(timestamp) > toleranceMs) return 'X-HubSpot-Request-Timestamp is more than five minutes old';
    if (Number(timestamp) - now > toleranceMs) return 'X-HubSpot-Request-Timestamp is more than five minutes ahead';
    const uri = `${base}${path}`.replace(escapes, (escaped) => undone[escaped.toUpperCase()] ?? escaped);
    const expected = Buffer.from(createHmac('sha256', clientSecret).update(`${method}${uri}`).update(body).update(timestamp).digest('base64'));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? null : 'the signature does not fit';
  };
}
