import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kept, Kind } from '../../hubspot/hubspot-records.ts';
import type { startHubspot } from '../../hubspot/start-hubspot.ts';

/** What somebody exports from HubSpot: a file for each kind of object, and the history of the property Deal Stage. Resolves with the files. */
export async function exportFrom({ records, owners }: Awaited<ReturnType<typeof startHubspot>>, folder: string, exportedAt: Date): Promise<string[]> {
  const all = (kind: Kind): Kept[] => records.list(kind, { archived: false });
  const owner = (id: string | undefined): string => owners.find((one) => one.id === id)?.email ?? '';
  const time = (at: number): string => new Date(at).toISOString();
  const joined = (kind: Kind, id: string, to: Kind): string =>
    records
      .linked([kind, id], to)
      .map((one) => one.id)
      .join(';');
  const primary = (kind: Kind, id: string): string => records.linked([kind, id], 'companies').find((one) => one.primary)?.id ?? '';
  const spoken = (kind: 'calls' | 'emails' | 'meetings', direction: (properties: Record<string, string>) => string): string[][] =>
    all(kind).flatMap(({ id, properties }) =>
      joined(kind, id, 'deals')
        .split(';')
        .map((deal) => [id, deal, joined(kind, id, 'contacts'), properties.hs_timestamp ?? '', kind.slice(0, -1), direction(properties)]),
    );
  const files: Record<string, string[][]> = {
    'companies.csv': [
      ['Record ID', 'Company name', 'Company Domain Name', 'Company owner', 'Lifecycle Stage', 'Create Date', 'Last Modified Date'],
      ...all('companies').map(({ id, properties: { name = '', domain = '', hubspot_owner_id, lifecyclestage = '' }, createdAt, updatedAt }) => [
        ...[id, name, domain, owner(hubspot_owner_id), lifecyclestage, time(createdAt), time(updatedAt)],
      ]),
    ],
    'contacts.csv': [
      [
        'Record ID',
        'First Name',
        'Last Name',
        'Email',
        'Job Title',
        'Buying Role',
        'Associated Company IDs (Primary)',
        'Associated Deal IDs',
        'Create Date',
        'Last Modified Date',
      ],
      ...all('contacts').map(
        ({ id, properties: { firstname = '', lastname = '', email = '', jobtitle = '', hs_buying_role = '' }, createdAt, updatedAt }) => [
          ...[
            id,
            firstname,
            lastname,
            email,
            jobtitle,
            hs_buying_role,
            primary('contacts', id),
            joined('contacts', id, 'deals'),
            time(createdAt),
            time(updatedAt),
          ],
        ],
      ),
    ],
    'deals.csv': [
      [
        ...['Record ID', 'Deal Name', 'Deal Stage', 'Pipeline', 'Amount', 'Close Date', 'Deal owner', 'Create Date', 'Last Modified Date'],
        ...['Associated Company IDs (Primary)', 'Associated Contact IDs'],
      ],
      ...all('deals').map(({ id, properties, createdAt, updatedAt }) => [
        ...[id, properties.dealname ?? '', properties.dealstage ?? '', properties.pipeline ?? '', properties.amount ?? ''],
        ...[(properties.closedate ?? '').slice(0, 10), owner(properties.hubspot_owner_id), time(createdAt), time(updatedAt)],
        ...[primary('deals', id), joined('deals', id, 'contacts')],
      ]),
    ],
    'stage-history.csv': [
      ['Deal ID', 'Stage', 'Entered at'],
      ...all('deals').flatMap(({ id, history }) =>
        history.filter(({ name }) => name === 'dealstage').map(({ value, timestamp }) => [id, value, time(timestamp)]),
      ),
    ],
    'activities.csv': [
      ['Activity ID', 'Deal ID', 'Contact ID', 'Activity date', 'Activity type', 'Direction'],
      ...spoken('calls', ({ hs_call_direction }) => (hs_call_direction === 'INBOUND' ? 'inbound' : 'outbound')),
      ...spoken('emails', ({ hs_email_direction }) => (hs_email_direction === 'INCOMING_EMAIL' ? 'inbound' : 'outbound')),
      ...spoken('meetings', () => 'inbound').filter(([, , , at = '']) => Date.parse(at) <= exportedAt.getTime()),
    ],
  };
  return Promise.all(
    Object.entries(files).map(async ([name, rows]) => {
      const file = join(folder, name);
      await writeFile(file, rows.map((row) => row.map(quoted).join(',')).join('\r\n'));
      await utimes(file, exportedAt, exportedAt);
      // Only the first three say themselves whose ids these are.
      await writeFile(file.replace('.csv', '.map.yml'), 'crm: hubspot\n');
      return file;
    }),
  );
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
