import type { Field, RowKind } from './fields.ts';

/** Names of columns by field, with commas between them, the one that says most first; in the form that `plainHeader` gives them. */
type Names = Partial<Record<Field, string>>;

/** In rows of whatever kind, of the deal, the account and the person that a row belongs to. */
const itsDeal = {
  id: 'deal id, opportunity id, opportunityid, associated deal ids, associated deal ids primary, opportunity record id, opportunity nr',
  name: `
    deal name, opportunity name, deal title, deal titel, deal, opportunity, associated deal, verkaufschance, verkaufschancenname,
    activity deal, aktivität deal, deals`,
};
const itsAccount = {
  id: `
    associated company ids primary, associated company id primary, primary associated company id, associated company ids,
    associated company id, company id, account id, accountid, account name id, organization id, organisation id, deal organization id,
    deal organisation id, unternehmens id, account id 18, zugeordnete unternehmen ids, ids der zugeordneten unternehmen`,
  name: `
    associated company primary, primary associated company, associated company, account name, accountname, company name, company, account,
    organization name, organisation name, organization, organisation, deal organization, deal organisation, person organization,
    person organisation, activity organization, company account, customer, customer name, client, unternehmen, unternehmensname,
    name des unternehmens, firma, firmenname, kunde, kundenname, zugeordnetes unternehmen, zugeordnetes unternehmen primär`,
};
const itsPerson = {
  id: 'associated contact ids, associated contact ids primary, contact id, contactid, contact name id, person id, deal contact person id, kontakt id, whoid',
  name: `
    associated contact, associated contact primary, deal contact person, deal kontaktperson, person name, contact name, contact person,
    contact, kontakt, kontaktname, kontaktperson, ansprechpartner, primary contact, activity contact person`,
  email: 'contact email, person email work, person email, contact e mail, primary contact email',
  title: 'contact title, person job title',
};

/**
 * What the exports of HubSpot, Pipedrive and Salesforce call their columns, in English, German, French and Spanish, with names of their APIs and what people call them
 * themselves.
 */
