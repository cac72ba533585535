import type { Catalogue, CatalogueStage } from '../../../src/config/propose/proposal.ts';

type Draft = string | ({ name: string } & Partial<CatalogueStage>);

/** A pipeline of stages by their names; `Gewonnen!` and `Verloren!` with an exclamation mark are ends of the CRM's own. Ids: the names, unless said. */
export function pipeline(name: string, stages: readonly Draft[], id = name): Catalogue['pipelines'][number] {
  return {
    id,
    name,
    stages: stages.map((draft): CatalogueStage => {
      const given = typeof draft === 'string' ? { name: draft } : draft;
      return { id: given.name, outcome: 'open', probability: null, ...given };
    }),
  };
}

export const catalogueOf = (...pipelines: Catalogue['pipelines']): Catalogue => ({ pipelines, owners: [], roles: [] });

const won = { outcome: 'won', probability: 1 } as const;
const lost = { outcome: 'lost', probability: 0 } as const;

const hubspotStages = (names: readonly string[]): Draft[] => {
  const ids = ['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'];
  const [closedWon = '', closedLost = ''] = names.slice(5);
  return [
    ...ids.map((id, index) => ({ id, name: names[index] ?? '', probability: (index + 1) / 6 })),
    { id: 'closedwon', name: closedWon, ...won },
    { id: 'closedlost', name: closedLost, ...lost },
  ];
};

export const hubspotDefaults = (names: readonly string[]): Catalogue => catalogueOf(pipeline('Sales Pipeline', hubspotStages(names), 'default'));

export const hubspotNames = {
  en: [
    'Appointment Scheduled',
    'Qualified To Buy',
    'Presentation Scheduled',
    'Decision Maker Bought-In',
    'Contract Sent',
    'Closed Won',
    'Closed Lost',
  ],
  de: ['Termin vereinbart', 'Für Kauf qualifiziert', 'Präsentation geplant', 'Entscheider überzeugt', 'Vertrag gesendet', 'Gewonnen', 'Verloren'],
  fr: ['Rendez-vous planifié', 'Qualifié', 'Présentation planifiée', 'Décideur convaincu', 'Contrat envoyé', 'Fermée gagnée', 'Fermée perdue'],
};

const salesforceIds = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Id. Decision Makers',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
];

/** `ids`: whether the API's names stay English, as they do where only labels are translated. */
export const salesforceDefaults = (names: readonly string[], { ids }: { ids: 'english' | 'translated' }): Catalogue =>
  catalogueOf(
    pipeline(
      'Opportunities',
      [
        ...names.map((name, index) => ({ name, ...(ids === 'english' ? { id: salesforceIds[index] ?? '' } : {}), probability: (index + 1) / 10 })),
        { name: 'Closed Won', ...won },
        { name: 'Closed Lost', ...lost },
      ],
      'default',
    ),
  );

export const salesforceNames = {
  en: salesforceIds,
  de: [
    'Prospektion',
    'Qualifizierung',
    'Bedarfsanalyse',
    'Wertversprechen',
    'Entscheidungsträger ermitteln',
    'Wahrnehmungsanalyse',
    'Angebot/Preisangebot',
    'Verhandlung/Überprüfung',
  ],
  fr: [
    'Prospection',
    'Qualification',
    'Analyse des besoins',
    'Proposition de valeur',
    'Identification des décideurs',
    'Analyse de perception',
    'Proposition/Devis',
    'Négociation/Révision',
  ],
  es: [
    'Prospección',
    'Calificación',
    'Análisis de necesidades',
    'Propuesta de valor',
    'Identificar tomadores de decisiones',
    'Análisis de percepción',
    'Propuesta/Cotización',
    'Negociación/Revisión',
  ],
};

export const pipedriveNames = {
  en: ['Qualified', 'Contact Made', 'Demo Scheduled', 'Proposal Made', 'Negotiations Started'],
  de: ['Qualifiziert', 'Kontakt hergestellt', 'Demo geplant', 'Angebot gemacht', 'Verhandlungen begonnen'],
  fr: ['Qualifié', 'Contact établi', 'Démo programmée', 'Proposition faite', 'Négociations démarrées'],
  es: ['Cualificado', 'Contacto realizado', 'Demo programada', 'Propuesta realizada', 'Negociaciones iniciadas'],
};

/** Pipedrive knows no won and lost stages: a deal has a status. */
export const pipedriveDefaults = (names: readonly string[]): Catalogue =>
  catalogueOf(
    pipeline(
      'Pipeline',
      names.map((name, index) => ({ name, id: String(index + 1), probability: 1 })),
      '1',
    ),
  );
