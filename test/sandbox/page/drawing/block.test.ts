import { describe, expect, it } from 'vitest';
import { accountAnswer, acmeCard, chart, digest, resolveModal } from '../../../browser/sample-cards.ts';
import { drawn, textOf } from '../draw-fixture.ts';

const plain = (text: string) => ({ type: 'plain_text', text });

describe('blocks', () => {
  it('draws everything a card, an answer, a digest and a form hold', () => {
    for (const blocks of [acmeCard('open').blocks, accountAnswer.blocks, digest.blocks, resolveModal.blocks, [chart]]) {
      expect(drawn(...blocks)).not.toContain('unsupported');
    }
  });

  it('draws plain text literally, but for emoji', () => {
    expect(textOf(drawn({ type: 'header', text: plain('*not bold* <https://a.example|x> :tada:') }))).toBe('*not bold* <https://a.example|x> 🎉');
  });

  it('gives every element what the script needs to act on it', () => {
    const html = drawn({
      type: 'actions',
      block_id: 'b1',
      elements: [{ type: 'button', action_id: 'ack', text: plain('OK'), value: 'v"1', style: 'primary' }],
    });
    expect(html).toContain('data-type="button" data-action-id="ack" data-block-id="b1"');
    expect(html).toContain('<button class="button button--primary" data-value="v&quot;1" type="button">OK</button>');
  });

  it('opens a button’s address in a new tab, but only on the web', () => {
    const button = (url: string) => drawn({ type: 'actions', elements: [{ type: 'button', action_id: 'a', text: plain('Go'), url }] });
    expect(button('https://crm.example/1')).toContain('href="https://crm.example/1" target="_blank" rel="noopener noreferrer"');
    expect(button('javascript:alert(1)')).not.toContain('href');
  });

  it('draws the question of a confirm object', () => {
    const html = drawn(...acmeCard('open').blocks);
    expect(html).toContain('<dialog class="confirm" aria-label="Mute Acme?">');
    expect(html).toContain('<button type="button" class="button button--danger" value="confirm">Mute it</button>');
  });

  it('draws numbers, texts and rich text in tables, numbers to the right', () => {
    const html = drawn(...digest.blocks);
    expect(html).toContain('<caption>Stages, last 90 days</caption>');
    expect(html).toContain('<td class="cell--right">41</td>');
    expect(html).toContain('<th scope="col" class="cell--right">Deals</th>');
    expect(textOf(drawn(...accountAnswer.blocks))).toContain('nobody yet');
  });

  it('shows a field’s label, hint and error, and what is chosen already', () => {
    const select = {
      type: 'input',
      block_id: 'stage',
      label: plain('Stage'),
      hint: plain('Where it is'),
      element: {
        type: 'static_select',
        action_id: 's',
        initial_option: { text: plain('Two'), value: '2' },
        options: [
          { text: plain('One'), value: '1' },
          { text: plain('Two'), value: '2' },
        ],
      },
    };
    const html = drawn(select);
    expect(html).toContain('<label for="m-0-stage-s">Stage</label>');
    expect(html).toContain('<option value="2" selected="">Two</option>');
    expect(html).toContain('Where it is');
  });

  it('says so in place of a block or element it cannot draw, and draws the others', () => {
    const html = drawn(
      { type: 'section', text: { type: 'mrkdwn', text: 'before' } },
      { type: 'hologram' },
      null,
      { type: 'section', text: { type: 'mrkdwn' } },
      { type: 'table', rows: 'none' },
      { type: 'rich_text', elements: [{ type: 'rich_text_list' }] },
      { type: 'section', text: { type: 'mrkdwn', text: 'beside' }, accessory: { type: 'file_input', action_id: 'x' } },
      { type: 'section', text: { type: 'mrkdwn', text: { deep: 'object' } } },
      { type: 'section', text: { type: 'mrkdwn', text: 'after' } },
    );
    expect(textOf(html)).toContain('before');
    expect(textOf(html)).toContain('beside');
    expect(textOf(html)).toContain('after');
    expect(html.match(/does not draw/g)).toHaveLength(7);
    expect(textOf(html)).toContain('does not draw “hologram”');
  });

  it('escapes hostile text wherever it stands', () => {
    const evil = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
    const option = { text: plain(evil), value: evil, description: plain(evil) };
    const elements = [
      {
        type: 'button',
        action_id: evil,
        text: plain(evil),
        value: evil,
        confirm: { title: plain(evil), text: plain(evil), confirm: plain(evil), deny: plain(evil) },
      },
      { type: 'overflow', action_id: evil, options: [option] },
      { type: 'static_select', action_id: evil, placeholder: plain(evil), options: [option] },
      { type: 'checkboxes', action_id: evil, options: [option] },
      { type: 'datepicker', action_id: evil, initial_date: evil },
    ];
    const html = drawn(
      { type: 'header', block_id: evil, text: plain(evil) },
      { type: 'section', block_id: evil, text: { type: 'mrkdwn', text: evil }, fields: [{ type: 'mrkdwn', text: evil }] },
      { type: 'actions', block_id: evil, elements },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: evil },
          { type: 'image', image_url: `https://a.example/${evil}`, alt_text: evil },
        ],
      },
      { type: 'image', image_url: `javascript:${evil}`, alt_text: evil, title: plain(evil) },
      {
        type: 'input',
        block_id: evil,
        label: plain(evil),
        element: { type: 'plain_text_input', action_id: evil, initial_value: evil, multiline: true },
      },
      { type: 'table', rows: [[{ type: 'raw_text', text: evil }], [{ type: 'raw_number', value: 1, text: evil }]] },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: evil },
              { type: 'link', url: `javascript:${evil}`, text: evil },
            ],
          },
        ],
      },
      { type: 'markdown', text: `${evil} [x](javascript:alert(1))` },
      { type: 'alert', level: evil, text: plain(evil) },
      { type: 'card', title: { type: 'mrkdwn', text: evil }, body: { type: 'mrkdwn', text: evil } },
      { type: evil },
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img src=x');
    expect(html).not.toMatch(/(?:href|src)="javascript:/);
    // Every quote within an attribute is escaped, so no attribute can begin within a text.
    expect(html.replaceAll(/="[^"]*"/g, '')).not.toMatch(/<[^>]*onerror/);
  });

  it('draws uploaded pictures, and what they say where they are not there', () => {
    const there = drawn({ type: 'image', alt_text: 'A map', slack_file: { id: 'F1' } });
    expect(there).toContain('src="/page/files/F1" alt="A map"');
    expect(there).toContain('aria-label="Enlarge the picture"');
    const gone = drawn({ type: 'image', alt_text: 'A map', slack_file: { id: 'F2' } });
    expect(gone).toContain('role="img" aria-label="A map"');
    expect(gone).not.toContain('data-enlarge');
  });

  it('draws a menu whose options come from the app with what is chosen already', () => {
    const chosen = { text: plain('Acme "GmbH"'), value: 'a-1' };
    const html = drawn({
      type: 'input',
      block_id: 'where',
      label: plain('Account'),
      element: { type: 'external_select', action_id: 'account', initial_option: chosen },
    });
    expect(html).toContain('role="combobox"');
    expect(textOf(html)).toContain('Account');
    expect(html).toContain('value="Acme &quot;GmbH&quot;"');
    const many = drawn({ type: 'actions', elements: [{ type: 'multi_external_select', action_id: 'x', initial_options: [chosen] }] });
    expect(many).toContain('aria-label="Remove Acme &quot;GmbH&quot;"');
  });
});
