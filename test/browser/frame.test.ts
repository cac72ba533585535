import { describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { acmeCard } from './sample-cards.ts';

const at = openBrowser();
const phone = { width: 390, height: 844 };

describe('the page', () => {
  it('explains itself to a newcomer, until told otherwise', async () => {
    const page = await at.open();
    const intro = page.getByRole('complementary', { name: 'What you are looking at' });
    expect(await intro.innerText()).toContain('A Slack workspace on this machine');
    await intro.getByRole('button', { name: 'Hide this explanation' }).click();
    await page.reload();
    expect(await intro.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'What you are looking at' }).click();
    expect(await intro.isVisible()).toBe(true);
  });

  it('lets one act as another person', async () => {
    const page = await at.open();
    await page.getByRole('button', { name: /^Acting as Dana Weiss/ }).click();
    await page.getByRole('link', { name: 'Theo Park Account executive' }).click();
    await page.getByRole('button', { name: /^Acting as Theo Park/ }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('# deal-alerts');
  });

  it('counts unread messages of other channels as they come, and shows that the bot is there', async () => {
    const page = await at.open('/?as=U02DANA0000');
    await at.bot.client.chat.postMessage({ channel: '#general', text: 'For <@U02DANA0000>' });
    await page.getByRole('link', { name: 'general 1 unread' }).click();
    await page.getByText('For @Dana Weiss').waitFor();
    expect(await page.getByRole('link', { name: 'general', exact: true }).getAttribute('aria-current')).toBe('page');
    expect(await page.getByRole('link', { name: 'Journey connected' }).count()).toBe(1);
  });

  it('shows the app’s home tab when the app publishes it', async () => {
    const page = await at.open('/?as=U03MARCO000&home=1');
    await page.getByText('The app has not published its home tab yet.').waitFor();
    await at.bot.client.views.publish({ user_id: 'U03MARCO000', view: { type: 'home', blocks: acmeCard('open').blocks } });
    await page.getByRole('heading', { name: 'Acme GmbH' }).waitFor();
  });

  it('fits a phone: no sideways scrolling, channels in a drawer', async () => {
    await at.bot.client.chat.postMessage({ channel: '#general', ...acmeCard('open') });
    const page = await at.open('/?as=U04INES0000&channel=C01GENERAL0', phone);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const channels = page.getByRole('navigation', { name: 'Channels' });
    expect(await channels.isVisible()).toBe(false);
    const opener = page.getByRole('button', { name: 'Channels' });
    await opener.click();
    expect(await opener.getAttribute('aria-expanded')).toBe('true');
    await channels.getByRole('link', { name: 'revenue' }).click();
    await page.getByRole('heading', { name: '# revenue' }).waitFor();
  });

  it('loads older messages without moving what one reads', async () => {
    for (let index = 0; index < 150; index += 1) await at.sandbox.say({ user: 'theo', channel: 'customer-success', text: `message ${index}.` });
    const page = await at.open('/?channel=C04CUSTOMER');
    expect(await page.getByText('message 149.').isVisible()).toBe(true);
    expect(await page.getByText('message 49.', { exact: true }).count()).toBe(0);
    const button = page.getByRole('button', { name: 'Load older messages' });
    await button.scrollIntoViewIfNeeded();
    const before = await page.getByText('message 52.', { exact: true }).boundingBox();
    await button.click();
    await page.getByText('message 49.', { exact: true }).waitFor();
    const after = await page.getByText('message 52.', { exact: true }).boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60);
    await page.getByText('This is the very beginning of #customer-success.').waitFor({ state: 'attached' });
  });

  it('keeps its order when a message that is not loaded is edited', async () => {
    const { ts = '' } = await at.bot.client.chat.postMessage({ channel: '#general', text: 'the oldest' });
    for (let index = 0; index < 120; index += 1) await at.sandbox.say({ user: 'theo', channel: 'general', text: `later ${index}.` });
    const page = await at.open('/?channel=C01GENERAL0');
    await at.bot.client.chat.update({ channel: 'C01GENERAL0', ts, text: 'the oldest, edited' });
    await at.sandbox.say({ user: 'theo', channel: 'general', text: 'the newest' });
    await page.getByText('the newest').waitFor();
    expect(await page.getByText('the oldest, edited').count()).toBe(0);
    await page.getByRole('button', { name: 'Load older messages' }).click();
    await page.getByText('the oldest, edited').waitFor({ state: 'attached' });
    expect(await page.getByText('the oldest, edited').count()).toBe(1);
  });

  it('draws the newest hundred of a channel of 300 cards, and no more', async () => {
    await at.bot.client.conversations.join({ channel: 'C06JOURNEYA' });
    for (let index = 0; index < 300; index += 1) await at.bot.client.chat.postMessage({ channel: '#journey-admin', ...acmeCard('open') });
    const page = await at.open('/?channel=C01GENERAL0');
    await page.getByRole('link', { name: 'journey-admin' }).click();
    await page.getByRole('heading', { name: '# journey-admin' }).waitFor();
    await page.getByRole('heading', { name: 'Acme GmbH' }).last().waitFor();
    expect(await page.locator('.entry').count()).toBe(100);
  });
});
