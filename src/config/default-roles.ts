import type { RoleDefinition } from '../core/journey/journey-map.ts';

/**
 * The roles that every file starts with. `crm`: HubSpot's `hs_buying_role` and Salesforce's `OpportunityContactRole.Role` values (HubSpot's
 * OTHER says nothing and is left out). `titles`: whole words of a job title that suggest the role where the CRM says none, which is
 * nearly always. None that is part of another title, as President is of Vice President: a role wrongly inferred hides one that is missing.
 * A champion, an influencer or a blocker shows in what they do, never in a title.
 */
export const defaultRoles: readonly RoleDefinition[] = [
  {
    key: 'economic_buyer',
    label: 'Economic buyer',
    crm: ['BUDGET_HOLDER', 'DECISION_MAKER', 'Economic Buyer', 'Economic Decision Maker', 'Decision Maker'],
    titles: ['CFO', 'Chief Financial Officer', 'VP Finance', 'VP of Finance', 'Head of Finance', 'Finance Director', 'Director of Finance'],
  },
  { key: 'champion', label: 'Champion', crm: ['CHAMPION', 'Champion'], titles: [] },
  {
    key: 'technical_evaluator',
    label: 'Technical evaluator',
    crm: ['Evaluator', 'Technical Buyer', 'Technical Evaluator'],
    titles: [
      'CTO',
      'Chief Technology Officer',
      'CISO',
      'Security Lead',
      'Head of IT',
      'IT Director',
      'IT Manager',
      'Solution Architect',
      'Enterprise Architect',
    ],
  },
  { key: 'end_user', label: 'End user', crm: ['END_USER', 'Business User', 'End User'], titles: [] },
  {
    key: 'executive_sponsor',
    label: 'Executive sponsor',
    crm: ['EXECUTIVE_SPONSOR', 'Executive Sponsor'],
    titles: ['CEO', 'Chief Executive Officer', 'COO', 'Chief Operating Officer', 'Managing Director'],
  },
  {
    key: 'procurement',
    label: 'Procurement',
    crm: ['Procurement'],
    titles: ['Procurement', 'Purchasing', 'Head of Procurement', 'Procurement Manager', 'Purchasing Manager'],
  },
  {
    key: 'legal',
    label: 'Legal',
    crm: ['LEGAL_AND_COMPLIANCE', 'Legal'],
    titles: ['General Counsel', 'Legal Counsel', 'Head of Legal', 'Compliance Officer', 'Data Protection Officer'],
  },
  {
    key: 'implementation',
    label: 'Implementation',
    crm: ['Implementation'],
    titles: ['Implementation Manager', 'Implementation Lead', 'Rollout Manager', 'System Administrator'],
  },
  { key: 'influencer', label: 'Influencer', crm: ['INFLUENCER', 'Influencer'], titles: [] },
  { key: 'blocker', label: 'Blocker', crm: ['BLOCKER', 'Blocker'], titles: [] },
];
