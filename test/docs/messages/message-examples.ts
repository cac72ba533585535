import { answers } from './answers.ts';
import { channelMessages } from './channel-messages.ts';
import { formsAndHome } from './forms-and-home.ts';
import type { MessageExample } from './message-example.ts';

/** Every message there is; a test holds them to the views. */
export const messageExamples: readonly MessageExample[] = [...channelMessages, ...answers, ...formsAndHome];
