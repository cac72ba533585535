/** One map for the three CRMs. Cards are posted each by itself, so that each can be looked at. */
export const theMap = `
timezone: Europe/Berlin
calendar: { workdays: [mon, tue, wed, thu, fri], hours: "09:00-18:00", holidays: DE }
segments:
  enterprise: { when: { amount: ">= 50000" } }
maps:
  new-business:
    extends: b2b-saas
    for: deals
    stages:
      qualification: { from: { pipedrive: ["1"], csv: [qualification] } }
      consideration: { from: { pipedrive: ["2"], csv: [consideration] } }
      proposal: { from: { pipedrive: ["3"], csv: [proposal] } }
      decision: { from: { pipedrive: ["4"], csv: [decision] }, rules: { stalled: { after: 15bd, enterprise: { after: 25bd } }, missing-role: { severity: critical } } }
  partners:
    extends: new-business
    for: { pipelines: [partners, "2", Renewal] }
    stages:
      qualification: { from: { hubspot: [p-qualifiedtobuy], pipedrive: ["11"] } }
      consideration: { from: { hubspot: [p-presentationscheduled], pipedrive: ["12"] } }
      proposal: { from: { hubspot: [p-decisionmakerboughtin], pipedrive: ["13"] } }
      decision: { from: { hubspot: [p-contractsent], pipedrive: ["14"] } }
    outcomes: { won: { hubspot: [p-closedwon] }, lost: { hubspot: [p-closedlost] } }
  customers:
    extends: five-phases
    for: accounts
    stages:
      implementation: { from: { any: [onboarding, Onboarding] } }
      growth: { from: { any: [customer, Customer] } }
routes:
  - channel: "#deal-alerts"
    routes:
      - { match: { segment: enterprise }, channel: "#enterprise-deals" }
      - { match: { severity: critical }, notify: owner }
admin: "#journey-admin"
# The clock goes on by days at once: nobody is silent because of that.
feed: { staleAfter: 365d }
`;

export const loud = 'alerts: { repeat: off, budget: 1000, importSummaryOver: 1000 }\n';
export const usual = 'alerts: { repeat: off, budget: 1000, importSummaryOver: 5 }\n';
