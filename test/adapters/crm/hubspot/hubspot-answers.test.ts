import { expect, it } from 'vitest';
import { objectOf, objectsAnswer } from '../../../../src/adapters/crm/hubspot/hubspot-answers.ts';

it.each([{ value: '' }, { value: null }, {}])('a property that was emptied (%j) does not hide the object from us', (entry) => {
  const timestamp = '2026-05-04T12:00:00Z';
  const deal = {
    id: '7',
    properties: { closedate: null },
    propertiesWithHistory: { closedate: [{ ...entry, timestamp, sourceType: 'CRM_UI' }] },
  };
  const [read] = objectsAnswer.parse({ status: 'COMPLETE', results: [deal] }).results.map(objectOf);
  expect(read?.history).toEqual({ closedate: [{ value: '', timestamp }] });
});
