// Part of `npm run docs`: writes docs/messages.md, which a test compares.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../documents.ts';
import { messageExamples } from './message-examples.ts';
import { messagesPage } from './messages-page.ts';

writeFileSync(join(root, 'docs/messages.md'), messagesPage(messageExamples));
