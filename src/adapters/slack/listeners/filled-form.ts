import type { ViewStateValue } from '@slack/bolt';

/** What somebody filled into a form, by the names of its fields. Null: left empty, or there is no such field. */
export type FilledForm = {
  text(name: string): string | null;
  choice(name: string): string | null;
  user(name: string): string | null;
  /** A channel's id. */
  conversation(name: string): string | null;
  day(name: string): string | null;
  /** `16:30` */
  time(name: string): string | null;
  /** Epoch milliseconds. */
  moment(name: string): number | null;
};

/** `values`: by block and element, which have the same name. */
export function filledForm(values: Record<string, Record<string, ViewStateValue>>): FilledForm {
  const field = (name: string): ViewStateValue | undefined => values[name]?.[name];
  return {
    text: (name) => field(name)?.value?.trim() || null,
    choice: (name) => field(name)?.selected_option?.value ?? null,
    user: (name) => field(name)?.selected_user ?? null,
    conversation: (name) => field(name)?.selected_conversation ?? null,
    day: (name) => field(name)?.selected_date ?? null,
    time: (name) => field(name)?.selected_time ?? null,
    moment(name) {
      const seconds = field(name)?.selected_date_time;
      return seconds == null ? null : seconds * 1000;
    },
  };
}
