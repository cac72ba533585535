import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createBackstage } from '../../src/sandbox/demo/backstage.ts';
import { createMovableClock } from '../../src/sandbox/demo/movable-clock.ts';
import { complaintsOfAxe } from './axe.ts';
import { openBrowser } from './open-browser.ts';
import { acmeCard, digest } from './sample-cards.ts';
import { postPictures, shortcuts, startSurfacesBot } from './surfaces-bot.ts';

const { controls } = createBackstage({ seed: 1, clock: createMovableClock() });
const at = openBrowser({ startBot: startSurfacesBot, shortcuts, unfurlDomains: ['crm.example'], controls });

const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };
const general = '/?as=U02DANA0000&channel=C01GENERAL0';

/** A channel with what a channel can hold. */
async function fill(): Promise<string> {
  const channel = 'C01GENERAL0';
  const { ts = '' } = await at.bot.client.chat.postMessage({ channel, ...acmeCard('open') });
  await at.bot.client.chat.postMessage({ channel, thread_ts: ts, text: 'A reply, for <@U02DANA0000>' });
  await at.bot.client.chat.postMessage({ channel, ...digest });
  await postPictures(at.bot, channel);
  await at.sandbox.say({ user: 'theo', channel, text: 'See https://crm.example/deal/1 and <https://crm.example/deal/2|this>' });
  await expect.poll(() => at.sandbox.workspace.messages(channel).at(-1)?.attachments?.length).toBe(2);
  return ts;
}

const openForm = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: 'Find account' }).click();
  await page.getByRole('dialog', { name: 'Find account' }).waitFor();
};

describe.each([
  ['wide', wide],
  ['narrow', narrow],
] as const)('on a %s screen, axe-core finds nothing wrong with', (_name, size) => {
  it('a channel, its thread and its menus', async () => {
    const ts = await fill();
    const page = await at.open(general, size);
    await page.getByRole('group', { name: 'Preview of the link' }).first().waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.locator(`[id="m-${ts}"]`).getByRole('button', { name: 'More actions' }).click();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Acting as/ }).click();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByLabel('Message #general').fill('/journey');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.goto(`${at.sandbox.url}${general}&thread=${ts}`);
    await page.getByText('A reply, for @Dana Weiss').last().waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

  it('the app’s home tab and its messages', async () => {
    await at.bot.client.chat.postMessage({ channel: 'U02DANA0000', text: 'Hello, Dana' });
    const page = await at.open('/?as=U02DANA0000&home=1', size);
    await page.getByText('My accounts').waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByText('Hello, Dana').last().waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

  it('a form, open menus in it, and its errors', async () => {
    const page = await at.open(general, size);
    await openForm(page);
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Account' }).fill('acme');
    await page.getByRole('option', { name: 'Acme Labs' }).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Please complete this required field.').first().waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('the controls, and a picture as large as the window', async () => {
    const page = await at.open(general, size);
    await page.getByRole('button', { name: 'Controls' }).click();
    await page.getByRole('heading', { name: 'Outages of Slack' }).waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the controls' }).click();
    await page.getByRole('button', { name: 'Enlarge the picture' }).last().click();
    await page.getByRole('dialog', { name: 'Picture' }).waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

  it('what a guest sees', async () => {
    const page = await at.open('/?as=U06GAIL0000', size);
    await page.getByText('This person is in no channel.').waitFor();
    if (size === narrow) await page.getByRole('button', { name: 'Channels' }).click();
    await page.getByText('only channels with an invitation').waitFor();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
});

describe('by keyboard alone, one', () => {
  it('reaches every control of a channel', async () => {
    const page = await at.open(general);
    const missing = await page.evaluate(`[...document.querySelectorAll('a[href], button, input, select, textarea')]
      .filter((control) => control.checkVisibility() && control.tabIndex < 0)
      .map((control) => control.outerHTML)`);
    expect(missing).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('composer');
  });

  it('opens the controls, uses them, and is back where one was', async () => {
    const page = await at.open(general);
    const opener = page.getByRole('button', { name: 'Controls' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip 1 hour');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.hasAttribute("data-open-controls")')).toBe(true);
  });
});
