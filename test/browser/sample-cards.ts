import type { KnownBlock, ModalView } from '@slack/types';

/** Content as a bot like ours would post it; the page's tests need nothing of the bot itself. */
export const acmeCard = (state: 'open' | 'resolved'): { text: string; blocks: KnownBlock[] } => ({
  text: state === 'open' ? 'Acme rollout is stalled in Decision' : 'Acme rollout is moving again',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: `${state === 'open' ? ':red_circle:' : ':large_green_circle:'} Acme GmbH · Acme rollout` } },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text:
          state === 'open'
            ? '*Stalled in Decision* for *31 working days*, expected 15.\n<@U02DANA0000> owns it · €48,000 · closes <!date^1798329600^{date_short}|Dec 27>'
            : '*All clear.* The deal moved to _Implementation_ <!date^1790000000^{date_short_pretty} at {time}|today>, and Priya Nair (CFO) is now economic buyer.',
      },
      accessory: {
        type: 'overflow',
        action_id: 'snooze',
        options: [
          { text: { type: 'plain_text', text: ':zzz: Snooze 2 working days' }, value: '2bd' },
          { text: { type: 'plain_text', text: ':zzz: Snooze 5 working days' }, value: '5bd' },
          { text: { type: 'plain_text', text: ':no_bell: Until the stage changes' }, value: 'stage' },
        ],
      },
    },
    ...(state === 'open'
      ? ([
          {
            type: 'section',
            fields: [
              { type: 'mrkdwn', text: '*Missing*\nEconomic buyer, since 12 working days' },
              { type: 'mrkdwn', text: '*Last heard*\nJonas Feld, 9 days ago: `pricing_viewed`' },
            ],
          },
          { type: 'section', text: { type: 'mrkdwn', text: '> *Next step:* ask Jonas who signs above €25,000, and book the security review.' } },
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'acknowledge', text: { type: 'plain_text', text: 'Acknowledge' }, style: 'primary', value: 'alert-1' },
              { type: 'button', action_id: 'resolve', text: { type: 'plain_text', text: 'Resolve…' }, value: 'alert-1' },
              { type: 'button', action_id: 'open-crm', text: { type: 'plain_text', text: 'Open in CRM' }, url: 'https://crm.example/d-1' },
              {
                type: 'button',
                action_id: 'mute',
                text: { type: 'plain_text', text: 'Mute' },
                style: 'danger',
                value: 'alert-1',
                confirm: {
                  title: { type: 'plain_text', text: 'Mute Acme?' },
                  text: { type: 'mrkdwn', text: 'Nobody hears about *Acme GmbH* for five working days.' },
                  confirm: { type: 'plain_text', text: 'Mute it' },
                  deny: { type: 'plain_text', text: 'Keep it' },
                  style: 'danger',
                },
              },
            ],
          },
        ] satisfies KnownBlock[])
      : []),
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text:
            state === 'open'
              ? ':hourglass_flowing_sand: stalled · :bust_in_silhouette: missing-role · decision · next check tomorrow'
              : ':white_check_mark: resolved by the CRM · stalled, missing-role',
        },
      ],
    },
  ],
});

export const digest: { text: string; blocks: KnownBlock[] } = {
  text: 'This week in new business',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: ':calendar: This week in new business' } },
    { type: 'section', text: { type: 'mrkdwn', text: '*7 deals moved*, 2 were won, 1 was lost, 3 are stalled. Feeds are fresh.' } },
    {
      type: 'data_table',
      caption: 'Stages, last 90 days',
      rows: [
        [
          { type: 'raw_text', text: 'Stage' },
          { type: 'raw_text', text: 'Deals' },
          { type: 'raw_text', text: 'Median days' },
          { type: 'raw_text', text: 'Went on' },
        ],
        [
          { type: 'raw_text', text: 'Awareness' },
          { type: 'raw_number', value: 41, text: '41' },
          { type: 'raw_number', value: 6, text: '6' },
          { type: 'raw_text', text: '72 %' },
        ],
        [
          { type: 'raw_text', text: 'Consideration' },
          { type: 'raw_number', value: 29, text: '29' },
          { type: 'raw_number', value: 17, text: '17' },
          { type: 'raw_text', text: '55 %' },
        ],
        [
          { type: 'raw_text', text: 'Decision' },
          { type: 'raw_number', value: 16, text: '16' },
          { type: 'raw_number', value: 22, text: '22' },
          { type: 'raw_text', text: '61 %' },
        ],
      ],
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'Noisiest rule: `no-activity` (9 alerts, 2 useful). Try `after: 15bd`.' }] },
  ],
};

