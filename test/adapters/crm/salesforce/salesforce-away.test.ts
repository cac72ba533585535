import { describe, expect, it } from 'vitest';
import { CrmAwayError } from '../../../../src/app/errors.ts';
import { type Joined, salesforceOfTest } from './joined.ts';

const minute = 60_000;
const failureOf = (joined: Joined): Promise<unknown> =>
  joined.pages().then(
    () => null,
    (error: unknown) => error,
  );

describe('a Salesforce that is away', () => {
  it('is asked again in a moment where only too many ask at once, and later where the allowance is used up', async () => {
    for (const [limited, wait] of [
      ['concurrent', 1_000],
      [true, 15 * minute],
    ] as const) {
      const joined = await salesforceOfTest();
      await joined.api.origin();
      joined.salesforce.weather.limited = limited;
      expect(((await failureOf(joined)) as CrmAwayError).retryAt - joined.now()).toBe(wait);
    }
  });

  it.each([
    ['a page of HTML', { code: 200, type: 'text/html', text: '<html><body>Down for maintenance</body></html>' }],
    ['half an answer', { code: 200, type: 'application/json', text: '{"totalSize":1,"done":true,"rec' }],
    ['nothing', { code: 200, type: 'application/json', text: '' }],
    ['null', { code: 200, type: 'application/json', text: 'null' }],
    ['the way to a login', { code: 302, type: 'text/html', text: '' }],
    ['a page under 404', { code: 404, type: 'text/html', text: '<html/>' }],
  ])('is asked again in a moment where %s comes in the place of an answer', async (_what, page) => {
    const joined = await salesforceOfTest();
    await joined.api.origin();
    joined.salesforce.weather.page = page;
    const error = await failureOf(joined);
    expect(error).toBeInstanceOf(CrmAwayError);
    expect((error as CrmAwayError).retryAt - joined.now()).toBe(1_000);
  });
});
