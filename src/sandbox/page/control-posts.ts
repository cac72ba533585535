import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CrmAnswer } from '../controls.ts';
import { outages } from './drawing/controls/weather-section.ts';
import type { PageState } from './page-state.ts';

const skipBody = z.strictObject({ as: z.string(), skip: z.string() });
const weatherBody = z.union([
  z.strictObject({ as: z.string(), outage: z.enum(Object.keys(outages) as [keyof typeof outages]) }),
  z.strictObject({ as: z.string(), disconnect: z.literal(true) }),
]);
const text = z.string().trim().min(1).max(200);
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move'), dealId: text, stage: text }),
  z.strictObject({
    kind: z.literal('touchpoint'),
    accountId: text,
    dealId: text,
    personId: text,
    type: text,
    direction: z.enum(['inbound', 'outbound']),
  }),
  z.strictObject({ kind: z.enum(['win', 'lose', 'delete']), dealId: text }),
  z.strictObject({ kind: z.literal('next-step'), dealId: text, title: text, due: z.iso.date() }),
  z.strictObject({ kind: z.literal('person'), accountId: text, name: text, title: text, role: text.exactOptional() }),
]);
const crmBody = z.strictObject({ as: z.string(), action });

/** What people do with the controls: none of it is Slack's. */
export function mountControlPosts(app: FastifyInstance, state: PageState): void {
  const { clock, crm } = state.host.controls;

  app.post('/page/skip', async (request): Promise<{ notice?: string }> => {
    const { skip } = skipBody.parse(request.body);
    if (clock === undefined) return { notice: 'This workspace goes by the machine’s clock.' };
    await clock.skip(skip);
    state.redraw();
    return {};
  });

  app.post('/page/crm', async (request): Promise<{ notice?: string; answer?: CrmAnswer }> => {
    const { action: wanted } = crmBody.parse(request.body);
    return crm === undefined ? { notice: 'This workspace has no CRM.' } : { answer: await crm.act(wanted) };
  });

  app.post('/page/weather', async (request): Promise<{ notice?: string }> => {
    const body = weatherBody.parse(request.body);
    if ('disconnect' in body) state.host.disconnect('abrupt');
    else state.host.workspace.setWeather(outages[body.outage].weather);
    return {};
  });
}