export const chart = {
  type: 'data_visualization',
  title: 'Days in stage',
  chart: {
    type: 'bar',
    series: [
      {
        name: 'This quarter',
        data: [
          { label: 'Awareness', value: 6 },
          { label: 'Consideration', value: 17 },
          { label: 'Decision', value: 22 },
        ],
      },
      {
        name: 'Last quarter',
        data: [
          { label: 'Awareness', value: 8 },
          { label: 'Consideration', value: 15 },
          { label: 'Decision', value: 19 },
        ],
      },
    ],
    axis_config: { categories: ['Awareness', 'Consideration', 'Decision'], x_label: 'Stage', y_label: 'Days' },
  },
};

export const accountAnswer: { text: string; blocks: KnownBlock[] } = {
  text: 'Acme GmbH',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: 'Acme GmbH' } },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: ':white_check_mark: Awareness → :white_check_mark: Consideration → :red_circle: *Decision* (31 of 15 days) → :white_circle: Implementation',
      },
    },
    {
      type: 'table',
      column_settings: [{}, { is_wrapped: true }, { align: 'right' }],
      rows: [
        [
          { type: 'raw_text', text: 'Role' },
          { type: 'raw_text', text: 'Person' },
          { type: 'raw_text', text: 'Last heard' },
        ],
        [
          { type: 'raw_text', text: 'Champion' },
          { type: 'raw_text', text: 'Jonas Feld, Head of IT' },
          { type: 'raw_text', text: '9 days ago' },
        ],
        [
          { type: 'raw_text', text: 'Economic buyer' },
          { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'nobody yet', style: { italic: true } }] }] },
          { type: 'raw_text', text: '–' },
        ],
        [
          { type: 'raw_text', text: 'Legal' },
          { type: 'raw_text', text: 'Mira Okafor, Counsel' },
          { type: 'raw_text', text: '21 days ago' },
        ],
      ],
    },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: 'Several journeys. Which one?' },
      accessory: {
        type: 'static_select',
        action_id: 'pick-journey',
        placeholder: { type: 'plain_text', text: 'Pick a journey' },
        options: [
          { text: { type: 'plain_text', text: 'Acme rollout' }, value: 'd-1' },
          { text: { type: 'plain_text', text: 'Acme renewal' }, value: 'd-2' },
        ],
      },
    },
  ],
};

export const resolveModal: ModalView = {
  type: 'modal',
  callback_id: 'resolve',
  title: { type: 'plain_text', text: 'Resolve the alert' },
  submit: { type: 'plain_text', text: 'Resolve' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: '*Stalled in Decision* · Acme rollout' } },
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'Why is it over?' },
      element: {
        type: 'radio_buttons',
        action_id: 'value',
        options: [
          { text: { type: 'plain_text', text: 'Done' }, value: 'done', description: { type: 'plain_text', text: 'Somebody took care of it' } },
          { text: { type: 'plain_text', text: 'Won’t do' }, value: 'wont-do' },
          {
            text: { type: 'plain_text', text: 'Not useful' },
            value: 'not-useful',
            description: { type: 'plain_text', text: 'Counts against the rule in the digest' },
          },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'note',
      label: { type: 'plain_text', text: 'Note' },
      hint: { type: 'plain_text', text: 'Shown on the card.' },
      element: { type: 'plain_text_input', action_id: 'value', multiline: true },
    },
    {
      type: 'input',
      block_id: 'until',
      optional: true,
      label: { type: 'plain_text', text: 'Ask again on' },
      element: { type: 'datepicker', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'who',
      optional: true,
      label: { type: 'plain_text', text: 'Who took care of it' },
      element: { type: 'users_select', action_id: 'value', placeholder: { type: 'plain_text', text: 'Somebody' } },
    },
    {
      type: 'input',
      block_id: 'also',
      optional: true,
      label: { type: 'plain_text', text: 'Also' },
      element: { type: 'checkboxes', action_id: 'value', options: [{ text: { type: 'mrkdwn', text: 'Tell *#deal-alerts*' }, value: 'tell' }] },
    },
  ],
};
