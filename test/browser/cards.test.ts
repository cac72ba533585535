import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { postCard } from './sample-bot.ts';
import { accountAnswer } from './sample-cards.ts';

const at = openBrowser();

const card = (page: Page, ts: string) => page.locator(`[id="m-${ts}"]`);

describe('cards', () => {
  it('turns green where it stands when the bot edits it', async () => {
    const page = await at.open();
    const ts = await postCard(at.bot);
    await card(page, ts).getByRole('heading', { name: 'Acme GmbH' }).waitFor();
    expect(await card(page, ts).innerText()).toContain('Stalled in Decision for 31 working days');
    const button = card(page, ts).getByRole('button', { name: 'Acknowledge' });
    await button.click();
    await card(page, ts).getByText('All clear.').waitFor();
    expect(await card(page, ts).getByLabel('large green circle').count()).toBe(1);
    expect(await card(page, ts).innerText()).toContain('(edited)');
    expect(await page.locator('.is-changed').count()).toBe(1);
  });

  it('offers a menu that can be walked by keyboard', async () => {
    const ts = await postCard(at.bot);
    const page = await at.open('/?as=U05THEO0000');
    await card(page, ts).getByRole('button', { name: 'More options' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.menu__item:focus').innerText()).toContain('Snooze 5 working days');
    await page.keyboard.press('Enter');
    await page.getByText('You snoozed 5bd.').waitFor();
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('asks first where the app wants that, and does nothing after a no', async () => {
    const ts = await postCard(at.bot);
    const page = await at.open('/?as=U04INES0000');
    await card(page, ts).getByRole('button', { name: 'Mute', exact: true }).click();
    expect(await page.getByRole('dialog').innerText()).toContain('Nobody hears about Acme GmbH');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await card(page, ts).getByRole('button', { name: 'Mute', exact: true }).click();
    await page.getByRole('button', { name: 'Mute it' }).click();
    await page.getByText('You muted alert-1.').waitFor();
    expect(await page.getByText('You muted alert-1.').count()).toBe(1);
  });

  it('sends what is chosen in a message’s menu', async () => {
    await at.bot.client.conversations.join({ channel: 'C03ENTERPRI' });
    await at.bot.client.chat.postMessage({ channel: '#enterprise-deals', ...accountAnswer });
    const page = await at.open('/?as=U05THEO0000&channel=C03ENTERPRI');
    await page.getByLabel('Pick a journey').selectOption('Acme renewal');
    await page.getByText('You picked d-2.').waitFor();
  });

  it('leads to the CRM in a new tab', async () => {
    const ts = await postCard(at.bot);
    const page = await at.open();
    const link = card(page, ts).getByRole('link', { name: 'Open in CRM' });
    expect(await link.getAttribute('href')).toBe('https://crm.example/d-1');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });

  it('opens the thread beside the channel; replies appear there and count here', async () => {
    const ts = await postCard(at.bot);
    const page = await at.open();
    await card(page, ts).getByRole('link', { name: '2 replies' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('the economic buyer is missing, for @Dana Weiss.').waitFor();
    expect(page.url()).toContain(`thread=${ts}`);
    await page.keyboard.type('I call Jonas');
    await page.keyboard.press('Enter');
    await thread.getByText('I call Jonas').waitFor();
    await card(page, ts).getByText('3 replies').waitFor();
    await thread.getByRole('link', { name: 'Close thread' }).click();
    expect(await thread.count()).toBe(0);
  });

  it('harms nobody with a hostile name', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    const page = await at.open();
    await at.bot.client.chat.postMessage({
      channel: '#deal-alerts',
      text: evil,
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: evil } },
        { type: 'section', text: { type: 'mrkdwn', text: evil } },
        { type: 'markdown', text: evil },
      ],
    });
    await page.getByRole('heading', { name: evil }).waitFor();
    expect(await page.title()).toBe('#deal-alerts · Northwind Sales');
  });
});
