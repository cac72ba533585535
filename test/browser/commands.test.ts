import { describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';

const at = openBrowser();

describe('the box one writes in', () => {
  it('runs a slash command and shows the answer to the one who asked', async () => {
    const page = await at.open('/?as=U02DANA0000');
    const other = await at.open('/?as=U05THEO0000');
    await page.getByLabel('Message #deal-alerts').fill('/journey account acme');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('article', { name: 'Journey' }).last();
    await answer.getByText('Only visible to you').waitFor();
    expect(await answer.getByRole('table').innerText()).toContain('Jonas Feld, Head of IT');
    expect(await page.getByLabel('Message #deal-alerts').inputValue()).toBe('');
    expect(await other.getByRole('article', { name: 'Journey' }).count()).toBe(0);
  });

  it('shows a long answer from its beginning', async () => {
    const page = await at.open('/?as=U02DANA0000', { width: 1280, height: 420 });
    await page.getByLabel('Message #deal-alerts').fill('/journey account acme');
    await page.keyboard.press('Enter');
    const beginning = page.getByText('Only visible to you').last();
    // Between the channel's head and the middle of the window.
    await expect.poll(async () => (await beginning.boundingBox())?.y).toBeGreaterThan(90);
    expect((await beginning.boundingBox())?.y).toBeLessThan(210);
  });

  it('shows the answer also to whoever had scrolled away', async () => {
    const page = await at.open('/?as=U02DANA0000', { width: 1280, height: 420 });
    const box = page.getByLabel('Message #deal-alerts');
    for (let index = 0; index < 20; index += 1) await at.sandbox.say({ user: 'theo', channel: 'deal-alerts', text: `news ${index}.` });
    await page.getByText('news 19.').waitFor();
    await page.evaluate(`document.querySelector('#messages').scrollTop = 0`);
    await box.fill('/journey account acme');
    await box.press('Enter');
    const answer = page.getByText('Only visible to you').last();
    await expect.poll(async () => (await answer.boundingBox())?.y, { timeout: 10_000 }).toBeGreaterThan(90);
    expect((await answer.boundingBox())?.y).toBeLessThan(420);
  });

  it('posts what is no command, for everybody, at once', async () => {
    const page = await at.open('/?as=U03MARCO000');
    const other = await at.open('/?as=U05THEO0000');
    await page.getByLabel('Message #deal-alerts').fill('Look at <b>Acme</b> & <!channel>');
    await page.keyboard.press('Enter');
    for (const window of [page, other]) await window.getByText('Look at <b>Acme</b> & <!channel>').waitFor();
  });

  it('offers the commands that begin with what is typed, by keyboard', async () => {
    const page = await at.open('/?as=U04INES0000');
    const box = page.getByLabel('Message #deal-alerts');
    await box.pressSequentially('/');
    expect(await page.getByRole('option').count()).toBe(6);
    await box.pressSequentially('journey d');
    expect(await page.getByRole('option').allInnerTexts()).toHaveLength(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await box.inputValue()).toBe('/journey deal ');
    expect(await page.getByRole('option').count()).toBe(0);
  });

  it('says what is wrong with a command that nobody knows, and keeps it', async () => {
    const page = await at.open('/?as=U04INES0000');
    const box = page.getByLabel('Message #deal-alerts');
    await box.fill('/jorney stalled');
    await page.keyboard.press('Enter');
    await page.getByText('/jorney is not a valid command.').waitFor();
    expect(await box.inputValue()).toBe('/jorney stalled');
  });

  it('runs an example at a click, in its own channel', async () => {
    const page = await at.open('/?as=U02DANA0000&channel=C01GENERAL0');
    await at.bot.client.conversations.join({ channel: 'C05REVENUE0' });
    await page.getByRole('button', { name: 'Read the weekly digest' }).click();
    await page.getByRole('heading', { name: '# revenue' }).waitFor();
    await page.getByRole('heading', { name: 'This week in new business' }).waitFor();
  });
});
