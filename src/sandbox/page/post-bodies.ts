import { z } from 'zod';

/** What the page's script sends. Anything else is refused. */
export const sayBody = z.strictObject({
  as: z.string(),
  channel: z.string(),
  threadTs: z.string().optional(),
  text: z.string().trim().min(1).max(12_000),
});

const chosen = z.strictObject({ value: z.string(), text: z.string() });

/** A message, a modal, or the home tab. */
const where = z.union([
  z.strictObject({ channel: z.string(), ts: z.string() }),
  z.strictObject({ viewId: z.string() }),
  z.strictObject({ home: z.literal(true) }),
]);

export const actBody = z.strictObject({
  as: z.string(),
  where,
  type: z.string(),
  actionId: z.string(),
  blockId: z.string(),
  /** Of a button or a text field. */
  value: z.string().optional(),
  /** Of everything one chooses from. */
  chosen: z.array(chosen).optional(),
});

export const submitBody = z.strictObject({
  as: z.string(),
  viewId: z.string(),
  /** By block_id and action_id; null is an empty field. */
  values: z.record(
    z.string(),
    z.record(z.string(), z.strictObject({ type: z.string(), value: z.union([z.string(), z.null(), z.array(z.string()), z.array(chosen)]) })),
  ),
});

export const suggestBody = z.strictObject({ as: z.string(), where, actionId: z.string(), blockId: z.string(), value: z.string().max(200) });

export const shortcutBody = z.strictObject({
  as: z.string(),
  callbackId: z.string(),
  /** Absent for a shortcut of the whole workspace. */
  message: z.strictObject({ channel: z.string(), ts: z.string() }).optional(),
});

export const closeBody = z.strictObject({ as: z.string(), viewId: z.string() });

export type ActBody = z.infer<typeof actBody>;
export type SubmitBody = z.infer<typeof submitBody>;
