import { createPipedriveApiServer, type Settings } from './pipedrive-api-server.ts';
import { createPipedriveRecords } from './pipedrive-records.ts';
import { createPipedriveWebhooks, type Sending } from './pipedrive-webhooks.ts';

export type PipedriveOptions = { now?: () => number; user?: string; password?: string; apiToken?: string; timeoutMs?: number };

export const roleField = 'a1f2role00000000000000000000000000000001';
export const segmentField = 'b2f3segment000000000000000000000000000002';
export const lifecycleField = 'c3f4lifecycle0000000000000000000000000003';
export const websiteField = 'd4f5website00000000000000000000000000004';
export const positionField = 'e5f6position0000000000000000000000000005';

const stage = (id: number, name: string, order: number, days: number | null) => ({
  id,
  order_nr: order,
  name,
  is_deleted: false,
  deal_probability: 100,
  pipeline_id: 1,
  is_deal_rot_enabled: days !== null,
  days_to_rotten: days,
  add_time: '2026-01-01T00:00:00Z',
  update_time: '2026-01-01T00:00:00Z' as string,
});
const user = (id: number, name: string, email: string | null, active = true) => ({
  id,
  name,
  email,
  active_flag: active,
  is_deleted: false,
  activated: true,
});
const options = (...labels: string[]) => labels.map((label, index) => ({ id: 31 + index, label }));
const field = (code: string, name: string, type: string, labels: string[] = []) => ({
  field_code: code,
  field_name: name,
  field_type: type,
  is_custom_field: true,
  is_optional_response_field: false,
  options: labels.length === 0 ? null : options(...labels),
});

/** Pipedrive's own: it stands in the same list, and its value on the object itself. */
const ownField = (code: string, name: string, type: string) => ({ ...field(code, name, type), is_custom_field: false });

/** A Pipedrive of our own on 127.0.0.1: records, the API that a token may call, and webhooks. Nobody in it is real. */
export async function startPipedrive({
  now = Date.now,
  user: webhookUser = 'pipedrive',
  password = 'hook-password',
  apiToken = 'api-token',
  timeoutMs = 10_000,
}: PipedriveOptions = {}) {
  const records = createPipedriveRecords({ companyId: '4242', host: 'us.pipedrive.com', now });
  const stages = [stage(1, 'Lead in', 1, null), stage(2, 'Demo', 2, 14), stage(3, 'Proposal', 3, 30)];
  const settings: Settings = {
    pipelines: [{ id: 1, name: 'Sales', order_nr: 0, is_deleted: false, is_deal_probability_enabled: true, add_time: '2026-01-01T00:00:00Z' }],
    stages,
    users: [user(11, 'Dana Smith', 'dana@us.example'), user(12, 'Omar Ali', 'omar@us.example'), user(14, 'Left Long', 'left@us.example', false)],
    personFields: [
      ownField('name', 'Name', 'varchar'),
      ownField('job_title', 'Job title', 'varchar'),
      field(roleField, 'Buying role', 'set', ['Economic Buyer', 'Champion', 'Legal']),
      field(positionField, 'Position', 'varchar'),
    ],
    organizationFields: [
      ownField('name', 'Name', 'varchar'),
      ownField('website', 'Website', 'varchar'),
      field(segmentField, 'Segment', 'enum', ['Enterprise', 'Mid-market']),
      field(lifecycleField, 'Lifecycle stage', 'enum', ['Onboarding', 'Customer']),
      field(websiteField, 'Website', 'varchar'),
    ],
  };
  const { app, weather, requests } = createPipedriveApiServer({ records, settings, apiToken, companyDomain: 'us' });
  const webhooks = createPipedriveWebhooks({ user: webhookUser, password, now, timeoutMs });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    url,
    user: webhookUser,
    password,
    apiToken,
    records,
    stages,
    settings,
    weather,
    requests,
    webhooks,
    /** Sends all that has happened since the last call, and what is to be tried again. */
    send: (sending: Sending): Promise<number[]> => webhooks.send(records.events.splice(0), sending),
    close: () => app.close(),
  };
}
