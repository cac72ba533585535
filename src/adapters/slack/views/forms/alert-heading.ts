import type { SectionBlock } from '@slack/types';
import type { AlertSubject } from '../../../../app/use-cases.ts';
import { section } from '../blocks.ts';
import { bold, md } from '../escape.ts';

/** What a form is about. */
export const alertHeading = ({ headline, journeyName }: AlertSubject): SectionBlock =>
  section([journeyName === null ? bold(headline) : md`${bold(headline)} · ${journeyName}`]);
