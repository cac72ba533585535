import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { postPictures, shortcuts, startSurfacesBot } from './surfaces-bot.ts';

const at = openBrowser({ startBot: startSurfacesBot, shortcuts, unfurlDomains: ['crm.example'] });
const general = '/?as=U02DANA0000&channel=C01GENERAL0';

async function openForm(): Promise<Page> {
  const page = await at.open(general);
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: 'Find account' }).click();
  await page.getByRole('dialog', { name: 'Find account' }).waitFor();
  return page;
}

const focused = (page: Page): Promise<unknown> => page.evaluate('document.activeElement.getAttribute("aria-label")');

describe('the app’s home tab', () => {
  it('is each person’s own, changes as they press, and stands beside the conversation with the app', async () => {
    const page = await at.open(general);
    await page.getByRole('link', { name: 'Journey connected' }).click();
    await page.getByText('Pressed 0 times.').waitFor();
    await page.getByRole('button', { name: 'Acknowledge' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Pressed 1 times.').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Acknowledge');
    const other = await at.open('/?as=U05THEO0000&home=1');
    await other.getByText('Pressed 0 times.').waitFor();
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByText('This is the very beginning of Journey.').waitFor();
    await at.bot.client.chat.postMessage({ channel: 'U02DANA0000', text: 'Only for you, Dana' });
    await page.getByText('Only for you, Dana').waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('Pressed 1 times.').waitFor();
  });

  it('shows in the list of channels that the app has written to one', async () => {
    const page = await at.open('/?as=U04INES0000&channel=C01GENERAL0');
    await at.bot.client.chat.postMessage({ channel: 'U04INES0000', text: 'Hello, Ines' });
    await page.getByRole('link', { name: 'Journey 1 unread connected' }).click();
    await page.getByText('Hello, Ines').waitFor();
  });
});

describe('a form', () => {
  it('takes every kind of field, by keyboard, with an error at its field first', async () => {
    const page = await openForm();
    const account = page.getByRole('combobox', { name: 'Account' });
    expect(await focused(page)).toBe('Account');
    await page.keyboard.type('acme');
    await page.getByRole('option', { name: 'Acme Labs' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await account.inputValue()).toBe('Acme Labs');
    for (const [typed, name] of [
      ['blue', 'Blueprint Bikes'],
      ['chim', 'Chimera Chemicals'],
    ] as const) {
      await page.getByRole('combobox', { name: 'Others' }).fill(typed);
      await page.getByRole('option', { name }).click();
    }
    await page.getByRole('button', { name: 'Remove Blueprint Bikes' }).click();
    await page.getByLabel('Owner', { exact: true }).selectOption('Theo Park');
    await page.getByLabel('From').fill('2026-12-01');
    await page.getByLabel('bad', { exact: true }).check();
    await page.getByLabel('manager').check();
    await page.getByLabel('legal').check();
    await page.getByLabel('Days').fill('400');
    await page.keyboard.press('Enter');
    await page.getByText('At most 90 days.').waitFor();
    expect(await page.getByLabel('Days').getAttribute('aria-invalid')).toBe('true');
    expect(await focused(page)).toBe('Days');
    expect(await account.inputValue()).toBe('Acme Labs');
    await page.getByLabel('Days').fill('40');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved: Acme Labs, Chimera Chemicals, U05THEO0000, 2026-12-01, 09:30, bad, manager, legal, 40').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('says when nothing is found, keeps the form on the first Escape, and gives the keyboard back after the second', async () => {
    const page = await openForm();
    await page.getByRole('combobox', { name: 'Account' }).fill('zzz');
    await page.getByText('No results').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Find account' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Shortcuts');
  });

  it('is closed by one press, although a list of options goes at that press', async () => {
    const page = await openForm();
    await page.getByRole('combobox', { name: 'Account' }).fill('zzz');
    await page.getByText('No results').first().waitFor();
    const cancel = await page.getByRole('button', { name: 'Cancel' }).boundingBox();
    await page.mouse.move((cancel?.x ?? 0) + 20, (cancel?.y ?? 0) + (cancel?.height ?? 0) - 4);
    await page.mouse.down();
    await page.mouse.up();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('asks for an option of the app’s: text alone is none', async () => {
    const page = await openForm();
    await page.getByRole('combobox', { name: 'Account' }).fill('acme');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByText('Please complete this required field.').count()).toBe(3);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('a message', () => {
  it('has the app’s shortcuts in its menu: a view loads, is filled, goes deeper and comes back', async () => {
    const { ts } = await at.sandbox.say({ user: 'theo', channel: 'general', text: 'Priya called about the contract' });
    const page = await at.open(general);
    await page.locator(`[id="m-${ts}"]`).getByRole('button', { name: 'More actions' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.menu__item:focus').innerText()).toContain('Log as touchpoint');
    await page.keyboard.press('Enter');
    const note = page.getByLabel('Note');
    await note.waitFor();
    await note.fill('Priya called twice');
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByText('More of it.').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await note.inputValue()).toBe('Priya called twice');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Logged: Priya called twice').waitFor();
    expect(await focused(page)).toBe('More actions');
  });

  it('shows what the app says of a link under it', async () => {
    const page = await at.open(general);
    await page.getByLabel('Message #general').fill('Look at https://crm.example/deal/1?a=1&b=2');
    await page.keyboard.press('Enter');
    const preview = page.getByRole('group', { name: 'Preview of the link' });
    await preview.getByText('Acme rollout').waitFor();
    expect(await preview.innerText()).toContain('Added by Journey');
    expect(await page.getByText('(edited)').count()).toBe(0);
  });

  it('shows uploaded pictures with what they say, and as large as the window on demand', async () => {
    await postPictures(at.bot, 'C05REVENUE0');
    const page = await at.open('/?as=U02DANA0000&channel=C05REVENUE0');
    for (const name of ['Acme stands in Decision', 'Lanes of Acme’s journey']) {
      const shown = page.getByRole('img', { name });
      await shown.waitFor();
      expect(await shown.evaluate((image) => 'naturalWidth' in image && image.naturalWidth)).toBe(640);
    }
    await page.getByRole('button', { name: 'Enlarge the picture' }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Picture' }).getByRole('img', { name: 'Lanes of Acme’s journey' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('Enlarge the picture');
  });

  it('mentions people and channels by name', async () => {
    const page = await at.open(general);
    await page.getByLabel('Message #general').fill('For @theo in #revenue');
    await page.keyboard.press('Enter');
    await page.getByText('For @Theo Park in #revenue').waitFor();
  });
});
