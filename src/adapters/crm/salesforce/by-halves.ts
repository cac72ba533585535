import { TooLargeError } from './salesforce-failure.ts';

/** Asks about all of `ids`, and where Salesforce says that this is too much, about each half of them. @throws TooLargeError when one is too much, and whatever `ask` throws */
export async function byHalves<Row>(ids: readonly string[], ask: (ids: readonly string[]) => Promise<Row[]>): Promise<Row[]> {
  try {
    return await ask(ids);
  } catch (error) {
    if (!(error instanceof TooLargeError) || ids.length < 2) throw error;
    const middle = Math.ceil(ids.length / 2);
    const halves = await Promise.all([byHalves(ids.slice(0, middle), ask), byHalves(ids.slice(middle), ask)]);
    return halves.flat();
  }
}
