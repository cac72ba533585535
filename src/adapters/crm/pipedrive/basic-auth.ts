import { hash, timingSafeEqual } from 'node:crypto';

/** HTTP Basic, all that Pipedrive offers. Compared as digests, so that neither content nor length shows in the time. Null when it holds, else why not. */
export function verifyBasicAuth(user: string, password: string): (authorization: string | undefined) => string | null {
  const expected = digest(`${user}:${password}`);
  return (authorization) => {
    const [, encoded] = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(authorization ?? '') ?? [];
    if (encoded === undefined) return 'HTTP Basic authorization is needed: set user and password on the webhook in Pipedrive';
    return timingSafeEqual(digest(Buffer.from(encoded, 'base64').toString('utf8')), expected) ? null : 'user or password is wrong';
  };
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
