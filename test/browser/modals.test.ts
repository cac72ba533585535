import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './open-browser.ts';
import { postCard } from './sample-bot.ts';

const at = openBrowser();

async function openModal(user: string, size?: { width: number; height: number }): Promise<Page> {
  const ts = await postCard(at.bot);
  const page = await at.open(`/?as=${user}`, size);
  await page.locator(`[id="m-${ts}"]`).getByRole('button', { name: 'Resolve…' }).click();
  await page.getByRole('dialog', { name: 'Resolve the alert' }).waitFor();
  return page;
}

const lastSubmission = () => at.sandbox.workspace.modal('U02DANA0000');

describe('modals', () => {
  it('asks for what is missing before the app hears of it', async () => {
    const page = await openModal('U03MARCO000');
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    expect(await page.getByText('Please complete this required field.').count()).toBe(2);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('shows the app’s errors under their fields, keeps what was typed, and closes when all is well', async () => {
    const page = await openModal('U02DANA0000');
    await page.getByLabel('Won’t do').check();
    await page.getByLabel('Note').fill('no');
    await page.getByLabel('Ask again on').fill('2026-12-01');
    await page.getByLabel('Who took care of it').selectOption('Theo Park');
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByText('A few more words, please.').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('no');
    expect(await page.getByLabel('Won’t do').isChecked()).toBe(true);
    await page.getByLabel('Note').fill('They chose somebody else');
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(lastSubmission()).toBeUndefined();
  });

  it('closes on Escape and tells the workspace', async () => {
    const page = await openModal('U05THEO0000');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(at.sandbox.workspace.modal('U05THEO0000')).toBeUndefined();
  });

  it('closes on Escape out of a date, too, and the workspace has nothing to complain of', async () => {
    const page = await openModal('U05THEO0000');
    const answers: number[] = [];
    page.on('response', (response) => response.url().endsWith('/page/close') && answers.push(response.status()));
    await page.getByLabel('Ask again on').fill('2026-12-01');
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByLabel('Ask again on').focus();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => answers).toEqual([200]);
    expect(await page.locator('#toast').isVisible()).toBe(false);
  });

  it('is still open after the page was loaded again', async () => {
    const page = await openModal('U04INES0000');
    await page.reload();
    await page.getByRole('dialog', { name: 'Resolve the alert' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('fits a phone', async () => {
    const page = await openModal('U02DANA0000', { width: 390, height: 844 });
    const box = await page.getByRole('dialog').boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844).toBe(true);
    await page.keyboard.press('Escape');
  });
});