export const headerNames: Record<RowKind, Names> = {
  deals: {
    'deal.id': `
      record id, record id deal, datensatz id, id, hs object id, deal id, opportunity id, opportunityid, associated deal ids,
      associated deal ids primary, opportunity record id, opportunity nr, id de fiche d informations, affaire id, id de registro, trato id,
      do not modify opportunity, copper id`,
    'deal.name': `${itsDeal.name},
      dealname, title, titel, name, geschäft, opportunityname, nom de la transaction, nom de l opportunité, affaire titre, titre, nom,
      nombre del negocio, nombre de la oportunidad, nombre de oportunidad, trato título, título, nombre, topic`,
    'account.id': `${itsAccount.id}, lead id`,
    'account.name': `${itsAccount.name}, potential customer, lead name, accounts,
      nom de l entreprise, nom du compte, entreprise, compte, société, affaire organisation, nombre de la empresa, nombre de la cuenta,
      nombre de cuenta, empresa, cuenta, cliente, trato organización`,
    'person.id': itsPerson.id,
    'person.name': `${itsPerson.name}, affaire personne à contacter, trato persona de contacto`,
    'person.email': itsPerson.email,
    'person.title': itsPerson.title,
    'person.role': 'contact role, role, buying role, hs buying role, kontaktrolle, rolle',
    'deal.pipeline':
      'pipeline, deal pipeline, pipeline name, pipeline label, sales process, vertriebsprozess, affaire pipeline, trato embudo, embudo',
    'deal.stage': `
      deal stage, stage, stage name, stagename, dealstage, deal phase, phase, sales stage, opportunity stage, verkaufsphase, vertriebsphase,
      opportunity phase, dealphase, phase de la transaction, étape, affaire étape, etapa del negocio, etapa, trato etapa, pipeline stage,
      pipeline phase, status label`,
    'deal.stage_entered': `
      date entered current stage, deal last stage change, last stage change date, laststagechangedate, last stage change,
      stage entered, entered stage, stage since, hs v2 date entered current stage, deal letzte phasenänderung, letzte phasenänderung,
      phase seit, datum der letzten phasenänderung, stage modified time, stage updated time, date entered stage, last stage at, last stage update`,
    'deal.status': 'deal status, deal status name, affaire statut, trato estado, status type',
    'deal.won': 'is closed won, is won, iswon, won, hs is closed won, gewonnen',
    'deal.lost': 'is closed lost, is lost, lost, verloren',
    'deal.closed': 'is closed, isclosed, closed, is deal closed, geschlossen',
    'deal.amount': `
      amount, deal value, deal amount, value formatted, value, betrag, deal wert, wert, auftragswert, volumen, acv, revenue, umsatz, opportunity amount,
      montant, affaire valeur, valeur, importe, monto, trato valor, valor, est revenue, estimated revenue, deal size, contract value,
      expected revenue`,
    'deal.currency': `
      currency, deal currency, deal currency of value, deal währung des wertes, amount currency, opportunity currency, currencyisocode,
      currency code, deal currency code, währung, deal währung, betrag währung, devise, affaire devise, moneda, divisa, trato moneda,
      value currency`,
    'deal.probability':
      'probability, deal probability, deal wahrscheinlichkeit, wahrscheinlichkeit, win probability, close probability, confidence, probabilité, probabilidad',
    'deal.owner': `
      deal owner, opportunity owner, deal owner email, owner email, owner, owner name, ownerid, opportunity owner email, sales rep,
      account executive, zuständiger mitarbeiter, für deal zuständiger mitarbeiter, zuständiger mitarbeiter für deal, dealinhaber,
      deal inhaber, deal besitzer, opportunity inhaber, inhaber, besitzer, verantwortlich, hubspot owner id, deal creator owner,
      propriétaire de la transaction, propriétaire de l opportunité, affaire propriétaire, propriétaire, propietario del negocio,
      propietario de la oportunidad, propietario de oportunidad, trato propietario, propietario, sales owner, salesperson, owned by,
      assigned to, user name`,
    'deal.close_date': `
      close date, closedate, deal expected close date, expected close date, closing date, abschlussdatum, schlusstermin, schlussdatum,
      voraussichtliches abschlussdatum, deal voraussichtliches abschlussdatum, abschluss geplant, geplanter abschluss, erwartetes abschlussdatum, deal erwartetes abschlussdatum,
      date de fermeture, date de clôture, affaire date de clôture prévue, fecha de cierre, trato fecha prevista de cierre, est close date,
      estimated close date, expected closing, expected close`,
    'deal.closed_at': `
      deal won time, deal lost time, deal deal closed on, deal closed on, closed at, closed on, date closed, closed date, won time,
      lost time, deal gewonnen am, deal verloren am, deal abgeschlossen am, abgeschlossen am, geschlossen am, actual close date, date won,
      date lost`,
    'deal.created': `
      create date, created date, createdate, createddate, created, created at, deal deal created, deal created, date created, creation date,
      erstelldatum, erstellungsdatum, erstellt am, erstellt, angelegt am, deal deal erstellt, deal erstellt, date de création,
      fecha de creación, created time, created on`,
    'deal.modified': `
      last modified date, lastmodifieddate, hs lastmodifieddate, systemmodstamp, last modified, modified, modified at, updated at,
      update time, deal update time, deal aktualisierungszeit, last updated, updated, datum der letzten änderung, letztes änderungsdatum,
      zuletzt geändert, geändert am, letzte änderung, letzte änderung am, zuletzt geändert am, date de dernière modification,
      date de la dernière modification, dernière modification, fecha de última modificación, fecha de la última modificación,
      última modificación, modified time, modified on, do not modify modified on, date updated, last modified time, last modified on`,
    'deal.last_activity': `
      last activity date, last activity, lastactivitydate, deal last activity date, datum der letzten aktivität, letzte aktivität,
      deal datum der letzten aktivität, notes last updated, date de dernière activité, date de la dernière activité, dernière activité,
      fecha de última actividad, fecha de la última actividad, última actividad, last activity time, last interaction,
      last interaction when, last touch, last contact, last contact date, letzter kontakt`,
    'deal.last_inbound': `
      last engagement date, deal last email received, recent sales email replied date, last email received,
      deal letzte e mail empfangen`,
    'deal.last_outbound':
      'last contacted, last contacted time, deal last email sent, notes last contacted, last email sent, zuletzt kontaktiert, deal letzte e mail gesendet',
    'deal.next_step': `
      next step, nextstep, hs next step, nächster schritt, next steps, prochaine étape, étape suivante, paso siguiente, siguiente paso,
      próximo paso`,
    'deal.next_step_due': `
      next step date, next step due, next activity date, deal next activity date, nächster schritt am, datum der nächsten aktivität,
      deal datum der nächsten aktivität`,
    'deal.url': 'deal url, url, link, record url',
  },
  accounts: {
    'account.id': `
      record id, record id company, datensatz id, organization id, organisation id, account id, accountid, company id, id, hs object id,
      id de fiche d informations, id de registro`,
    'account.name': `
      company name, account name, organization name, organisation name, accountname, name, company, account, unternehmensname,
      name des unternehmens, firmenname, firma, unternehmen, kunde, customer, nom de l entreprise, nom du compte, entreprise, compte, nom,
      nombre de la empresa, nombre de la cuenta, nombre de cuenta, empresa, cuenta, nombre`,
    'account.domain': `
      company domain name, domain, website, website url, company domain, domain name des unternehmens, unternehmensdomain, domainname,
      organization website, organisation webseite, webseite, homepage, nom de domaine de l entreprise, site web,
      nombre de dominio de la empresa, sitio web`,
    'account.segment': 'segment, account segment, customer segment, target account tier, tier, kundensegment',
    'account.owner': `
      company owner, account owner, organization owner, organisation owner, owner, owner email, ownerid, accountinhaber, account inhaber,
      organisation besitzer, zuständiger mitarbeiter, zuständiger mitarbeiter für unternehmen, für unternehmen zuständiger mitarbeiter,
      inhaber, besitzer, customer success manager, propriétaire de l entreprise, propriétaire du compte, propriétaire,
      propietario de la empresa, propietario de la cuenta, propietario de cuenta, propietario`,
    'account.lifecycle': `
      lifecycle stage, lifecyclestage, lifecycle phase, lifecycle, account stage, kundenstatus, customer status, phase du cycle de vie,
      étape du cycle de vie, etapa del ciclo de vida`,
    'account.renewal_date': 'renewal date, contract renewal date, contract end date, contract end, vertragsende, verlängerungsdatum, renewal',
    'account.created': `
      create date, created date, createddate, created, organization organization created, organisation organisation erstellt, erstelldatum,
      erstellungsdatum, erstellt am, date de création, fecha de creación, created time, created on`,
    'account.modified': `
      last modified date, lastmodifieddate, systemmodstamp, last modified, organization update time, updated at, datum der letzten änderung,
      letztes änderungsdatum, zuletzt geändert, letzte änderung, date de dernière modification, date de la dernière modification,
      dernière modification, fecha de última modificación, fecha de la última modificación, última modificación, modified time, modified on`,
    'account.last_activity': `
      last activity date, last activity, lastactivitydate, organization last activity date, datum der letzten aktivität, letzte aktivität,
      date de dernière activité, date de la dernière activité, dernière activité, fecha de última actividad, fecha de la última actividad,
      última actividad`,
    'account.url': 'account url, company url, record url, link',
  },
  people: {
    'deal.id': itsDeal.id,
    'deal.name': itsDeal.name,
    'account.id': `${itsAccount.id}, person organization id, person organisation id`,
    'account.name': `${itsAccount.name},
      account name account name, nom de l entreprise, nom du compte, entreprise, compte, société, nombre de la empresa, nombre de la cuenta,
      nombre de cuenta, empresa, cuenta, cliente`,
    'person.id': `
      record id, record id contact, datensatz id, contact id, contactid, person id, id, hs object id, kontakt id,
      id de fiche d informations, id de registro`,
    'person.name': `
      person name, full name, contact name, name, kontaktname, contact, person, vollständiger name, kontakt, ansprechpartner, nom complet,
      nom du contact, nombre completo, nombre del contacto`,
    'person.first_name': 'first name, firstname, person first name, vorname, person vorname, prénom, nombre',
    'person.last_name': 'last name, lastname, person last name, surname, nachname, person nachname, nom de famille, nom, apellidos, apellido',
    'person.email': `
      email, e mail, email address, person email work, person email, person e mail arbeit, e mail adresse, person email home,
      person email other, contact email, adresse e mail, courriel, correo, correo electrónico, dirección de correo electrónico`,
    'person.title': `
      job title, jobtitle, title, person job title, position, contact title, titel, jobtitel, positionsbezeichnung, job position, funktion,
      intitulé du poste, intitulé de poste, poste, fonction, titre, cargo, puesto`,
    'person.role': `
      buying role, hs buying role, role, contact role, rolle, kaufrolle, rolle beim kauf, rolle im kaufprozess, kontaktrolle,
      buying committee role, rôle d achat, rôle, rol de compra, rol`,
    'person.created': `
      create date, created date, createddate, created, person person created, erstelldatum, erstellungsdatum, erstellt am, date de création,
      fecha de creación, created time, created on`,
    'person.modified': `
      last modified date, lastmodifieddate, systemmodstamp, last modified, person update time, updated at, datum der letzten änderung,
      letztes änderungsdatum, zuletzt geändert, letzte änderung, date de dernière modification, date de la dernière modification,
      dernière modification, fecha de última modificación, fecha de la última modificación, última modificación, modified time, modified on`,
    'person.last_activity': `
      last activity date, last activity, lastactivitydate, person last activity date, datum der letzten aktivität, letzte aktivität,
      date de dernière activité, date de la dernière activité, dernière activité, fecha de última actividad, fecha de la última actividad,
      última actividad`,
    'person.last_inbound': 'last engagement date, person last email received, recent sales email replied date, last email received',
    'person.last_outbound': 'last contacted, person last email sent, zuletzt kontaktiert, last email sent',
    'person.url': 'contact url, record url, link',
  },
  stages: {
    'deal.id': `${itsDeal.id}, record id, object id, datensatz id, objekt id`,
    'deal.name': `${itsDeal.name}, title, titel, geschäft`,
    'account.id': itsAccount.id,
    'account.name': itsAccount.name,
    'deal.pipeline': 'pipeline, deal pipeline',
    'change.stage': `
      to stage, new stage, stage, stage name, stagename, deal stage, property value, new value, newvalue, value, phase, deal phase,
      in phase, neue phase, zu phase, neuer wert, eigenschaftswert, wert`,
    'change.at': `
      entered at, date entered, entered, stage entered, changed at, change date, last modified, last modified date, lastmodifieddate,
      edit date, timestamp, created date, createddate, date, at, when, since, from date, updated at, eingetreten am, am, wann, seit, geändert am,
      änderungsdatum, letzte änderung, zuletzt geändert, bearbeitungsdatum, zeitstempel, erstelldatum, datum`,
    'change.property': 'property, property name, field event, field, eigenschaft, eigenschaftsname, feld ereignis, feld',
  },
  activities: {
    'deal.id': `${itsDeal.id}, activity deal id`,
    'deal.name': itsDeal.name,
    'account.id': `${itsAccount.id}, activity organization id, activity organisation id`,
    'account.name': itsAccount.name,
    'person.id': `${itsPerson.id}, activity contact person id`,
    'person.name': `${itsPerson.name}, person`,
    'person.email': itsPerson.email,
    'person.title': itsPerson.title,
    'activity.id': 'activity id, id, record id, aktivitäts id, task id, event id',
    'activity.at': `
      activity date, activity due date, activity marked as done time, activitydate, occurred at, date, due date, start, start date,
      timestamp, call start time, meeting start time, created date, aktivitätsdatum, datum, aktivität fälligkeitsdatum,
      fälligkeitsdatum, startdatum, completed at`,
    'activity.type': 'activity type, type, task subtype, tasksubtype, aktivitätstyp, aktivität typ, typ, art, touchpoint, event type',
    'activity.direction': 'direction, call direction, email direction, call type, calltype, richtung',
    'activity.done': 'activity done, done, completed, activity status, aktivität erledigt, erledigt',
    'activity.channel': 'channel, kanal',
    'activity.owner': `
      activity assigned to, assigned to, assigned, assigned to user, activity assigned to user, assigned to email, activity owner, activity owner email,
      owner, owner email, logged by, by, zugewiesen an, zugewiesener benutzer, aktivität zugewiesen an, verantwortlich, inhaber, besitzer`,
    'activity.asset': 'asset, content, inhalt',
    'activity.sentiment': 'sentiment, mood, stimmung',
  },
};
