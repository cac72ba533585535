import { expect, it } from 'vitest';
import { unknownToMap } from '../../src/config/compare-catalogue.ts';
import { configOf } from './examples.ts';
import { catalogueOf, hubspotDefaults, hubspotNames, pipeline } from './propose/catalogues.ts';

const file = (more = '') => `
maps:
  sales: { extends: b2b-saas, for: { pipelines: [default] } }
routes: [{ channel: "#deal-alerts" }]
${more}`;

it('finds nothing where the map knows all', async () => {
  const unknown = unknownToMap(await configOf(file()), 'hubspot', hubspotDefaults(hubspotNames.de));
  expect(unknown).toEqual({ pipelines: [], stages: [], 'lifecycle stages': [], roles: [], owners: [] });
});

it('names pipelines that no map takes, and says nothing of their stages', async () => {
  const { pipelines, stages } = unknownToMap(await configOf(file()), 'hubspot', catalogueOf(pipeline('Renewals', ['Offered'], '77')));
  expect(pipelines).toEqual(['"77" Renewals: no map takes it.  for: { pipelines: ["77"] }']);
  expect(stages).toEqual([]);
});

it('names open stages of pipelines that a map takes', async () => {
  const stages = [
    { id: '9', name: 'Pilot' },
    { id: 'contractsent', name: 'Contract' },
    { id: '10', name: 'Gone', outcome: 'lost' as const },
  ];
  const unknown = unknownToMap(await configOf(file()), 'hubspot', catalogueOf(pipeline('Sales', stages, 'default')));
  expect(unknown.stages).toEqual(['"9" Pilot (Sales): under a stage of sales:  from: { hubspot: ["9"] }']);
});

it('takes a deal without a pipeline for the default one, as the bot does', async () => {
  const { pipelines } = unknownToMap(await configOf(file()), 'hubspot', catalogueOf(pipeline('Sales', ['contractsent'], '')));
  expect(pipelines).toEqual([]);
});

it('names role values and owners that nobody knows', async () => {
  const config = await configOf(file('owners: { "2": omar@us.example }\nroles: { works_council: { crm: [BR] } }'));
  const { roles, owners } = unknownToMap(config, 'hubspot', {
    ...catalogueOf(),
    roles: ['CHAMPION', 'br', 'OTHER', 'Steuerberater'].map((value) => ({ value, label: value })),
    owners: [
      { id: '1', name: 'Dana', email: 'dana@us.example' },
      { id: '2', name: 'Omar', email: null },
      { id: '3', name: 'Mia', email: null },
    ],
  });
  expect(roles).toEqual(['"Steuerberater" Steuerberater: under a role:  crm: ["Steuerberater"]']);
  expect(owners).toEqual(['"3" Mia: under owners:  "3": name@your.company']);
});

it('names lifecycle stages that no map for accounts knows, where there is one; those of no customer need not be known', async () => {
  const lifecycles = ['subscriber', 'customer', 'pilotcustomer'].map((value) => ({ value, label: value }));
  const unknownTo = async (text: string) => unknownToMap(await configOf(text), 'hubspot', { ...catalogueOf(), lifecycles })['lifecycle stages'];
  expect(await unknownTo(file())).toEqual([]);
  expect(
    await unknownTo(file().replace('routes:', '  customers: { for: accounts, stages: { live: { from: { any: [customer] } } } }\nroutes:')),
  ).toEqual(['"pilotcustomer" pilotcustomer: under a stage of customers:  from: { hubspot: ["pilotcustomer"] }']);
});
