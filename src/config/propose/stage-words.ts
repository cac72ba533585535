/** What the words of a stage's name speak of. The first six are steps of a sale, in their order. */
export const steps = ['lead', 'qualification', 'discovery', 'evaluation', 'proposal', 'closing'] as const;
export type Step = (typeof steps)[number];
export type Topic = Step | 'won' | 'lost' | 'paused' | 'after-sale';

/** How far along a sale each step is, 0…1. */
export const placeOfStep: Record<Step, number> = { lead: 0.05, qualification: 0.15, discovery: 0.3, evaluation: 0.5, proposal: 0.7, closing: 0.88 };

/**
 * What names of stages begin their words with: in English, German, French and Spanish, without accents. `*` stands for any beginning (German
 * compounds, ids without blanks), a blank at the end for the end of the word. Where several fit, the longest speaks.
 */
const words: Record<Topic, string> = {
  lead: `lead|new |neu |neue |neuer |nouveau|nouvelle|nuevo|nueva|incoming|inbound|eingang|entrant|entrada|idea |suspect|prospect|prospek|prospekt
    |prospec|interess|interes|anfrage|demande|solicitud|contact|kontakt|*erstkontakt|contacte|contactado|premier contact|primer contacto
    |opportunity identified|identified|mql |awareness|aufmerksamkeit|cold |kalt|outreach|to contact|akquise`,
  qualification: `qualif|*qualifiz|calific|cualific|bant |meddic|meddpicc|sql |sal |fit |appointment|termin|rendez vous|rdv |cita |reunion|meeting|besprechung
    |intro|erstgesprach|first call|premier appel|primera llamada|screening|triage|contact made|kontakt hergestellt|contact etabli|contacto realizado`,
  discovery: `discovery|develop |needs|need |bedarf|*bedarfsanalyse|besoin|analyse des besoins|necesidad|analisis de necesidades|requirement|anforderung|scoping
    |pain|entdeck|decouverte|descubrimiento|deep dive|analysis|analyse|analisis|diagnos`,
  evaluation: `demo|presentation|presentacion|prasentation|*prasentation|evaluat|evaluier|evaluac|trial|pilot|piloto|pilote|poc |pov |proof of|test |teststellung|prueba
    |value proposition|wertversprechen|nutzenargument|proposition de valeur|propuesta de valor|decision maker|entscheider|entscheidungstrager|*decideur
    |identification des decideurs|tomadores de decision|responsables de la decision|perception analysis|*wahrnehmungsanalyse|analyse de perception
    |analisis de percepcion|workshop|taller|atelier|technical|technisch|technique|tecnic|solution|losung|solucion|business case|comparison|vergleich
    |champion|consideration|shortlist|engaged|validation|validierung`,
  proposal: `proposal|propose |quote|quotation|offer |offers |offered|*angebot|devis|offre|proposition|propuesta|cotizacion|presupuesto|oferta|pricing|preis|precio
    |*preisangebot|kostenvoranschlag|rfp |tender|ausschreibung|estimate|bid |decision maker bought|*decisionmakerboughtin|entscheider uberzeugt
    |entscheidungstrager uberzeugt|decideur convaincu|decideur acquis|adhesion du decideur|economic buyer`,
  closing: `negotiat|*verhandlung|negocia|*contract|*vertrag|contrat|contrato|legal|juris|rechts|juridi|procurement|purchasing|einkauf|achat|compras
    |security review|sicherheit|verbal|mundlich|commit|close |closing|abschluss|signature|unterschrift|redline|review|revision|uberprufung|decision|entscheidung
    |approval|freigabe|genehmigung|approbation|aprobacion|order form|purchase order|bestellung|bon de commande|final|letter of intent|loi |decision phase
    |contract sent|vertrag gesendet|contrat envoye|contrato enviado`,
  won: `closed won|*closedwon|won |win |*gewonnen|gagne|gano |ganad|signed|contract signed|vertrag unterschrieben|vertrag unterzeichnet|contrat signe |contrat signee
    |contrato firmado|signe |firmado|order received|auftrag erhalten|auftrag gewonnen|*auftragseingang|commande recue|deal won|abgeschlossen und gewonnen|geschlossen und gewonnen
    |closed and won|cerrada ganada|cerrado ganado|ferme gagne|cloture gagne|vinto `,
  lost: `closed lost|*closedlost|lost|*verloren|perdu|perdid|disqualif|disqualifiz|descalific|unqualif|not qualified|nicht qualifiziert|non qualifie|no calificado|abgesagt|absage
    |cancel|storniert|annule|anulad|abandon|churn|no decision|keine entscheidung|reject|abgelehnt|refus|rechazad|dead |tot |geschlossen und verloren
    |cerrada perdida|cerrado perdido|closed and lost`,
  paused: `on hold|hold|pause|pausier|*pausiert|pausad|en pause|parked|*geparkt|zuruckgestellt|wiedervorlage|nurtur|en attente|attente|en espera|espera|snooz|later|spater
    |plus tard|backlog|aplazad|report |ruht|postponed|verschoben|not now|no response|keine antwort`,
  'after-sale': `onboard|implement|mise en |puesta en marcha|rollout|roll out|kickoff|kick off|go live|golive|adoption|training|schulung|formation|formacion|renewal|renew
    |*verlangerung|renouvel|renovacion|upsell|cross sell|delivery|lieferung|livraison|entrega|live |support|handover|ubergabe|invoice|rechnung|facture
    |factura|customer success|kundenbetreuung|*einfuhrung`,
};

const patterns = Object.entries(words).flatMap(([topic, list]) =>
  list
    .split('|')
    // A blank before a `|` is a word's end; the rest of a line's beginning is only layout.
    .map((pattern) => pattern.replace(/\n\s*$/, '').replace(/^\s+/, ''))
    .filter((pattern) => pattern.trim() !== '')
    .map((pattern) => ({ topic: topic as Topic, pattern: pattern.startsWith('*') ? pattern.slice(1) : ` ${pattern}` })),
);

/** The topics that a name speaks of: one where it is clear, several where it names several things (`Demo / Proposal`), none where it says nothing we know. */
export function topicsOf(name: string): Topic[] {
  const text = plain(name);
  const found = patterns.filter(({ pattern }) => text.includes(pattern)).toSorted((a, b) => b.pattern.trim().length - a.pattern.trim().length);
  const apart: typeof found = [];
  // What is a part of a longer find says nothing of its own: the proposition in a value proposition.
  for (const one of found) {
    if (!apart.some((longer) => longer.pattern.includes(one.pattern.trim()) || overlap(text, longer.pattern, one.pattern))) apart.push(one);
  }
  return [...new Set(apart.map(({ topic }) => topic))];
}

/** Without accents, numbers in front, percentages and signs; a blank at either end and between words. */
export function plain(name: string): string {
  const letters = name
    .slice(0, 200)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${letters.replace(/^(?:(?:stage|phase|stufe|etape|etapa|s|p)? ?\d+ )+/, '')} `;
}

/** Whether a shorter find stands where a longer one stands already. */
function overlap(text: string, longer: string, shorter: string): boolean {
  const from = text.indexOf(longer);
  const at = text.indexOf(shorter);
  return at + shorter.length > from + 1 && at < from + longer.length - 1 && text.indexOf(shorter, from + longer.length - 1) < 0;
}
