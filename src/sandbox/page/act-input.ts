import type { ActInput, SubmitInput } from '../sandbox.ts';
import type { ActBody, SubmitBody } from './post-bodies.ts';

/** What a person did to an element, in the words of the workspace. `tz` is the person's: date-times are typed in it. */
export function toActInput(body: ActBody, tz: string): ActInput {
  const { as, where, actionId, blockId } = body;
  return { user: as, ...where, actionId, blockId, ...chosenIn(body, tz) };
}

/** The fields of a modal's form; an empty one is null, so that it is not taken for untouched. */
export function toSubmitValues(body: SubmitBody, tz: string): SubmitInput['values'] {
  return mapValues(body.values, (fields) => mapValues(fields, ({ type, value }) => typed(type, value, tz)));
}

type FieldValue = SubmitBody['values'][string][string]['value'];

function typed(type: string, value: FieldValue, tz: string): unknown {
  if (Array.isArray(value)) return chosenOptions(type, value);
  if (value === null) return null;
  if (type === 'datetimepicker') return epochSeconds(value, tz);
  if (type !== 'rich_text_input') return value;
  return { rich_text_value: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: value }] }] } };
}

/** Options that came from the app are told whole: the form does not hold them. */
function chosenOptions(type: string, values: readonly (string | Chosen)[]): unknown {
  const options = values.map((each) => (typeof each === 'string' ? each : optionOf(each)));
  return type === 'external_select' ? (options[0] ?? null) : options;
}

type Chosen = { value: string; text: string };
const optionOf = ({ value, text }: Chosen) => ({ text: { type: 'plain_text', text }, value });

function chosenIn(body: ActBody, tz: string): Partial<ActInput> {
  const { type, value = '', chosen = [] } = body;
  const values = chosen.map((choice) => choice.value);
  const [first] = chosen;
  switch (type) {
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return first ? { selectedOption: first } : {};
    case 'external_select':
      return { fields: { selected_option: first ? optionOf(first) : null } };
    case 'multi_external_select':
      return { fields: { selected_options: chosen.map(optionOf) } };
    case 'checkboxes':
    case 'multi_static_select':
      return { selectedOptions: chosen };
    case 'users_select':
      return { fields: { selected_user: first?.value ?? null } };
    case 'channels_select':
      return { fields: { selected_channel: first?.value ?? null } };
    case 'conversations_select':
      return { fields: { selected_conversation: first?.value ?? null } };
    case 'multi_users_select':
      return { fields: { selected_users: values } };
    case 'multi_channels_select':
      return { fields: { selected_channels: values } };
    case 'multi_conversations_select':
      return { fields: { selected_conversations: values } };
    case 'datepicker':
      return { fields: { selected_date: value || null } };
    case 'timepicker':
      return { fields: { selected_time: value || null } };
    case 'datetimepicker':
      return { fields: { selected_date_time: value === '' ? null : epochSeconds(value, tz) } };
    default:
      return body.value === undefined ? {} : { value };
  }
}

function epochSeconds(local: string, tz: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(tz).epochMilliseconds / 1000;
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
