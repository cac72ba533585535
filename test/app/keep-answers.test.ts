import { describe, expect, it } from 'vitest';
import { keepAnswers } from '../../src/app/keep-answers.ts';

/** A CRM that turns every third question away. */
function limited() {
  const asked: string[] = [];
  const answer = async (question: string): Promise<string> => {
    asked.push(question);
    if (asked.length % 3 === 0) throw new Error('too fast');
    return `answer to ${question}`;
  };
  return { asked, api: { deal: (id: string) => answer(`deal ${id}`), people: (of: { deal: string }) => answer(`people of ${of.deal}`) } };
}

describe('answers that are kept', () => {
  it('bring a page to its end, however few questions the CRM lets through at once', async () => {
    const { api, asked } = limited();
    const kept = keepAnswers(api, { now: () => 0 });
    const page = async (): Promise<string[]> => {
      const answers: string[] = [];
      for (const id of ['1', '2', '3', '4']) answers.push(await kept.api.deal(id), await kept.api.people({ deal: id }));
      return answers;
    };
    let tries = 0;
    const read = async (): Promise<string[]> => {
      tries += 1;
      return tries > 10 ? [] : page().catch(read);
    };
    expect(await read()).toHaveLength(8);
    // Each question was answered once; those that were turned away were asked again.
    expect(asked.filter((_, index) => (index + 1) % 3 !== 0)).toHaveLength(8);
  });

  it('are forgotten when the page is done, or after five minutes', async () => {
    const { api, asked } = limited();
    let now = 0;
    const kept = keepAnswers(api, { now: () => now });
    await kept.api.deal('1');
    now = 5 * 60_000 - 1;
    await kept.api.deal('1');
    expect(asked).toHaveLength(1);
    now += 1;
    await kept.api.deal('1');
    expect(asked).toHaveLength(2);
    kept.forget();
    await expect(kept.api.deal('1')).rejects.toThrow('too fast');
  });
});
