import { z } from 'zod';

/** One, or several with commas or spaces between: whoever sends changes to a new one while the old one is still taken. Says which of several is none. */
export const severalOf = (one: z.ZodString) =>
  z.string().transform((value, context) => {
    const all = value.split(/[\s,]+/).filter((each) => each !== '');
    for (const [index, each] of (all.length === 0 ? [''] : all).entries()) {
      const issues = one.safeParse(each).error?.issues;
      const message = issues?.at(each === '' ? -1 : 0)?.message;
      if (message !== undefined)
        context.addIssue({ code: 'custom', message: all.length < 2 ? message : `number ${index + 1} of ${all.length} ${message}` });
    }
    return all;
  });
