/** How business goes in an industry, whatever its template says: working days, unless it says otherwise. */
export type Industry = {
  template: string;
  /** What the deals go through: the CRM's stage, and how long that takes. */
  stages: { crm: string; stay: [number, number] }[];
  /** Between two talks about a deal. */
  talks: [number, number];
  /** People of the deal: the CRM's role, and with which stage they turn up. */
  seats: { role: string; title: string; stage: number }[];
  /** Inbound touchpoints that want an answer, and how many a deal has. */
  asks: { type: string; count: number };
  wins: number;
  after: AfterSale | null;
};

export type AfterSale = {
  /** Lifecycle stages, so many days after the deal was won. */
  lifecycle: { stage: string; after: number }[];
  milestones: { name: string; after: number }[];
  /** What is measured, every so many days: usual value, how much it varies in the ordinary course of things, and the bounds it stays within. */
  metrics: { name: string; every: number; usual: number; varies: number; min: number; max: number; whole: boolean }[];
  /** Between two talks with a customer, by whether they are new. */
  talks: { first: [number, number]; later: [number, number]; newFor: number };
  /** A support request every so many days. */
  tickets: { type: string; every: [number, number] };
  /** A yearly contract, talked about so many days before its end. */
  renewal: { type: string; talkedBefore: [number, number] } | null;
};

const saasMetrics: AfterSale['metrics'] = [
  { name: 'usage', every: 7, usual: 400, varies: 0.15, min: 0, max: 5_000, whole: true },
  { name: 'active_users', every: 7, usual: 40, varies: 0.1, min: 1, max: 500, whole: true },
  { name: 'open_tickets', every: 7, usual: 2, varies: 0.5, min: 0, max: 20, whole: true },
  { name: 'nps', every: 91, usual: 9, varies: 0.08, min: 0, max: 10, whole: true },
  { name: 'csat', every: 30, usual: 4.5, varies: 0.05, min: 1, max: 5, whole: false },
];

const software: Omit<Industry, 'template'> = {
  stages: [
    { crm: 'appointmentscheduled', stay: [6, 16] },
    { crm: 'presentationscheduled', stay: [10, 22] },
    { crm: 'decisionmakerboughtin', stay: [6, 16] },
    { crm: 'contractsent', stay: [5, 12] },
  ],
  talks: [1, 4],
  seats: [
    { role: 'CHAMPION', title: 'Head of Operations', stage: 0 },
    { role: 'END_USER', title: 'Team Lead', stage: 1 },
    { role: 'BUDGET_HOLDER', title: 'CFO', stage: 2 },
    { role: 'LEGAL_AND_COMPLIANCE', title: 'Counsel', stage: 3 },
  ],
  asks: { type: 'question', count: 6 },
  wins: 0.3,
  after: null,
};

const softwareCustomers: AfterSale = {
  lifecycle: [
    { stage: 'onboarding', after: 1 },
    { stage: 'live', after: 55 },
  ],
  milestones: [
    { name: 'kickoff', after: 6 },
    { name: 'training', after: 25 },
    { name: 'first_value', after: 45 },
  ],
  metrics: saasMetrics,
  talks: { first: [3, 7], later: [15, 40], newFor: 60 },
  tickets: { type: 'support_request', every: [20, 60] },
  renewal: { type: 'business_review', talkedBefore: [100, 150] },
};

export const industries: Industry[] = [
  { ...software, template: 'b2b-saas' },
  {
    ...software,
    template: 'five-phases',
    after: { ...softwareCustomers, metrics: saasMetrics.filter(({ name }) => name === 'nps' || name === 'csat') },
  },
  {
    ...software,
    template: 'nine-stages',
    stages: [
      { crm: 'appointmentscheduled', stay: [8, 20] },
      { crm: 'qualifiedtobuy', stay: [8, 20] },
      { crm: 'presentationscheduled', stay: [10, 22] },
      { crm: 'contractsent', stay: [6, 16] },
    ],
    after: softwareCustomers,
  },
  {
    template: 'professional-services',
    stages: [
      { crm: 'appointmentscheduled', stay: [2, 8] },
      { crm: 'qualifiedtobuy', stay: [5, 15] },
      { crm: 'decisionmakerboughtin', stay: [4, 11] },
      { crm: 'contractsent', stay: [3, 8] },
    ],
    talks: [1, 3],
    seats: [
      { role: 'CHAMPION', title: 'Head of Department', stage: 0 },
      { role: 'BUDGET_HOLDER', title: 'Managing Director', stage: 1 },
    ],
    asks: { type: 'email_received', count: 4 },
    wins: 0.45,
    after: {
      lifecycle: [
        { stage: 'in_delivery', after: 2 },
        { stage: 'delivered', after: 120 },
      ],
      milestones: [
        { name: 'kickoff', after: 7 },
        { name: 'first_result', after: 30 },
        { name: 'project_delivered', after: 119 },
      ],
      metrics: [
        { name: 'csat', every: 40, usual: 4.5, varies: 0.05, min: 1, max: 5, whole: false },
        { name: 'delivery_delay', every: 14, usual: 2, varies: 0.8, min: 0, max: 60, whole: true },
        { name: 'open_issues', every: 14, usual: 4, varies: 0.4, min: 0, max: 40, whole: true },
      ],
      talks: { first: [2, 5], later: [12, 30], newFor: 120 },
      tickets: { type: 'question', every: [15, 40] },
      renewal: null,
    },
  },
  {
    template: 'b2b-ecommerce',
    stages: [
      { crm: 'appointmentscheduled', stay: [1, 10] },
      { crm: 'qualifiedtobuy', stay: [2, 8] },
      { crm: 'contractsent', stay: [1, 5] },
    ],
    talks: [1, 3],
    seats: [{ role: 'PROCUREMENT', title: 'Head of Procurement', stage: 0 }],
    asks: { type: 'quote_request', count: 2 },
    wins: 0.55,
    after: {
      lifecycle: [
        { stage: 'new_customer', after: 1 },
        { stage: 'active', after: 45 },
      ],
      milestones: [
        { name: 'first_delivery', after: 6 },
        { name: 'second_order', after: 35 },
      ],
      metrics: [
        { name: 'orders', every: 14, usual: 12, varies: 0.2, min: 0, max: 200, whole: true },
        { name: 'order_value', every: 14, usual: 9_000, varies: 0.25, min: 0, max: 1_000_000, whole: true },
        { name: 'returns', every: 14, usual: 2, varies: 0.6, min: 0, max: 40, whole: true },
        { name: 'csat', every: 45, usual: 4.4, varies: 0.06, min: 1, max: 5, whole: false },
      ],
      talks: { first: [5, 14], later: [8, 30], newFor: 45 },
      tickets: { type: 'return_request', every: [30, 80] },
      renewal: null,
    },
  },
];
