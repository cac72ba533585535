import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTokenBucket } from '../../../src/adapters/http/token-bucket.ts';

it('lets through no more than its burst and what time has added, and always again after the wait it names', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: -2_000, max: 2_000 }), { maxLength: 100 }),
      (perSecond, burst, steps) => {
        const bucket = createTokenBucket({ perSecond, burst });
        let now = 1_000_000;
        let latest = now;
        let taken = 0;
        for (const step of steps) {
          now += step;
          latest = Math.max(latest, now);
          const token = bucket.take(now);
          if (token.ok) taken += 1;
          else {
            now = Math.max(latest, now) + token.retryAfterSeconds * 1_000;
            latest = now;
            expect(bucket.take(now)).toEqual({ ok: true });
            taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(burst + ((latest - 1_000_000 + 2_000) / 1_000) * perSecond + 1);
        }
      },
    ),
    { numRuns: 100 },
  );
});
