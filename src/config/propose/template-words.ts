import type { TemplateName } from '../templates.ts';
import { plain } from './stage-words.ts';

/**
 * What names of stages say that speaks for one template, by its stages: their own names, and the words of its trade, in English, German and French,
 * without accents. A blank at the end is the end of a word.
 */
const words: Record<TemplateName, Record<string, string>> = {
  'b2b-saas': { qualification: 'qualification ', consideration: 'consideration ', proposal: 'proposal ', decision: 'decision ' },
  'five-phases': { awareness: 'awareness ', consideration: 'consideration ', decision: 'decision ' },
  'nine-stages': {
    awareness: 'awareness |aufmerksamkeit |prise de conscience ',
    research: 'research |recherche |informationssuche',
    consideration: 'consideration ',
    decision: 'decision ',
  },
  'professional-services': {
    enquiry: 'enquiry|inquiry|referral|empfehlung|mandatsanfrage|projektanfrage|recommandation',
    fit: 'fit |chemistry|scoping|kennenlern|capabilit|credentials|conflict check|konfliktprufung|briefing ',
    proposal: 'pitch |statement of work|sow |fee proposal|honorar|engagement proposal|lettre de mission',
    agreement: 'agreement |engagement letter|letter of engagement|mandat|retainer|auftragsklarung|terms agreed',
  },
  'b2b-ecommerce': {
    interest: 'interest |visitor|registered|registrier|account requested|inscrit|sign up|signed up',
    evaluation: 'quote request|quote asked|rfq |sample|muster |bemuster|stock |availability|verfugbarkeit|echantillon|preisanfrage',
    order: 'order |cart |basket|checkout|warenkorb|purchase order|bestell|commande|panier|first order|erstbestell',
  },
};

/** The stages of a template that a name speaks of in the template's own words. */
export function stagesSpokenOf(name: string, template: TemplateName): string[] {
  // Who decides is looked for long before it is decided: *Identify Decision Makers*.
  const text = plain(name).replaceAll(/ decision makers?(?= )/g, '');
  return Object.entries(words[template]).flatMap(([key, list]) => (list.split('|').some((word) => text.includes(` ${word}`)) ? [key] : []));
}
