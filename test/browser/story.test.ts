import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOfAxe } from './axe.ts';
import { openDemoPage } from './open-demo-page.ts';

const at = openDemoPage();

const card = (page: Page, name: string): Locator => page.getByRole('article', { name: 'Journey' }).filter({ hasText: name }).first();

async function openControls(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Controls' }).click();
  return page.getByRole('complementary', { name: 'Controls' });
}

async function inCrm(page: Page, deal: string, happens: string, stage?: string): Promise<void> {
  const controls = await openControls(page);
  await controls.getByLabel('Deal').selectOption(deal);
  await controls.getByLabel('What happens').selectOption(happens);
  if (stage !== undefined) await controls.getByLabel('Stage').selectOption(stage);
  await controls.getByRole('button', { name: 'Send to the bot' }).click();
  await controls.getByText(/^2\d\d taken/).waitFor();
  await controls.getByRole('button', { name: 'Close the controls' }).click();
}

const said = (channel: string, text: string): number =>
  at.demo.sandbox.workspace.messages(channel).filter((message) => !message.threadTs && message.text.includes(text)).length;

/** As a person who tries the demo goes through it: each test goes on where the one before it ended. */
describe('the story', { timeout: 60_000 }, () => {
  it('begins with a card about a deal that stands still; who acknowledges it is on it', async () => {
    const page = await at.open('dana', { channel: 'enterprise-deals' });
    await card(page, 'Acme rollout').getByText('Stalled in Decision').first().waitFor();
    await card(page, 'Acme rollout').getByRole('button', { name: 'Acknowledge' }).click();
    await card(page, 'Acme rollout')
      .getByText(/acknowledged/i)
      .first()
      .waitFor();
    expect(await card(page, 'Acme rollout').innerText()).toContain('Dana Weiss');
  });

  it('goes on in the CRM: the deal is won, and the card turns green where it stands', async () => {
    const page = await at.open('dana', { channel: 'enterprise-deals' });
    await inCrm(page, 'Acme rollout', 'Win the deal');
    await card(page, 'Acme rollout').getByText('All clear').waitFor();
    expect(said('enterprise-deals', 'Acme rollout')).toBe(1);
    expect(await complaintsOfAxe(page)).toEqual([]);
    const deals = (await openControls(page)).getByLabel('Deal').locator('option');
    expect(await deals.filter({ hasText: /^Acme rollout$/ }).count()).toBe(0);
  });

  it('moves on there: the stage in which a deal is cannot be chosen, the next one is proposed', async () => {
    const page = await at.open('dana', { channel: 'deal-alerts' });
    const controls = await openControls(page);
    await controls.getByLabel('Deal').selectOption('Acme training hub');
    const stage = controls.getByLabel('Stage');
    expect(await stage.locator('option:checked').innerText()).toBe('Consideration: presentation scheduled');
    expect(await stage.locator('option:disabled').innerText()).toBe('Qualification: qualified to buy · is there');
    await stage.selectOption('Decision: contract sent');
    await controls.getByRole('button', { name: 'Send to the bot' }).click();
    await card(page, 'Acme training hub').getByText('Consideration skipped or not observed').first().waitFor();
    await expect.poll(() => stage.locator('option:disabled').innerText()).toBe('Decision: contract sent · is there');
  });

  it('knows a new person there at once, in every window, and asks for what is missing', async () => {
    const [page, other] = [await at.open('dana', { channel: 'deal-alerts' }), await at.open('theo', { channel: 'general' })];
    for (const window of [page, other]) {
      await (await openControls(window)).getByLabel('Deal').selectOption('Acme training hub');
      await window.getByLabel('What happens').selectOption('They write or call');
    }
    const controls = page.getByRole('complementary', { name: 'Controls' });
    await controls.getByLabel('What happens').selectOption('Add a person');
    await controls.getByLabel('Name').fill('');
    await controls.getByRole('button', { name: 'Send to the bot' }).click();
    expect(await controls.locator('#crm-name:invalid:focus').count()).toBe(1);
    await controls.getByLabel('Name').fill('Alex Morgan');
    await controls.getByRole('button', { name: 'Send to the bot' }).click();
    await expect.poll(() => other.getByLabel('Person', { exact: true }).locator('option').allInnerTexts()).toContain('Alex Morgan, Finance Director');
    await controls.getByLabel('What happens').selectOption('They write or call');
    await controls.getByLabel('Person', { exact: true }).selectOption('Alex Morgan, Finance Director');
    await controls.getByRole('button', { name: 'Send to the bot' }).click();
    await controls.getByText('200 taken: touchpoint.recorded').waitFor();
  });

  it('says in a form what is wrong, at its field, and takes it when it is right', async () => {
    const page = await at.open('dana', { channel: 'deal-alerts' });
    const missing = card(page, 'Imaginary Insurance');
    await missing.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /touchpoint/i }).click();
    const form = page.getByRole('dialog');
    const when = form.getByLabel('When?');
    const now = await when.inputValue();
    await when.fill('2040-01-01T10:00');
    await form.getByRole('button', { name: 'Log', exact: true }).click();
    await form.getByText('This is in the future').waitFor();
    expect(await when.getAttribute('aria-invalid')).toBe('true');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await when.fill(now);
    await form.getByRole('button', { name: 'Log', exact: true }).click();
    await form.getByText('Logged').waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  it('shows where an account stands under a link to it', async () => {
    const page = await at.open('dana', { channel: 'deal-alerts' });
    const link = await card(page, 'Imaginary Insurance').getByRole('link', { name: 'Open in CRM' }).first().getAttribute('href');
    await page.getByLabel('Message #deal-alerts').fill(`Who knows somebody there? ${link}`);
    await page.keyboard.press('Enter');
    const preview = page.getByRole('group', { name: 'Preview of the link' });
    await preview.getByText('Imaginary Insurance').first().waitFor();
  });

  it('refuses a guest, who is told so and nobody else', async () => {
    const page = await at.open('gail', { channel: 'with-partners' });
    await page.getByText('Gail is a guest').waitFor();
    await page.getByLabel('Message #with-partners').fill('/journey account acme');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('article', { name: 'Journey' }).last();
    await answer.getByText('Only visible to you').waitFor();
    expect(await answer.innerText()).not.toContain('Acme');
    const other = await at.open('dana', { channel: 'with-partners' });
    expect(await other.getByText('Only visible to you').count()).toBe(0);
  });

  it('shows each person their own home tab', async () => {
    const page = await at.open('dana', { home: true });
    await page.locator('#home .blocks').waitFor();
    expect(await page.locator('#home').innerText()).toMatch(/acme|account/i);
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

  it('loses nothing and doubles nothing while Slack answers 429', async () => {
    const page = await at.open('theo', { channel: 'deal-alerts' });
    const controls = await openControls(page);
    const deal = (await controls.getByLabel('Deal').locator('option').allInnerTexts()).find((name) => name.includes('Noplace Networks')) ?? '';
    await controls.getByLabel('Too many requests').check();
    await expect.poll(() => at.demo.sandbox.workspace.weather().outage?.status).toBe(429);
    await controls.getByRole('button', { name: 'Close the controls' }).click();
    await inCrm(page, deal, 'Move the deal to a stage', 'Qualification: qualified to buy');
    const refused = () => at.demo.sandbox.workspace.calls('chat.postMessage').filter(({ status }) => status === 429).length;
    await expect.poll(refused, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(said('deal-alerts', deal)).toBe(0);
    await (await openControls(page)).getByLabel('Slack works').check();
    await card(page, deal).getByText('Moved back').first().waitFor();
    await at.demo.idle();
    expect(said('deal-alerts', deal)).toBe(1);
  });

  it('comes to Monday at nine at a press, and the digest is there', async () => {
    const page = await at.open('marco', { channel: 'revenue' });
    const before = await page.getByRole('article', { name: 'Journey' }).count();
    const controls = await openControls(page);
    await controls.getByRole('button', { name: 'Skip to Monday 9:00' }).click();
    await controls.getByText(/^Monday, .* at 9:00 AM$/).waitFor();
    await expect.poll(() => page.getByRole('article', { name: 'Journey' }).count(), { timeout: 20_000 }).toBe(before + 1);
    expect(await complaintsOfAxe(page)).toEqual([]);
    // Once, whatever the clock does next.
    await controls.getByRole('button', { name: 'Skip 1 hour' }).click();
    await controls.getByText(/^Monday, .* at 10:00 AM$/).waitFor();
    await at.demo.idle();
    expect(await page.getByRole('article', { name: 'Journey' }).count()).toBe(before + 1);
  });
});
